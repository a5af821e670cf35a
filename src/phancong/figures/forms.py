"""Questions of the pages that show figures."""

from datetime import date

from django import forms

from phancong import rules
from phancong.common.dates import DateError, read_date
from phancong.common.forms import PlainForm
from phancong.rules.model import RuleError


class DayForm(PlainForm):
    """The day the figures are asked for; empty means today."""

    ngay = forms.CharField(
        label="Ngày",
        help_text="Ngày, tháng, năm; ví dụ 31/12/2025.",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: object, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_ngay(self) -> date:
        text = self.cleaned_data["ngay"]
        if not text:
            return self.today
        try:
            day = read_date(text, today=self.today).day
            rules.on(day)
        except DateError as error:
            raise forms.ValidationError(str(error)) from error
        except RuleError as error:
            raise forms.ValidationError(
                "Phần mềm chưa có quy định của ngày này. Nhập một ngày gần đây hơn."
            ) from error
        if day > self.today:
            raise forms.ValidationError(
                f"Ngày phải là hôm nay hoặc trước đó. Nhập lại, ví dụ {self.today:%d/%m/%Y}."
            )
        return day

    def day(self) -> date:
        if not self.is_valid():
            return self.today
        asked: date = self.cleaned_data["ngay"]
        return asked
