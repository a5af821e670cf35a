"""The papers of a plan as LibreOffice shows them: they open, lie on A4 and keep every Vietnamese letter."""

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.planning.papers import plan_of, ward_cell

from phancong.planning.documents import write_cell_documents
from phancong.planning.documents.facts import plan_facts
from phancong.planning.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES) + "đ"
A4 = {(210, 297), (297, 210)}


def rendered(plan: Plan, folder: Path) -> dict[str, PdfReader]:
    """PDF of every document by the beginning of its name."""
    office = shutil.which("soffice")
    if office is None:
        pytest.fail("Thiếu LibreOffice (lệnh soffice). Cài gói libreoffice-writer rồi chạy lại.")
    paths = write_cell_documents(plan, folder)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {path.stem: PdfReader(folder / f"{path.stem}.pdf") for path in paths}


def text_of(reader: PdfReader) -> str:
    """Text as read, without spaces: a narrow column may break a name between two words."""
    text = "".join(page.extract_text() for page in reader.pages)
    return unicodedata.normalize("NFC", "".join(text.split()))


def sheets(reader: PdfReader) -> set[tuple[int, int]]:
    return {
        (round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72))
        for page in reader.pages
    }


@pytest.mark.parametrize(
    ("members", "most_pages"),
    [
        (
            3,
            {
                "bien-ban-hop-chi-bo": 4,
                "danh-sach-phan-cong": 1,
                "nghi-quyet-chuyen-de": 3,
                "phieu-phan-cong": 3,
            },
        ),
        (
            60,
            {
                "bien-ban-hop-chi-bo": 7,
                "danh-sach-phan-cong": 8,
                "nghi-quyet-chuyen-de": 4,
                "phieu-phan-cong": 60,
            },
        ),
    ],
)
def test_documents_of_a_cell_open_on_a4_with_every_name(
    tmp_path: Path, members: int, most_pages: dict[str, int]
) -> None:
    plan = plan_of(ward_cell(), members=members)
    readers = {name.removesuffix("-2026"): reader for name, reader in rendered(plan, tmp_path).items()}
    assert {
        name: len(reader.pages) for name, reader in readers.items() if len(reader.pages) > most_pages[name]
    } == {}
    assert [name for name, reader in readers.items() if not sheets(reader) <= A4] == []
    names = {"".join(person.name.split()) for person in plan_facts(plan).people}
    for kind in ("bien-ban-hop-chi-bo", "danh-sach-phan-cong", "phieu-phan-cong"):
        text = text_of(readers[kind])
        assert {name for name in names if name not in text} == set()


def test_every_vietnamese_letter_survives(tmp_path: Path) -> None:
    plan = plan_of(ward_cell(), members=3)
    given = next(person for person in plan_facts(plan).people if person.works).works[0]
    given.duty.responsibility = f"{LETTERS} {LETTERS.upper()}"
    given.duty.save()
    slips = text_of(rendered(plan, tmp_path)["phieu-phan-cong-2026"])
    assert [letter for letter in LETTERS + LETTERS.upper() if letter not in slips] == []
    assert LETTERS in slips
