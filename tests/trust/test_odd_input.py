"""Item 22: whatever is sent, the answer is a page and never a breakdown (`make fuzz` sends many more)."""

import pytest
from django.db import connection

from tests.trust.measures import measured
from tests.trust.odd import BATCH, Sender, odd_requests
from tests.trust.visits import all_places
from tests.trust.world import PERSONAS, World

# Each database gets requests of its own.
SEED = f"kiểm-thử-{connection.vendor}"
BATCHES = 40


def test_no_odd_request_breaks_a_page(world: World, caplog: pytest.LogCaptureFixture) -> None:
    sender = Sender(world, SEED)
    for batch in range(BATCHES):
        sender.send(batch)
    caplog.clear()  # odd cookies and forms are logged as suspicious, which is right
    measured(
        22,
        "Đầu vào lạ: trang hỏng (5xx)",
        n=sender.statuses.total(),
        wrong=len(sender.breakdowns),
        note=f"hạt giống {SEED}; mã trả lời {dict(sorted(sender.statuses.items()))}",
    )
    assert sender.breakdowns == []
    assert sender.statuses.total() == BATCHES * BATCH
    assert sender.statuses[200] > BATCHES, "các yêu cầu phải vào được đến trang"


def test_the_same_seed_makes_the_same_requests(world: World) -> None:
    places = all_places(world)
    first, second = (
        [str(odd) for odd in odd_requests("x:1", 50, places=places, personas=PERSONAS)] for _ in range(2)
    )
    assert first == second


def test_a_breakdown_would_be_seen(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ValueError("for the test")

    monkeypatch.setattr("phancong.reports.views.home.running_jobs_for", break_down)
    sender = Sender(world, SEED)
    sender.places = [place for place in sender.places if place.name == "home"]
    sender.send(0)
    caplog.clear()
    assert sender.breakdowns != []
