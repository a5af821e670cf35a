"""Every field of the rooms with people is classed, and nothing is classed that does not exist."""

from django.apps import apps

from phancong.members.privacy import FIELDS

ROOMS = ("members",)


def test_every_field_about_people_is_classed_once() -> None:
    models = {model._meta.label: model for room in ROOMS for model in apps.get_app_config(room).get_models()}
    standing = {label: {field.name for field in model._meta.fields} for label, model in models.items()}
    assert {label: set(fields) for label, fields in FIELDS.items()} == standing
