"""What follows from the rules where a roster is silent, and names that hold words of other lists."""

from datetime import date, timedelta

import pytest

from phancong import rules
from phancong.members.enums import Level, Status
from phancong.members.importing.cells import Place
from phancong.members.importing.defaults import recognised, status_of
from phancong.members.importing.lookups import choice_words
from phancong.members.importing.values import Values, read_competences
from phancong.rules.model import Choice

TODAY = date(2026, 11, 23)
LAW = rules.on(TODAY)


def taken(admitted: date, **said: object) -> tuple[date | None, Status]:
    values = recognised(Values(admitted=admitted, **said), law=LAW, today=TODAY)  # type: ignore[arg-type]
    return values.official, status_of(values, today=TODAY)


def test_a_member_of_decades_without_an_official_date_is_official_from_the_end_of_probation() -> None:
    assert taken(date(1985, 2, 3)) == (date(1986, 2, 3), Status.OFFICIAL)


def test_a_leap_day_ends_probation_on_the_last_of_february() -> None:
    assert taken(date(2020, 2, 29)) == (date(2021, 2, 28), Status.OFFICIAL)


@pytest.mark.parametrize("days", [0, 300, 365, 365 + 41])
def test_who_may_still_await_recognition_stays_probationary(days: int) -> None:
    assert taken(TODAY - timedelta(days=days)) == (None, Status.PROBATIONARY)


def test_what_the_roster_says_stands() -> None:
    assert taken(date(1985, 2, 3), status=Status.PROBATIONARY) == (None, Status.PROBATIONARY)
    assert taken(date(1985, 2, 3), official=date(1987, 1, 1)) == (date(1987, 1, 1), Status.OFFICIAL)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Hiểu biết pháp luật hòa giải (khá)", (("law", 2),)),
        (
            "Hiểu biết pháp luật hòa giải (thành thạo); Tin học văn phòng (cơ bản)",
            (("law", 3), ("computing", 1)),
        ),
        ("Hiểu biết pháp luật, hòa giải (thành thạo)", (("law", 3),)),
        ("Tin học văn phòng thành thạo", (("computing", 3),)),
        ("Tin học văn phòng", (("computing", 2),)),
    ],
)
def test_a_level_in_brackets_counts_whatever_words_the_name_holds(
    text: str, read: tuple[tuple[str, int], ...]
) -> None:
    assert read_competences(text, Place(row=1, column=1), choice_words(LAW.skills), "Kỹ năng") == read


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("skill", LAW.skills, ids=lambda skill: skill.code)
def test_every_skill_is_read_as_it_is_named(skill: Choice, level: Level) -> None:
    for name in (skill.name, skill.name.replace(",", "")):
        read = read_competences(
            f"{name} ({level.label}), Tiếng lạ", Place(row=1, column=1), choice_words(LAW.skills), "Kỹ năng"
        )
        assert read == ((skill.code, level.value),)
