"""Item 23: the product asks nothing of another machine, whatever a file asks of it."""

import io
import socket
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from xml.parsers.expat import ExpatError

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from phancong.common import spreadsheet_child
from tests.trust.measures import measured
from tests.trust.visits import all_places, body_of, get_all
from tests.trust.world import World

pytestmark = pytest.mark.sqlite_is_enough

ELSEWHERE = "http://ke-xau.example/lay"
OWN = frozenset({"127.0.0.1", "::1", "localhost"})
LINK = (
    '<?xml version="1.0" encoding="UTF-8"?><externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><externalBook r:id="rId1"/>'
    "</externalLink>"
)
RELATION = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" TargetMode="External" Target="{target}" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/{kind}"/></Relationships>'
)
DTD = f'<!DOCTYPE x SYSTEM "{ELSEWHERE}.dtd" [<!ENTITY e SYSTEM "{ELSEWHERE}">]>'


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that something in this process asked for or spoke to, beside this machine's own."""
    found: list[str] = []

    def connect(_: socket.socket, address: object) -> int:
        host = str(address[0]) if isinstance(address, tuple) else str(address)
        if host not in OWN and not host.startswith("/"):
            found.append(host)
        raise ConnectionRefusedError

    def look_up(host: object, *_: object, **__: object) -> list[object]:
        if str(host) not in OWN:
            found.append(str(host))
        raise socket.gaierror

    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    monkeypatch.setattr(socket.socket, "sendto", lambda one, *rest: connect(one, rest[-1]))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        monkeypatch.setattr(socket, name, look_up)
    real = socket.socket.connect

    def guarded(one: socket.socket, address: object) -> None:
        host = str(address[0]) if isinstance(address, tuple) else str(address)
        if host not in OWN and not host.startswith("/"):
            connect(one, address)
        real(one, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    return found


def plain_file() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Họ và tên", "Ngày sinh", "Chi bộ"), ("Nguyễn Thị Mới", "01/02/1990", "Chi bộ C1")):
        sheet.append(row)
    sheet["D2"] = f'=HYPERLINK("{ELSEWHERE}")'
    sheet["E2"] = f'=WEBSERVICE("{ELSEWHERE}")'
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def with_parts(changed: dict[str, str], *, dtd_in: str = "") -> bytes:
    """The plain file with parts added, and a document type that names another machine put into one part."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(plain_file())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            text = old.read(name)
            if name == dtd_in:
                head, _, rest = text.partition(b"?>") if text.startswith(b"<?xml") else (b"", b"", text)
                text = (head + b"?>" if head else b"") + DTD.encode() + rest
            if name not in changed:
                new.writestr(name, text)
        for name, added in changed.items():
            new.writestr(name, added)
    return made.getvalue()


def files() -> Iterator[tuple[str, bytes]]:
    yield "formulas that fetch", plain_file()
    target = RELATION.format(target=ELSEWHERE, kind="externalLinkPath")
    yield (
        "links to other books",
        with_parts(
            {
                "xl/externalLinks/externalLink1.xml": LINK,
                "xl/externalLinks/_rels/externalLink1.xml.rels": target,
            }
        ),
    )
    yield (
        "pictures of another machine",
        with_parts({"xl/drawings/_rels/drawing1.xml.rels": RELATION.format(target=ELSEWHERE, kind="image")}),
    )
    yield (
        "a folder of another machine",
        with_parts(
            {
                "xl/worksheets/_rels/sheet1.xml.rels": RELATION.format(
                    target="file://///ke-xau.example/x", kind="oleObject"
                )
            }
        ),
    )
    for part in (
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "[Content_Types].xml",
    ):
        yield f"a document type in {part}", with_parts({}, dtd_in=part)


def test_reading_pages_and_files_speaks_to_nobody(world: World, asked: list[str], tmp_path: Path) -> None:
    tried = 0
    for persona in ("bí_thư_cùng", "văn_phòng"):
        for _, answer in get_all(world.client(persona), all_places(world)):
            body_of(answer)
            tried += 1
    office = world.client("văn_phòng")
    for number, (_, content) in enumerate(files()):
        sent = SimpleUploadedFile(f"danh-sach-{number}.xlsx", content)
        sent_answer = office.post("/dang-vien/nhap/", {"tep": sent, "dang_bo": world.organizations["W1"].pk})
        assert sent_answer.status_code in {302, 422}
        # The reader works in a process of its own; here it reads in this one, where it is watched.
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(content)
        with suppress(spreadsheet_child.RefusedError, ExpatError):
            list(spreadsheet_child.read(path, sheet=""))
        tried += 2
    measured(23, "Gọi ra máy khác", n=tried, wrong=len(asked))
    assert asked == []


def test_the_watch_sees_a_call(asked: list[str]) -> None:
    with pytest.raises(socket.gaierror):
        socket.create_connection(("ke-xau.example", 80))
    assert asked == ["ke-xau.example"]
