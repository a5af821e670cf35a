"""Questions of notes and of who is in charge."""

from collections.abc import Sequence
from typing import Any

from django import forms

from phancong.common.forms import DayField, PlainForm, speak
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.oversight.enums import NoteKind
from phancong.oversight.models import NUMBER_LENGTH, TEXT_LENGTH


def _text(label: str, *, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=TEXT_LENGTH, help_text=hint, widget=forms.Textarea(attrs={"rows": 4})
    )


class NoteForm(PlainForm):
    kind = forms.ChoiceField(label="Loại", choices=NoteKind.choices, widget=forms.RadioSelect)
    text = _text("Nội dung", hint="Nói việc cụ thể của tổ chức, không nêu chuyện riêng của một đồng chí.")


class AnswerForm(PlainForm):
    text = _text("Trả lời", hint="Ví dụ: Chi bộ đã rõ, sẽ hoàn thành kế hoạch trước ngày 15.")


class WithdrawForm(PlainForm):
    reason = _text("Lý do rút lại", hint="Lời đã viết vẫn đọc được, kèm lý do này.")


class ChargesForm(PlainForm):
    """For each organisation who is in charge of it, whether a new proposal keeps that; and the decision."""

    decision_number = forms.CharField(
        label="Số quyết định",
        max_length=NUMBER_LENGTH,
        help_text="Ví dụ: 12-QĐ/ĐU.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    decided_on = DayField(label="Ký ngày")
    valid_from = DayField(label="Phụ trách từ ngày")
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, below: Sequence[Organization], holders: Sequence[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [one.pk for one in below]
        choices = [("", "Chưa phân công"), *((str(one.pk), one.full_name) for one in holders)]
        for one in below:
            who = forms.ChoiceField(label=one.name, choices=choices, required=False)
            kept = forms.BooleanField(label=f"Giữ khi gợi ý: {one.name}", required=False)
            for field in (who, kept):
                speak(field)
            self.fields |= {f"ai-{one.pk}": who, f"giu-{one.pk}": kept}

    def who(self, key: int) -> forms.BoundField:
        return self[f"ai-{key}"]

    def kept(self, key: int) -> forms.BoundField:
        return self[f"giu-{key}"]

    @property
    def chosen(self) -> dict[int, int | None]:
        """As far as it could be read."""
        told = {key: self.cleaned_data.get(f"ai-{key}") for key in self.keys}
        return {key: int(member) if member else None for key, member in told.items()}

    @property
    def locks(self) -> frozenset[tuple[int, int]]:
        """(member, organisation) pairs that are to be kept."""
        kept = {key for key in self.keys if self.cleaned_data.get(f"giu-{key}")}
        return frozenset((member, key) for key, member in self.chosen.items() if member and key in kept)

    @property
    def decision_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("decision_number", "decided_on", "valid_from")]
