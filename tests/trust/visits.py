"""Walking through the product: every address as a person, everything that can be posted."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from phancong.accounts.forms import SamplePersonForm
from phancong.accounts.role_forms import LendingForm, RoleForm
from phancong.figures.forms import DayForm
from phancong.members.forms import ListFilterForm
from phancong.members.importing.forms import UploadForm
from phancong.planning.forms import DutyForm
from tests.trust.addresses import patterns, values
from tests.trust.world import World

FORMS: tuple[type[forms.Form], ...] = (
    SamplePersonForm,
    RoleForm,
    LendingForm,
    ListFilterForm,
    UploadForm,
    DutyForm,
    DayForm,
)
PARAMETERS = (
    "tim", "sau", "nam", "noi", "next", "loc", "hoi", "ai", "cach", "version", "first", "second", "cho-phep",
    "ly-do", "giu", "gom", "muc_dich", "dong", "ngay",
)  # fmt: skip
"""What views read straight from the request, beside the fields of FORMS."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the product, filled in."""

    name: str
    url: str


def all_places(world: World, cell: str = "C1") -> list[Place]:
    return [Place(name, reverse(name, kwargs=values(world, pattern, cell))) for name, pattern in patterns()]


def all_parameters() -> list[str]:
    fields = {name for form in FORMS for name in form.base_fields}
    return sorted(fields | set(PARAMETERS))


def body_of(response: HttpResponse) -> bytes:
    """What was answered, also where it is sent piece by piece."""
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response.content


def get_all(client: Client, places: list[Place], **options: object) -> Iterator[tuple[Place, HttpResponse]]:
    for place in places:
        response = client.get(place.url, **options)  # type: ignore[arg-type]
        yield place, response  # type: ignore[misc]
