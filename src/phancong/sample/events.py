"""What happens to people in a period of the sample's history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from phancong.members.enums import Status
from phancong.sample.lives import Life
from phancong.sample.newcomers import arrival, hamlets_by_code
from phancong.sample.places import FOUNDING, REFORM, SMALL_CELL, WARDS, Place
from phancong.sample.targets import CONGRESS, END_OF_2012, END_OF_2013

if TYPE_CHECKING:
    from phancong.sample.population import Town

# Chance of dying in a year, from an age on.
MORTALITY = ((93, 1.0), (88, 0.18), (80, 0.09), (70, 0.03), (60, 0.01), (0, 0.001))
RETIRING_AGE = {"female": 57, "male": 61}
EARLY_LINES = frozenset({"police", "military"})
LEAVING_A_YEAR = ((Status.TRANSFERRED, 0.046), (Status.REMOVED, 0.0012), (Status.WITHDRAWN, 0.0004),
                  (Status.EXPELLED, 0.0004))  # fmt: skip
VISITING_A_YEAR = 0.008
SECONDED_TO_A_NEW_CELL = 3
FOUNDERS = 5
OTHERS = 3
NOT_RATED_2012, SUSPENDED_2012 = 24, 1
EXEMPT_SHARE = 0.095
EXEMPT_AGE = 65
HANDED_BACK_FROM = date(2012, 6, 30)


def open_cells(town: Town) -> None:
    """New cells get members on their first day: seconded ones in a hamlet, colleagues elsewhere."""
    for place in town.places.values():
        if town.start < place.opened <= town.end:
            if place.area:
                _second(town, place)
            elif not any(place.code in other.heirs for other in town.places.values()):
                _found_with_colleagues(town, place)


def _second(town: Town, place: Place) -> None:
    """Cadres of the commune or ward, else of the town's offices, come to take part in the hamlet."""
    near = [code for code, other in town.places.items() if other.parent == place.parent and not other.area]
    offices = [code for code, other in town.places.items() if other.line in {"office", "party"}]
    chosen = 0
    for cell in (*near, *offices, *near):
        if chosen < SECONDED_TO_A_NEW_CELL and town.lasting(cell) and town.can_spare(cell, least=5):
            lives = [life for life in town.settled_lives([cell]) if life.age_on(town.end) < 55]
            if lives:
                town.move(town.chance.pick(lives), place.code, place.opened, seconded=True)
                chosen += 1


def _found_with_colleagues(town: Town, place: Place) -> None:
    same = [code for code, other in town.places.items() if other.line == place.line and town.lasting(code)]
    for _ in range(FOUNDERS):
        source = max(same, key=lambda code: len(town.settled_lives([code])), default=None)
        if source is not None and len(town.settled_lives([source])) > FOUNDERS * 2:
            town.move(town.chance.pick(town.settled_lives([source])), place.code, place.opened)
        else:
            town.arrive(place, place.opened, arrival(place, new=False))
            town.officials[place.code] += 1


def close_cells(town: Town) -> None:
    """Members of a cell that ends go to its heirs in turn; without heirs they leave the roll."""
    for place in town.places.values():
        if place.closed is None or not town.start < place.closed <= town.end:
            continue
        for index, life in enumerate(list(town.rolls[place.code])):
            if place.heirs:
                town.move(life, place.heirs[index % len(place.heirs)], place.closed)
            else:
                town.leave(life, place.closed, Status.TRANSFERRED)


def die(town: Town) -> None:
    years = (town.end - town.start).days / 365
    for life in town.settled_lives() + _exempt(town):
        age = life.age_on(town.end)
        rate = next(rate for least, rate in MORTALITY if age >= least)
        certain = rate >= 1
        if certain or town.chance.happens(rate * years):
            cell = life.stays[-1].cell
            if town.lasting(cell) and (certain or town.can_spare(cell)):
                town.leave(life, town.day(), Status.DECEASED)


