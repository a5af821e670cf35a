"""What is known of a breach, as the office writes it down."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from phancong.access.actor import Actor
from phancong.common.dates import DateError, read_date
from phancong.common.forms import PlainForm
from phancong.common.refusal import Refused
from phancong.personal_data.breach import Breach, organizations_for, users_for

TEXT = {"autocomplete": "off", "spellcheck": "false"}


class BreachForm(PlainForm):
    """Days, accounts and places of a breach; the hour it was noticed starts the clock."""

    noticed = forms.CharField(
        label="Biết sự cố lúc",
        max_length=30,
        help_text="Giờ và ngày, ví dụ 14:30 23/11/2026. Đồng hồ tính từ lúc này.",
        widget=forms.TextInput(attrs=TEXT),
    )
    since = forms.CharField(
        label="Từ ngày", max_length=30, help_text="Ví dụ 20/11/2026.", widget=forms.TextInput(attrs=TEXT)
    )
    until = forms.CharField(label="Đến hết ngày", max_length=30, widget=forms.TextInput(attrs=TEXT))
    accounts = forms.CharField(
        label="Tài khoản bị lộ",
        required=False,
        max_length=1000,
        help_text="Tên đăng nhập, cách nhau bằng dấu phẩy.",
        widget=forms.TextInput(attrs=TEXT),
    )
    place = forms.TypedChoiceField(
        label="Hoặc nơi có dữ liệu bị lộ", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.organizations = organizations_for(actor)
        place: Any = self.fields["place"]
        place.choices = [("", "Không chọn"), *((one.pk, one.name) for one in self.organizations)]

    def clean_noticed(self) -> datetime:
        hour, _, day = self.cleaned_data["noticed"].strip().partition(" ")
        try:
            return timezone.make_aware(
                datetime.combine(read_date(day, today=self.actor.today).day, time.fromisoformat(hour))
            )
        except (DateError, ValueError):
            raise forms.ValidationError("Ghi giờ rồi ngày biết sự cố, ví dụ 14:30 23/11/2026.") from None

    def clean_since(self) -> datetime:
        return self._moment("since", time.min)

    def clean_until(self) -> datetime:
        return self._moment("until", time.max)

    def _moment(self, name: str, hour: time) -> datetime:
        try:
            day = read_date(self.cleaned_data[name], today=self.actor.today).day
        except DateError as error:
            raise forms.ValidationError(str(error)) from error
        return timezone.make_aware(datetime.combine(day, hour))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("since") and found.get("until") and found["until"] < found["since"]:
            self.add_error("until", "Ngày cuối phải từ ngày đầu trở đi.")
        if not found.get("accounts") and not found.get("place"):
            self.add_error("accounts", "Ghi ít nhất một tài khoản, hoặc chọn một nơi.")
        try:
            found["users"] = users_for(self.actor, str(found.get("accounts") or "").split(","))
        except Refused as refused:
            self.add_error("accounts", str(refused))
        return found

    def breach(self) -> Breach:
        """Only of a form without errors."""
        found = self.cleaned_data
        return Breach(
            found["since"],
            found["until"],
            users=tuple(found["users"]),
            organizations=tuple(one for one in self.organizations if one.pk == found["place"]),
        )
