"""Item 18: words stay words on every page, whatever somebody has written into a field."""

import io
import re
import zipfile
from html.parser import HTMLParser
from itertools import count

import pytest
from django.apps import apps
from django.db import connection, models
from openpyxl import load_workbook

from phancong.common.guards import add_guards, remove_guards
from tests.conftest import GUARDS
from tests.trust.measures import measured
from tests.trust.visits import all_parameters, all_places, body_of
from tests.trust.world import PERSONAS, World

pytestmark = pytest.mark.sqlite_is_enough

SHAPES = (
    "<b id=x{}>", "<i onx{}=1>", '"><b x{}>', "'><b x{}>", "<svg/onload=x{}>", "<img src=x{}>", "</title><b x{}>",
    "</textarea><b x{}>", "</script><b x{}>", '" onx{}="1', "' onx{}='1", "<script>x{}()</script>",
    "<script src=//x{}></script>", "<img src=x onerror=x{}()>", "<svg onload=x{}()>", "<body onload=x{}()>",
    "<a href=javascript:x{}()>a</a>", "<iframe src=javascript:x{}()>", "<details open ontoggle=x{}()>",
    '" autofocus onfocus=x{}() a="', "<math><mi//xlink:href=data:x{}>", "<style>@import x{}</style>",
    "<base href=//x{}>", "<form action=//x{}><input>", "<meta http-equiv=refresh content=0;x{}>", "<!--><b x{}>-->",
    "<<script>x{}()//<</script>", "<ScRiPt>x{}()</ScRiPt>", "<svg><script>x{}()</script>", "<object data=x{}>",
    "<embed src=x{}>",
)  # fmt: skip
PAYLOADS = 62
# Each text bears a number of its own, by which it is found on a page among thousands.
NUMBER = re.compile(r"x(\d+)")
# What a spreadsheet would take for a formula.
FORMULAS = (
    "=cmd|' /C calc'!A{}",
    '=HYPERLINK("http://x{}")',
    "=1+{}",
    "@SUM({})",
    "+{}+1",
    "-{}+1",
    "\t={}",
    "＝{}",
)


def payload(number: int, longest: int | None, shapes: tuple[str, ...] = SHAPES) -> str:
    """One of the shapes with a number of its own, as long as the field takes."""
    fitting = [shape for shape in shapes if longest is None or len(shape) + 4 <= longest]
    return fitting[number % len(fitting)].format(number) if fitting else ""


