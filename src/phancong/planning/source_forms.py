"""Questions about resolutions and their targets."""

from datetime import date
from typing import Any

from django import forms

from phancong import rules
from phancong.common.forms import DayField, PlainForm
from phancong.planning.enums import ResolutionKind
from phancong.planning.source_models import Resolution, Target

TEXT = {"autocomplete": "off"}


def _line(label: str, *, needed: bool = True, most: int = 240, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=needed, max_length=most, help_text=hint, widget=forms.TextInput(attrs=TEXT)
    )


class ResolutionForm(PlainForm):
    """A resolution; number and day come when it is issued."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=ResolutionKind.choices)
    title = _line("Về việc gì", hint="Ví dụ: lãnh đạo phát triển kinh tế hộ.")
    number = _line("Số, ký hiệu", needed=False, most=60, hint="Ví dụ 03-NQ/CB. Để trống nếu còn đang soạn.")
    issued_on = DayField(label="Ngày ban hành", required=False, help_text="Để trống nếu còn đang soạn.")
    meeting = _line("Cuộc họp", needed=False, hint="Ví dụ: sinh hoạt chi bộ tháng 01, biên bản số 01-BB/CB.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].today = today  # type: ignore[attr-defined]


class TargetForm(PlainForm):
    """A target: what, how it is seen to be reached, by when."""

    title = _line("Chỉ tiêu, nhiệm vụ", hint="Một câu ngắn. Ví dụ: 10 hộ chuyển đổi cây trồng.")
    measure = _line("Sản phẩm, số đo", needed=False, hint="Xong thì thấy được cái gì, bao nhiêu.")
    field = forms.ChoiceField(label="Nhóm việc")
    due_on = DayField(label="Hạn")

    def __init__(self, *args: Any, today: date, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A year in two figures, or none, is the resolution's own.
        self.fields["due_on"].today = date(year, 12, 31)  # type: ignore[attr-defined]
        self.fields["field"].choices = [(one.code, one.name) for one in rules.on(today).fields]  # type: ignore[attr-defined]


def resolution_initial(resolution: Resolution) -> dict[str, Any]:
    same = {name: getattr(resolution, name) for name in ("kind", "title", "number", "meeting")}
    return same | {"issued_on": f"{resolution.issued_on:%d/%m/%Y}" if resolution.issued_on else ""}


def target_initial(target: Target) -> dict[str, Any]:
    same = {name: getattr(target, name) for name in ("title", "measure", "field")}
    return same | {"due_on": f"{target.due_on:%d/%m/%Y}"}