def _exempt(town: Town) -> list[Life]:
    found = [
        life
        for roll in town.rolls.values()
        for life in roll
        if life.number not in town.touched and life.status_on(town.start) is Status.EXEMPT
    ]
    return sorted(found, key=lambda life: life.number)


def go_away(town: Town) -> None:
    years = (town.end - town.start).days / 365
    for life in town.settled_lives():
        cell = life.stays[-1].cell
        for status, rate in LEAVING_A_YEAR:
            if town.chance.happens(rate * years) and town.lasting(cell) and town.can_spare(cell):
                town.leave(life, town.day(), status)
                break


def retire(town: Town) -> None:
    """Who stops working takes part where they live."""
    for life in town.settled_lives():
        place = town.places[life.stays[-1].cell]
        age = RETIRING_AGE[life.sex] - (5 if life.line in EARLY_LINES else 0)
        if place.area or life.age_on(town.end) < age or not town.lasting(place.code):
            continue
        home = _home_cell(town, life)
        if home and town.can_spare(place.code):
            town.move(life, home, town.day())


def _home_cell(town: Town, life: Life) -> str | None:
    own = hamlets_by_code()[life.area].cell
    if town.lasting(own):
        return own
    wards = {code for code, *_ in WARDS}
    open_ones = [
        p.code for p in town.places.values() if p.area and p.parent in wards and town.lasting(p.code)
    ]
    cell = town.chance.pick(open_ones) if open_ones else None
    if cell is not None:
        life.area = town.places[cell].area
    return cell


def hand_back(town: Town) -> None:
    """Seconded members return when the hamlet has enough members of its own; a few remain."""
    if town.end < HANDED_BACK_FROM:
        return
    for life in town.settled_lives():
        stay = life.stays[-1]
        if stay.seconded and (town.end - stay.start).days > 700 and town.chance.happens(0.5):
            before = life.stays[-2].cell
            if town.lasting(before) and town.lasting(stay.cell) and town.can_spare(stay.cell, least=5):
                town.move(life, before, town.day())


def second_again(town: Town) -> None:
    """In the first autumn of the ward, cadres of its offices strengthen the smallest hamlets."""
    if town.start != CONGRESS:
        return
    small = sorted((p for p in town.places.values() if p.area and town.lasting(p.code)),
                   key=lambda place: (len(town.rolls[place.code]), place.code))  # fmt: skip
    offices = [p.code for p in town.places.values() if p.line == "office" and town.lasting(p.code)]
    strengthened = [place for place in small if place.code != SMALL_CELL][:9]
    for place in strengthened:
        cell = max(offices, key=lambda code: len(town.settled_lives([code])))
        lives = [life for life in town.settled_lives([cell]) if life.age_on(town.end) < 52]
        if lives and town.can_spare(cell, least=5):
            town.move(town.chance.pick(lives), place.code, town.day(), seconded=True)


def be_excused(town: Town) -> None:
    """Temporary exemption, reduced work and suspension, each for some months."""
    years = (town.end - town.start).days / 365
    for status, rate, months in (
        (Status.TEMPORARILY_EXEMPT, 0.006, 7),
        (Status.REDUCED, 0.005, 14),
        (Status.SUSPENDED, 0.0016, 3),
    ):
        for life in town.settled_lives():
            cell = life.stays[-1].cell
            if town.chance.happens(rate * years) and town.lasting(cell) and town.can_spare(cell, least=5):
                day = town.day()
                if life.age_on(day) < EXEMPT_AGE or status is not Status.SUSPENDED:
                    town.turn(life, day, status)
                    town.turn(life, day + timedelta(days=30 * months), Status.OFFICIAL)


