"""Questions about giving and lending roles."""

from datetime import date, timedelta
from typing import Any

from django import forms

from phancong.access.roles import Role
from phancong.accounts.models import User
from phancong.common.dates import DateError, read_date
from phancong.common.forms import PlainForm
from phancong.organizations.models import Organization

TEXT = {"autocomplete": "off"}
NOT_A_CHOICE = "Chọn một dòng có trong danh sách."


class DaysForm(PlainForm):
    """From a day to a last day, as people write them."""

    since = forms.CharField(
        label="Từ ngày",
        max_length=30,
        widget=forms.TextInput(attrs=TEXT),
        error_messages={"required": "Thiếu ngày bắt đầu. Ghi ngày, ví dụ 01/12/2026."},
    )
    last_day = forms.CharField(
        label="Đến hết ngày",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
        error_messages={"required": "Thiếu ngày cuối. Ghi ngày, ví dụ 31/12/2026."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date:
        return self._day("since")

    def clean_last_day(self) -> date | None:
        return self._day("last_day") if self.cleaned_data["last_day"].strip() else None

    @property
    def until(self) -> date | None:
        """The first day on which it no longer holds."""
        last = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last else None

    def _day(self, name: str) -> date:
        try:
            return read_date(self.cleaned_data[name], today=self.today).day
        except DateError as error:
            raise forms.ValidationError(str(error)) from error


class RoleForm(DaysForm):
    """A role by decision: which, where, by which decision."""

    role = forms.ChoiceField(
        label="Vai trò",
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn vai trò. Chọn một vai trò.", "invalid_choice": NOT_A_CHOICE},
    )
    organization = forms.TypedChoiceField(
        label="Ở tổ chức (gồm cả các tổ chức bên dưới)",
        coerce=int,
        error_messages={"required": "Chưa chọn tổ chức. Chọn một tổ chức.", "invalid_choice": NOT_A_CHOICE},
    )
    decision_number = forms.CharField(
        label="Số quyết định",
        max_length=60,
        widget=forms.TextInput(attrs=TEXT),
        help_text="Ví dụ 12-QĐ/ĐU.",
        error_messages={"required": "Thiếu số quyết định. Ghi số của quyết định, ví dụ 12-QĐ/ĐU."},
    )

    field_order = ("role", "organization", "decision_number", "since", "last_day")

    def __init__(
        self, *args: Any, roles: list[Role], organizations: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.code, role.name) for role in roles]  # type: ignore[attr-defined]
        self.fields["organization"].choices = organizations  # type: ignore[attr-defined]
        self.fields["last_day"].help_text = "Bỏ trống nếu quyết định không ghi ngày kết thúc."


class LendingForm(DaysForm):
    """Whom one's own role is lent to, and for how long."""

    person = forms.TypedChoiceField(
        label="Ủy quyền cho",
        coerce=int,
        error_messages={
            "required": "Chưa chọn đồng chí nào. Chọn một đồng chí.",
            "invalid_choice": NOT_A_CHOICE,
        },
    )

    field_order = ("person", "since", "last_day")

    def __init__(self, *args: Any, people: list[User], organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.fields["person"].choices = [(user.pk, str(user)) for user in people]  # type: ignore[attr-defined]
        self.fields["last_day"].required = True
