"""Reads one sheet of an .xlsx file in a process of its own, under limits of memory and time.

Run by path with a file name; writes one JSON line per row. Neither of the usual libraries tells values, fonts, hidden
rows, merges and formulas in one pass over a file of any length, and all of them unpack before they look, so this small
reader parses the few parts of the format that a list needs. Standard library only: nothing of the product runs here.
"""

import contextlib
import json
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers import expat

MAX_MEMORY = 1_000_000_000
MAX_SECONDS = 300
MAX_PACKED = 40_000_000
MAX_UNPACKED = 600_000_000
MAX_RATIO = 100
MAX_ENTRIES = 300
MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_TEXT = 1_000
SMALL_ENTRY = 100_000
CHUNK = 1 << 16
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\s[^<>]*?ref=\"(?:[A-Z]+\d+:)?([A-Z]+)(\d+)\"")
# Codes of built-in number formats that show days.
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\[\]]*\]|\\.')


class RefusedError(Exception):
    """The file cannot be read; the text is a Vietnamese sentence with the way out."""


def limit_this_process() -> None:
    """Only the child calls this: the limits hold until the process ends."""
    # Windows has no limits of this kind; those on the file still hold there.
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 -- absent on Windows

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


def main() -> None:
    limit_this_process()
    try:
        for line in read(Path(sys.argv[1]), sheet=sys.argv[2] if len(sys.argv) > 2 else ""):
            sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
    except RefusedError as error:
        sys.stdout.write(json.dumps({"refused": str(error)}) + "\n")
    except (zipfile.BadZipFile, expat.ExpatError, LookupError, ValueError, EOFError, NotImplementedError):
        broken = "Tệp bị hỏng, không đọc được. Mở tệp bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx."
        sys.stdout.write(json.dumps({"refused": broken}) + "\n")
    except MemoryError:
        heavy = "Tệp quá nặng so với một danh sách. Chép riêng bảng danh sách sang tệp mới rồi nhập lại."
        sys.stdout.write(json.dumps({"refused": heavy}) + "\n")


def read(path: Path, *, sheet: str) -> Iterator[dict[str, Any]]:
    check_container(path)
    with zipfile.ZipFile(path) as archive:
        check_archive(archive, packed=path.stat().st_size)
        book = Workbook(archive)
        name, part = book.sheet(sheet)
        merges, rows = scan(archive, part)
        head = {"sheet": name, "shown": book.shown_sheets(), "merges": merges, "rows": rows}
        yield {**head, "from_1904": book.from_1904}
        yield from SheetRows(book, part)


def check_container(path: Path) -> None:
    """Refuse by the first bytes what is not an .xlsx file, and say how to make one of it."""
    with path.open("rb") as file:
        start = file.read(8)
    if path.stat().st_size > MAX_PACKED:
        raise RefusedError("Tệp lớn hơn 40 MB. Bỏ hình ảnh và các trang khác, chỉ giữ bảng danh sách.")
    if start == _OLE:
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise RefusedError(
                "Tệp có mật khẩu. Mở bằng Excel, vào Tệp › Thông tin › bỏ mật khẩu, lưu lại rồi nhập."
            )
        raise RefusedError(
            "Tệp theo dạng .xls cũ. Mở bằng Excel hoặc LibreOffice, chọn Tệp › Lưu thành › Excel (.xlsx) rồi nhập lại."
        )
    if not start.startswith(b"PK\x03\x04"):
        raise RefusedError(
            "Tệp không phải Excel .xlsx. Mở bằng Excel hoặc LibreOffice, chọn Tệp › Lưu thành › Excel (.xlsx)."
        )


