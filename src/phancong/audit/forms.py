"""Questions to the log."""

from urllib.parse import urlencode

from django import forms

from phancong.audit.queries import LogFilter
from phancong.audit.wording import ACTIONS, SUBJECTS
from phancong.common.forms import PlainForm

_BY_WORDS = sorted(ACTIONS.items(), key=lambda pair: pair[1])


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LogFilterForm(PlainForm):
    """Narrows the log. Names are Vietnamese because people see them in the address."""

    nguoi = forms.CharField(
        label="Người thực hiện",
        required=False,
        max_length=120,
        widget=forms.TextInput({"type": "search", "class": "input", "spellcheck": "false"}),
    )
    viec = forms.ChoiceField(label="Việc", required=False, choices=[("", "Tất cả"), *_BY_WORDS])
    doi_tuong = forms.ChoiceField(
        label="Đối tượng", required=False, choices=[("", "Tất cả"), *SUBJECTS.items()]
    )
    so = forms.IntegerField(label="Số của đối tượng", required=False, min_value=1, max_value=10**15)
    tu = forms.DateField(label="Từ ngày", required=False, widget=DayInput)
    den = forms.DateField(label="Đến ngày", required=False, widget=DayInput)

    def cleaned_filter(self) -> LogFilter:
        """The filter as asked; what cannot be read counts as not asked, and its field says so."""
        self.is_valid()
        clean = self.cleaned_data
        return LogFilter(
            person=clean.get("nguoi", ""),
            action=clean.get("viec", ""),
            kind=clean.get("doi_tuong", ""),
            number=clean.get("so"),
            since=clean.get("tu"),
            until=clean.get("den"),
        )

    @property
    def is_asked(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def address(self, **more: object) -> str:
        """Query string of this list with something added."""
        asked = {name: value for name in self.fields if (value := self.cleaned_data.get(name))}
        return "?" + urlencode({**asked, **more})
