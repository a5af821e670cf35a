"""No form shows a message of the framework: each names its question, and so says where to mend."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import Promise
from tests.factories import TODAY, make_office

from phancong.accounts.forms import SamplePersonForm
from phancong.common.forms import PlainForm
from phancong.members.forms import ListFilterForm
from phancong.members.importing.forms import UploadForm
from phancong.planning.forms import DutyForm
from phancong.reports.forms import DayForm

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src"
FORMS: dict[type[forms.BaseForm], Callable[[], forms.BaseForm]] = {
    DayForm: lambda: DayForm({}, today=TODAY),
    DutyForm: lambda: DutyForm({}, areas=(), today=TODAY, year=TODAY.year),
    ListFilterForm: lambda: ListFilterForm({}, actor=make_office()),
    SamplePersonForm: lambda: SamplePersonForm({}),
    UploadForm: lambda: UploadForm({}, actor=make_office()),
}
WRONG: tuple[Any, ...] = (
    "", "\0", "khong-co", "99999999", "-5", "9" * 5000, "dài " * 600_000, ["khong-co"],
    SimpleUploadedFile("tep.xlsx", b""), SimpleUploadedFile("t" * 200, b"x"),
)  # fmt: skip


def every_form() -> Iterator[type[forms.BaseForm]]:
    for path in (SOURCE / "phancong").rglob("*.py"):
        if "forms.Form" in path.read_text("utf-8") or "ModelForm" in path.read_text("utf-8"):
            import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("phancong.") and kind is not PlainForm:
            yield kind


def messages_of(field: forms.Field) -> set[str]:
    """All that the field answers to wrong things."""
    found = set()
    for wrong in WRONG:
        try:
            field.clean(wrong, None) if isinstance(field, forms.FileField) else field.clean(wrong)
        except forms.ValidationError as error:
            found |= set(error.messages)
        except (AttributeError, TypeError):
            # A file is no text and a text no file: browsers send neither for the other.
            continue
    return found


def test_every_form_of_the_product_is_plain_and_stands_in_this_guard() -> None:
    assert set(every_form()) == set(FORMS)
    assert {kind for kind in FORMS if not issubclass(kind, PlainForm)} == set()


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_no_field_keeps_a_message_of_the_framework(kind: type[forms.BaseForm]) -> None:
    kept = {
        f"{name}: {code}"
        for name, field in FORMS[kind]().fields.items()
        for code, message in field.error_messages.items()
        if isinstance(message, Promise)
    }
    assert kept == set()


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_whatever_is_wrong_the_message_names_the_question(kind: type[forms.BaseForm]) -> None:
    fields = FORMS[kind]().fields.values()
    nameless = {
        message
        for field in fields
        for message in messages_of(field)
        if str(field.label).casefold() not in message.casefold()
    }
    assert nameless == set()