def check_archive(archive: zipfile.ZipFile, *, packed: int) -> None:
    """Look at the table of contents before anything is unpacked."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        raise RefusedError(
            f"Tệp chứa {len(entries)} phần, nhiều bất thường. Chép riêng bảng danh sách sang tệp mới."
        )
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise RefusedError("Tệp có đường dẫn bất thường bên trong nên không được mở. Chép bảng sang tệp mới.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedError("Tệp có mật khẩu. Bỏ mật khẩu, lưu lại rồi nhập.")
    _check_sizes(entries, packed=packed)
    _check_kind(archive, names)


def _check_sizes(entries: list[zipfile.ZipInfo], *, packed: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL_ENTRY and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if unpacked > MAX_UNPACKED or (unpacked > SMALL_ENTRY and unpacked > MAX_RATIO * packed) or swollen:
        raise RefusedError(
            f"Tệp nở ra {unpacked // 1_000_000} MB khi mở, bất thường với một danh sách. Chép bảng sang tệp mới."
        )


def _check_kind(archive: zipfile.ZipFile, names: list[str]) -> None:
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lowered):
        raise RefusedError("Tệp có macro nên không được mở. Lưu lại dạng Excel (.xlsx) không macro rồi nhập.")
    if "mimetype" in lowered and b"opendocument" in archive.read("mimetype")[:100]:
        raise RefusedError(
            "Tệp dạng .ods của LibreOffice. Chọn Tệp › Lưu thành › Excel 2007-365 (.xlsx) rồi nhập lại."
        )
    if "xl/workbook.bin" in lowered:
        raise RefusedError("Tệp dạng .xlsb. Chọn Tệp › Lưu thành › Excel (.xlsx) rồi nhập lại.")
    if "[content_types].xml" not in lowered or not any(name.startswith("xl/") for name in lowered):
        raise RefusedError("Tệp không phải Excel .xlsx. Mở đúng tệp danh sách, lưu dạng .xlsx rồi nhập lại.")


def scan(archive: zipfile.ZipFile, part: str) -> tuple[list[str], int]:
    """Merged ranges and the number of rows, in one pass over the bytes."""
    merges: list[str] = []
    rows, tail = 0, b""
    with archive.open(part) as file:
        while chunk := file.read(CHUNK * 16):
            block = tail + chunk
            if (found := _DIMENSION.search(block)) and not rows:
                check_extent(column_number(found[1].decode()), rows := int(found[2]))
            cut = block.rfind(b">") + 1
            merges += [ref.decode() for ref in _MERGE.findall(block[:cut])]
            tail = block[cut:]
            if len(tail) > CHUNK or len(merges) > MAX_ROWS:
                raise RefusedError("Trang tính có nội dung bất thường. Chép bảng danh sách sang tệp mới.")
    return merges, rows


def check_extent(columns: int, rows: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        size = f"{rows:,} dòng × {columns:,} cột".replace(",", ".")
        raise RefusedError(
            f"Bảng rộng {size}, quá mức một danh sách. Xóa dòng, cột trống ở cuối rồi lưu lại."
        )


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def local(name: str) -> str:
    return name.rsplit(":", 1)[-1]


def parse(archive: zipfile.ZipFile, part: str, start: Any, end: Any = None, text: Any = None) -> None:
    """Run handlers over a whole part."""
    parser = new_parser(start, end, text)
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def new_parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None,
    text: Callable[[str], None] | None,
) -> Any:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    if end is not None:
        parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = text
    return parser


def _refuse_doctype(*_arguments: Any) -> None:
    raise RefusedError("Tệp có khai báo bất thường bên trong nên không được mở. Chép bảng sang tệp mới.")


def attribute(attributes: dict[str, str], name: str) -> str:
    """An attribute whatever its namespace prefix."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


