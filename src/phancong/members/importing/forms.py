"""The questions of an import: which file, for which committee."""

from django import forms

from phancong.access.actor import Actor
from phancong.common.forms import PlainForm
from phancong.common.spreadsheet_child import MAX_PACKED
from phancong.members.importing.queries import cells_to_choose_for, committees_for
from phancong.members.importing.roster import PASTED_NAME
from phancong.organizations.models import Organization

MAX_PASTED = 2_000_000


class UploadForm(PlainForm):
    """A file, or text pasted out of a spreadsheet."""

    tep = forms.FileField(
        label="Tệp Excel (.xlsx)",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "invalid": "Ô “Tệp Excel” chưa nhận được tệp. Chọn lại tệp .xlsx.",
            "missing": "Ô “Tệp Excel” chưa nhận được tệp. Chọn lại tệp .xlsx.",
            "empty": "Tệp Excel đã chọn không có gì bên trong. Mở tệp, lưu lại rồi chọn lại.",
        },
    )
    bang = forms.CharField(
        label="Hoặc dán bảng chép từ Excel",
        required=False,
        strip=False,
        max_length=MAX_PASTED,
        help_text="Chọn cả dòng tiêu đề, chép (Ctrl + C) rồi dán vào đây (Ctrl + V).",
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "input"}),
        error_messages={
            "max_length": "Bảng dán quá 2 triệu ký tự. Lưu thành tệp .xlsx rồi chọn tệp đó.",
            "null_characters_not_allowed": "Bảng dán có ký tự rỗng mà bảng Excel không có. Chép lại từ Excel rồi dán.",
        },
    )
    dang_bo = forms.ModelChoiceField(
        label="Nhập cho",
        queryset=Organization.objects.none(),
        empty_label=None,
        error_messages={
            "required": "Ô “Nhập cho” còn trống. Chọn đảng bộ có danh sách này.",
            "invalid_choice": "Ô “Nhập cho” không có đảng bộ đó. Chọn một đảng bộ trong danh sách.",
        },
    )
    chi_bo = forms.ModelChoiceField(
        label="Chi bộ của cả bảng",
        required=False,
        queryset=Organization.objects.none(),
        empty_label="Theo cột “Chi bộ” trong bảng",
        help_text="Chỉ chọn khi bảng không có cột “Chi bộ”.",
        error_messages={
            "invalid_choice": "Ô “Chi bộ của cả bảng” không có chi bộ đó. Chọn một chi bộ trong danh sách."
        },
    )

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        committees = self.fields["dang_bo"]
        committees.queryset = committees_for(actor)  # type: ignore[attr-defined]
        cells = self.fields["chi_bo"]
        cells.queryset = Organization.objects.filter(  # type: ignore[attr-defined]
            pk__in=[pk for pk, _ in cells_to_choose_for(actor)]
        ).order_by("path")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("tep"), str(cleaned.get("bang") or "").strip()
        if file and pasted:
            self.add_error(
                "bang",
                "Có cả tệp và bảng dán nên chưa đọc gì. Chỉ để một thứ: xóa bảng dán, hoặc bỏ chọn tệp.",
            )
        if not file and not pasted and not self.errors.keys() & {"tep", "bang"}:
            self.add_error("tep", "Chưa có tệp. Chọn tệp .xlsx, hoặc dán bảng vào ô bên dưới.")
        if file and file.size > MAX_PACKED:
            self.add_error("tep", "Tệp lớn hơn 40 MB. Bỏ hình ảnh và các trang khác, chỉ giữ bảng danh sách.")
        return cleaned

    def content(self) -> tuple[bytes, str, bool]:
        """(bytes, name, whether it was pasted)."""
        file = self.cleaned_data["tep"]
        if file:
            return file.read(), file.name, False
        return self.cleaned_data["bang"].encode(), PASTED_NAME, True
