"""The second net on PostgreSQL: without the filters of the product the database still shows one's own alone."""

from http import HTTPStatus
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.test import Client

from phancong.access.actor import Actor, Grant
from phancong.audit.checking import check_log
from phancong.audit.log import record
from phancong.audit.models import AuditEntry, ChainHead
from phancong.audit.net.hanging import hang_net
from phancong.audit.net.policies import OPEN, POLICIES
from phancong.audit.net.scope import EVERYTHING, NOTHING, scope_of, seeing
from phancong.common.privacy import Class, Fields
from phancong.common.refusal import Refused
from phancong.members.models import Member, MemberQuerySet, WorkLimit, WorkLimitReason
from phancong.organizations.models import Organization
from phancong.personal_data.holdings import rooms
from phancong.personal_data.models import DataRequest
from tests.factories import (
    TODAY,
    cell_of,
    make_actor,
    make_member,
    make_office,
    make_post,
    make_user,
    moment,
    parent_of,
)
from tests.trust.measures import measured
from tests.trust.net import ROLE, as_the_product


def test_every_table_with_personal_data_has_a_policy_or_a_reason() -> None:
    personal = set()
    for room in rooms():
        fields: Fields = import_module(f"phancong.{room}.privacy").FIELDS
        personal |= {label for label, classes in fields.items() if set(classes.values()) - {Class.NEITHER}}
    assert personal == set(POLICIES) | set(OPEN)
    assert set(POLICIES) & set(OPEN) == set()


@pytest.mark.django_db
def test_sqlite_says_that_it_has_no_net() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has one")
    with pytest.raises(Refused, match="chỉ dùng với PostgreSQL"):
        hang_net(role=ROLE)
    with seeing(NOTHING):
        assert Member.objects.count() == 0


