"""The schema: complete migrations, and foreign keys that only point down."""

import io
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db import models

FLOORS = (
    "common",
    "audit",
    "jobs",
    "organizations",
    "members",
    "accounts",
    "planning",
    "yearbook",
    "followups",
    "meetings",
    "reviews",
    "oversight",
    "transfers",
    "secondments",
    "reorganizations",
    "personal_data",
    "figures",
    "reports",
    "sample",
    "config",
)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=io.StringIO())


def test_migrations_of_an_app_form_one_line() -> None:
    for app in _own_apps():
        numbers = [path.name[:4] for path in (Path(app.path) / "migrations").glob("[0-9]*.py")]
        assert len(numbers) == len(set(numbers)), f"{app.label}: two migrations share a number"


def test_foreign_keys_point_to_the_same_or_a_lower_floor() -> None:
    upward = [
        f"{model.__name__}.{field.name}"
        for app in _own_apps()
        for model in app.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and _floor(field.related_model) > _floor(model)
    ]
    assert upward == []


def _floor(model: object) -> int:
    assert isinstance(model, type)
    assert issubclass(model, models.Model)
    return FLOORS.index(model._meta.app_label) if model._meta.app_label in FLOORS else -1


def _own_apps() -> list[AppConfig]:
    return [app for app in apps.get_app_configs() if app.name.startswith("phancong.")]
