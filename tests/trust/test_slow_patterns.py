"""Item 24: no pattern takes long over a text, however it is made."""

import ast
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from tests.trust.measures import measured

SOURCE = Path(__file__).resolve().parents[2] / "src"
LENGTH = 50_000
MOST_SECONDS = 0.05
METHODS = frozenset({"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"})
ALPHABETS = (
    "a", " ", "1", "0", "(", "'", '"', "[", "\\", "/", "-", ".", "=", ",", ":", "A", "đ", "Đ", "à", "\t", "\u00a0",
    "\x01", "1 ", " 1", "1/", "1.", "12", "a ", " a", "a1", "aA", "a(", "()", "(a)", "[a", '"a', "đến ", "đến hết ",
    "ngày ", "năm ", "tháng ", "1 tháng ", "12/12/", "1 - ", ", ", "; ", "và ", " và", "đ/c ", "aô", "ôs", "oô",
    "e\u0302", "dang uy ", "chi bo ", "<mergeCell ", '<mergeCell ref="A1:', "<dimension ", "<dc:identifier>",
    "<Override ", "<w:headerReference ", 'env("', "00", "0a", "2026-", "T 00:", "\n", "–", " – ", "=+", "＝",
)  # fmt: skip
ENDS = ("", "!", "\n")


@dataclass(frozen=True, slots=True)
class Found:
    where: str
    pattern: re.Pattern[str] | re.Pattern[bytes]
    method: str


@cache
def modules() -> list[tuple[str, Path, list[ast.AST]]]:
    """Name, path and every node of each module that may name a pattern."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts and path.name != "__main__.py":
            parts = path.relative_to(SOURCE).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found.append((name, path, list(ast.walk(ast.parse(path.read_text("utf-8"))))))
    return found


def calls_of_re() -> Iterator[tuple[str, ast.Call, str]]:
    """Module, call and function of every `re.something(…)`."""
    for name, _, nodes in modules():
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = node.func.value
                if isinstance(owner, ast.Name) and owner.id == "re":
                    yield name, node, node.func.attr


def uses_of_compiled() -> dict[str, set[str]]:
    """Name of a compiled pattern → the methods it is used with, wherever that stands."""
    found: dict[str, set[str]] = {}
    for _, _, nodes in modules():
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
                found.setdefault(node.value.id, set()).add(node.attr)
    return found


def all_patterns() -> list[Found]:
    found, uses = [], uses_of_compiled()
    for name, node, function in calls_of_re():
        where = f"{name}:{node.lineno}"
        if function in METHODS:
            found += [Found(where, re.compile(one), function) for one in _written(name, node.args[0])]
        elif function == "compile":
            module = import_module(name)
            variable = _assigned_to(module.__file__ or "", node)
            compiled = getattr(module, variable)
            assert isinstance(compiled, re.Pattern), where
            found += [Found(where, compiled, method) for method in sorted(uses.get(variable, {"search"}))]
    return found


def _written(module: str, node: ast.expr) -> list[str | bytes]:
    """Patterns written in the call, named in the module, or walked through in a table of the module."""
    if not isinstance(node, ast.Name):
        return [ast.literal_eval(node)]
    loaded = import_module(module)
    if hasattr(loaded, node.id):
        return [getattr(loaded, node.id)]
    for loop in ast.walk(ast.parse(Path(loaded.__file__ or "").read_text("utf-8"))):
        if (
            isinstance(loop, ast.For)
            and isinstance(loop.target, ast.Tuple)
            and isinstance(loop.iter, ast.Name)
        ):
            names = [one.id for one in loop.target.elts if isinstance(one, ast.Name)]
            if node.id in names:
                return [row[names.index(node.id)] for row in getattr(loaded, loop.iter.id)]
    raise AssertionError(f"{module}:{node.lineno}: where does this pattern come from?")


def _assigned_to(file: str, call: ast.Call) -> str:
    for node in ast.walk(ast.parse(Path(file).read_text("utf-8"))):
        if (
            isinstance(node, ast.Assign)
            and node.value.lineno == call.lineno
            and isinstance(node.targets[0], ast.Name)
        ):
            return node.targets[0].id
    raise AssertionError(f"{file}:{call.lineno}: a pattern must have a name in its module")


def attacks(pattern: str, length: int) -> Iterator[str]:
    """Long texts out of what patterns of this product look for, and out of the pattern's own letters."""
    own = {pattern[start : start + size] for size in (1, 2) for start in range(min(len(pattern), 80))}
    for piece in (*ALPHABETS, *sorted(own)):
        body = (piece * length)[:length]
        yield from (body + end for end in ENDS)
    for head in ("<", '"', "[", "(", "đến ", "ngày ", "1/"):
        yield from (head + piece * (length // len(piece)) + "!" for piece in ("a", " ", "1", "\\"))


def slowest(one: Found) -> float:
    """The longest time in seconds, over short texts first: what explodes is seen there already."""
    worst = 0.0
    for length in (LENGTH // 10, LENGTH):
        for attack in attacks(str(one.pattern.pattern), length):
            worst = max(worst, _seconds(one, attack))
            if worst > MOST_SECONDS:
                return worst
    return worst


def _seconds(one: Found, attack: str) -> float:
    """By the clock on the wall, which is cheap to read; where it says too long, the better of two by the processor."""
    given = attack.encode() if isinstance(one.pattern.pattern, bytes) else attack
    run = _run(one)
    began = time.perf_counter()
    run(given)
    told = time.perf_counter() - began
    if told <= MOST_SECONDS:
        return told
    return min(_processor_seconds(run, given) for _ in range(2))


def _processor_seconds(run: Callable[[str | bytes], object], given: str | bytes) -> float:
    began = time.process_time()
    run(given)
    return time.process_time() - began


def _run(one: Found) -> Callable[[str | bytes], object]:
    if one.method in {"sub", "subn"}:
        empty = b"" if isinstance(one.pattern.pattern, bytes) else ""
        return lambda given: one.pattern.sub(empty, given)  # type: ignore[arg-type]
    if one.method == "finditer":
        return lambda given: list(one.pattern.finditer(given))  # type: ignore[arg-type]
    return getattr(one.pattern, one.method)  # type: ignore[no-any-return]


@pytest.mark.slow
def test_no_pattern_takes_long_over_fifty_thousand_letters() -> None:
    patterns = all_patterns()
    times = {f"{one.where} {one.method}": slowest(one) for one in patterns}
    slow = {where: told for where, told in times.items() if told > MOST_SECONDS}
    worst = max(times.values())
    note = f"lâu nhất {worst * 1000:.0f} ms trên {LENGTH} ký tự"
    measured(24, "Biểu thức chạy quá 50 ms", n=len(times), wrong=len(slow), note=note)
    assert slow == {}


def test_the_measure_sees_a_pattern_that_explodes() -> None:
    bad = Found("here", re.compile(r"\s+$"), "search")
    assert slowest(bad) > MOST_SECONDS
