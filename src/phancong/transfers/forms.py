"""Questions of transfers."""

from typing import Any

from django import forms

from phancong.common.forms import DayField, PlainForm
from phancong.members.enums import Sex
from phancong.transfers.enums import STAYS, Kind, Reason
from phancong.transfers.models import NUMBER_LENGTH, PLACE_LENGTH, TEXT_LENGTH
from phancong.transfers.places import named_cell

_PLAIN = {"autocomplete": "off"}
LATE_HINT = "Chỉ ghi khi đã quá hạn."


def _line(label: str, length: int, *, hint: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=required,
        help_text=hint,
        widget=forms.TextInput(attrs=_PLAIN),
    )


def _text(label: str, *, hint: str = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=TEXT_LENGTH,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RequestForm(PlainForm):
    kind = forms.ChoiceField(label="Hình thức", choices=Kind.choices, widget=forms.RadioSelect)
    cell = _line(
        "Chi bộ nhận trong hệ thống",
        PLACE_LENGTH,
        required=False,
        hint="Ghi mã hoặc tên chi bộ. Bỏ trống nếu chuyển ra ngoài hệ thống.",
    )
    outside = _line(
        "Hoặc nơi nhận ngoài hệ thống", PLACE_LENGTH, required=False, hint="Ví dụ: Đảng ủy xã Ia Rsai."
    )
    reason = forms.ChoiceField(label="Lý do", choices=[("", "Chọn lý do"), *Reason.choices])
    note = _line("Nói rõ thêm", TEXT_LENGTH, required=False, hint="Không ghi chuyện sức khỏe, gia đình.")
    decision_number = _line("Số quyết định điều động", NUMBER_LENGTH, required=False, hint="Nếu có.")
    decided_on = DayField(label="Ngày có quyết định hoặc di chuyển")
    requested_on = DayField(label="Đề nghị ngày")
    valid_from = DayField(label="Tạm thời từ ngày", required=False, help_text="Chỉ ghi khi chuyển tạm thời.")
    last_day = DayField(label="Tạm thời đến hết ngày", required=False)
    late_reason = _text("Lý do chậm", hint=LATE_HINT, required=False)

    def clean(self) -> dict[str, Any]:
        """A cell that is named becomes that cell."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        named, cleaned["cell"] = cleaned.get("cell", ""), None
        if named:
            cleaned["cell"], trouble = named_cell(named)
            if trouble:
                self.add_error("cell", trouble)
        return cleaned


class IntroduceForm(PlainForm):
    met_on = DayField(label="Chi bộ họp ngày")
    introduced_on = DayField(label="Giới thiệu ngày")
    paper_number = _line("Số giấy giới thiệu", NUMBER_LENGTH)
    is_complete = forms.BooleanField(
        label="Hồ sơ đủ: đơn, bản tự kiểm điểm, quyết định (nếu có)", required=False
    )
    is_clear = forms.BooleanField(
        label="Đồng chí không đang bị kiểm tra, xem xét kỷ luật, tố cáo", required=False
    )
    late_reason = _text("Lý do chậm", hint=LATE_HINT, required=False)


class ReceiveForm(PlainForm):
    on = DayField(label="Tiếp nhận ngày")
    late_reason = _text("Lý do chậm", hint=LATE_HINT, required=False)


class ReasonForm(PlainForm):
    reason = _text("Lý do")


class EndForm(PlainForm):
    on = DayField(label="Về nơi cũ từ ngày")
    note = _text("Nhận xét, số giấy chuyển về", required=False)


class ExtendForm(PlainForm):
    last_day = DayField(label="Gia hạn đến hết ngày")


class ArriveForm(PlainForm):
    full_name = _line("Họ và tên", 120)
    birth_date = DayField(label="Ngày sinh")
    sex = forms.ChoiceField(label="Giới tính", choices=[("", "Chọn"), *Sex.choices])
    card_number = _line("Số thẻ đảng viên", 8, required=False, hint="Gồm 8 chữ số.")
    admitted_on = DayField(label="Ngày vào Đảng")
    official_on = DayField(label="Ngày chính thức", required=False, help_text="Bỏ trống nếu còn dự bị.")
    category = forms.ChoiceField(label="Diện")
    outside = _line("Từ nơi nào ngoài hệ thống", PLACE_LENGTH)
    reason = forms.ChoiceField(label="Lý do", choices=[one for one in Reason.choices if one[0] not in STAYS])
    paper_number = _line("Số giấy giới thiệu", NUMBER_LENGTH)
    introduced_on = DayField(label="Giới thiệu ngày")
    received_on = DayField(label="Tiếp nhận ngày")
    late_reason = _text("Lý do chậm", hint=LATE_HINT, required=False)

    def __init__(self, *args: Any, categories: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = categories  # type: ignore[attr-defined]

    def clean_card_number(self) -> str:
        card: str = self.cleaned_data["card_number"].strip()
        if card and not (card.isascii() and card.isdigit() and len(card) == 8):
            raise forms.ValidationError("“Số thẻ đảng viên” gồm đúng 8 chữ số. Ghi lại, hoặc bỏ trống.")
        return card
