"""Questions of the sign-in page."""

from django import forms

from phancong.accounts.models import User
from phancong.common.forms import PlainForm


class SamplePersonForm(PlainForm):
    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label="Người",
        error_messages={
            "required": "Chưa chọn người nào. Chọn một người trong danh sách.",
            "invalid_choice": "Không có người này trong dữ liệu mẫu. Chọn một người trong danh sách.",
        },
    )
