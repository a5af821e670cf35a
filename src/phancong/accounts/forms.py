"""Questions of the sign-in page."""

from django import forms

from phancong.accounts.models import User


class SamplePersonForm(forms.Form):
    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        error_messages={
            "required": "Chưa chọn người nào. Chọn một người trong danh sách.",
            "invalid_choice": "Không có người này trong dữ liệu mẫu. Chọn một người trong danh sách.",
        },
    )
