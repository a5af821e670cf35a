"""Questions about a meeting."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms

from phancong.access.actor import Actor
from phancong.common.dates import DateError, read_date
from phancong.common.forms import PlainForm
from phancong.meetings.actions import Call, Tally
from phancong.meetings.enums import Becomes, ItemKind, Method
from phancong.meetings.models import LINE_LENGTH
from phancong.meetings.packs import meeting_rules, vote_rules

TEXT = {"autocomplete": "off"}
_TIME = re.compile(r"(\d{1,2})\s*(?:[:hg.]|giờ)\s*(\d{0,2})(?:\s*phút)?")
People = Sequence[tuple[int, str]]


def _line(label: str, *, needed: bool = True, most: int = LINE_LENGTH, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=needed, max_length=most, help_text=hint, widget=forms.TextInput(attrs=TEXT)
    )


def _person(label: str, *, needed: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, required=needed, coerce=int, empty_value=None)


def _fill(field: forms.Field, people: People) -> None:
    field.choices = [("", "Chưa chọn"), *people]  # type: ignore[attr-defined]


def read_time(text: str) -> time:
    """An hour as people write it: 19:30, 19h30, 19 giờ 30."""
    match = _TIME.fullmatch(text.strip().lower())
    try:
        if match:
            return time(int(match[1]), int(match[2] or 0))
    except ValueError:
        pass
    raise forms.ValidationError(f"“{text[:20]}” không phải giờ. Ghi như 19:30.")


def _read_day(text: str, *, today: date) -> date:
    try:
        return read_date(text, today=today).day
    except DateError as error:
        raise forms.ValidationError(str(error)) from error


class _DayForm(PlainForm):
    """Reads days against today."""

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)


class CallForm(_DayForm):
    """When, where, who leads and who writes."""

    kind = forms.ChoiceField(label="Loại sinh hoạt")
    held_on = _line("Ngày họp", most=30, hint="Ví dụ 23/11/2026.")
    starts_at = _line("Giờ bắt đầu", most=20, hint="Ví dụ 19:30.")
    place = _line("Địa điểm")
    chair = _person("Chủ trì")
    secretary = _person("Thư ký ghi biên bản")
    guests = _line("Cấp ủy cấp trên, đại biểu dự họp", needed=False)
    documents = _line("Tài liệu gửi trước", needed=False)

    def __init__(self, *args: Any, people: People, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = meeting_rules(day)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(kind.code, kind.name) for kind in rules.kinds]
        self.fields["documents"].help_text = f"Gửi trước ngày họp ít nhất {rules.documents_days} ngày."
        for name in ("chair", "secretary"):
            _fill(self.fields[name], people)

    def clean_held_on(self) -> date:
        return _read_day(self.cleaned_data["held_on"], today=self.actor.today)

    def clean_starts_at(self) -> time:
        return read_time(self.cleaned_data["starts_at"])

    def call(self) -> Call:
        """Only of a form without errors."""
        found = self.cleaned_data
        return Call(
            kind=found["kind"],
            held_on=found["held_on"],
            starts_at=found["starts_at"],
            place=found["place"],
            chair_id=found["chair"],
            secretary_id=found["secretary"],
            guests=found["guests"],
            documents=found["documents"],
        )


class SeriesForm(PlainForm):
    """The regular meetings of a year in one go."""

    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)
    day = forms.IntegerField(
        label="Ngày hằng tháng",
        min_value=1,
        max_value=31,
        help_text="Ví dụ 3: họp ngày 3 hằng tháng. Tháng ngắn hơn thì lấy ngày cuối tháng.",
    )
    starts_at = _line("Giờ bắt đầu", most=20, hint="Ví dụ 19:30.")
    place = _line("Địa điểm")

    def clean_starts_at(self) -> time:
        return read_time(self.cleaned_data["starts_at"])

    def call(self, *, today: date) -> Call:
        found = self.cleaned_data
        return Call(kind="regular", held_on=today, starts_at=found["starts_at"], place=found["place"])


class ItemForm(PlainForm):
    """One more item on the agenda."""

    title = _line("Nội dung")
    kind = forms.ChoiceField(label="Nội dung này là", choices=ItemKind.choices)


class VoteForm(PlainForm):
    """Tallies as they were counted in the room."""

    kind = forms.ChoiceField(label="Loại biểu quyết")
    method = forms.ChoiceField(label="Cách biểu quyết", choices=Method.choices)
    in_favour = forms.IntegerField(label="Đồng ý", min_value=0, max_value=2000)
    against = forms.IntegerField(label="Không đồng ý", min_value=0, max_value=2000)
    other = forms.IntegerField(label="Ý kiến khác", min_value=0, max_value=2000)

    def __init__(self, *args: Any, day: date, is_plan: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [
            (kind.code, kind.name) for kind in vote_rules(day).kinds if (kind.code == "plan") == is_plan
        ]

    def tally(self) -> Tally:
        found = self.cleaned_data
        return Tally(
            kind=found["kind"],
            method=Method(found["method"]),
            in_favour=found["in_favour"],
            against=found["against"],
            other=found["other"],
        )


class ConclusionForm(_DayForm):
    """A conclusion, and who carries it out by when."""

    text = _line("Kết luận")
    becomes = forms.ChoiceField(label="Kết luận này", choices=Becomes.choices)
    member = _person("Đồng chí thực hiện")
    due_on = _line("Hạn", needed=False, most=30, hint="Ví dụ 15/12/2026. Chỉ ghi khi thành việc.")

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self.fields["member"], people)

    def clean_due_on(self) -> date | None:
        text = self.cleaned_data["due_on"]
        return _read_day(text, today=self.actor.today) if text else None


class OpinionForm(PlainForm):
    """What a member keeps to."""

    member = _person("Đồng chí bảo lưu ý kiến", needed=True)
    text = forms.CharField(label="Ý kiến bảo lưu", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, people: People, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _fill(self.fields["member"], people)


class EndForm(PlainForm):
    """When the meeting ended, as the minutes say it."""

    ends_at = _line("Kết thúc lúc", most=20, hint="Ví dụ 21:15.")

    def clean_ends_at(self) -> time:
        return read_time(self.cleaned_data["ends_at"])


class AddendumForm(PlainForm):
    """What is added to signed minutes."""

    text = forms.CharField(
        label="Nội dung bổ sung", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = _line("Lý do bổ sung")


class TermForm(_DayForm):
    """The day the term of the cell's committee began."""

    began_on = _line("Nhiệm kỳ bắt đầu ngày", most=30, hint="Ngày sau ngày bế mạc đại hội.")
    basis = _line("Căn cứ", hint="Ví dụ: Biên bản đại hội chi bộ ngày 20/3/2025.")

    def clean_began_on(self) -> date:
        return _read_day(self.cleaned_data["began_on"], today=self.actor.today)
