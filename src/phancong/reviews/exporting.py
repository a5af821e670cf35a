"""The list of grades of a round as a workbook: the people, then the table of grades as the page has it."""

from collections.abc import Sequence
from io import BytesIO

from phancong.common.spreadsheet import SheetColumn, SheetContent, Value, write_workbook
from phancong.reviews.closing import Totals
from phancong.reviews.documents import best_first, told_of
from phancong.reviews.models import Rating, Round
from phancong.reviews.schemes import Scheme
from phancong.yearbook.documents.papers import slug

PEOPLE, TOTALS = "Danh sách", "Tổng hợp"
_PEOPLE = (("TT", 6), ("Họ và tên", 32), ("Chi bộ", 40), ("Mức", 40), ("Quyết định", 22))
_TOTALS = (("Mức", 48), ("Số đồng chí", 14), ("Tỷ lệ (%)", 12))
_PRINTED = (("Cách in của năm đó", 14), ("Tỷ lệ in (%)", 12))


def list_workbook(
    round_: Round, ratings: Sequence[Rating], totals: Totals, scheme: Scheme, *, hidden_cells: int
) -> tuple[str, bytes]:
    """Grades that were decided, best first; shares stay text, as they are printed."""
    target = BytesIO()
    titles = (
        round_.committee.name.upper(),
        f"XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN NĂM {round_.year}",
        told_of(round_, totals, scheme, hidden_cells=hidden_cells),
    )
    has_two_ways = any(row.counted_inside for row in totals.rows)
    columns = (*_TOTALS, *_PRINTED) if has_two_ways else _TOTALS
    write_workbook(
        target,
        [
            SheetContent(
                name=PEOPLE, columns=_columns(_PEOPLE), rows=_people(ratings, scheme), title_lines=titles
            ),
            SheetContent(
                name=TOTALS,
                columns=_columns(columns),
                rows=[row[: len(columns)] for row in _totals(totals)],
                title_lines=titles,
                filtered=False,
            ),
        ],
    )
    return f"danh-sach-xep-loai-{round_.year}-{slug(round_.committee.name)}.xlsx", target.getvalue()


def _columns(told: Sequence[tuple[str, int]]) -> tuple[SheetColumn, ...]:
    return tuple(SheetColumn(title=title, width=width) for title, width in told)


def _people(ratings: Sequence[Rating], scheme: Scheme) -> list[list[Value]]:
    return [
        [number, one.member_name, one.review.cell.name, scheme.name(one.grade), one.review.decision]
        for number, one in enumerate(best_first(ratings, scheme), start=1)
    ]


def _totals(totals: Totals) -> list[list[Value]]:
    rows: list[list[Value]] = [
        [
            row.name,
            row.own,
            row.own_share,
            f"trong đó {row.printed}" if row.counted_inside else row.printed,
            row.printed_share,
        ]
        for row in totals.rows
    ]
    if totals.missing:
        rows.append(["Chưa xếp loại", totals.missing, "", totals.missing, ""])
    rows.append(["Thuộc diện xếp loại", totals.to_rate, "", totals.to_rate, ""])
    rows += [[f"Không xếp loại: {name}", count, "", "", ""] for name, count in totals.reasons]
    return rows
