"""One person in two cells is told and not guessed; names in capitals are shown as they will be written."""

from datetime import date
from typing import Any

import pytest

from phancong.members.importing.cells import Place
from phancong.members.importing.values import read_card, read_name
from phancong.organizations.models import Organization
from tests.factories import make_cell, make_committee, make_member
from tests.members.test_roster_import import AN, HEADER, book, counts, prepared, written

pytestmark = pytest.mark.django_db
IN_TWO = [*AN[:4], "Chi bộ thôn 2", *AN[5:]]


@pytest.fixture
def committee() -> Organization:
    committee = make_committee(name="Đảng bộ xã Thử")
    make_cell(parent=committee, name="Chi bộ thôn 1")
    make_cell(parent=committee, name="Chi bộ thôn 2")
    return committee


def doubts(*rows: list[Any], committee: Organization) -> list[str]:
    summary = prepared(book(*rows, header=["Số thẻ", *HEADER]), committee).summary
    assert summary["counts"]["error"] == 0
    return [line["message"].split(" có thể là một người")[0] for line in summary["doubts"]]


def test_one_person_in_two_cells_of_a_file_is_told_with_both_places(committee: Organization) -> None:
    assert doubts(["", *AN], ["", *IN_TWO], committee=committee) == [
        "Nguyễn Văn An, sinh 12/03/1975: dòng này (Chi bộ thôn 2) và dòng 2 (Chi bộ thôn 1)"
    ]


def test_a_member_of_another_cell_is_told_with_both_places(committee: Organization) -> None:
    written(book(AN), committee)
    assert doubts(["", *IN_TWO], committee=committee) == [
        "Nguyễn Văn An, sinh 12/03/1975: dòng này (Chi bộ thôn 2) và hồ sơ đã có ở Chi bộ thôn 1"
    ]


def test_the_same_name_with_another_birth_date_is_somebody_else(committee: Organization) -> None:
    other = [IN_TWO[0], "13/3/1975", *IN_TWO[2:]]
    assert doubts(["", *AN], ["", *other], committee=committee) == []


def test_two_card_numbers_tell_two_people_apart(committee: Organization) -> None:
    assert doubts(["01234567", *AN], ["01234568", *IN_TWO], committee=committee) == []


def test_doubted_rows_are_written_and_not_doubted_again(committee: Organization) -> None:
    written(book(AN, IN_TWO), committee)
    again = prepared(book(AN, IN_TWO), committee)
    assert (counts(again), again.summary["doubts"]) == ((0, 0, 2, 0), [])


def test_a_member_outside_the_committee_is_not_told_of(committee: Organization) -> None:
    make_member(make_cell(parent=make_committee()), full_name=AN[0], birth_date=date(1975, 3, 12))
    assert doubts(["", *AN], committee=committee) == []


@pytest.mark.parametrize(
    ("capitals", "name"),
    [
        ("H'BIA", "H'Bia"),
        ("RAH LAN H’NGA", "Rah Lan H’Nga"),
        ("Y BLĂM", "Y Blăm"),
        ("NGUYỄN THỊ ÁNH", "Nguyễn Thị Ánh"),
        ("SIU BLƠ\u0306T", "Siu Blơ\u0306t"),
        ("KSOR Y-THIN", "Ksor Y-Thin"),
    ],
)
def test_a_name_in_capitals_is_shown_as_it_will_be_written(capitals: str, name: str) -> None:
    place = Place(5, 2)
    assert read_name(capitals, capitals, place) == name
    assert [finding.message for finding in place.findings] == [
        f"Họ tên viết chữ hoa “{capitals}” sẽ ghi là “{name}”."
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nguyễn <b>An", "có ký tự “<”"),
        ("Nguyễn Văn An 2", "có chữ số “2”"),
        ("Nguyễn 🙂 An", "có ký tự “🙂”"),
    ],
)
def test_a_sign_that_no_name_holds_is_named(text: str, said: str) -> None:
    place = Place(5, 2)
    read_name(text, text, place)
    assert [said in finding.message for finding in place.findings] == [True]


@pytest.mark.parametrize("text", ["H’Bia", "Y-Blăm Ksor", "Siu Blơ\u0306t", "Ng. Văn An", "Lê Văn An (Tư)"])
def test_names_as_they_are_written_here_are_right(text: str) -> None:
    place = Place(5, 2)
    assert (read_name(text, text, place), place.findings) == (text, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("123456789", "có 9 chữ số"),
        ("1234567", "có 7 chữ số"),
        ("1234567O", "có ký tự không phải chữ số"),
    ],
)
def test_a_wrong_card_number_is_told_with_its_own_length(text: str, said: str) -> None:
    place = Place(5, 2)
    assert read_card(text, place, is_number=False) is None
    assert [said in finding.message for finding in place.findings] == [True]
