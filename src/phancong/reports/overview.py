"""Toàn cảnh: of each branch of a committee its plans, people, work, hamlets and review, beside each other.

The figures are those of the sheet OVERVIEW, so each leads to its rows and closes as any other; here they become bars
and words. Numbers that are kept back from the reader are None.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from phancong.figures.base import Base
from phancong.figures.counting import Line, table_of
from phancong.figures.sections import OVERVIEW
from phancong.figures.telling import told
from phancong.organizations.models import Organization
from phancong.oversight.models import Note

Address = Callable[[str], str]
"""Where the rows behind a column stand."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its colour, the columns it adds up, its words; `calls`: somebody has to do something."""

    code: str
    columns: tuple[str, ...]
    words: str
    calls: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A column of the page. `nothing` stands where there is nothing to count."""

    code: str
    title: str
    parts: tuple[Part, ...]
    nothing: str


SUBJECTS = (
    Subject(
        "ke-hoach",
        "Kế hoạch",
        (
            Part("done", ("ke-hoach.dung-han", "ke-hoach.muon"), "đã thông qua"),
            Part("running", ("ke-hoach.du-thao",), "mới có dự thảo"),
            Part("idle", ("ke-hoach.chua-co",), "chưa có kế hoạch", calls=True),
        ),
        "Không có chi bộ",
    ),
    Subject(
        "phan-cong",
        "Đảng viên",
        (
            Part("done", ("phan-cong.co-nhiem-vu",), "có nhiệm vụ"),
            Part("slow", ("phan-cong.chi-su-vu",), "chỉ việc sự vụ", calls=True),
            Part("idle", ("phan-cong.chua-viec",), "chưa có việc", calls=True),
        ),
        "Không có đảng viên",
    ),
    Subject(
        "viec",
        "Việc",
        (
            Part("done", ("viec.xong-dung-han",), "xong đúng hạn"),
            Part("slow", ("viec.xong-muon",), "xong sau hạn"),
            Part("adjusted", ("viec.cho-nhan-xet",), "chờ nhận xét"),
            Part("running", ("viec.dang-lam",), "đang làm"),
            Part("late", ("viec.qua-han",), "quá hạn", calls=True),
        ),
        "Chưa giao việc",
    ),
    Subject(
        "thon-to",
        "Thôn, tổ",
        (
            Part("done", ("thon-to.co-chi-bo",), "có tổ chức đảng"),
            Part("idle", ("thon-to.trong",), "chưa có tổ chức đảng", calls=True),
        ),
        "–",
    ),
    Subject(
        "xep-loai",
        "Xếp loại",
        (
            Part("done", ("xep-loai.da-xep",), "đã có mức"),
            Part("slow", ("xep-loai.khong-xep",), "không xếp loại"),
            Part("idle", ("xep-loai.chua-xep",), "chưa xếp loại", calls=True),
        ),
        "Chưa mở đợt",
    ),
)
MINE = "toi-phu-trach"
FILTERS = {
    part.columns[0]: part.words[:1].upper() + part.words[1:]
    for subject in SUBJECTS
    for part in subject.parts
    if part.calls
}


@dataclass(frozen=True, slots=True)
class Share:
    """A part with its number; `address` leads to its rows, empty for readers who may not list them."""

    part: Part
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Strip:
    """One subject of one branch. `total` None: kept back."""

    subject: Subject
    shares: tuple[Share, ...]
    total: int | None

    @property
    def first(self) -> Share:
        return self.shares[0]

    @property
    def calls(self) -> list[Share]:
        return [share for share in self.shares if share.part.calls and share.count]

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """Colour, start and width of each part, out of 1000."""
        found, begun = [], 0
        whole = self.total or 1
        for share in self.shares:
            start, end = 1000 * begun // whole, 1000 * (begun + share.count) // whole
            if share.count:
                found.append((share.part.code, start, end - start))
            begun += share.count
        return found

    @property
    def headline(self) -> str:
        """Of one thing alone what it is; of several how many are as they should be."""
        if self.total == 1:
            words = next(share.part.words for share in self.shares if share.count)
            return words[:1].upper() + words[1:]
        return f"{_grouped(self.first.count)}/{_grouped(self.total or 0)} {self.first.part.words}"

    @property
    def told(self) -> str:
        """The whole bar in words, for whoever does not see it."""
        return ", ".join(
            f"{_grouped(share.count)} {share.part.words}" for share in self.shares if share.count
        )


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """`address`: the page of the branch, or of the cell. `notes`: how many were written to it in the year."""

    name: str
    address: str
    strips: tuple[Strip, ...]
    notes: int
    organization_id: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    base: Base
    whole: tuple[Strip, ...]
    subjects: list[Subject]
    """Those that there is something to say of."""
    lines: list[OverviewLine]
    filters: list[tuple[str, str, int]]
    """Code, words and number of branches of each filter that finds one."""
    asked: str
    faults: list[str]
    is_full: bool


def overview_of(base: Base, *, asked: str, mine: Collection[int] = ()) -> Overview:
    """`asked`: MINE, one of FILTERS, or empty for all branches; `mine`: those that the reader is in charge of.

    A fixed number of queries, whatever their number.
    """
    table = told(table_of(base, OVERVIEW))
    cells = _cells(base)
    notes = _notes(base)
    found = [
        (line.figures, _line(line, base, is_cell=line.branch.key in cells, notes=notes))
        for line in table.lines
        if any(line.figures.values()) or line.branch.is_open
    ]
    whole = _strips(table.total, _addresses(base, None))
    empty = {strip.subject for strip in whole if strip.total == 0}
    own = [line for _, line in found if line.organization_id in mine]
    filters = [(MINE, "Tôi phụ trách", len(own))] + [
        (code, words, sum(bool(figures[code]) for figures, _ in found)) for code, words in FILTERS.items()
    ]
    return Overview(
        base=base,
        whole=whole,
        subjects=[subject for subject in SUBJECTS if subject not in empty],
        lines=[
            replace(line, strips=tuple(strip for strip in line.strips if strip.subject not in empty))
            for figures, line in found
            if (asked not in FILTERS or figures[asked]) and (asked != MINE or line.organization_id in mine)
        ],
        filters=[one for one in filters if one[2]],
        asked=asked if asked in (*FILTERS, MINE) else "",
        faults=[fault.words for fault in table.faults],
        is_full=table.is_full,
    )


def _line(line: Line, base: Base, *, is_cell: bool, notes: Mapping[int, int]) -> OverviewLine:
    branch = line.branch
    address = ""
    if branch.is_open:
        detail = reverse("organizations:detail", args=[branch.key])
        below = f"{reverse('overview:place')}?{urlencode({'to-chuc': branch.key, **_kept(base)})}"
        address = detail if is_cell else below
    return OverviewLine(
        name=branch.name,
        address=address,
        strips=_strips(line.figures, _addresses(base, branch.key)),
        notes=notes.get(branch.key, 0),
        organization_id=branch.key if branch.is_open else None,
    )


def _strips(figures: Mapping[str, int | None], addresses: Address) -> tuple[Strip, ...]:
    return tuple(_strip(subject, figures, addresses) for subject in SUBJECTS)


def _strip(subject: Subject, figures: Mapping[str, int | None], addresses: Address) -> Strip:
    counts = {part: [figures[column] for column in part.columns] for part in subject.parts}
    if any(count is None for found in counts.values() for count in found):
        return Strip(subject, (), None)
    shares = tuple(
        Share(part, sum(count or 0 for count in found), addresses(part.columns[0]))
        for part, found in counts.items()
    )
    return Strip(subject, shares, sum(share.count for share in shares))


def _addresses(base: Base, branch: int | None) -> Address:
    if not base.sees_files:
        return lambda _column: ""
    kept = {"to-chuc": base.root_id, **_kept(base)} if base.root_id else _kept(base)
    page = reverse("figures:behind", args=[OVERVIEW.code])
    own = {} if branch is None else {"nhanh": branch}
    return lambda column: f"{page}?{urlencode({**kept, 'cot': column, **own})}"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _kept(base: Base) -> dict[str, str]:
    return {"ngay": f"{base.day:%d/%m/%Y}", "cay": base.tree.value}


def _cells(base: Base) -> set[int]:
    """Which branches are cells today."""
    keys = [branch.key for branch in base.branches if branch.is_open]
    return set(Organization.objects.filter(pk__in=keys).cells().values_list("pk", flat=True))


def _notes(base: Base) -> dict[int, int]:
    """By branch, the notes of the year to exactly that organisation."""
    keys = [branch.key for branch in base.branches if branch.is_open]
    rows = Note.objects.filter(organization__in=keys, written_on__year=base.year, written_on__lte=base.day)
    counted = rows.order_by().values("organization").annotate(n=Count("pk"))
    return dict(counted.values_list("organization", "n"))
