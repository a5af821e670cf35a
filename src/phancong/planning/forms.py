"""Questions about a duty and about who does it."""

from datetime import date
from typing import Any

from django import forms

from phancong import rules
from phancong.common.dates import DateError, read_date
from phancong.common.forms import PlainForm
from phancong.common.text import clean
from phancong.organizations.models import Area
from phancong.planning.enums import HealthNeed, Priority
from phancong.planning.models import Duty
from phancong.planning.source_models import Target
from phancong.planning.sources import grouped
from phancong.rules.model import Choice

TEXT = {"autocomplete": "off"}


class DutyForm(PlainForm):
    """A duty in the six questions ("6 rõ")."""

    title = forms.CharField(label="Việc gì", max_length=240, widget=forms.TextInput(attrs=TEXT))
    field = forms.ChoiceField(label="Nhóm việc")
    area = forms.ChoiceField(label="Địa bàn", required=False)
    headcount_min = forms.IntegerField(label="Cần ít nhất bao nhiêu người", min_value=0, max_value=200)
    headcount_max = forms.IntegerField(label="Nhiều nhất bao nhiêu người", min_value=1, max_value=200)
    monthly_hours = forms.IntegerField(
        label="Mỗi người mất mấy giờ một tháng", min_value=1, max_value=80, help_text="Ước chừng; ví dụ 4."
    )
    due_on = forms.CharField(label="Hạn", max_length=30, widget=forms.TextInput(attrs=TEXT))
    responsibility = forms.CharField(
        label="Trách nhiệm",
        max_length=240,
        required=False,
        help_text="Người nhận phải làm gì, bao lâu một lần.",
    )
    product = forms.CharField(
        label="Sản phẩm", max_length=240, required=False, help_text="Làm xong thì thấy được cái gì."
    )
    measure = forms.CharField(
        label="Cách đo", max_length=240, required=False, help_text="Thế nào là hoàn thành."
    )
    authority = forms.CharField(
        label="Thẩm quyền",
        max_length=240,
        required=False,
        help_text="Người nhận được tự quyết, được đề nghị điều gì.",
    )
    required = forms.MultipleChoiceField(
        label="Kỹ năng, tiếng nói bắt buộc", required=False, widget=forms.CheckboxSelectMultiple
    )
    health_need = forms.TypedChoiceField(label="Sức khỏe cần có", coerce=int, choices=HealthNeed.choices)
    priority = forms.TypedChoiceField(label="Mức cần", coerce=int, choices=Priority.choices)
    at_night = forms.BooleanField(label="Có việc ban đêm", required=False)
    needs_lead = forms.BooleanField(label="Cần một người đứng ra phụ trách", required=False)
    is_errand = forms.BooleanField(
        label="Là việc sự vụ (không thay được nhiệm vụ của đảng viên)", required=False
    )
    source_note = forms.CharField(
        label="Căn cứ", max_length=240, required=False, help_text="Ví dụ: Nghị quyết chuyên đề số 03-NQ/CB."
    )

    target = forms.ChoiceField(
        label="Làm chỉ tiêu nào", required=False, help_text="Của nghị quyết chi bộ hoặc cấp trên."
    )

    def __init__(
        self,
        *args: Any,
        areas: tuple[Area, ...],
        targets: tuple[Target, ...],
        today: date,
        year: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {str(target.pk): target for target in targets}
        self.fields["target"].choices = [("", "Không gắn với chỉ tiêu nào"), *grouped(targets)]  # type: ignore[attr-defined]
        self.year, self.areas = year, {str(area.pk): area for area in areas}
        law = rules.on(today)
        self._choices("field", law.fields)
        self._choices("required", (*law.skills, *law.languages))
        everywhere = ("", "Không gắn với địa bàn nào")
        self.fields["area"].choices = [everywhere, *((pk, area.name) for pk, area in self.areas.items())]  # type: ignore[attr-defined]

    def _choices(self, name: str, choices: tuple[Choice, ...]) -> None:
        self.fields[name].choices = [(choice.code, choice.name) for choice in choices]  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        title = clean(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"])
        return title

    def clean_due_on(self) -> date:
        try:
            # A year in two figures is the plan's own.
            return read_date(self.cleaned_data["due_on"], today=date(self.year, 12, 31)).day
        except DateError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """Texts come out as they are read: no invisible characters, one kind of space."""
        return {
            name: clean(value) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
        }

    def description(self, *, held: dict[str, int]) -> dict[str, Any]:
        """Fields of a Duty. Levels of skills that were required before stay as they were."""
        data = dict(self.cleaned_data)
        data["area"] = self.areas.get(data["area"])
        data["target"] = self.targets.get(data["target"])
        data["required"] = {code: held.get(code, 1) for code in data["required"]}
        data["is_substantive"] = not data.pop("is_errand")
        return data


def initial_of(duty: Duty) -> dict[str, Any]:
    """The form as it stands for a duty."""
    same = ("title", "field", "headcount_min", "monthly_hours", "responsibility", "product", "measure", "authority",
            "health_need", "priority", "at_night", "needs_lead", "source_note")  # fmt: skip
    return {name: getattr(duty, name) for name in same} | {
        "headcount_max": duty.headcount_max or duty.headcount_min or 1,
        "area": str(duty.area_id or ""),
        "target": str(duty.target_id or ""),
        "due_on": f"{duty.due_on:%d/%m/%Y}",
        "required": list(duty.required),
        "is_errand": not duty.is_substantive,
    }
