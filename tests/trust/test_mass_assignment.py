"""Item 21: a form changes what it asks for and nothing else, whatever is sent along."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django import forms
from django.apps import apps
from django.conf import LazySettings
from django.db import connection, models, transaction

from phancong.accounts.role_forms import LendingForm, RoleForm
from phancong.members.importing.forms import UploadForm
from phancong.planning.forms import DutyForm
from tests.trust.measures import measured
from tests.trust.world import World

pytestmark = pytest.mark.sqlite_is_enough

LOGS = frozenset({"audit_auditentry", "audit_chainhead", "django_session"})


@dataclass(frozen=True, slots=True)
class Act:
    """A form sent as its page would send it."""

    persona: str
    path: Callable[[World], str]
    body: Callable[[World], dict[str, object]]
    form: type[forms.Form] | None = None
    names: frozenset[str] = field(default_factory=frozenset)
    """What the view reads beside the form."""


def _duty(world: World) -> dict[str, object]:
    return {
        "title": "Việc thử", "field": "culture", "headcount_min": "1", "headcount_max": "2", "monthly_hours": "4",
        "due_on": f"15/12/{world.year}", "health_need": "0", "priority": "2", "version": "1",
    }  # fmt: skip


def _id(name: str, path: str) -> Callable[[World], str]:
    return lambda world: path.format(id=world.things[name]["C1"], year=world.year)


def _person(world: World, number: int) -> str:
    return str(world.members["C1"][number].pk)


PLAIN = frozenset({"version"})
ACTS = {
    "add a duty": Act("bí_thư_cùng", _id("cell_id", "/phan-cong/{id}/{year}/them-viec/"), _duty, DutyForm, PLAIN),
    "change a duty": Act("bí_thư_cùng", _id("duty_id", "/phan-cong/viec/{id}/sua/"), _duty, DutyForm, PLAIN),
    "give a duty": Act(
        "bí_thư_cùng",
        _id("duty_id", "/phan-cong/viec/{id}/giao/"),
        lambda world: {"ai": _person(world, 3), "ly-do": "Chi bộ thống nhất", "version": "1"},
        names=frozenset({"ai", "ly-do"}) | PLAIN,
    ),
    "exclude a person": Act(
        "bí_thư_cùng",
        _id("duty_id", "/phan-cong/viec/{id}/khong-giao/"),
        lambda world: {"ai": _person(world, 3), "ly-do": "Đang học xa", "version": "1"},
        names=frozenset({"ai", "ly-do"}) | PLAIN,
    ),
    "take a duty back": Act(
        "bí_thư_cùng", _id("assignment_id", "/phan-cong/phan-cong/{id}/thoi/"), lambda _: {"version": "1"}, names=PLAIN
    ),
    "keep an assignment": Act(
        "bí_thư_cùng",
        _id("assignment_id", "/phan-cong/phan-cong/{id}/giu/"),
        lambda _: {"giu": "1", "version": "1"},
        names=frozenset({"giu"}) | PLAIN,
    ),
    "set two apart": Act(
        "bí_thư_cùng",
        _id("cell_id", "/phan-cong/{id}/{year}/khong-cung-viec/"),
        lambda world: {"first": _person(world, 0), "second": _person(world, 1), "version": "1"},
        names=frozenset({"first", "second", "cho-phep"}) | PLAIN,
    ),
    "give a role": Act(
        "văn_phòng",
        lambda world: f"/vai-tro/giao/{world.users['đảng_viên_A'].pk}/",
        lambda world: {
            "role": "record_keeper", "organization": str(world.organizations["K1"].pk), "decision_number": "9-QĐ/ĐU",
            "since": f"{world.today:%d/%m/%Y}",
        },
        RoleForm,
    ),
    "lend a role": Act(
        "bí_thư_cùng",
        lambda _: "/uy-quyen/",
        lambda world: {
            "person": str(world.users["đảng_viên_A"].pk), "since": f"{world.today:%d/%m/%Y}",
            "last_day": f"{world.today:%d/%m/%Y}",
        },
        LendingForm,
        frozenset({"noi"}),
    ),
    "end a role": Act("văn_phòng", _id("appointment_id", "/vai-tro/{id}/thoi/"), lambda _: {}),
    "paste a list": Act(
        "văn_phòng",
        lambda _: "/dang-vien/nhap/",
        lambda world: {
            "bang": "STT\tHọ và tên\tNgày sinh\tNgày vào Đảng\tChi bộ\n"
            "1\tNguyễn Thị Mới\t01/02/1990\t03/02/2015\tChi bộ C1",
            "dang_bo": str(world.organizations["W1"].pk),
        },
        UploadForm,
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def room_for_every_field(settings: LazySettings) -> None:
    """The limit on the number of fields is proved elsewhere; here all of them are sent at once."""
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000


def every_field(world: World) -> dict[str, str]:
    """Each field of each table, as forms might name it, with values of another cell and of another person."""
    found: dict[str, str] = {}
    for model in apps.get_models():
        for one in model._meta.concrete_fields:
            value = "1"
            if isinstance(one, models.ForeignKey):
                last = one.related_model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
                value = str(last or 1)
            elif isinstance(one, models.CharField | models.TextField):
                value = "LẠ"
            elif isinstance(one, models.DateField):
                value = "2020-01-01"
            for name in (one.name, one.attname, f"{model._meta.model_name}.{one.name}"):
                found[name] = value
    return found | {
        "pk": "1", "id": "1", "is_superuser": "1", "is_staff": "1", "by": "1", "actor": "1", "action": "delete",
        "_method": "DELETE", "user": str(world.users["văn_phòng"].pk), "DELETE": "1",
    }  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def kept() -> dict[str, list[str]]:
    """The rows of every table without their own numbers and without moments, which differ between two tries."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        columns = [
            one.column
            for one in model._meta.concrete_fields
            if not one.primary_key
            and not isinstance(one, models.DateTimeField)
            # It names a row made by the try itself, and numbers are not given back.
            and (table, one.column) != ("planning_unmet", "duty_id")
        ]
        if table in LOGS or not columns or not model._meta.managed:
            continue
        quoted = ", ".join(connection.ops.quote_name(name) for name in columns if name)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- names of models
            rows = [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
        found[table] = sorted(hashlib.sha256(repr(row).encode()).hexdigest() for row in rows)
    return found


@pytest.mark.parametrize("name", ACTS)
def test_fields_that_a_form_does_not_ask_for_change_nothing(name: str, world: World) -> None:
    act, path = ACTS[name], ACTS[name].path(world)
    client = world.client(act.persona)
    asked = set(act.names) | set(act.form.base_fields if act.form else ())
    body = act.body(world)
    more = {one: value for one, value in every_field(world).items() if one not in asked}
    untouched = kept()
    with undone():
        answer = client.post(path, body)
        status, honest = answer.status_code, kept()
    with undone():
        assert client.post(path, {**more, **body}).status_code == status
        stuffed = kept()
    changed = [table for table in honest if honest[table] != stuffed[table]]
    measured(21, "Trường lạ gửi kèm biểu mẫu mà đổi được dữ liệu", n=len(more), wrong=len(changed), note=name)
    assert (status, changed) == (302, [])
    assert honest != untouched, "the form itself must do something"
