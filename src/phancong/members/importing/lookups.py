"""Turning words of a roster into codes and ids: lists of the rule packs, cells, areas."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.members.enums import Level, LimitKind, Status
from phancong.members.importing.cell_names import cell_key, place_key
from phancong.members.importing.columns import normalized
from phancong.organizations.models import Area, Organization, OrganizationVersion, in_places
from phancong.rules.model import Category, Choice, Position


@dataclass(frozen=True, slots=True)
class KnownCell:
    """A cell as the reader of a roster needs it."""

    pk: int
    code: str
    name: str
    parent_id: int | None
    founded_on: date
    dissolved_on: date | None
    covers_areas: bool


class Words:
    """A list people choose from, found by name, by another way to write it, or by code."""

    def __init__(self, entries: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._codes: dict[str, str] = {}
        for code, names in entries:
            for name in names:
                self._codes.setdefault(normalized(name), code)
        self._longest_first = sorted(self._codes, key=len, reverse=True)

    def exact(self, text: str) -> str | None:
        return self._codes.get(normalized(text))

    def inside(self, text: str) -> tuple[str, str] | None:
        """The code of the longest known name inside `text`, and what is left of the text without it."""
        padded = f" {normalized(text)} "
        for name in self._longest_first:
            if f" {name} " in padded:
                return self._codes[name], padded.replace(f" {name} ", " ", 1).strip()
        return None

    def find(self, text: str) -> str | None:
        found = self.inside(text)
        return self.exact(text) or (found[0] if found else None)


def choice_words(choices: Iterable[Choice | Position]) -> Words:
    return Words((choice.code, (choice.name, *choice.also, choice.code)) for choice in choices)


def category_words(categories: Iterable[Category]) -> Words:
    return Words(
        (category.code, (category.name, category.short_name, *category.also, category.code))
        for category in categories
    )


STATUS_WORDS = Words(
    (status.value, (status.label, *also))
    for status, also in {
        Status.PROBATIONARY: ("đảng viên dự bị", "db"),
        Status.OFFICIAL: ("đảng viên chính thức", "ct", "đang sinh hoạt", "bình thường"),
        Status.REDUCED: ("giảm", "giảm sinh hoạt", "giảm công tác"),
        Status.EXEMPT: (
            "miễn",
            "miễn sinh hoạt",
            "miễn công tác",
            "được miễn",
            "miễn sinh hoạt đảng",
            "mshđ",
        ),
        Status.TEMPORARILY_EXEMPT: ("tạm miễn", "tạm miễn sinh hoạt"),
        Status.SUSPENDED: ("đình chỉ", "đình chỉ sinh hoạt"),
        Status.TRANSFERRED: ("đã chuyển", "chuyển đi", "đã chuyển đi", "chuyển sinh hoạt"),
        Status.REMOVED: ("xóa tên",),
        Status.EXPELLED: (),
        Status.WITHDRAWN: ("xin ra khỏi đảng",),
        Status.DECEASED: ("đã mất", "mất", "chết", "đã từ trần"),
    }.items()
)
LEVEL_WORDS = Words(
    (str(level.value), (level.label, *also))
    for level, also in {
        Level.BASIC: ("biết", "trung bình", "yếu"),
        Level.GOOD: ("tốt", "giao tiếp"),
        Level.EXPERT: ("giỏi", "thông thạo", "rất tốt"),
    }.items()
)
LIMIT_WORDS = Words(
    (kind.value, (kind.label, *also))
    for kind, also in {
        LimitKind.LIGHT_WORK: ("việc nhẹ", "chỉ việc nhẹ", "làm việc nhẹ", "sức khỏe yếu"),
        LimitKind.NO_NIGHT: (
            "không làm đêm",
            "không trực đêm",
            "không đi đêm",
            "không làm ban đêm",
            "không ban đêm",
        ),
        LimitKind.AWAY: ("đi vắng", "vắng", "đi xa", "đi học xa"),
    }.items()
)


@dataclass(frozen=True, slots=True)
class Lookups:
    """All lists for reading one roster of the organisation `root`."""

    categories: Words
    educations: Words
    levels: Words
    fields: Words
    theories: Words
    positions: Words
    mass: Words
    languages: Words
    skills: Words
    wishes: Words
    cells_below_committee: frozenset[str]
    cells: Mapping[str, tuple[KnownCell, ...]]
    cells_by_id: Mapping[int, KnownCell]
    areas: Mapping[str, int]
    area_words: Words
    area_names: Mapping[int, str]

    def find_cells(self, text: str) -> tuple[KnownCell, ...]:
        """Cells meant by a text: open ones when there are any."""
        return self.cells.get(cell_key(text), ())


def lookups_for(root: Organization, *, today: date) -> Lookups:
    """The lists in force today and the cells and areas under `root`."""
    law = rules.on(today)
    known = _known_cells(root, today=today)
    areas = _areas(root, today=today)
    return Lookups(
        categories=category_words(law.categories),
        educations=choice_words(law.educations),
        levels=choice_words(law.professional_levels),
        fields=choice_words(law.professional_fields),
        theories=choice_words(law.political_theories),
        positions=choice_words(law.positions),
        mass=choice_words(law.mass_organizations),
        languages=choice_words(law.languages),
        skills=choice_words(law.skills),
        wishes=choice_words(law.fields),
        cells_below_committee=frozenset(position.code for position in law.positions if position.leads_cell),
        cells=_by_name(known),
        cells_by_id={cell.pk: cell for cell in known},
        areas=areas,
        area_words=Words((str(pk), (name,)) for name, pk in areas.items()),
        area_names=dict(Area.objects.filter(pk__in=areas.values()).values_list("pk", "name")),
    )


def _known_cells(root: Organization, *, today: date) -> list[KnownCell]:
    covering = {kind.code for kind in rules.on(today).organization_kinds if kind.covers_areas}
    closed = OrganizationVersion.objects.filter(
        in_places((root.path,), field="path"), organization__dissolved_on__isnull=False, holds_members=True
    ).values("organization")
    cells = Organization.objects.in_subtree(root.path).active().cells() | Organization.objects.filter(
        pk__in=closed
    )
    return [
        KnownCell(
            cell.pk,
            cell.code,
            cell.name,
            cell.parent_id,
            cell.founded_on,
            cell.dissolved_on,
            cell.kind in covering,
        )
        for cell in cells.order_by("pk")
    ]


def _by_name(cells: list[KnownCell]) -> dict[str, tuple[KnownCell, ...]]:
    """Open cells by name and code; a closed one only where no open one has the name."""
    found: dict[str, tuple[KnownCell, ...]] = {}
    for cell in sorted(cells, key=lambda cell: cell.dissolved_on is not None):
        for key in {cell_key(cell.name), cell_key(cell.code)}:
            same = found.get(key, ())
            if cell.dissolved_on is None or not any(other.dissolved_on is None for other in same):
                found[key] = (*same, cell)
    return found


def _areas(root: Organization, *, today: date) -> dict[str, int]:
    areas = Area.objects.filter(in_places((root.path,), field="committee__path"), valid_until__isnull=True)
    found: dict[str, int] = {}
    twice: set[str] = set()
    for pk, name in areas.filter(valid_from__lte=today).values_list("pk", "name"):
        key = place_key(name)
        if key in found:
            twice.add(key)
        found[key] = pk
    return {key: pk for key, pk in found.items() if key not in twice}