@pytest.fixture
def _postgresql(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has row-level security")


@pytest.fixture
def people(cell: Organization, sister_cell: Organization) -> dict[str, Member]:
    return {
        "secretary": make_member(cell, full_name="Rah Lan Thư"),
        "colleague": make_member(cell, full_name="Ksor Đồng"),
        "sister": make_member(sister_cell, full_name="Siu Chi Bên"),
    }


def names() -> set[str]:
    return set(Member.objects.values_list("full_name", flat=True))


@pytest.mark.trust
@pytest.mark.usefixtures("_postgresql")
def test_each_sees_their_own_places_without_any_filter(
    people: dict[str, Member], secretary: Actor, colleague: Actor, stranger: Actor, sister_secretary: Actor,
    office: Actor,
) -> None:  # fmt: skip
    seen = {}
    actors = {"secretary": secretary, "colleague": colleague, "stranger": stranger, "sister": sister_secretary,
              "office": office, "everywhere": make_office()}  # fmt: skip
    with as_the_product():
        for name, actor in actors.items():
            with seeing(scope_of(actor)):
                seen[name] = names()
        seen["unset"] = names()
    cell_people = {"Rah Lan Thư", "Ksor Đồng"}
    everybody = cell_people | {"Siu Chi Bên"}
    wanted = {
        "secretary": cell_people,
        "colleague": cell_people,
        "stranger": set(),
        "sister": {"Siu Chi Bên"},
        "office": everybody,
        "everywhere": everybody,
        "unset": set(),
    }
    wrong = sum(seen[name] != people_seen for name, people_seen in wanted.items())
    measured(7, "người thấy hàng ngoài nơi của mình khi không có bộ lọc", n=len(wanted), wrong=wrong)
    assert seen == wanted


@pytest.mark.usefixtures("_postgresql")
def test_whoever_is_nowhere_sees_themselves_alone(people: dict[str, Member], stranger: Actor) -> None:
    oneself = Actor(1, people["sister"].pk, "Siu Chi Bên", stranger.now)
    with as_the_product(), seeing(scope_of(oneself)):
        assert names() == {"Siu Chi Bên"}


@pytest.mark.trust
@pytest.mark.usefixtures("_postgresql")
def test_with_all_filters_taken_away_a_list_shows_the_cell_alone(
    people: dict[str, Member], client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_post(people["secretary"], people["secretary"].cell)  # type: ignore[arg-type]
    client.force_login(make_user(people["secretary"]))
    monkeypatch.setattr(MemberQuerySet, "in_places", lambda self, _: self.filter(Q()))
    assert "Siu Chi Bên" in client.get("/dang-vien/").content.decode()
    with as_the_product():
        page = client.get("/dang-vien/").content.decode()
        other = client.get(f"/dang-vien/{people['sister'].pk}/")
    leaks = int("Siu Chi Bên" in page) + int(other.status_code != HTTPStatus.NOT_FOUND)
    measured(7, "trang và hồ sơ của nơi khác khi bỏ hết bộ lọc", n=2, wrong=leaks)
    assert "Rah Lan Thư" in page
    assert "Ksor Đồng" in page
    assert "Siu Chi Bên" not in page
    assert other.status_code == 404


@pytest.mark.usefixtures("_postgresql")
def test_a_connection_that_is_used_again_keeps_nothing_of_the_request_before(
    people: dict[str, Member], client: Client
) -> None:
    make_post(people["secretary"], people["secretary"].cell)  # type: ignore[arg-type]
    users = [make_user(people["secretary"]), make_user(people["sister"])]
    with as_the_product():
        for user in users * 2:
            with seeing(EVERYTHING):
                client.force_login(user)
            assert client.get("/").status_code == 200
            assert names() == set()
            client.get("/khong-co-trang-nay/")
            assert names() == set()


@pytest.mark.usefixtures("_postgresql")
def test_what_failed_in_the_middle_leaves_nothing_open(people: dict[str, Member]) -> None:
    with as_the_product():
        with pytest.raises(DatabaseError), transaction.atomic(), seeing(EVERYTHING):
            connection.cursor().execute("SELECT 1/0")
        assert names() == set()


@pytest.mark.usefixtures("_postgresql")
def test_reasons_hang_on_their_member(people: dict[str, Member], secretary: Actor) -> None:
    for member in (people["colleague"], people["sister"]):
        limit = WorkLimit.objects.create(member=member, kind="no_night", valid_from=secretary.today)
        WorkLimitReason.objects.create(limit=limit, text=member.full_name)
    with as_the_product(), seeing(scope_of(secretary)):
        assert list(WorkLimitReason.objects.values_list("text", flat=True)) == ["Ksor Đồng"]


@pytest.mark.trust
@pytest.mark.usefixtures("_postgresql")
@pytest.mark.parametrize(
    ("role", "without", "wanted"),
    [
        ("member", "", set()),
        ("inspector", "", {"Ksor Đồng", "Siu Chi Bên"}),
        ("inspector", "cell", {"Siu Chi Bên"}),
        ("inspector", "elsewhere", {"Ksor Đồng", "Siu Chi Bên"}),
    ],
)
def test_files_and_the_log_take_more_than_being_a_member_and_spare_the_own_cell(
    people: dict[str, Member], cell: Organization, role: str, without: str, wanted: set[str]
) -> None:
    """Whoever belongs to the cell finds its people there; reasons, requests and the log of it are another matter."""
    for name in ("colleague", "sister"):
        member = people[name]
        limit = WorkLimit.objects.create(member=member, kind="no_night", valid_from=TODAY)
        WorkLimitReason.objects.create(limit=limit, text=member.full_name)
        DataRequest.objects.create(
            member=member, kind="objection", address="members.Wish", about="Nguyện vọng", wish=member.full_name,
            asked_at=moment(), due_on=TODAY,
        )  # fmt: skip
        record(by=make_office(), action="try", subject=member.full_name, place=cell_of(member).path)
    spared = {"cell": cell.path, "elsewhere": "00009999"}.get(without, "")
    above = parent_of(cell).path
    grants = (Grant("member", cell.path, TODAY), Grant(role, above, TODAY, without=spared))
    with as_the_product(), seeing(scope_of(Actor(77, people["secretary"].pk, "Thử", moment(), grants))):
        found = [
            set(WorkLimitReason.objects.values_list("text", flat=True)),
            set(DataRequest.objects.values_list("wish", flat=True)),
            set(AuditEntry.objects.filter(action="try").values_list("subject", flat=True)),
        ]
        assert names() == {"Rah Lan Thư", "Ksor Đồng", "Siu Chi Bên"}
    measured(7, "lý do, yêu cầu, nhật ký của chi bộ mình mà người kiểm tra thấy", n=3,
             wrong=sum(one != wanted for one in found))  # fmt: skip
    assert found == [wanted] * 3


@pytest.mark.usefixtures("_postgresql")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET action = 'x'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_no_change ON audit_auditentry",
        "ALTER TABLE members_member DISABLE ROW LEVEL SECURITY",
        "UPDATE django_migrations SET name = 'x'",
    ],
)
def test_the_role_of_the_product_may_only_add_to_the_log(statement: str, office: Actor) -> None:
    record(by=office, action="try", subject="thing:1")
    with as_the_product(), seeing(EVERYTHING):
        record(by=office, action="try", subject="thing:2")
        lines = AuditEntry.objects.count()
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            connection.cursor().execute(statement)
        assert AuditEntry.objects.count() == lines


@pytest.mark.usefixtures("_postgresql")
def test_somebody_with_a_narrow_place_can_still_write_the_log(cell: Organization) -> None:
    actor = make_actor("secretary", cell.path, user_id=5)
    with as_the_product(), seeing(scope_of(actor)):
        record(by=actor, action="try", subject="thing:1")
        assert AuditEntry.objects.filter(actor_user_id=5).count() == 1


@pytest.mark.trust
@pytest.mark.usefixtures("_postgresql")
def test_policies_stand_on_all_their_tables() -> None:
    hang_net(role=ROLE)
    hang_net(role=ROLE)
    tables = {apps.get_model(label)._meta.db_table for label in POLICIES}
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        found = {name for (name,) in cursor.fetchall()}
    measured(7, "bảng có dữ liệu cá nhân thiếu chính sách", n=len(tables), wrong=len(tables - found))
    assert found == tables


@pytest.mark.usefixtures("_postgresql")
def test_the_chain_is_checked_whole_by_whoever_sees_a_part(
    cell: Organization, office: Actor, tmp_path: Path, settings: LazySettings
) -> None:
    settings.ANCHORS_DIR = tmp_path
    record(by=office, action="try", subject="thing:1")
    actor = make_actor("secretary", cell.path, user_id=5)
    with as_the_product(), seeing(scope_of(actor)):
        assert check_log(by=actor).broken is None
        assert AuditEntry.objects.count() < ChainHead.objects.get().sequence