class Reader(HTMLParser):
    """What a browser would take for an element or an attribute that no template wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            said = (value or "").strip().lower()
            if (
                name.startswith("on")
                or name == "style"
                or said.startswith(("javascript:", "data:", "vbscript:"))
            ):
                self.strange.append(f"<{tag} {name}={value}>")
        source = dict(attrs).get("src")
        if tag in {"iframe", "object", "embed", "base", "math", "style"} or (
            tag == "script" and not (source or "").startswith("/static/")
        ):
            self.strange.append(f"<{tag}>")


def poison(shapes: tuple[str, ...] = SHAPES) -> dict[str, str]:
    """A text of its own into every field that takes words, past all forms; where it stands → the text."""
    numbers = count()
    planted: dict[str, str] = {}
    remove_guards(connection, GUARDS)
    for model in apps.get_models():
        if not model.__module__.startswith("phancong.") or model._meta.app_label == "audit":
            continue
        fields = [
            one
            for one in model._meta.concrete_fields
            if isinstance(one, models.CharField | models.TextField) and not one.choices and not one.unique
            and one.name not in KEPT
        ]  # fmt: skip
        for pk in model._default_manager.values_list("pk", flat=True):
            texts = {one.name: payload(next(numbers), one.max_length, shapes) for one in fields}
            texts = {name: text for name, text in texts.items() if text}
            if texts:
                model._default_manager.filter(pk=pk).update(**texts)
            planted |= {f"{model._meta.label} {pk} {name}": text for name, text in texts.items()}
    add_guards(connection, GUARDS)
    return planted


# Codes and sort keys, which the product itself makes: no form takes them; and a place that stands for no cell.
KEPT = frozenset(
    {
        "path", "sort_key", "code", "kind", "field", "role", "position", "category", "status", "state", "stage",
        "digest", "password", "source", "rule", "sex", "cohort", "place", "hash", "previous_hash", "username",
        "fold", "search_text", "place_name", "group", "not_rated", "grade", "before", "cell_grade",
        "appraised_grade", "decided_grade", "revised_grade", "address",
    }
)  # fmt: skip


def test_what_was_written_into_any_field_is_shown_as_it_was_written(world: World) -> None:
    planted = poison()
    texts = {NUMBER.search(text)[1]: text for text in planted.values()}  # type: ignore[index]
    raw, strange, shown, read = [], [], set(), 0
    for persona in PERSONAS:
        client = world.client(persona)
        for place in all_places(world):
            answer = client.get(place.url)
            body = body_of(answer).decode(errors="replace")  # type: ignore[arg-type]
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            read += 1
            here = [texts[number] for number in set(NUMBER.findall(body)) & set(texts)]
            raw += [f"{persona} {place.name}: {text}" for text in here if text in body]
            shown |= {text for text in here if text.replace("<", "&lt;").replace(">", "&gt;") in body}
            page = Reader()
            page.feed(body)
            strange += [f"{persona} {place.name}: {one}" for one in page.strange]
    measured(
        18, "Mã độc trong mọi trường chữ hiện nguyên trên trang", n=read, wrong=len(raw) + len(strange),
        note=f"{len(texts)} mã trong {len(planted)} ô, {len(shown)} mã thấy được (đã vô hiệu)",
    )  # fmt: skip
    assert (raw, strange) == ([], [])
    assert len(texts) >= PAYLOADS
    assert len(shown) > 10, "các mã phải đến được trang"


def test_what_stands_in_the_address_or_was_sent_is_shown_as_it_was_written(world: World) -> None:
    names = [name for name in all_parameters() if name != "tep"]
    texts = [payload(number, None) for number in range(PAYLOADS)]
    raw, strange, tried = [], [], 0
    for number, place in enumerate(all_places(world)):
        for persona in ("khách", "bí_thư_cùng", "văn_phòng"):
            client = world.client(persona)
            sent = {name: texts[(number + at) % len(texts)] for at, name in enumerate(names)}
            for answer in (client.get(place.url, sent), client.post(place.url, sent)):
                body = body_of(answer).decode(errors="replace")  # type: ignore[arg-type]
                if answer.headers.get("Content-Type", "").startswith("text/html"):
                    tried += 1
                    raw += [f"{persona} {place.name}: {text}" for text in texts if text in body]
                    page = Reader()
                    page.feed(body)
                    strange += [f"{persona} {place.name}: {one}" for one in page.strange]
    measured(
        18, "Mã độc trong tham số và biểu mẫu hiện nguyên trên trang", n=tried, wrong=len(raw) + len(strange)
    )
    assert (raw, strange) == ([], [])


def test_what_looks_like_a_formula_is_text_in_every_workbook(world: World) -> None:
    planted = set(poison(FORMULAS).values())
    formulas, met, books = [], set(), 0
    for persona in ("bí_thư_cùng", "văn_phòng", "kiểm_tra_có_quyết_định"):
        for place in all_places(world):
            body = body_of(world.client(persona).get(place.url))  # type: ignore[arg-type]
            if not body.startswith(b"PK"):
                continue
            parts = zipfile.ZipFile(io.BytesIO(body)).namelist()
            if "xl/workbook.xml" not in parts:
                continue
            books += 1
            for sheet in load_workbook(io.BytesIO(body)).worksheets:
                for cell in (cell for row in sheet.iter_rows() for cell in row):
                    formulas += [f"{place.name} {cell.coordinate}"] * (cell.data_type == "f")
                    met |= {str(cell.value)} & planted
    measured(30, "ô đọc như công thức trong mọi bảng tính xuất ra", n=books, wrong=len(formulas))
    assert formulas == []
    assert books >= len(("members:export", "planning:workbook", "audit:export"))
    assert met, "các mã phải đến được bảng tính"
