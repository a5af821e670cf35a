"""What the text of a cell means, column by column. Each reader fills values and adds findings about its cell."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from phancong.common.dates import DateError, read_date
from phancong.common.text import clean
from phancong.members.enums import Level, LimitKind, Sex, Status
from phancong.members.importing.cell_names import place_key
from phancong.members.importing.cells import Place, is_nothing
from phancong.members.importing.columns import Key, normalized
from phancong.members.importing.findings import Code, noted
from phancong.members.importing.lookups import (
    LEVEL_WORDS,
    LIMIT_WORDS,
    STATUS_WORDS,
    KnownCell,
    Lookups,
    Words,
)

_IN_BRACKETS = re.compile(r"^([^()]*)\(([^()]*)\)\s*$")
_PARTS = re.compile(r"[,;\n+]|\s[-–]\s")
_TWO_NAMES = re.compile(r"[;&/]|,\s|\s(?:và|va)\s", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?:đ/c|đ\.c\.?|đc\.?|đồng chí)\s+", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,3})\s*(?:giờ|h|tiếng)\b")
_UNTIL = re.compile(r"đến(?:\s+(?:hết|ngày|hết ngày))?\s+([\d/.\-]+)")
_CARD_NOISE = re.compile(r"[\s.\-]")
_MALE = frozenset({"nam", "m", "male", "trai"})
_FEMALE = frozenset({"nu", "f", "female", "gai"})
_ABOVE_CELL = re.compile(r"\b(?:dang uy|dang bo|thi uy|thanh uy|ban thuong vu|bch)\b")
_PLAIN_MEMBER = frozenset({"dang vien", "dv", "dvct", "dvdb", "khong"})
# Apostrophes as keyboards give them (H'Bia), hyphens, dots of initials, another name in brackets.
_SIGNS_OF_NAMES = frozenset(" '’‘`´ʼ-–.()")
_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_LETTERS_OF_INITIALS = 3
_WIDTHS = {Key.NAME: 120, Key.OCCUPATION: 160, Key.WORKPLACE: 160, Key.GROUP: 160}


class Limit(NamedTuple):
    """A work limit as a roster can say it; `until` is the first day without it."""

    kind: str
    until: date | None
    hours: int | None


@dataclass(slots=True)
class Values:
    """What one row says. Nothing said is None or empty: on an existing member such a field is left as it is."""

    name: str = ""
    birth: date | None = None
    sex: str = ""
    card: str | None = None
    admitted: date | None = None
    official: date | None = None
    cell: KnownCell | None = None
    category: str = ""
    status: Status | None = None
    education: str = ""
    professional_level: str = ""
    professional_field: str = ""
    theory: str = ""
    occupation: str = ""
    workplace: str = ""
    residence: int | None = None
    group: str = ""
    posts: tuple[tuple[int, str], ...] = ()
    mass: tuple[str, ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    skills: tuple[tuple[str, int], ...] = ()
    limits: tuple[Limit, ...] = ()
    wishes: tuple[str, ...] = ()
    version: str = ""
    unread_posts: list[tuple[str, str]] = field(default_factory=list)


def read_name(text: str, raw: str, place: Place) -> str:
    lines = [line for line in raw.split("\n") if len(line.split()) > 1]
    if len(lines) > 1 or _TWO_NAMES.search(text):
        place.fail(Code.TWO_NAMES, f"“{text[:80]}” là tên hai người. Tách thành hai dòng.")
    elif (stranger := _not_of_names(text)) is not None:
        kind = "chữ số" if stranger.isdigit() else "ký tự"
        place.fail(
            Code.UNKNOWN_VALUE,
            f"Họ tên “{text[:80]}” có {kind} “{stranger}”. Xóa {kind} đó, ghi họ và tên như trên thẻ.",
        )
    name = _ADDRESS.sub("", text)
    if not name.isupper() or len(name) <= _LETTERS_OF_INITIALS:
        return name
    place.fix(Code.CAPITALS, f"Họ tên viết chữ hoa “{name[:80]}” sẽ ghi là “{_title_case(name)[:80]}”.")
    return _title_case(name)


def _not_of_names(text: str) -> str | None:
    """The first sign that no name holds: names are letters, spaces, and a few signs between letters."""
    return next((char for char in text if not _is_of_names(char)), None)


def _is_of_names(char: str) -> bool:
    # Some letters of Jrai and Bahnar exist only with their mark apart: ơ̆.
    return char.isalpha() or char in _SIGNS_OF_NAMES or unicodedata.combining(char) > 0


def _title_case(name: str) -> str:
    """Lists in capitals hold the same names: "RAH LAN H'NGA" is "Rah Lan H'Nga"."""
    return _WORD.sub(lambda word: word[0].capitalize(), name)


def read_sex(text: str, place: Place) -> str:
    word = normalized(text)
    if word in _MALE | _FEMALE:
        return (Sex.MALE if word in _MALE else Sex.FEMALE).value
    place.fail(Code.UNKNOWN_VALUE, f"“{text[:40]}” không phải giới tính. Ghi Nam hoặc Nữ.")
    return ""


def read_card(text: str, place: Place, *, is_number: bool) -> str | None:
    digits = _CARD_NOISE.sub("", text)
    if is_number and digits.isdigit() and len(digits) in (6, 7):
        place.fix(Code.NUMBER_FOR_TEXT, f"Excel đã bỏ số 0 ở đầu; hiểu là {digits.zfill(8)}.")
        return digits.zfill(8)
    if re.fullmatch(r"\d{8}", digits):
        return digits
    if digits.isdigit():
        said = f"có {len(digits)} chữ số, thẻ đảng viên có 8 chữ số"
    else:
        said = "có ký tự không phải chữ số, thẻ đảng viên có 8 chữ số"
    place.fail(Code.BAD_CARD, f"Số thẻ “{text[:20]}” {said}. Xem lại số trên thẻ.")
    return None


def read_cell(text: str, place: Place, lookups: Lookups) -> KnownCell | None:
    found = lookups.find_cells(text)
    if not found:
        fail_unknown_cell(text, place)
        return None
    if len(found) > 1:
        codes = ", ".join(cell.code for cell in found[:5])
        place.fail(
            Code.UNKNOWN_CELL, f"Có {len(found)} chi bộ tên “{text[:60]}”. Ghi mã để phân biệt: {codes}."
        )
        return None
    if (closed := found[0].dissolved_on) is not None:
        place.fail(
            Code.CLOSED_CELL, f"{found[0].name} đã giải thể ngày {closed:%d/%m/%Y}. Ghi chi bộ hiện nay."
        )
        return None
    return found[0]


def fail_unknown_cell(name: str, place: Place) -> None:
    place.fail(
        Code.UNKNOWN_CELL, f"Chưa có chi bộ “{name[:80]}”. Ghi đúng tên hoặc mã chi bộ đã có.", about=name
    )


def read_choice(text: str, place: Place, words: Words, what: str) -> str:
    """A value of an optional list; an unknown one is left out and told."""
    code = words.find(text)
    if code is None:
        _leave_out(place, f"{what} “{text[:60]}” chưa có trong danh mục nên để trống.")
    return code or ""


def _leave_out(place: Place, message: str) -> None:
    place.findings.append(noted(Code.LEFT_OUT, place.row, place.column, message))


def read_schooling_day(day: date, place: Place, lookups: Lookups) -> str:
    """A spreadsheet takes "9/12" for a day, in the order its machine is set to: here it is read back as schooling."""
    for text in (f"{day.day}/{day.month}", f"{day.month}/{day.day}"):
        if lookups.educations.exact(text):
            place.fix(Code.DAY_FOR_SCHOOLING, f"Excel đã đổi {text} thành ngày; hiểu là {text}.")
            return text
    _leave_out(place, f"Học vấn đang là ngày {day:%d/%m/%Y} nên để trống. Ghi như: 12/12 hoặc THPT.")
    return ""


def read_category(text: str, place: Place, words: Words) -> str:
    code = words.find(text)
    if code is None:
        place.fail(
            Code.UNKNOWN_VALUE,
            f"Diện “{text[:60]}” chưa rõ. Ghi: Cơ quan, đơn vị · Thôn, tổ dân phố · Tăng cường · Được miễn.",
        )
    return code or ""


def read_status(text: str, place: Place) -> Status | None:
    code = STATUS_WORDS.find(text)
    if code is None:
        place.fail(
            Code.UNKNOWN_VALUE, f"Trạng thái “{text[:60]}” chưa rõ. Ghi Chính thức, Dự bị hoặc Được miễn."
        )
        return None
    return Status(code)


def read_profession(text: str, place: Place, lookups: Lookups) -> tuple[str, str]:
    """(level, field) of "Đại học Luật": the level first, then the field in what is left."""
    found = lookups.levels.inside(text)
    level, rest = found or ("", normalized(text))
    # "Bác sĩ" names the level and the field at once.
    field_code = (lookups.fields.find(rest) if rest else None) or lookups.fields.find(text)
    if rest and field_code is None:
        _leave_out(place, f"Ngành “{text[:60]}” chưa có trong danh mục nên để trống.")
    return level, field_code or ""


def parts_of(text: str) -> list[str]:
    return [part for part in (clean(piece) for piece in _PARTS.split(text)) if not is_nothing(part)]


def read_many(text: str, place: Place, words: Words, what: str) -> tuple[str, ...]:
    codes = (read_choice(part, place, words, what) for part in parts_of(text))
    return tuple(dict.fromkeys(code for code in codes if code))


def read_competences(text: str, place: Place, words: Words, what: str) -> tuple[tuple[str, int], ...]:
    """Skills or languages, each with its level in words; "khá" where none is given."""
    found: dict[str, int] = {}
    for part in _whole_names(parts_of(text), words):
        name, level = _name_and_level(part, words)
        code = words.find(name)
        if code is None:
            _leave_out(place, f"{what} “{part[:60]}” chưa có trong danh mục nên để trống.")
        else:
            found[code] = max(level, found.get(code, 0))
    return tuple(found.items())


def _whole_names(parts: list[str], words: Words) -> Iterator[str]:
    """Parts of a text cut at commas, with names that hold a comma themselves put together again."""
    at = 0
    while at < len(parts):
        joined = " ".join(parts[at : at + 2])
        bracketed = _IN_BRACKETS.match(joined)
        is_one_name = at + 1 < len(parts) and words.exact(bracketed[1] if bracketed else joined) is not None
        yield joined if is_one_name else parts[at]
        at += 2 if is_one_name else 1


def _name_and_level(part: str, words: Words) -> tuple[str, int]:
    """The level stands in brackets, or is a word beside the name; a name may hold such a word ("hiểu biết")."""
    bracketed = _IN_BRACKETS.match(part)
    if bracketed and (level := LEVEL_WORDS.exact(bracketed[2])):
        return bracketed[1], int(level)
    beside = None if words.exact(part) else LEVEL_WORDS.inside(part)
    return (beside[1], int(beside[0])) if beside and beside[1] else (part, Level.GOOD.value)


def read_limits(text: str, place: Place, *, today: date) -> tuple[Limit, ...]:
    """Such as "việc nhẹ đến 30/6/2026; không làm đêm; 10 giờ/tháng"."""
    limits: list[Limit] = []
    for part in parts_of(text):
        until = _until(part, place, today=today)
        if until is not None and until <= today:
            continue  # over before the import: nothing to plan around
        hours = _HOURS.search(part.lower())
        kind = LIMIT_WORDS.find(_UNTIL.sub("", part))
        if hours:
            limits.append(Limit(LimitKind.MONTHLY_HOURS.value, until, int(hours[1])))
        elif kind:
            limits.append(Limit(kind, until, None))
        else:
            _leave_out(
                place, f"Giới hạn “{part[:60]}” chưa rõ nên để trống. Ghi như: việc nhẹ đến 30/6/2026."
            )
    return tuple(limits)


def _until(part: str, place: Place, *, today: date) -> date | None:
    match = _UNTIL.search(part)
    if match is None:
        return None
    try:
        # The day named is the last one with the limit.
        return read_date(match[1], today=today).day + timedelta(days=1)
    except DateError as problem:
        place.fail(Code.DATE_TEXT, str(problem))
        return None


def split_posts(text: str, lookups: Lookups) -> list[tuple[str, str | None]]:
    """Each part of a cell of posts with the code of the post, None where it is no Party post."""
    posts: list[tuple[str, str | None]] = []
    for part in parts_of(text):
        word = normalized(part)
        if word not in _PLAIN_MEMBER:
            former = word.startswith("nguyen ")
            posts.append((part, None if former else lookups.positions.find(part)))
    return posts


def post_place(part: str, position: str, cell: KnownCell, lookups: Lookups) -> int:
    """A post of a cell stands in the cell, a post of a committee in the organisation above it."""
    above = position not in lookups.cells_below_committee or _ABOVE_CELL.search(normalized(part))
    return cell.parent_id if above and cell.parent_id is not None else cell.pk


def check_width(key: Key, text: str, place: Place) -> None:
    if len(text) > _WIDTHS.get(key, 400):
        place.fail(Code.TOO_LONG, f"Ô dài {len(text)} chữ, quá {_WIDTHS.get(key, 400)}. Viết gọn lại.")


Reader = Callable[[str, Place, Lookups, Values], None]


def _residence(text: str, place: Place, lookups: Lookups, values: Values) -> None:
    if not lookups.areas:
        return
    found = lookups.area_words.find(place_key(text))
    if found is None:
        _leave_out(place, f"Nơi cư trú “{text[:60]}” chưa có trong danh sách thôn, tổ nên để trống.")
    else:
        values.residence = int(found)


def _posts(text: str, place: Place, lookups: Lookups, values: Values) -> None:
    for part, position in split_posts(text, lookups):
        if position is None:
            place.fail(
                Code.UNKNOWN_VALUE,
                f"Chức vụ Đảng “{part[:60]}” chưa có trong danh mục. Xem lại, hoặc để trống.",
            )
        else:
            values.unread_posts.append((part, position))


def _any_posts(text: str, _place: Place, lookups: Lookups, values: Values) -> None:
    """A column titled only "Chức vụ" mixes Party posts with offices."""
    others = []
    for part, position in split_posts(text, lookups):
        if position is None:
            others.append(part)
        else:
            values.unread_posts.append((part, position))
    if others and not values.occupation:
        values.occupation = "; ".join(others)


def _profession(text: str, place: Place, lookups: Lookups, values: Values) -> None:
    values.professional_level, values.professional_field = read_profession(text, place, lookups)


def _set(name: str, read: Callable[[str, Place, Lookups], object]) -> Reader:
    def reader(text: str, place: Place, lookups: Lookups, values: Values) -> None:
        setattr(values, name, read(text, place, lookups))

    return reader


# Columns that stand for themselves; names, days, cells and limits need more than their text.
READERS: Mapping[Key, Reader] = {
    Key.SEX: _set("sex", lambda text, place, _: read_sex(text, place)),
    Key.CATEGORY: _set("category", lambda text, place, known: read_category(text, place, known.categories)),
    Key.STATUS: _set("status", lambda text, place, _: read_status(text, place)),
    Key.EDUCATION: _set(
        "education", lambda text, place, known: read_choice(text, place, known.educations, "Học vấn")
    ),
    Key.PROFESSION: _profession,
    Key.PROFESSIONAL_LEVEL: _set(
        "professional_level", lambda text, place, known: read_choice(text, place, known.levels, "Trình độ")
    ),
    Key.PROFESSIONAL_FIELD: _set(
        "professional_field", lambda text, place, known: read_choice(text, place, known.fields, "Ngành")
    ),
    Key.THEORY: _set(
        "theory", lambda text, place, known: read_choice(text, place, known.theories, "Lý luận chính trị")
    ),
    Key.POST: _posts,
    Key.ANY_POST: _any_posts,
    Key.OCCUPATION: _set("occupation", lambda text, _place, _known: text),
    Key.WORKPLACE: _set("workplace", lambda text, _place, _known: text),
    Key.RESIDENCE: _residence,
    Key.GROUP: _set("group", lambda text, _place, _known: text),
    Key.MASS: _set("mass", lambda text, place, known: read_many(text, place, known.mass, "Đoàn thể")),
    Key.LANGUAGES: _set(
        "languages", lambda text, place, known: read_competences(text, place, known.languages, "Tiếng nói")
    ),
    Key.SKILLS: _set(
        "skills", lambda text, place, known: read_competences(text, place, known.skills, "Kỹ năng")
    ),
    Key.WISHES: _set(
        "wishes", lambda text, place, known: read_many(text, place, known.wishes, "Nguyện vọng")
    ),
    Key.ROW_VERSION: _set("version", lambda text, _place, _known: text),
}