class Workbook:
    """Sheets, shared texts and styles of a workbook."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.from_1904 = False
        self._sheets: list[tuple[str, str, bool]] = []
        self._targets: dict[str, str] = {}
        parse(archive, "xl/workbook.xml", self._workbook_element)
        parse(archive, "xl/_rels/workbook.xml.rels", self._relation)
        self.styles = Styles(archive) if "xl/styles.xml" in archive.namelist() else None
        self.texts: list[tuple[str, str]] = []
        if "xl/sharedStrings.xml" in archive.namelist():
            texts = SharedTexts(self.texts)
            parse(archive, "xl/sharedStrings.xml", texts.start, texts.end, texts.text)

    def shown_sheets(self) -> list[str]:
        return [name for name, _, visible in self._sheets if visible]

    def sheet(self, wanted: str) -> tuple[str, str]:
        """Name and part of the sheet asked for, or of the first one shown."""
        shown = [(name, key) for name, key, visible in self._sheets if visible] or [
            s[:2] for s in self._sheets
        ]
        name, key = next((entry for entry in shown if entry[0] == wanted), shown[0] if shown else ("", ""))
        if not name:
            raise RefusedError("Tệp không có trang tính nào. Mở đúng tệp danh sách rồi lưu lại.")
        target = self._targets[key].lstrip("/")
        return name, target if target.startswith("xl/") else f"xl/{target}"

    def _workbook_element(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            visible = attributes.get("state", "visible") == "visible"
            self._sheets.append((attributes["name"], attribute(attributes, "id"), visible))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")

    def _relation(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            self._targets[attributes["Id"]] = attributes["Target"]


class SharedTexts:
    """Collects shared texts: (text, font of its first run); readings of characters are left out."""

    def __init__(self, into: list[tuple[str, str]]) -> None:
        self.into = into
        self.pieces: list[str] = []
        self.font = ""
        self.taking = self.reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.pieces, self.font = [], ""
        elif name == "rPh":
            self.reading = True
        elif name == "rFont":
            self.font = self.font or attributes.get("val", "")
        self.taking = name == "t" and not self.reading

    def end(self, name: str) -> None:
        self.taking = False
        if name == "rPh":
            self.reading = False
        elif name == "si":
            self.into.append(("".join(self.pieces)[:MAX_TEXT], self.font))

    def text(self, data: str) -> None:
        if self.taking:
            self.pieces.append(data)


class Styles:
    """For each cell style: whether it shows a day, and the name of its font."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.days: list[bool] = []
        self.fonts: list[str] = []
        self._names: list[str] = []
        self._formats: dict[int, str] = {}
        self._inside: list[str] = []
        parse(archive, "xl/styles.xml", self._start, self._end)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._inside[-1] if self._inside else ""
        self._inside.append(name)
        if name == "numFmt" and parent == "numFmts":
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "font" and parent == "fonts":
            self._names.append("")
        elif name == "name" and parent == "font" and self._names:
            self._names[-1] = attributes.get("val", "")
        elif name == "xf" and parent == "cellXfs":
            self.days.append(self._shows_day(int(attributes.get("numFmtId", 0))))
            font = int(attributes.get("fontId", 0))
            self.fonts.append(self._names[font] if font < len(self._names) else "")

    def _end(self, _name: str) -> None:
        self._inside.pop()

    def _shows_day(self, code: int) -> bool:
        shape = _NOT_FORMAT.sub("", self._formats.get(code, "")).lower()
        return code in _DATE_FORMATS or ("y" in shape and "m" in shape) or ("d" in shape and "m" in shape)


class SheetRows:
    """The rows of a sheet with anything in them, as dictionaries ready for JSON.

    A cell is [column, kind, value, formula, font]. Kinds: "t" text, "n" number, "d" day number, "b" truth, "e" error.
    """

    def __init__(self, book: Workbook, part: str) -> None:
        self._book, self._part = book, part
        self._done: list[dict[str, Any]] = []
        self._number = self._column = 0
        self._hidden = self._formula = self._taking = False
        self._cells: list[list[Any]] = []
        self._pieces: list[str] = []
        self._type = self._style = self._font = ""
        self._rows = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        parser = new_parser(self._start, self._end, self._text)
        with self._book.archive.open(self._part) as file:
            while chunk := file.read(CHUNK):
                parser.Parse(chunk, False)
                yield from self._done
                self._done.clear()
        parser.Parse(b"", True)
        yield from self._done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            ref = attributes.get("r", "").rstrip("0123456789")
            self._column = column_number(ref) if ref else self._column + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
            self._pieces, self._formula, self._font = [], False, ""
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._hidden = attributes.get("hidden", "0") in ("1", "true")
            self._cells, self._column = [], 0
        elif name == "f":
            self._formula = True
        elif name == "rFont":
            self._font = self._font or attributes.get("val", "")
        self._taking = name in ("v", "t")

    def _text(self, data: str) -> None:
        if self._taking:
            self._pieces.append(data)

    def _end(self, name: str) -> None:
        self._taking = False
        if name == "c" and (self._pieces or self._formula):
            self._cells.append(self._cell("".join(self._pieces)))
        elif name == "row" and self._cells:
            self._rows += 1
            check_extent(max(cell[0] for cell in self._cells), self._rows)
            self._done.append({"r": self._number, "h": self._hidden, "c": self._cells})

    def _cell(self, raw: str) -> list[Any]:
        styles, style = self._book.styles, int(self._style)
        known = styles is not None and style < len(styles.days)
        font = self._font or (styles.fonts[style] if styles and known else "")
        kind, value = "t", raw[:MAX_TEXT]
        if self._type == "s":
            value, run_font = self._book.texts[int(raw)]
            font = run_font or font
        elif self._type == "n" and raw:
            kind = "d" if styles and known and styles.days[style] else "n"
        elif self._type in ("b", "e"):
            kind = self._type
        return [self._column, kind, value, self._formula, font]


if __name__ == "__main__":
    main()
