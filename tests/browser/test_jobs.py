"""The page of a job follows its work by itself."""

from django.utils import timezone
from playwright.sync_api import expect

from phancong.jobs.models import Job
from tests.browser.conftest import VisitorMaker
from tests.browser.seed import Seed


def test_progress_moves_and_the_end_is_said_without_a_press(seed: Seed, visit: VisitorMaker) -> None:
    page = visit(seed.office).open(f"/viec-chay-nen/{seed.job.pk}/")
    expect(page.locator(".progress__text")).to_contain_text("640/1.378 chi bộ")
    Job.objects.filter(pk=seed.job.pk).update(rows_done=1200, beat_at=timezone.now())
    expect(page.locator(".progress__text")).to_contain_text("1.200/1.378 chi bộ")
    Job.objects.filter(pk=seed.job.pk).update(
        rows_done=1378, state=Job.State.DONE, ended_at=timezone.now(), message="Đã lập 4 kế hoạch."
    )
    expect(page.get_by_role("status")).to_contain_text("Đã lập 4 kế hoạch.")
    assert page.locator("[hx-get]").count() == 0
