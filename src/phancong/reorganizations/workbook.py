"""The draft as a workbook, and back: a sheet of lines, a sheet of members, a sheet of codes to look up."""

import tempfile
from collections.abc import Iterator, Mapping
from typing import IO

from phancong import rules
from phancong.access.actor import Actor
from phancong.common.refusal import Refused
from phancong.common.spreadsheet import SheetColumn, SheetContent, Value, write_workbook
from phancong.common.spreadsheet_reader import Row, open_workbook_sheet
from phancong.common.text import clean, fold
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.reorganizations.enums import StepKind
from phancong.reorganizations.models import Reorganization, Step

LINES, MEMBERS, CODES = "Tổ chức", "Đảng viên", "Danh mục"
KIND, CODE, NAME, TYPE, TARGET, AREAS = (
    "Việc",
    "Mã tổ chức",
    "Tên mới",
    "Loại hình",
    "Mã tổ chức kia",
    "Mã thôn, tổ",
)
CARD, PERSON, CELL, NEW_CELL = "Số thẻ", "Họ và tên", "Mã chi bộ hiện nay", "Mã chi bộ mới"
SEARCHED_ROWS = 20
# A sheet for people to fill in; more than this is done committee by committee.
MOST_MEMBERS = 10_000
ROOM = 200


def workbook_of(one: Reorganization, *, by: Actor) -> IO[bytes]:
    """The file is gone once it is closed."""
    kinds = {kind.code: kind.name for kind in rules.on(one.effective_on).organization_kinds}
    target = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 -- the answer closes it
    write_workbook(target, [_lines_sheet(one, kinds), _members_sheet(one), _codes_sheet(one, by=by)])
    target.seek(0)
    return target


def _lines_sheet(one: Reorganization, kinds: Mapping[str, str]) -> SheetContent:
    return SheetContent(
        name=LINES,
        columns=(
            SheetColumn(title=KIND, width=20, choices=tuple(kind.label for kind in StepKind)),
            SheetColumn(title=CODE, width=16, as_text=True),
            SheetColumn(title=NAME, width=40),
            SheetColumn(title=TYPE, width=30, choices=tuple(kinds.values())),
            SheetColumn(title=TARGET, width=16, as_text=True),
            SheetColumn(title=AREAS, width=24, as_text=True),
        ),
        rows=[
            [
                step.get_kind_display(), step.code, step.name,
                kinds.get(step.organization_kind, step.organization_kind), step.target, ", ".join(step.areas),
            ]
            for step in one.steps.order_by("number")
        ],
        title_lines=(
            "CÁC VIỆC SẮP XẾP TỔ CHỨC",
            "Mã tổ chức kia: nơi nhận khi sáp nhập, cấp trên khi chuyển, thành lập, tổ chức gốc khi tách.",
        ),
        room=ROOM,
    )  # fmt: skip


def _members_sheet(one: Reorganization) -> SheetContent:
    placed = dict(one.placements.values_list("member", "target"))
    members = Member.objects.on_roll().in_places((one.committee.path,)).select_related("cell")
    rows: list[list[Value]] = [
        [
            member.card_number or "", member.full_name, member.cell.code if member.cell else "",
            member.cell.name if member.cell else "", placed.get(member.pk, ""),
        ]
        for member in members.order_by("cell__sort_key", "cell", "sort_key", "pk")[:MOST_MEMBERS]
    ]  # fmt: skip
    return SheetContent(
        name=MEMBERS,
        columns=(
            SheetColumn(title=CARD, width=14, as_text=True),
            SheetColumn(title=PERSON, width=30),
            SheetColumn(title=CELL, width=18, as_text=True),
            SheetColumn(title="Chi bộ hiện nay", width=36),
            SheetColumn(title=NEW_CELL, width=16, as_text=True),
        ),
        rows=rows,
        title_lines=(
            "ĐẢNG VIÊN CHUYỂN CHI BỘ",
            "Chỉ ghi mã chi bộ mới cho người chuyển riêng. Người của chi bộ sáp nhập tự đi theo chi bộ.",
        ),
    )


def _codes_sheet(one: Reorganization, *, by: Actor) -> SheetContent:
    kinds = {kind.code: kind.name for kind in rules.on(by.today).organization_kinds}
    found = Organization.objects.in_subtree(one.committee.path).select_related("parent").order_by("path")
    return SheetContent(
        name=CODES,
        columns=(
            SheetColumn(title="Mã", width=16, as_text=True),
            SheetColumn(title="Tổ chức đảng", width=44),
            SheetColumn(title="Loại hình hiện nay", width=32),
            SheetColumn(title="Trực thuộc", width=40),
        ),
        rows=[
            [
                place.code,
                place.name,
                kinds.get(place.kind, place.kind),
                place.parent.name if place.parent else "",
            ]
            for place in found
        ],
        title_lines=("MÃ CÁC TỔ CHỨC ĐẢNG",),
    )


