"""What every room says of the personal data it holds, gathered once."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

from phancong.common.privacy import Class, Fields, Held, Holdings

# The order in which a member reads about themself; what is not named here follows.
FIRST = (
    "members.Member",
    "members.WorkLimit",
    "members.WorkLimitReason",
    "members.Wish",
    "members.Competence",
    "members.Experience",
    "members.Post",
    "members.Membership",
    "members.StatusPeriod",
    "members.MassOrganizationMembership",
    "planning.Assignment",
    "planning.Exclusion",
    "planning.Apartness",
    "planning.Unmet",
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One model that tells of members, with the fields that do so in the order of the model."""

    label: str
    model: type[Model]
    held: Held
    fields: tuple["Field[Any, Any]", ...]
    sensitive: frozenset[str]


def rooms() -> list[str]:
    """The rooms that keep rows."""
    return [app.label for app in apps.get_app_configs() if app.name.startswith("phancong.") and app.models]


def told(room: str) -> tuple[Fields, Holdings]:
    """What a room says: the class of every field, and how rows lead to members."""
    module = import_module(f"phancong.{room}.privacy")
    return module.FIELDS, module.HELD


@cache
def holdings() -> tuple[Holding, ...]:
    found = []
    for room in rooms():
        fields, held = told(room)
        for label, way in held.items():
            if isinstance(way, Held):
                found.append(_holding(label, way, fields[label]))
    order = {label: place for place, label in enumerate(FIRST)}
    return tuple(sorted(found, key=lambda holding: order.get(holding.label, len(order))))


def _holding(label: str, held: Held, classes: dict[str, Class]) -> Holding:
    model = apps.get_model(label)
    leading = {*held.member} if len(held.member) == 1 else set()
    fields = tuple(
        field
        for field in model._meta.concrete_fields
        if classes[field.name] is not Class.NEITHER and field.name not in leading
    )
    sensitive = frozenset(name for name, cls in classes.items() if cls is Class.SENSITIVE)
    return Holding(label, model, held, fields, sensitive)


def holding_of(address: str) -> Holding | None:
    """The kind of rows that an address such as `members.Wish:12`, or the kind alone, lies in."""
    label = address.partition(":")[0]
    return next((holding for holding in holdings() if holding.label == label), None)
