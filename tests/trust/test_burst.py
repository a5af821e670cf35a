"""Many guesses at the same moment get no further than one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from phancong.accounts import printed, throttle
from phancong.accounts.models import PrintedCode, User
from tests.trust.measures import measured

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE, EACH, LIMIT = 20, 5, 20


def at_once(work: Callable[[], bool], times: int) -> list[bool]:
    """What each of the workers got, all at the same time where the database has more than one writer."""
    if connection.vendor != "postgresql":
        return [work() for _ in range(times)]

    def alone(_: int) -> bool:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(alone, range(times)))


def test_of_a_hundred_guesses_at_once_twenty_are_taken() -> None:
    now = timezone.now()
    taken = at_once(
        lambda: throttle.take("name", "ai", limit=LIMIT, window=timedelta(days=1), now=now), AT_ONCE * EACH
    )
    measured(
        11, "100 lần thử cùng lúc: số lần được xét quá 20", n=len(taken), wrong=max(0, sum(taken) - LIMIT)
    )
    assert sum(taken) == LIMIT


def test_a_code_used_by_many_at_once_is_good_for_one() -> None:
    user, now = User.objects.create(username="ai"), timezone.now()
    made = printed.make_codes(user, PrintedCode.Purpose.ONE_TIME, count=1, now=now, by=None, until=None)
    good = at_once(lambda: printed.use(user, PrintedCode.Purpose.ONE_TIME, made[0], now=now), AT_ONCE)
    measured(14, "một mã in dùng 20 lần cùng lúc: lần được nhận quá một", n=len(good), wrong=sum(good) - 1)
    assert sum(good) == 1


def test_a_new_window_begins_with_a_full_allowance() -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    first = [throttle.take("name", "ai", limit=2, window=hour, now=now) for _ in range(3)]
    later = [throttle.take("name", "ai", limit=2, window=hour, now=now + hour) for _ in range(3)]
    assert (first, later) == ([True, True, False], [True, True, False])
