"""Workbooks of the roster's own columns: the empty template, and the list of members that can be imported again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO

from phancong import rules
from phancong.common.spreadsheet import SheetColumn, SheetContent, Value, write_workbook
from phancong.members.enums import Level, LimitKind, Sex, Status
from phancong.members.importing.columns import COLUMNS, OBLIGATORY, Column, Key
from phancong.members.importing.lookups import Lookups, lookups_for
from phancong.members.importing.state import Wording, states_of, version_of, wording_for
from phancong.members.importing.values import Values
from phancong.organizations.models import Organization
from phancong.rules import Rules

SHEET = "Danh sách"
ROOM = 300
BATCH = 500
Progress = Callable[[int], None]
OFFERED = tuple(column for column in COLUMNS if column.title)
# What somebody reads on paper; the columns after these would make the print too small.
_LAST_PRINTED = Key.CATEGORY
_TEXT_KEYS = frozenset({Key.CARD, Key.EDUCATION, Key.ROW_VERSION})
_SINGLE = {
    Key.NAME: "name",
    Key.SEX: "sex",
    Key.CARD: "card",
    Key.CELL: "cell",
    Key.CATEGORY: "category",
    Key.STATUS: "status",
    Key.EDUCATION: "education",
    Key.THEORY: "theory",
    Key.OCCUPATION: "occupation",
    Key.WORKPLACE: "workplace",
    Key.RESIDENCE: "residence",
    Key.GROUP: "group",
}
_SEVERAL = {
    Key.POST: "posts",
    Key.MASS: "mass",
    Key.LANGUAGES: "languages",
    Key.SKILLS: "skills",
    Key.LIMITS: "limits",
    Key.WISHES: "wishes",
}
_DAYS = {Key.BIRTH: "birth", Key.ADMITTED: "admitted", Key.OFFICIAL: "official"}


def write_template(target: Path | IO[bytes], *, root: Organization, today: date) -> None:
    """An empty roster for `root`, with its own cells and lists to choose from, and a sheet that explains."""
    write_roster(target, member_ids=(), root=root, today=today, room=ROOM)


def write_roster(
    target: Path | IO[bytes],
    *,
    member_ids: Iterable[int],
    root: Organization,
    today: date,
    room: int = 0,
    progress: Progress | None = None,
) -> None:
    """The members as a roster. Importing it again changes nothing."""
    lookups, law = lookups_for(root, today=today), rules.on(today)
    wording = wording_for(lookups, today=today)
    choices = _choices(lookups, law)
    columns = [_sheet_column(column, choices) for column in OFFERED]
    rows = _rows(member_ids, lookups=lookups, wording=wording, today=today, progress=progress)
    printed = [column.key for column in OFFERED].index(_LAST_PRINTED) + 1
    roster = SheetContent(name=SHEET, columns=columns, rows=rows, room=room, printed=printed)
    guide = SheetContent(
        name="Hướng dẫn",
        columns=(SheetColumn(title="Cột", width=30), SheetColumn(title="Cách ghi", width=100)),
        rows=_guide(law),
        filtered=False,
    )
    write_workbook(target, (roster, guide))


def _sheet_column(column: Column, choices: dict[Key, tuple[str, ...]]) -> SheetColumn:
    return SheetColumn(
        title=column.title,
        width=column.width,
        as_text=column.key in _TEXT_KEYS,
        choices=choices.get(column.key, ()),
        hidden=column.key is Key.ROW_VERSION,
    )


def _choices(lookups: Lookups, law: Rules) -> dict[Key, tuple[str, ...]]:
    """Lists to choose from. They help, they do not bind: several values may stand in one cell."""
    cells = tuple(cell.name for cell in lookups.cells_by_id.values() if cell.dissolved_on is None)
    lists: dict[Key, tuple[str, ...]] = {
        Key.SEX: tuple(sex.label for sex in Sex),
        Key.CELL: cells,
        Key.CATEGORY: tuple(category.name for category in law.categories),
        Key.STATUS: (Status.OFFICIAL.label, Status.PROBATIONARY.label, Status.EXEMPT.label),
        Key.EDUCATION: tuple(choice.name for choice in law.educations),
        Key.PROFESSION: tuple(choice.name for choice in law.professional_levels),
        Key.THEORY: tuple(choice.name for choice in law.political_theories),
        Key.POST: tuple(position.name for position in law.positions),
        Key.RESIDENCE: tuple(lookups.area_names.values()),
        Key.MASS: tuple(choice.name for choice in law.mass_organizations),
        Key.LANGUAGES: tuple(choice.name for choice in law.languages),
        Key.SKILLS: tuple(choice.name for choice in law.skills),
        Key.WISHES: tuple(choice.name for choice in law.fields),
    }
    return {key: names for key, names in lists.items() if names}


def _rows(
    member_ids: Iterable[int],
    *,
    lookups: Lookups,
    wording: Wording,
    today: date,
    progress: Progress | None = None,
) -> Iterator[Sequence[Value]]:
    remaining = iter(member_ids)
    number = 0
    while batch := list(islice(remaining, BATCH)):
        states = states_of(batch, lookups=lookups, today=today)
        for pk in batch:
            number += 1
            yield [_value(column.key, number, states[pk], wording) for column in OFFERED]
        if progress:
            progress(len(batch))


def _value(key: Key, number: int, state: Values, wording: Wording) -> Value:
    if key is Key.NUMBER:
        return number
    if key in _DAYS:
        day: date | None = getattr(state, _DAYS[key])
        return day
    if key is Key.PROFESSION:
        parts = (
            wording.single(name, getattr(state, name))
            for name in ("professional_level", "professional_field")
        )
        return " ".join(part for part in parts if part) or None
    if key is Key.ROW_VERSION:
        return version_of(state)
    if key in _SEVERAL:
        name = _SEVERAL[key]
        return wording.several(name, getattr(state, name), state=state) or None
    return wording.single(_SINGLE[key], getattr(state, _SINGLE[key])) or None


def _guide(law: Rules) -> Iterator[Sequence[Value]]:
    levels = ", ".join(level.label for level in Level)
    limits = "; ".join(
        (f"{LimitKind.LIGHT_WORK.label} đến 30/6/2026", LimitKind.NO_NIGHT.label, "10 giờ/tháng")
    )
    texts = {
        Key.NAME: "Họ và tên như trên thẻ đảng viên. Mỗi người một dòng.",
        Key.BIRTH: "Ngày trước, tháng sau, năm đủ bốn chữ số: 30/6/1985.",
        Key.SEX: "Nam hoặc Nữ.",
        Key.CARD: "Đủ 8 chữ số, kể cả số 0 ở đầu. Chưa có thì để trống.",
        Key.ADMITTED: "Ngày kết nạp: 3/2/2010.",
        Key.OFFICIAL: "Ngày công nhận chính thức. Đang dự bị thì để trống.",
        Key.CELL: "Tên hoặc mã chi bộ, đúng như trong danh sách thả xuống.",
        Key.CATEGORY: " · ".join(category.name for category in law.categories),
        Key.STATUS: "Để trống thì hiểu theo ngày chính thức.",
        Key.PROFESSION: "Trình độ rồi đến ngành: Đại học Luật; Trung cấp Kế toán.",
        Key.POST: "Bí thư; Phó bí thư; Chi ủy viên… Không giữ chức vụ thì để trống.",
        Key.MASS: "Ghi nhiều đoàn thể thì cách nhau bằng dấu chấm phẩy.",
        Key.LANGUAGES: f"Cách nhau bằng dấu chấm phẩy; mức ghi trong ngoặc: {levels}. Ví dụ: Tiếng Jrai (khá).",
        Key.SKILLS: f"Như cột Tiếng nói; mức: {levels}.",
        Key.LIMITS: f"Ví dụ: {limits}. Không ghi lý do sức khỏe ở đây.",
        Key.WISHES: " · ".join(choice.name for choice in law.fields),
    }
    yield ("Chung", "Cột phải có: " + ", ".join(c.title for c in OFFERED if c.key in OBLIGATORY) + ".")
    yield (
        "Chung",
        "Ô để trống: giữ nguyên những gì đã có trong danh sách. Nhập lại cùng một tệp không đổi gì.",
    )
    for column in OFFERED:
        if column.key in texts:
            yield (column.title, texts[column.key])
