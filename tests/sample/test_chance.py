from datetime import date

from phancong.sample.chance import Chance, apportion


def test_the_same_seed_and_names_give_the_same_draws() -> None:
    assert [Chance(1, "a").below(1000) for _ in range(3)] == [Chance(1, "a").below(1000)] * 3


def test_another_name_gives_another_stream() -> None:
    assert Chance(1, "a").share() != Chance(1, "b").share()


def test_the_first_draw_is_the_same_on_every_python() -> None:
    assert Chance(2007, "founding").below(1_000_000) == 181_523


def test_both_ends_of_between_are_possible() -> None:
    chance = Chance(3)
    assert {chance.between(1, 3) for _ in range(100)} == {1, 2, 3}


def test_days_lie_before_the_end() -> None:
    chance = Chance(4)
    assert {chance.day(date(2020, 1, 1), date(2020, 1, 3)) for _ in range(50)} == {
        date(2020, 1, 1),
        date(2020, 1, 2),
    }


def test_shuffling_keeps_every_item() -> None:
    assert sorted(Chance(5).shuffled(range(10))) == list(range(10))


def test_weights_decide_how_often() -> None:
    chance = Chance(6)
    drawn = [chance.weighted((("a", 9), ("b", 1), ("c", 0))) for _ in range(1000)]
    assert 850 < drawn.count("a") < 950
    assert drawn.count("c") == 0


def test_shares_add_up_to_the_total() -> None:
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert sum(apportion(1378, [3.3, 7.9, 0.1, 12])) == 1378
