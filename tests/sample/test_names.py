import unicodedata

import pytest

from phancong.common.text import fold
from phancong.sample.chance import Chance
from phancong.sample.history import Sample
from phancong.sample.names import WELL_KNOWN, draw_name, is_well_known


def test_names_of_the_sample_are_composed_unicode(sample: Sample) -> None:
    assert [
        life.name.full for life in sample.lives if not unicodedata.is_normalized("NFC", life.name.full)
    ] == []


def test_no_name_of_the_sample_is_that_of_a_well_known_person(sample: Sample) -> None:
    known = {fold(name) for name in WELL_KNOWN}
    assert [life.name.full for life in sample.lives if fold(life.name.full) in known] == []


def test_a_well_known_name_is_recognized_without_its_marks() -> None:
    assert is_well_known("Vo Nguyen Giap")
    assert not is_well_known("Rah Lan Blơ")


def test_a_drawn_name_that_is_well_known_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("phancong.sample.names.JRAI_FAMILIES", (("Ksor", 1),))
    monkeypatch.setattr("phancong.sample.names.JRAI_GIVENS", {"male": ("Phước", "Blơ")})
    names = {draw_name(Chance(seed), people="jrai", sex="male").full for seed in range(50)}
    assert names == {"Ksor Blơ"}


@pytest.mark.parametrize(
    ("people", "sex"),
    [("kinh", "male"), ("jrai", "female"), ("ede", "male"), ("bahnar", "female"), ("nung", "male")],
)
def test_the_parts_of_a_name_make_up_the_whole(people: str, sex: str) -> None:
    name = draw_name(Chance(7), people=people, sex=sex)
    assert sorted(name.full.split()) == sorted(f"{name.family} {name.middle} {name.given}".split())
