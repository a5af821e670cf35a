"""The rule pack `document_layout` as typed values: the layout to draw with, the words of numbers and signatures."""

from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any

from phancong.common.party_document import Layout, Part
from phancong.rules import loader
from phancong.rules.model import Choice, RuleError, Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutValue(Sourced):
    code: str
    name: str
    value: str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutPart(Sourced):
    code: str
    name: str
    size: float
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType(Sourced):
    code: str
    name: str
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Everything a document takes from the guidance in force on a day."""

    basis: str
    layout: Layout
    values: tuple[LayoutValue, ...]
    parts: tuple[LayoutPart, ...]
    types: tuple[DocumentType, ...]
    place_units: tuple[Choice, ...]

    def number_line(self, type_code: str) -> str:
        """Number and symbol with the number left blank: it is given when the document is adopted."""
        return self._number_line(type_code, "……")

    def numbered(self, type_code: str, number: int) -> str:
        """ "Số 03-BB/CB": two digits at least."""
        return self._number_line(type_code, f"{number:02d}")

    def _number_line(self, type_code: str, number: str) -> str:
        symbol = next(kind.symbol for kind in self.types if kind.code == type_code)
        return self.text("number_pattern").format(number=number, type=symbol, body=self.text("cell_symbol"))

    def text(self, code: str) -> str:
        return str(next(value.value for value in self.values if value.code == code))


@cache
def form_on(day: date) -> Form:
    pack = loader.version("document_layout", day)
    try:
        values = tuple(LayoutValue(**row) for row in pack["value"])
        parts = tuple(LayoutPart(**row) for row in pack["part"])
        return Form(
            basis=pack["basis"],
            layout=_layout({value.code: value.value for value in values}, parts),
            values=values,
            parts=parts,
            types=tuple(DocumentType(**row) for row in pack["document_type"]),
            place_units=tuple(Choice(**row) for row in pack["place_unit"]),
        )
    except (KeyError, TypeError) as error:
        raise RuleError(f"Gói quy định “document_layout” cho ngày {day:%d/%m/%Y} sai: {error}") from error


def _layout(values: dict[str, Any], parts: tuple[LayoutPart, ...]) -> Layout:
    wanted = {field.name for field in fields(Layout)} - {"parts"}
    return Layout(
        **{name: values[name] for name in wanted},
        parts=tuple(
            Part(code=part.code, name=part.name, size=part.size, bold=part.bold, italic=part.italic)
            for part in parts
        ),
    )
