"""A committee that is not there yet: its cells and areas as the roster names them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.members.importing.cell_names import cell_key, full_cell_name, spelled_out
from phancong.members.importing.columns import normalized
from phancong.members.importing.lookups import lookups_for
from phancong.members.importing.roster import Roster, roster_titles
from phancong.members.importing.sheets import open_sheet
from phancong.organizations.actions import add_area, cover_area, found_organization
from phancong.organizations.models import Area, Organization
from phancong.rules import Rules
from phancong.rules.model import Choice, OrganizationKind

DECISION = "Theo danh sách đảng viên"


@dataclass(frozen=True, slots=True)
class CellProposal:
    """A cell to found, and the area it covers when its name says so."""

    name: str
    kind: OrganizationKind
    area_name: str = ""
    area_kind: str = ""


def root_kind(name: str, law: Rules) -> OrganizationKind:
    """The kind of a committee by its name; the first kind of root where the name does not tell."""
    roots = [kind for kind in law.organization_kinds if not kind.parents]
    padded = f" {normalized(name)} "
    return next((kind for kind in roots if f" {normalized(kind.name).split()[-1]} " in padded), roots[0])


def found_committee(name: str, *, by: Actor, effective_on: date) -> Organization:
    kind = root_kind(name, rules.on(effective_on))
    return found_organization(
        by=by,
        code=_free_code("DB"),
        name=name,
        kind=kind.code,
        parent=None,
        effective_on=effective_on,
        decision_number=DECISION,
        decided_on=effective_on,
    )


def committee_named_in(content: bytes, *, today: date, sheet: str = "") -> str:
    """The committee in the lines above the table; else the plain name of the first kind of root."""
    law = rules.on(today)
    with open_sheet(content, pasted=False, chosen=sheet) as opened:
        for text in roster_titles(opened):
            if normalized(text).startswith(("dang bo ", "dang uy ")):
                # The title names the body (đảng ủy); the organisation is the đảng bộ.
                return f"Đảng bộ {_without_capitals(text, law)}"
    return next(kind.name for kind in law.organization_kinds if not kind.parents)


def _without_capitals(title: str, law: Rules) -> str:
    """The place of "ĐẢNG ỦY PHƯỜNG AYUN PA" as it is written in a line: "phường Ayun Pa"."""
    place = title.split(" ")[2:]
    if not title.isupper():
        return " ".join(place)
    levels = {word for kind in law.organization_kinds for word in kind.name.lower().split()}
    return " ".join(word.lower() if word.lower() in levels else word.title() for word in place)


def cells_to_found(
    content: bytes, *, root: Organization, today: date, also: Sequence[str] = (), sheet: str = ""
) -> list[CellProposal]:
    """Cells that the roster names and `root` does not have, in the order of their first row."""
    lookups = lookups_for(root, today=today)
    names: dict[str, str] = {cell_key(name): name for name in also if not lookups.find_cells(name)}
    with open_sheet(content, pasted=False, chosen=sheet) as opened:
        roster = Roster(opened, lookups=lookups, today=today)
        for name in roster.unknown_cells():
            names.setdefault(cell_key(name), name)
    return proposals_of(names.values(), root=root, today=today)


def proposals_of(names: Iterable[str], *, root: Organization, today: date) -> list[CellProposal]:
    """What would be founded under `root` for cells of these names."""
    law = rules.on(today)
    return [_proposal(name, root=root, law=law) for name in names]


def founding_day(root: Organization, *, today: date) -> date:
    """Cells of a list are taken to be there since the year began, and not before what they belong to."""
    return max(today.replace(month=1, day=1), root.founded_on)


def _proposal(name: str, *, root: Organization, law: Rules) -> CellProposal:
    area = _area_in(spelled_out(name), law)
    kinds = [kind for kind in law.organization_kinds if kind.holds_members and root.kind in kind.parents]
    if not kinds:
        raise Refused(
            f"{root.name} không có chi bộ trực thuộc theo quy định. Chọn tổ chức đảng khác làm gốc."
        )
    kind = next((kind for kind in kinds if kind.covers_areas is (area is not None)), kinds[0])
    shown = full_cell_name(name)
    if area is None or not kind.covers_areas:
        return CellProposal(shown, kind)
    return CellProposal(shown, kind, area_name=area[1], area_kind=area[0].code)


def _area_in(name: str, law: Rules) -> tuple[Choice, str] | None:
    """The kind of area that a name contains, and the area's name from that word on."""
    words = clean(name).split(" ")
    folded = [normalized(word) for word in words]
    for choice in law.area_kinds:
        for title in (choice.name, *choice.also):
            parts = normalized(title).split()
            for at in range(len(words) - len(parts) + 1):
                if folded[at : at + len(parts)] == parts:
                    area = " ".join(words[at:])
                    return choice, area[0].upper() + area[1:]
    return None


def found_cells(
    proposals: Sequence[CellProposal], *, root: Organization, by: Actor, effective_on: date
) -> list[Organization]:
    """Found the cells, and the areas that those of areas cover."""
    cells = []
    for proposal in proposals:
        cell = found_organization(
            by=by,
            code=_free_code("CB"),
            name=proposal.name,
            kind=proposal.kind.code,
            parent=root,
            effective_on=effective_on,
            decision_number=DECISION,
            decided_on=effective_on,
        )
        if proposal.area_kind:
            area = add_area(
                by=by,
                code=_free_area_code(),
                name=proposal.area_name,
                kind=proposal.area_kind,
                committee=root,
                valid_from=effective_on,
            )
            cover_area(by=by, area=area, cell=cell, valid_from=effective_on)
        cells.append(cell)
    return cells


def _free_code(prefix: str) -> str:
    number = Organization.objects.filter(code__startswith=prefix).count() + 1
    while Organization.objects.filter(code=f"{prefix}{number:02d}").exists():
        number += 1
    return f"{prefix}{number:02d}"


def _free_area_code() -> str:
    number = Area.objects.count() + 1
    while Area.objects.filter(code=f"DC{number:02d}").exists():
        number += 1
    return f"DC{number:02d}"
