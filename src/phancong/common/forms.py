"""Forms that speak Vietnamese: each message names its question and says how to mend the answer."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.functional import Promise

from phancong.common.dates import DateError, read_date

# By the code of the fault. `{label}` is the question, `{span}` the numbers it takes; the rest Django fills in.
_SENTENCES = {
    "required": "“{label}” còn trống. Ghi vào ô này rồi gửi lại.",
    "invalid": "“{label}” chưa đọc được. Ghi lại cho đúng rồi gửi lại.",
    "max_length": "“{label}” dài %(show_value)s ký tự, nhiều nhất là %(limit_value)s. Rút ngắn rồi gửi lại.",
    "null_characters_not_allowed": "“{label}” có ký tự hỏng không nhìn thấy được. Xóa hết ô này rồi gõ lại.",
}
_NUMBER = {
    "invalid": "“{label}” phải là số nguyên. Ghi một số{span}, bằng chữ số.",
    "min_value": "“{label}” nhỏ nhất là %(limit_value)s. Ghi lại một số{span}.",
    "max_value": "“{label}” lớn nhất là %(limit_value)s. Ghi lại một số{span}.",
}
_CHOICE = {
    "required": "Chưa chọn “{label}”. Chọn trong danh sách rồi gửi lại.",
    "invalid_choice": "“{label}” không có mục đã chọn. Chọn lại trong danh sách.",
    "invalid_list": "“{label}” chưa đọc được. Chọn lại trong danh sách.",
    "invalid_pk_value": "“{label}” không có mục đã chọn. Chọn lại trong danh sách.",
}
_FILE = {
    "required": "Chưa có tệp ở “{label}”. Chọn tệp rồi gửi lại.",
    "missing": "Chưa có tệp ở “{label}”. Chọn tệp rồi gửi lại.",
    "invalid": "“{label}” không nhận được tệp. Chọn lại tệp rồi gửi lại.",
    "empty": "Tệp ở “{label}” trống, không có gì bên trong. Chọn tệp khác.",
    "max_length": "Tên tệp ở “{label}” dài %(length)d ký tự, nhiều nhất là %(max)d. Đặt tên ngắn hơn rồi chọn lại.",
    "contradiction": "Ở “{label}” vừa chọn tệp vừa đánh dấu bỏ tệp. Chỉ chọn một trong hai.",
}
_CHOICES = (forms.ChoiceField, forms.ModelChoiceField)


class DayField(forms.CharField):
    """A day as people write it, cleaned to a date; None where it may be left out. `today`: for years of two figures."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.today: date | None = None
        super().__init__(
            *args, max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_date(text, today=self.today or date.max).day
        except DateError as error:
            raise forms.ValidationError(f"“{self.label}”: {error}") from error


class PlainForm(forms.Form):
    """The form every form of the product is made from. A message that a field states itself stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            speak(field)


def speak(field: forms.Field) -> None:
    """Put a sentence in the place of each of the framework's messages."""
    words = {"label": field.label, "span": _span(field)}
    for code, sentence in _sentences(field).items():
        # Django's own messages are translated late; what a field states itself is plain text.
        stated = field.error_messages.get(code)
        if stated is None or isinstance(stated, Promise):
            field.error_messages[code] = sentence.format(**words)
    if isinstance(field, forms.ModelChoiceField):
        # This field asks the framework's own validator, past its messages.
        refuse = ProhibitNullCharactersValidator(field.error_messages["null_characters_not_allowed"])
        field.validate_no_null_characters = refuse  # type: ignore[method-assign]


def _sentences(field: forms.Field) -> dict[str, str]:
    if isinstance(field, forms.FileField):
        return _SENTENCES | _FILE
    if isinstance(field, _CHOICES):
        return _SENTENCES | _CHOICE
    return _SENTENCES | _NUMBER if isinstance(field, forms.IntegerField) else _SENTENCES


def _span(field: forms.Field) -> str:
    least, most = getattr(field, "min_value", None), getattr(field, "max_value", None)
    if least is None or most is None:
        return ""
    return f" từ {least} đến {most}"
