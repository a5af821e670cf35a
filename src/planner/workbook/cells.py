"""What one cell of a workbook may say: text to value, or a refusal in words."""

from __future__ import annotations

from collections.abc import Callable

YES = frozenset({"có", "co", "x", "1", "đúng", "true", "yes"})
NO = frozenset({"không", "khong", "0", "sai", "false", "no"})


def text(written: str) -> str:
    """The text itself."""
    return written


def whole_number(written: str) -> int:
    """A whole number; a spreadsheet may have stored it as 4.0."""
    try:
        number = float(written)
    except ValueError:
        raise ValueError("phải là số nguyên") from None
    if not number.is_integer():
        raise ValueError("phải là số nguyên")
    return int(number)


def yes_or_no(written: str) -> bool:
    """Yes or no in Vietnamese, or a cross."""
    answer = written.casefold()
    if answer not in YES | NO:
        raise ValueError("phải là “có” hoặc “không”")
    return answer in YES


def several(written: str) -> frozenset[str]:
    """Several values with semicolons between them."""
    return frozenset(part.strip() for part in written.split(";") if part.strip())


def levels(written: str) -> dict[str, int]:
    """Competences with levels: "tiếng Jrai: 2; tin học: 1"; without a number the level is 1."""
    found = {}
    for part in several(written):
        code, _, level = part.partition(":")
        found[code.strip()] = whole_number(level.strip()) if level.strip() else 1
    return found


def three_numbers(written: str) -> tuple[int, int, int]:
    """Three whole numbers with semicolons between them."""
    numbers = tuple(whole_number(part.strip()) for part in written.split(";"))
    if len(numbers) != 3:
        raise ValueError("phải có ba số, cách nhau bằng dấu chấm phẩy")
    return numbers[0], numbers[1], numbers[2]


def numbers(written: str) -> tuple[int, ...]:
    """Whole numbers with semicolons between them."""
    return tuple(whole_number(part.strip()) for part in written.split(";") if part.strip())


Parse = Callable[[str], object]
