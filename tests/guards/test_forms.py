"""No form shows a message of the framework: each names its question, and so says where to mend."""

import re
from collections.abc import Iterator
from copy import deepcopy
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.functional import Promise

from phancong.common.forms import PlainForm, speak

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src"
POST_FORM = re.compile(r'(<form\b[^>]*method="post"[^>]*>)(.*?)</form>', re.DOTALL)
FILLED_IN = re.compile(
    r'ui/field\.html|<select|<textarea|type="(?:text|date|email|number|radio|file|password)"'
)
WRONG: tuple[Any, ...] = (
    "", "\0", "khong-co", "99999999", "-5", "9" * 5000, "dài " * 600_000, ["khong-co"],
    SimpleUploadedFile("tep.xlsx", b""), SimpleUploadedFile("t" * 200, b"x"),
)  # fmt: skip


def every_form() -> Iterator[type[forms.BaseForm]]:
    for path in (SOURCE / "phancong").rglob("*forms.py"):
        import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("phancong."):
            yield kind


def every_field() -> Iterator[tuple[str, forms.Field, forms.Field]]:
    """Each field as it is written and as its form makes it speak."""
    for kind in every_form():
        for name, field in vars(kind)["base_fields"].items():
            spoken = deepcopy(field)
            speak(spoken)
            yield f"{kind.__name__}.{name}", field, spoken


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


def test_every_form_of_the_product_is_a_plain_one() -> None:
    found = set(every_form())
    assert {kind.__name__ for kind in found if not issubclass(kind, PlainForm)} == set()
    assert len(found) > 1


def test_no_field_keeps_a_message_of_the_framework() -> None:
    kept = {
        f"{name}: {code}"
        for name, _, field in every_field()
        for code, message in field.error_messages.items()
        if isinstance(message, Promise)
    }
    assert kept == set()


def test_whatever_is_wrong_the_message_names_the_question_or_is_the_fields_own() -> None:
    nameless = {
        f"{name}: {message}"
        for name, written, field in every_field()
        for message in messages_of(field) - set(written.error_messages.values())
        if str(field.label).casefold() not in message.casefold()
    }
    assert nameless == set()


def test_forms_stand_in_modules_that_this_guard_reads() -> None:
    elsewhere = {
        path.name
        for path in (SOURCE / "phancong").rglob("*.py")
        if not path.name.endswith("forms.py") and "forms.Form" in path.read_text("utf-8")
    }
    assert elsewhere == set()


def test_no_form_that_is_filled_in_leaves_its_sentences_to_the_browser() -> None:
    """A browser speaks its own language and says nothing of the rest of the form."""
    left = [
        f"{path.name}: {tag}"
        for path in sorted((SOURCE / "phancong").rglob("templates/**/*.html"))
        for tag, inside in POST_FORM.findall(path.read_text(encoding="utf-8"))
        if "novalidate" not in tag and FILLED_IN.search(inside)
    ]
    assert left == []
