"""Members as a roster would describe them: for comparing, for exporting, for a version of each row."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, replace
from datetime import date, timedelta
from typing import Any

from phancong import rules
from phancong.common.spans import on_day
from phancong.common.text import order_key
from phancong.members.enums import CompetenceKind, Level, LimitKind, Sex, Status
from phancong.members.importing.columns import TITLES, Key
from phancong.members.importing.lookups import Lookups
from phancong.members.importing.values import Limit, Values, post_place
from phancong.members.models import (
    Competence,
    MassOrganizationMembership,
    Member,
    Post,
    Wish,
    WorkLimit,
)
from phancong.rules import Rules
from phancong.rules.model import Choice, Position

# Values that stand alone, with the column that shows each.
SINGLE = {
    "name": Key.NAME,
    "birth": Key.BIRTH,
    "sex": Key.SEX,
    "card": Key.CARD,
    "admitted": Key.ADMITTED,
    "official": Key.OFFICIAL,
    "cell": Key.CELL,
    "category": Key.CATEGORY,
    "status": Key.STATUS,
    "education": Key.EDUCATION,
    "professional_level": Key.PROFESSION,
    "professional_field": Key.PROFESSION,
    "theory": Key.THEORY,
    "occupation": Key.OCCUPATION,
    "workplace": Key.WORKPLACE,
    "residence": Key.RESIDENCE,
    "group": Key.GROUP,
}
# Values of which there are several: a roster adds to them, and never takes away.
SEVERAL = {
    "posts": Key.POST,
    "mass": Key.MASS,
    "languages": Key.LANGUAGES,
    "skills": Key.SKILLS,
    "limits": Key.LIMITS,
    "wishes": Key.WISHES,
}
COLUMN_OF = {
    "name": "full_name",
    "birth": "birth_date",
    "sex": "sex",
    "card": "card_number",
    "admitted": "admitted_on",
    "official": "official_on",
    "category": "category",
    "education": "education",
    "professional_level": "professional_level",
    "professional_field": "professional_field",
    "theory": "political_theory",
    "occupation": "occupation",
    "workplace": "workplace",
    "residence": "residence_id",
    "group": "household_group",
}


def states_of(member_ids: Iterable[int], *, lookups: Lookups, today: date) -> dict[int, Values]:
    """What the product knows of each member, in the words of a roster."""
    ids = list(member_ids)
    states: dict[int, Values] = {}
    for member in Member.objects.filter(pk__in=ids):
        state = Values(**{name: getattr(member, column) for name, column in COLUMN_OF.items()})
        state.cell = lookups.cells_by_id.get(member.cell_id or 0)
        state.status = Status(member.status)
        states[member.pk] = state
    _add_posts(states, today=today)
    _add(
        states,
        "mass",
        MassOrganizationMembership.objects.filter(on_day(today)),
        lambda row: row.organization_code,
    )
    for name, kind in (("languages", CompetenceKind.LANGUAGE), ("skills", CompetenceKind.SKILL)):
        _add(states, name, Competence.objects.filter(kind=kind), lambda row: (row.code, row.level))
    lasting = WorkLimit.objects.filter(on_day(today))
    _add(states, "limits", lasting, lambda row: Limit(row.kind, row.valid_until, row.monthly_hours))
    _add(states, "wishes", Wish.objects.filter(year=today.year), lambda row: row.field)
    return states


def _add(states: dict[int, Values], name: str, rows: Any, value: Callable[[Any], Any]) -> None:
    found: dict[int, list[Any]] = {}
    for row in rows.filter(member_id__in=list(states)).order_by("pk"):
        found.setdefault(row.member_id, []).append(value(row))
    for member_id, several in found.items():
        setattr(states[member_id], name, tuple(several))


def _add_posts(states: dict[int, Values], *, today: date) -> None:
    """Posts that a roster can say: in the member's cell, or in the organisation above it."""
    held = Post.objects.filter(on_day(today), member_id__in=list(states)).order_by("pk")
    for post in held:
        state = states[post.member_id]
        if state.cell and post.organization_id in (state.cell.pk, state.cell.parent_id):
            state.posts = (*state.posts, (post.organization_id, post.position))


