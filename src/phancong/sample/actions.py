"""Loading the sample into an empty database, all of it or nothing."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.access.roles import ROLES
from phancong.accounts.appointments import give_role
from phancong.accounts.models import User
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.planning.actions import load_catalogue
from phancong.sample.around_the_year import write_the_year
from phancong.sample.history import Sample, make_sample
from phancong.sample.last_year import write_last_year
from phancong.sample.loading import Loader, Progress, load_members, load_places, records_of
from phancong.sample.people import demo_people, root_code, secretaries
from phancong.sample.places import FOUNDING, WARD
from phancong.sample.reviews import write_reviews
from phancong.sample.transfers import write_transfers


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was written."""

    organizations: int
    areas: int
    members: int
    plans: int
    users: int


def is_empty() -> bool:
    """Whether the database holds neither organisations nor members."""
    return not (Organization.objects.exists() or Member.objects.exists())


DECISION_LASTS = timedelta(days=60)


def check_may_load(*, until: date, by: Actor) -> None:
    if not may(by, Permission.MEMBER_IMPORT, ""):
        raise Refused("Chỉ văn phòng đảng ủy cấp cao nhất nạp được dữ liệu mẫu.")
    if not is_empty():
        raise Refused(
            "Cơ sở dữ liệu đã có tổ chức đảng hoặc đảng viên nên không nạp dữ liệu mẫu. "
            "Dùng một cơ sở dữ liệu trống, hoặc thêm --if-empty để bỏ qua."
        )
    if not FOUNDING <= until <= by.today:
        raise Refused(
            f"Dữ liệu mẫu có từ ngày {FOUNDING:%d/%m/%Y} đến hôm nay. Chọn một ngày trong khoảng đó."
        )


@transaction.atomic
def load_sample(*, until: date, seed: int, by: Actor, progress: Progress) -> Loaded:
    """The history of the sample up to `until`, last year's plans, and people who can sign in."""
    check_may_load(until=until, by=by)
    sample = make_sample(seed=seed, until=until)
    loader = load_places(sample, by=by, progress=progress)
    records = records_of(sample, loader)
    ids = load_members(sample, records, by=by, progress=progress)
    load_catalogue(by=by)
    plans = write_last_year(sample, loader, records, ids, by=by)
    write_the_year(by=by)
    write_reviews(sample, loader, ids, by=by)
    users = _make_users(sample, loader, ids, by=by)
    if Organization.objects.active().filter(code=WARD).exists():
        write_transfers(by=by)
    loaded = Loaded(len(loader.organizations), len(loader.areas), len(ids), plans, users)
    log.record(
        by=by,
        action="load_sample",
        subject="sample",
        detail={
            "seed": seed,
            "until": until.isoformat(),
            "members": len(ids),
            "plans": plans,
            "users": users,
        },
    )
    return loaded


def _make_users(sample: Sample, loader: Loader, ids: dict[int, int], *, by: Actor) -> int:
    """Sign-in names without passwords: only the demonstration lets them in."""
    people = demo_people(sample)
    numbers = {person.number for person in people}
    names = {person.username: person.number for person in people}
    names |= {name: number for name, number in secretaries(sample).items() if number not in numbers}
    for username, number in names.items():
        User.objects.create(username=username, member_id=ids[number])
    root = loader.organizations[root_code(sample.until)]
    for person in people:
        if person.role:
            give_role(
                User.objects.get(username=person.username),
                role=person.role,
                organization=root,
                decision_number="05-QĐ/ĐU",
                valid_from=by.today,
                valid_until=by.today + DECISION_LASTS if ROLES[person.role].needs_end else None,
                by=by,
            )
    return len(names)
