"""Questions of signing in and of one's own account."""

from typing import Any

from django import forms

from phancong.accounts.models import User
from phancong.common.forms import PlainForm

NAME = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
CODE = {"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}


class SamplePersonForm(PlainForm):
    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        error_messages={
            "required": "Chưa chọn người nào. Chọn một người trong danh sách.",
            "invalid_choice": "Không có người này trong dữ liệu mẫu. Chọn một người trong danh sách.",
        },
    )


class SignInForm(PlainForm):
    username = forms.CharField(label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs=NAME))
    password = forms.CharField(
        label="Mật khẩu",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class CodeForm(PlainForm):
    code = forms.CharField(
        label="Mã",
        max_length=30,
        widget=forms.TextInput(attrs=CODE),
        help_text="Sáu số trên ứng dụng, hoặc một mã trên tờ mã in.",
    )


class NewPasswordForm(PlainForm):
    """A password of one's own choice, typed twice."""

    password = forms.CharField(
        label="Mật khẩu mới",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Dài từ 8 ký tự. Nên là vài từ ghép lại, dễ nhớ mà người khác khó đoán.",
    )
    again = forms.CharField(
        label="Gõ lại mật khẩu mới",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", "Hai lần gõ chưa giống nhau. Gõ lại cả hai ô.")
        return data


class ActivationForm(NewPasswordForm):
    """The card in hand: name and code, then a password."""

    username = forms.CharField(label="Tên đăng nhập", max_length=60, widget=forms.TextInput(attrs=NAME))
    code = forms.CharField(
        label="Mã kích hoạt",
        max_length=30,
        widget=forms.TextInput(attrs=CODE),
        help_text="Ghi trên thẻ, ví dụ ABCD-EFGH-JKMN. Có dấu gạch hay không đều được.",
    )

    field_order = ("username", "code", "password", "again")


class ConfirmForm(PlainForm):
    """Proving once more who one is: the password, or a code."""

    proof = forms.CharField(
        label="Mật khẩu, hoặc một mã",
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class KeyNameForm(PlainForm):
    name = forms.CharField(label="Tên máy", max_length=60, help_text="Ví dụ: Điện thoại của tôi.")
