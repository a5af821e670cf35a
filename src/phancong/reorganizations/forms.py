"""Questions of reorganisations."""

from collections.abc import Sequence
from typing import Any

from django import forms

from phancong.common.forms import DayField, PlainForm
from phancong.common.spreadsheet_child import MAX_PACKED
from phancong.reorganizations.enums import StepKind
from phancong.reorganizations.models import CODE_LENGTH, NAME_LENGTH, NUMBER_LENGTH

_PLAIN = {"autocomplete": "off"}
CODES = "ma-to-chuc"


def _code(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=CODE_LENGTH,
        widget=forms.TextInput(attrs={**_PLAIN, "list": CODES}),
    )


class PrepareForm(PlainForm):
    committee = forms.ChoiceField(label="Cấp ủy lập phương án")
    title = forms.CharField(
        label="Việc sắp xếp",
        max_length=NAME_LENGTH,
        help_text="Ví dụ: Sáp nhập chi bộ tổ dân phố 3 và 4.",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    effective_on = DayField(label="Có hiệu lực từ ngày")
    keeper_code = forms.CharField(
        label="Mã tổ chức mà văn phòng chuyển về",
        required=False,
        max_length=CODE_LENGTH,
        help_text="Chỉ ghi khi chính cấp ủy này kết thúc hoạt động.",
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def __init__(self, *args: Any, committees: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].choices = committees  # type: ignore[attr-defined]


class StepForm(PlainForm):
    kind = forms.ChoiceField(label="Việc", choices=StepKind.choices)
    code = _code(
        "Tổ chức (mã)", "Tổ chức được sắp xếp; với thành lập, tách: mã của tổ chức mới.", required=True
    )
    target = _code(
        "Tổ chức kia (mã)", "Nơi nhận khi sáp nhập, cấp trên mới khi chuyển, tổ chức gốc khi tách."
    )
    name = forms.CharField(
        label="Tên mới",
        required=False,
        max_length=NAME_LENGTH,
        help_text="Khi thành lập, tách, đổi tên.",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    organization_kind = forms.ChoiceField(
        label="Loại hình", required=False, help_text="Khi thành lập, chuyển loại hình."
    )
    areas = forms.CharField(
        label="Thôn, tổ mang theo (mã)",
        required=False,
        max_length=400,
        help_text="Khi tách: mã các thôn, tổ mà chi bộ mới phụ trách, cách nhau bằng dấu phẩy.",
        widget=forms.TextInput(attrs=_PLAIN),
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization_kind"].choices = [("", "Không đổi"), *kinds]  # type: ignore[attr-defined]

    def clean_areas(self) -> list[str]:
        return [code.strip() for code in self.cleaned_data["areas"].split(",") if code.strip()]


class PlaceForm(PlainForm):
    who = forms.CharField(
        label="Đảng viên",
        max_length=120,
        help_text="Họ tên đầy đủ, hoặc số thẻ.",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    target = _code("Chi bộ mới (mã)", required=True)


class DecisionForm(PlainForm):
    decision_number = forms.CharField(
        label="Số quyết định",
        max_length=NUMBER_LENGTH,
        help_text="Ví dụ: 12-QĐ/ĐU.",
        widget=forms.TextInput(attrs=_PLAIN),
    )
    decided_on = DayField(label="Ký ngày")


class FileForm(PlainForm):
    file = forms.FileField(label="Tệp Excel (.xlsx)")

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > MAX_PACKED:
            raise forms.ValidationError("Tệp lớn hơn 40 MB. Bỏ hình ảnh và các trang khác rồi nhập lại.")
        return file
