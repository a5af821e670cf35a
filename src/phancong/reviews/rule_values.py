"""The values of the rule one by one, with their sources, and what a decision may set in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from phancong.common.refusal import Refused
from phancong.reviews.schemes import (
    CAP_ROUNDINGS,
    LISTS,
    MEASURES,
    PRINT_ROUNDINGS,
    SCOPES,
    SINGLE,
    Corrected,
    names_of_all_times,
)
from phancong.rules import loader


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the pack as the page of rules shows it."""

    address: str
    table: str
    name: str
    field: str
    value: Any
    source: str
    confirmed: bool

    is_corrected: bool

    @property
    def may_be_corrected(self) -> bool:
        """What was read in a source stays; what a decision set, a later decision may set again."""
        return not self.confirmed


# Fields that a decision may set, with their names; codes, names and sources are the pack's own.
CORRECTABLE = {
    "percent": "tỷ lệ (%)",
    "base": "tính trên số xếp loại",
    "scope": "phạm vi tính",
    "rounding": "làm tròn",
    "most": "điểm tối đa",
    "at_least": "ít nhất",
    "at_most": "nhiều nhất",
    "admitted_within_months": "kết nạp chưa đủ (tháng)",
    "decimals": "số chữ số lẻ",
    "numerator": "tỷ lệ phiếu, tử số",
    "denominator": "tỷ lệ phiếu, mẫu số",
    "days": "số ngày",
    "least": "từ số đồng chí",
    "form": "tên mẫu",
}
_MOST = {
    "percent": 100,
    "at_least": 100,
    "at_most": 100,
    "admitted_within_months": 24,
    "decimals": 2,
    "days": 365,
}
_WHOLE = frozenset({*_MOST, "least", "most", "numerator", "denominator"})


def values_on(day: date, corrections: Iterable[Corrected] = ()) -> list[Value]:
    """Every value that a decision may set or a source has confirmed; corrected ones with their decision."""
    pack = loader.version("classification", day)
    corrected = {correction.address: correction for correction in corrections}
    rows = [(f"{table}.{row['code']}", table, row) for table in LISTS for row in pack.get(table, ())] + [
        (f"{table}.", table, pack[table]) for table in SINGLE
    ]
    return [
        _value(f"{prefix}.{field}", table, row, field, corrected.get(f"{prefix}.{field}"))
        for prefix, table, row in rows
        for field in row
        if field in CORRECTABLE
    ]


def _name(table: str, row: Mapping[str, Any]) -> str:
    """What the value is about, in words: the entry's own name, or that of the grade it speaks of."""
    if "name" in row:
        return str(row["name"])
    if "level" in row:
        grade = names_of_all_times("level")[row["level"]]
        return f"{grade}, {MEASURES[row['measure']]}" if "measure" in row else grade
    return {"presentation": "Cách in tỷ lệ", "vote": "Số phiếu cần để đề nghị một mức"}[table]


def _value(
    address: str, table: str, row: Mapping[str, Any], field: str, correction: Corrected | None
) -> Value:
    return Value(
        address=address,
        table=table,
        name=_name(table, row),
        field=field,
        value=correction.value if correction else row[field],
        source=correction.source if correction else row["source"],
        confirmed=row.get("confirmed", False),
        is_corrected=correction is not None,
    )


def choices_of(value: Value) -> Mapping[str, str]:
    """The codes that may stand in this place, with their names; empty where people write a number or words."""
    if value.field == "rounding":
        return CAP_ROUNDINGS if value.table == "cap" else PRINT_ROUNDINGS
    return SCOPES if value.field == "scope" else {}


def read_value(value: Value, text: str, *, levels: Iterable[str]) -> Any:
    """What the office wrote, in the kind of the value it replaces. Raises Refused with what is possible."""
    text = text.strip()
    if value.field in _WHOLE:
        most = _MOST.get(value.field, 1000)
        if not (text.isascii() and text.isdigit() and int(text) <= most):
            raise Refused(f"Ghi một số nguyên từ 0 đến {most}.")
        if value.field == "denominator" and int(text) == 0:
            raise Refused("Mẫu số phải lớn hơn 0.")
        return int(text)
    if value.field == "base":
        wanted, known = text.split(), set(levels)
        if not wanted or not set(wanted) <= known:
            raise Refused(f"Ghi mã các mức, cách nhau bằng dấu cách, trong: {', '.join(sorted(known))}.")
        return wanted
    choices = choices_of(value)
    if choices and text not in choices:
        raise Refused(f"Chọn một trong: {', '.join(choices.values())}.")
    if not text:
        raise Refused("Ghi giá trị mới.")
    return text