def visit(town: Town) -> None:
    """A few take part for some months in another cell as well: by work in a hamlet, or the other way round."""
    years = (town.end - town.start).days / 365
    lasting = [place for place in town.places.values() if town.lasting(place.code) and place.stays]
    for life in town.settled_lives():
        here = town.places[life.stays[-1].cell]
        if here.stays and town.chance.happens(VISITING_A_YEAR * years):
            elsewhere = town.chance.pick(
                [place for place in lasting if bool(place.area) is not bool(here.area)]
            )
            life.visit(elsewhere.code, town.day(), days=240)
            town.touched.add(life.number)


def be_exempted(town: Town) -> None:
    """Old members ask to be exempt; each hamlet keeps enough of those who work."""
    wanted = _exempt_wanted(town)
    already = sum(life.turns[-1][1] is Status.EXEMPT for roll in town.rolls.values() for life in roll)
    oldest = sorted(
        (life for life in town.settled_lives() if town.places[life.stays[-1].cell].area),
        key=lambda life: (life.birth, life.number),
    )
    for life in oldest:
        cell = life.stays[-1].cell
        if (
            already < wanted
            and life.age_on(town.end) >= EXEMPT_AGE
            and town.lasting(cell)
            and _has_others(town, cell)
        ):
            town.turn(life, town.day(), Status.EXEMPT)
            already += 1


def _exempt_wanted(town: Town) -> int:
    total = sum(len(roll) for roll in town.rolls.values())
    if town.end <= END_OF_2012:
        return round(NOT_RATED_2012 * (town.end - FOUNDING).days / (END_OF_2012 - FOUNDING).days)
    share = min(1.0, (town.end - END_OF_2013).days / (CONGRESS - END_OF_2013).days)
    return max(NOT_RATED_2012, round(total * EXEMPT_SHARE * share))


def _has_others(town: Town, cell: str) -> bool:
    return len(town.settled_lives([cell])) > OTHERS


def suspend_before_the_review(town: Town) -> None:
    """At the end of 2012 exactly those who are exempt and one suspended member are not rated."""
    if town.end == END_OF_2012:
        life = town.chance.pick([life for life in town.settled_lives() if 30 < life.age_on(town.end) < 55])
        town.turn(life, date(2012, 11, 15), Status.SUSPENDED)
        town.turn(life, date(2013, 2, 15), Status.OFFICIAL)


def suspend_now_and_then(town: Town) -> None:
    """Since the reform one suspension every other month, of three months: one or two at any time."""
    if town.end > CONGRESS and town.end.month % 2 == 0:
        lives = [life for life in town.settled_lives() if life.age_on(town.end) < 58]
        lives = [life for life in lives if town.lasting(life.stays[-1].cell)
                 and town.can_spare(life.stays[-1].cell, least=6)]  # fmt: skip
        life = town.chance.pick(lives)
        town.turn(life, town.day(), Status.SUSPENDED)
        town.turn(life, life.turns[-1][0] + timedelta(days=92), Status.OFFICIAL)


def shrink_the_small_hamlet(town: Town) -> None:
    """One cell falls below the minimum in the spring after the reform, on purpose: the product must show it."""
    if town.start < date(REFORM.year + 1, 4, 1) <= town.end:
        for life in _those_who_leave(town, SMALL_CELL):
            town.leave(life, town.day(), Status.TRANSFERRED)
        for _ in range(2):
            town.arrive(town.places[SMALL_CELL], town.day(), arrival(town.places[SMALL_CELL], new=True))


def _those_who_leave(town: Town, cell: str) -> Sequence[Life]:
    officials = [life for life in town.rolls[cell] if life.is_counted_official_on(town.end)]
    movable = [life for life in officials if life.number not in town.touched]
    return movable[: max(0, len(officials) - 2)]


IN_ORDER: tuple[Callable[[Town], None], ...] = (
    close_cells,
    open_cells,
    suspend_before_the_review,
    suspend_now_and_then,
    shrink_the_small_hamlet,
    second_again,
    hand_back,
    retire,
    die,
    go_away,
    be_exempted,
    be_excused,
    visit,
)
