"""The plan of the seed under way: adopted, reported on, asked about."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.utils import timezone
from PIL import Image

from phancong.followups import actions
from phancong.followups.enums import AskReason, EntryKind
from phancong.followups.models import Progress
from phancong.followups.photos import prepare
from phancong.followups.terms import terms_on
from tests.browser.seed import Seed
from tests.factories import make_actor
from tests.followups.works import member_actor, seen

TITLE = "Vận động hộ nghèo vươn lên thoát nghèo"
SAID = "Đã vận động được 12 hộ ký cam kết"


def adopt_seed(seed: Seed) -> None:
    """Adopted today."""
    today = timezone.localdate()
    actions.adopt(
        seed.plan,
        version=seed.plan.version,
        adopted_on=today,
        basis="Biên bản số 01-BB/CB",
        by=make_actor("secretary", seed.cell.path, today),
    )


def first_work(seed: Seed) -> Progress:
    return Progress.objects.get(assignment__duty__plan=seed.plan, assignment__duty__title=TITLE)


@dataclass(frozen=True, slots=True)
class Lived:
    """The seed with a year behind it: one report waits, one wish waits."""

    seed: Seed
    awaiting: int
    asking: int


def live(seed: Seed) -> Lived:
    adopt_seed(seed)
    today = timezone.localdate()
    member = member_actor(seed.person, today=today)
    secretary = make_actor("secretary", seed.cell.path, today)
    awaiting = first_work(seed).assignment
    asking = Progress.objects.exclude(pk=awaiting.pk).get(member=seed.person).assignment
    actions.extend(
        awaiting,
        new_due=date(today.year, 12, 31),
        reason="Mưa lũ về muộn, đường vào buôn bị chia cắt",
        basis="Ý kiến chi ủy",
        seen=seen(awaiting),
        by=secretary,
    )
    target = BytesIO()
    Image.new("RGB", (640, 480), "seagreen").save(target, "PNG")
    photo = prepare(target.getvalue(), terms=terms_on(today))
    actions.report(awaiting, kind=EntryKind.DONE, text=SAID, photo=photo, by=member)
    actions.ask_change(asking, reason=AskReason.HEALTH, text="Vừa mổ mắt", wish="Việc nhẹ hơn", by=member)
    actions.remind([asking], by=secretary, text="Đồng chí báo giúp chi bộ")
    return Lived(seed, awaiting.pk, asking.pk)
