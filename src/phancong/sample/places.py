"""The organisations and residential areas of the sample, as plain values.

Only the names of the town, its wards and communes stand in the article or on public pages; the names of hamlets,
schools' cells and the like are made up. Sizes are weights of a cell in 2007, at the end of 2013 and in August 2025.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

FOUNDING = date(2007, 4, 30)
REFORM = date(2025, 7, 1)
TOWN, WARD = "TX-AP", "P-AP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a place becomes: only what differs is given."""

    on: date
    kind: str = ""
    parent: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An organisation. `line` is the line of work of a cell's members, empty where nobody takes part directly.

    `closed` is the day the last member leaves; `heirs` take the members, without heirs they leave the roll.
    """

    code: str
    name: str
    kind: str
    parent: str
    opened: date = FOUNDING
    closed: date | None = None
    dissolved: bool = False
    heirs: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    line: str = ""
    sizes: tuple[float, float, float] = (0, 0, 0)
    area: str = ""

    @property
    def stays(self) -> bool:
        """Whether its members are still on the roll after the reform."""
        return self.closed is None or bool(self.heirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hamlet:
    """A thôn, buôn or tổ dân phố; `covered` is the day from which a cell covers it."""

    code: str
    name: str
    kind: str
    committee: str
    covered: date
    languages: tuple[str, ...]
    weight: int
    closed: date | None = None
    cell: str = field(default="")


# code, name, tổ dân phố (from, to), buôn
WARDS: tuple[tuple[str, str, tuple[int, int], tuple[str, ...]], ...] = (
    ("CR", "Cheo Reo", (1, 6), ("Ama Plei", "Ama Drơng")),
    ("HB", "Hòa Bình", (7, 13), ()),
    ("DK", "Đoàn Kết", (14, 19), ("Plei Krai", "Ia Hlang")),
    ("SB", "Sông Bờ", (20, 23), ("Ama Suin", "Chư Drơi", "Ia Mlưng")),
)
# code, name, buôn, thôn
COMMUNES: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "IRB",
        "Ia Rbol",
        ("Ama Hlơi", "Ama Blưh", "Ia Prơng", "Plei Kte", "Chư Hlang"),
        ("Tân Lập", "Phú Xuân"),
    ),
    ("CB", "Chư Băh", ("Ama Krông", "Ia Hrưn", "Plei Pring", "Chư Tao", "Hơ Lâm"), ("Hợp Hòa",)),
    ("IRT", "Ia Rtô", ("Ia Knơp", "Ama Thuê", "Plei Hiao", "Chư Mố"), ("Quyết Thắng", "Đồng Tâm")),
    ("ISA", "Ia Sao", ("Ia Drăng", "Plei Sur", "Chư Pring"), ("Đức Lập", "Thắng Lợi", "Hòa Hợp")),
)
# Hamlets without a Party organisation in 2007, and the day a cell came to cover each.
LATE_COVERAGE = {
    "Tổ dân phố 23": date(2008, 5, 19),
    "Buôn Chư Drơi": date(2009, 2, 3),
    "Buôn Chư Hlang": date(2008, 5, 19),
    "Buôn Plei Kte": date(2010, 5, 19),
    "Buôn Hơ Lâm": date(2009, 2, 3),
    "Buôn Plei Hiao": date(2009, 9, 2),
    "Buôn Plei Sur": date(2010, 9, 2),
}
# A hamlet where few join and some have left: today its cell is below the minimum, which the product must show.
SMALL_HAMLET, SMALL_CELL = "SB-06", "CB-SB-06"


@cache
def hamlets() -> tuple[Hamlet, ...]:
    found: list[Hamlet] = []
    for code, _, (first, last), villages in WARDS:
        numbered = [(f"Tổ dân phố {number}", "to_dan_pho") for number in range(first, last + 1)]
        found += _hamlets_of(code, numbered + [(f"Buôn {name}", "buon") for name in villages], closed=None)
    for code, _, villages, settlements in COMMUNES:
        named = [(f"Buôn {name}", "buon") for name in villages] + [
            (f"Thôn {name}", "thon") for name in settlements
        ]
        found += _hamlets_of(code, named, closed=REFORM)
    return tuple(found)


def _hamlets_of(committee: str, named: list[tuple[str, str]], *, closed: date | None) -> list[Hamlet]:
    return [
        Hamlet(
            code=f"{committee}-{index:02d}",
            name=name,
            kind=kind,
            committee=committee,
            covered=LATE_COVERAGE.get(name, FOUNDING),
            languages=_languages(kind, index),
            weight={"to_dan_pho": 9, "thon": 6, "buon": 5}[kind] + index % 3,
            closed=closed,
            cell=f"CB-{committee}-{index:02d}",
        )
        for index, (name, kind) in enumerate(named, start=1)
    ]


def _languages(kind: str, index: int) -> tuple[str, ...]:
    if kind == "buon":
        return ("jrai", "kinh") if index % 2 else ("jrai",)
    if kind == "thon":
        return ("kinh", ("tay", "nung")[index % 2])
    return ("kinh", "jrai") if index % 4 == 0 else ("kinh",)


def area_cells() -> list[Place]:
    """One cell for each hamlet; those of the wards come to stand directly under the ward's committee."""
    return [
        Place(
            code=hamlet.cell,
            name=f"Chi bộ {hamlet.name[0].lower()}{hamlet.name[1:]}",
            kind="area_cell",
            parent=hamlet.committee,
            opened=hamlet.covered,
            closed=hamlet.closed,
            dissolved=hamlet.closed is not None,
            changes=() if hamlet.closed else (Change(on=REFORM, kind="grassroots_area_cell", parent=WARD),),
            line="residential",
            sizes=_area_sizes(hamlet),
            area=hamlet.code,
        )
        for hamlet in hamlets()
    ]


def _area_sizes(hamlet: Hamlet) -> tuple[float, float, float]:
    if hamlet.code == SMALL_HAMLET:
        return (4.5, 5.0, 5.0)
    late = 0.8 if hamlet.name in LATE_COVERAGE else 1.0
    base = {"to_dan_pho": (5.6, 11.5, 17.5), "thon": (5.4, 10.5, 11.5), "buon": (5.2, 9.5, 12.5)}[hamlet.kind]
    spread = 0.85 + 0.1 * (int(hamlet.code[-2:]) % 4)
    return (max(4.6, base[0] * spread), base[1] * spread * late, base[2] * spread * late)