def read_workbook(content: bytes, one: Reorganization) -> tuple[list[Step], dict[int, str]]:
    """The lines, and the code of the new cell by member. Raises Refused with the sheet and the row."""
    with open_workbook_sheet(content) as sheet:
        shown = sheet.shown
    if LINES not in shown and MEMBERS not in shown:
        raise Refused(f"Tệp không có trang “{LINES}” hay “{MEMBERS}”. Tải tệp mẫu ở trang này rồi điền vào.")
    steps = list(_steps(content, one)) if LINES in shown else list(one.steps.order_by("number"))
    return steps, _placed(content, one) if MEMBERS in shown else {}


def _rows(content: bytes, name: str, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows under the header that has all the titles, wherever it stands in the first lines; by title."""
    columns: dict[str, int] = {}
    with open_workbook_sheet(content, sheet=name) as sheet:
        for position, row in enumerate(sheet.rows):
            if not columns:
                columns = _header(row, wanted)
                if not columns and position >= SEARCHED_ROWS:
                    break
                continue
            values = {
                title: clean(row.cells[at].value) if at in row.cells else "" for title, at in columns.items()
            }
            if any(values.values()):
                yield row.number, values
    if not columns:
        raise Refused(
            f"Trang “{name}” thiếu cột {', '.join(f'“{title}”' for title in wanted)}. Dùng tệp mẫu."
        )


def _header(row: Row, wanted: tuple[str, ...]) -> dict[str, int]:
    found = {fold(cell.value).strip(): at for at, cell in row.cells.items()}
    if not all(fold(title) in found for title in wanted):
        return {}
    return {title: found[fold(title)] for title in wanted}


def _steps(content: bytes, one: Reorganization) -> Iterator[Step]:
    words = {fold(kind.label): kind.value for kind in StepKind}
    kinds = {fold(kind.name): kind.code for kind in rules.on(one.effective_on).organization_kinds}
    for row, values in _rows(content, LINES, (KIND, CODE, NAME, TYPE, TARGET, AREAS)):
        if fold(values[KIND]) not in words:
            raise Refused(
                f"Trang “{LINES}”, dòng {row}: “{values[KIND]}” không phải việc có trong danh sách."
            )
        kind = fold(values[TYPE])
        if kind and kind not in kinds:
            raise Refused(
                f"Trang “{LINES}”, dòng {row}: ngày {one.effective_on:%d/%m/%Y} không có loại hình “{values[TYPE]}”."
            )
        yield Step(
            number=row,
            kind=words[fold(values[KIND])],
            code=values[CODE],
            name=values[NAME],
            organization_kind=kinds.get(kind, ""),
            target=values[TARGET],
            areas=[clean(code) for code in values[AREAS].split(",") if clean(code)],
        )


def _placed(content: bytes, one: Reorganization) -> dict[int, str]:
    wanted = [
        (row, values)
        for row, values in _rows(content, MEMBERS, (CARD, PERSON, CELL, NEW_CELL))
        if values[NEW_CELL]
    ]
    members = Member.objects.on_roll().in_places((one.committee.path,)).select_related("cell")
    by_card: dict[str, int] = {}
    by_name: dict[tuple[str, str], list[int]] = {}
    for member in members:
        if member.card_number:
            by_card[member.card_number] = member.pk
        key = member.name_fold, member.cell.code if member.cell else ""
        by_name.setdefault(key, []).append(member.pk)
    found: dict[int, str] = {}
    for row, values in wanted:
        named = by_name.get((fold(values[PERSON]), values[CELL]), [])
        known = by_card.get(values[CARD]) or (named[0] if len(named) == 1 else None)
        if known is None:
            raise Refused(
                f"Trang “{MEMBERS}”, dòng {row}: không tìm thấy một đồng chí “{values[PERSON]}” ở chi bộ "
                f"{values[CELL] or '(trống)'}. Ghi số thẻ, hoặc họ tên và mã chi bộ hiện nay. Chưa ghi gì."
            )
        if known in found and found[known] != values[NEW_CELL]:
            raise Refused(
                f"Trang “{MEMBERS}”, dòng {row}: “{values[PERSON]}” ghi hai chi bộ mới. Giữ một dòng."
            )
        found[known] = values[NEW_CELL]
    return found