def version_of(state: Values) -> str:
    """A short mark of everything a row says, to see that the member changed after a list was exported."""
    said = replace(state, version="", unread_posts=[])
    return hashlib.sha256(repr(astuple(said)).encode()).hexdigest()[:10]


def differences(before: Values, after: Values, *, today: date) -> dict[str, tuple[Any, Any]]:
    """Fields that the roster changes: (old, new). What the roster leaves empty stays as it is."""
    found: dict[str, tuple[Any, Any]] = {}
    for name in SINGLE:
        old, new = getattr(before, name), getattr(after, name)
        if new not in (None, "") and not _same(name, old, new):
            found[name] = (old, new)
    if "status" not in found and _becomes_official(before, after, today=today):
        found["status"] = (before.status, Status.OFFICIAL)
    for name in SEVERAL:
        old = getattr(before, name)
        added = tuple(value for value in getattr(after, name) if value not in old)
        if added:
            found[name] = (old, added)
    return found


def _same(name: str, old: Any, new: Any) -> bool:
    if name == "name":
        # "Hoà" and "Hòa" are one name.
        return order_key(old) == order_key(new)
    return bool(old == new)


def _becomes_official(before: Values, after: Values, *, today: date) -> bool:
    return (
        after.status is None
        and before.status is Status.PROBATIONARY
        and after.official is not None
        and after.official <= today
    )


class Wording:
    """Values in the words of a roster: what it writes, it can read again."""

    def __init__(self, *, lookups: Lookups, law: Rules) -> None:
        self._lookups = lookups
        lists: dict[str, Sequence[Choice | Position]] = {
            "education": law.educations,
            "professional_level": law.professional_levels,
            "professional_field": law.professional_fields,
            "theory": law.political_theories,
            "mass": law.mass_organizations,
            "languages": law.languages,
            "skills": law.skills,
            "wishes": law.fields,
            "posts": law.positions,
        }
        self._names = {
            name: {choice.code: choice.name for choice in choices} for name, choices in lists.items()
        }
        self._names["category"] = {category.code: category.name for category in law.categories}
        self._names["sex"] = {sex.value: sex.label for sex in Sex}

    def single(self, name: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        if name == "cell":
            return str(value.name)
        if name == "residence":
            return self._lookups.area_names.get(value, "")
        return str(value.label) if isinstance(value, Status) else self._plain(name, value)

    def several(self, name: str, values: Sequence[Any], *, state: Values) -> str:
        if name == "posts":
            parts = [self._post(organization, position, state) for organization, position in values]
        elif name == "limits":
            parts = [limit_text(limit) for limit in values]
        elif name in ("languages", "skills"):
            parts = [f"{self._part(name, code)} ({Level(level).label})" for code, level in values]
        else:
            parts = [self._part(name, code) for code in values]
        return "; ".join(part for part in parts if part)

    def _plain(self, name: str, code: str) -> str:
        return self._names.get(name, {}).get(code, code)

    def _part(self, name: str, code: str) -> str:
        # Parts are separated by commas and semicolons, so a name with a comma is written without it.
        return self._plain(name, code).replace(",", "")

    def _post(self, organization_id: int, position: str, state: Values) -> str:
        name = self._plain("posts", position)
        if state.cell is None or post_place(name, position, state.cell, self._lookups) == organization_id:
            return name
        return f"{name} đảng ủy"

    def change(self, name: str, old: Any, new: Any, *, state: Values) -> tuple[str, str, str]:
        """(title, old, new) for the preview."""
        if name in SINGLE:
            return TITLES[SINGLE[name]], self.single(name, old), self.single(name, new)
        return (
            f"{TITLES[SEVERAL[name]]} (thêm)",
            self.several(name, old, state=state),
            self.several(name, new, state=state),
        )


def limit_text(limit: Limit) -> str:
    kind = LimitKind(limit.kind)
    text = f"{limit.hours} giờ/tháng" if kind is LimitKind.MONTHLY_HOURS else kind.label
    # A span ends before `until`; people name the last day.
    return f"{text} đến {limit.until - timedelta(days=1):%d/%m/%Y}" if limit.until else text


def wording_for(lookups: Lookups, *, today: date) -> Wording:
    return Wording(lookups=lookups, law=rules.on(today))
