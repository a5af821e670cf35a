"""Questions about contact with the place of residence, pledges, study and remarks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from phancong.common.dates import DateError, read_date
from phancong.common.forms import PlainForm
from phancong.organizations.models import Area
from phancong.yearbook.enums import RemarkKind
from phancong.yearbook.models import LINE_LENGTH, TEXT_LENGTH
from phancong.yearbook.packs import residence_rules, rule_day, year_rules

PLAIN = {"autocomplete": "off"}
REASON_HINT = "Nội dung cũ được giữ lại cùng lý do này."


def _line(label: str, *, most: int = LINE_LENGTH, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, required=required, help_text=hint, widget=forms.TextInput(attrs=PLAIN)
    )


def _text(label: str, *, most: int = TEXT_LENGTH, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=hint, widget=forms.Textarea(attrs={"rows": 5})
    )


def _day(label: str, *, required: bool = True, hint: str = "Ví dụ 30/6/2026.") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=30, required=required, help_text=hint, widget=forms.TextInput(attrs=PLAIN)
    )


class DayForm(PlainForm):
    """A form whose `days` are read as people write them. A `reason` is asked where something stands already."""

    days: tuple[str, ...] = ()

    def __init__(self, *args: Any, today: date, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if is_new:
            self.fields.pop("reason", None)

    def clean(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        for name in self.days:
            text = data.get(name)
            if not text:
                data[name] = None
                continue
            try:
                data[name] = read_date(text, today=self.today).day
            except DateError as error:
                self.add_error(name, f"“{self.fields[name].label}”: {error}")
        return data


class ContactForm(DayForm):
    days = ("letter_on",)
    group = forms.ChoiceField(label="Nhóm")
    basis = _line("Lý do được miễn", required=False, hint="Chỉ ghi khi được miễn sinh hoạt hoặc giới thiệu.")
    area = forms.ChoiceField(label="Thôn, tổ dân phố nơi cư trú", required=False)
    place_name = _line("Nơi cư trú ngoài đảng bộ", required=False, hint="Ví dụ: Tổ 5, phường Diên Hồng.")
    letter_number = _line("Số giấy giới thiệu", most=60, required=False)
    letter_on = _day("Ngày giấy giới thiệu", required=False)
    reason = _line("Lý do sửa", required=False, hint=REASON_HINT)

    def __init__(self, *args: Any, areas: tuple[Area, ...], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in areas}
        groups = residence_rules(rule_day(year, self.today)).groups.values()
        self.fields["group"].choices = [(group.code, group.name) for group in groups]  # type: ignore[attr-defined]
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ("", "Chưa ghi, hoặc ở ngoài đảng bộ"),
            *((key, area.name) for key, area in self.areas.items()),
        ]


class ReceiveForm(DayForm):
    days = ("received_on",)
    received_on = _day("Nhận ngày")
    reason = _line("Lý do sửa", required=False, hint=REASON_HINT)


class PurposeForm(PlainForm):
    purpose = _line("Xin nhận xét để làm gì", hint="Ví dụ: làm quy trình bổ nhiệm.")


class RemarkForm(DayForm):
    days = ("given_on",)
    text = _text("Nội dung nhận xét")
    given_by = _line("Người nhận xét", hint="Ví dụ: Chi ủy chi bộ thôn 1.")
    given_on = _day("Nhận xét ngày")
    on_paper = forms.BooleanField(label="Ghi lại từ bản giấy", required=False)
    reason = _line("Lý do sửa", required=False, hint=REASON_HINT)


class OpinionForm(PlainForm):
    kind = forms.ChoiceField(
        label="Xin nhận xét của",
        choices=[choice for choice in RemarkKind.choices if choice[0] != RemarkKind.RESIDENCE],
    )
    asked_of = _line("Ghi rõ tên", hint="Ví dụ: Ban công tác Mặt trận thôn 1.")
    member = forms.ChoiceField(label="Nhận xét về", required=False)

    def __init__(self, *args: Any, people: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = [("", "Cả chi bộ"), *((str(pk), name) for pk, name in people.items())]  # type: ignore[attr-defined]


class PledgeForm(DayForm):
    days = ("registered_on",)
    content = _text("Nội dung cam kết", hint="Mỗi dòng một điều: việc gì, đến khi nào.")
    registered_on = _day("Đăng ký ngày")
    reason = _line("Lý do sửa", required=False, hint=REASON_HINT)


class NoteForm(DayForm):
    days = ("done_on",)
    text = forms.CharField(label="Việc tôi đã làm", max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    done_on = _day("Ngày làm")


class SessionForm(DayForm):
    days = ("held_on",)
    kind = forms.ChoiceField(label="Loại")
    title = _line("Nội dung học", hint="Ví dụ: Nghị quyết số 59-NQ/TW.")
    documents = _line("Tài liệu", most=600, required=False)
    held_on = _day("Ngày học")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        studies = year_rules(self.today).studies
        self.fields["kind"].choices = [(study.code, study.name) for study in studies]  # type: ignore[attr-defined]
