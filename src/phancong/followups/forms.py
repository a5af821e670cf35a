"""Questions of adopting a plan and of decisions that change it."""

from datetime import date
from typing import Any

from django import forms

from phancong.common.forms import DayField, PlainForm
from phancong.common.text import clean
from phancong.planning.models import REASON_LENGTH

TEXT = {"autocomplete": "off"}


class AdoptForm(PlainForm):
    """When the cell adopted the plan, and by which paper."""

    adopted_on = DayField(label="Chi bộ thông qua ngày")
    basis = forms.CharField(
        label="Căn cứ",
        max_length=REASON_LENGTH,
        help_text="Ví dụ: Biên bản họp chi bộ số 01-BB/CB ngày 03/01/2026.",
        widget=forms.TextInput(attrs=TEXT),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["adopted_on"].today = today  # type: ignore[attr-defined]

    def clean_basis(self) -> str:
        return clean(self.cleaned_data["basis"])


class DecisionForm(PlainForm):
    """Who decided a change when, on which paper, and why."""

    decided_on = DayField(label="Quyết định ngày")
    basis = forms.CharField(
        label="Căn cứ",
        max_length=REASON_LENGTH,
        help_text="Ví dụ: Biên bản họp chi bộ số 04-BB/CB, hoặc ý kiến chi ủy ngày 12/6/2026.",
        widget=forms.TextInput(attrs=TEXT),
    )
    reason = forms.CharField(label="Lý do", max_length=REASON_LENGTH, widget=forms.TextInput(attrs=TEXT))
    despite = forms.CharField(
        label="Vẫn giao dù có điều cần lưu ý, vì",
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].today = today  # type: ignore[attr-defined]
