"""Questions of the list of members."""

from urllib.parse import urlencode

from django import forms

from phancong import rules
from phancong.access.actor import Actor
from phancong.common.forms import PlainForm
from phancong.members.enums import ENDED, Status
from phancong.members.queries import DutyCount, ListFilter, cells_for

ON_ROLL = [(status.value, status.label) for status in Status if status not in ENDED]


class ListFilterForm(PlainForm):
    """Narrows the list. Names are Vietnamese because people see them in the address."""

    tim = forms.CharField(label="Tìm theo tên hoặc số thẻ", required=False, max_length=120)
    chi_bo = forms.ChoiceField(label="Chi bộ", required=False)
    dien = forms.ChoiceField(label="Diện", required=False)
    trang_thai = forms.ChoiceField(label="Trạng thái", required=False, choices=[("", "Tất cả"), *ON_ROLL])
    so_viec = forms.ChoiceField(
        label="Số nhiệm vụ", required=False, choices=[("", "Tất cả"), *DutyCount.choices]
    )
    so_the = forms.ChoiceField(
        label="Số thẻ", required=False, choices=[("", "Tất cả"), ("chua", "Chưa có số thẻ")]
    )

    def __init__(self, data: object, *, actor: Actor) -> None:
        super().__init__(data)
        self.actor = actor
        categories = rules.on(actor.today).categories
        self.fields["tim"].widget.attrs.update({"type": "search", "class": "input", "spellcheck": "false"})
        cells = cells_for(actor, asked=self.data.get("chi_bo", ""))
        self.has_cells = bool(cells)
        self.fields["chi_bo"].choices = [("", "Tất cả"), *((str(pk), name) for pk, name in cells)]  # type: ignore[attr-defined]
        self.fields["dien"].choices = [("", "Tất cả"), *((row.code, row.name) for row in categories)]  # type: ignore[attr-defined]

    def cleaned_filter(self) -> ListFilter:
        """The filter as asked; a value that is not in a list counts as not asked."""
        self.is_valid()
        clean = self.cleaned_data
        return ListFilter(
            words=clean.get("tim", ""),
            cell_id=int(clean["chi_bo"]) if clean.get("chi_bo") else None,
            category=clean.get("dien", ""),
            status=clean.get("trang_thai", ""),
            duties=clean.get("so_viec", ""),
            without_card=bool(clean.get("so_the")),
        )

    def chips(self) -> list[tuple[str, str]]:
        """What is asked, in words, with the address of the same list without that question."""
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value:
                shown = dict(field.choices).get(value, value) if hasattr(field, "choices") else f"“{value}”"
                found.append((f"{field.label}: {shown}", self.address(without=name)))
        return found

    def address(self, *, without: str = "", **more: object) -> str:
        """Query string of this list, with one question dropped or something added."""
        asked = {
            name: value for name in self.fields if (value := self.cleaned_data.get(name)) and name != without
        }
        return "?" + urlencode({**asked, **more})
