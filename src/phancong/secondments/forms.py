"""Questions of seconding."""

from django import forms

from phancong.common.forms import DayField, PlainForm
from phancong.secondments.enums import Form
from phancong.secondments.models import NUMBER_LENGTH

_PLAIN = {"autocomplete": "off"}


def _number() -> forms.CharField:
    return forms.CharField(
        label="Số quyết định",
        max_length=NUMBER_LENGTH,
        help_text="Ví dụ: 12-QĐ/ĐU.",
        widget=forms.TextInput(attrs=_PLAIN),
    )


class DecisionForm(PlainForm):
    form = forms.ChoiceField(label="Hình thức", choices=Form.choices, widget=forms.RadioSelect)
    decision_number = _number()
    decided_on = DayField(label="Ký ngày")
    valid_from = DayField(label="Có hiệu lực từ ngày")
    last_day = DayField(
        label="Đến hết ngày", required=False, help_text="Bỏ trống: đến khi có quyết định khác."
    )


class HandBackForm(PlainForm):
    on = DayField(label="Về chi bộ cũ từ ngày")
    decision_number = _number()


class ExtendForm(PlainForm):
    last_day = DayField(label="Gia hạn đến hết ngày")
    decision_number = _number()


class PromisingForm(PlainForm):
    count = forms.IntegerField(
        label="Số quần chúng ưu tú",
        min_value=0,
        max_value=999,
        help_text="Chỉ ghi số lượng, không ghi tên ai.",
        widget=forms.TextInput(attrs={**_PLAIN, "inputmode": "numeric"}),
    )
