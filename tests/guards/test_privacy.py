"""Every field of every room is classed, and nothing is classed that does not exist."""

from importlib import import_module

from django.apps import apps
from django.db import models

from phancong.common.privacy import Class, Fields
from phancong.members.models import WorkLimit, WorkLimitReason


def _rooms() -> list[str]:
    return [app.label for app in apps.get_app_configs() if app.name.startswith("phancong.") and app.models]


def _classed(room: str) -> Fields:
    fields: Fields = import_module(f"phancong.{room}.privacy").FIELDS
    return fields


def test_every_field_of_every_room_is_classed_by_that_room() -> None:
    classed = {room: {label: set(fields) for label, fields in _classed(room).items()} for room in _rooms()}
    standing = {
        room: {
            model._meta.label: {field.name for field in model._meta.get_fields() if field.concrete}
            for model in apps.get_app_config(room).get_models(include_auto_created=True)
        }
        for room in _rooms()
    }
    assert classed == standing


def test_the_rooms_that_hold_data_are_all_looked_at() -> None:
    assert set(_rooms()) == {
        "accounts",
        "audit",
        "figures",
        "followups",
        "jobs",
        "meetings",
        "members",
        "organizations",
        "oversight",
        "personal_data",
        "planning",
        "reviews",
        "secondments",
        "reorganizations",
        "transfers",
        "yearbook",
    }


def test_whoever_points_to_a_member_or_an_account_is_not_classed_as_saying_nothing() -> None:
    pointing = {
        (model._meta.label, field.name): _classed(room)[model._meta.label][field.name]
        for room in _rooms()
        for model in apps.get_app_config(room).get_models()
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.label in ("members.Member", "accounts.User")
    }
    assert pointing
    assert Class.NEITHER not in pointing.values()


def test_health_is_sensitive_wherever_it_is_kept() -> None:
    health = {
        field: cls
        for model in (WorkLimit, WorkLimitReason)
        for field, cls in _classed("members")[model._meta.label].items()
        if field != "id"
    }
    assert set(health.values()) == {Class.SENSITIVE}
