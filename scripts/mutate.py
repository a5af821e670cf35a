"""Breaks the rooms of rights in every small way there is and runs their tests: what no test sees is a survivor.

Own code and not a package: the packages change bodies of functions alone, while rights here are also tables, where a
permission more or less in a role must be seen as well.
"""

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: E402
from tests.trust.measures import measured  # noqa: E402

# Which file, and the tests that must see a break in it.
ACCESS = ("tests/access", "tests/accounts/test_actor.py", "tests/accounts/test_appointments.py")
TARGETS = {
    "src/phancong/access/actor.py": ACCESS,
    "src/phancong/access/conflicts.py": (*ACCESS, "tests/trust/test_conflicts.py"),
    "src/phancong/access/doors.py": ACCESS,
    "src/phancong/access/roles.py": ("tests/access", "tests/members/test_field_groups.py"),
    "src/phancong/accounts/policies.py": ACCESS,
    "src/phancong/members/field_groups.py": (
        "tests/members/test_field_groups.py",
        "tests/members/test_file.py",
    ),
    "src/phancong/members/opening.py": ("tests/members/test_field_groups.py",),
}
SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
LEAST_KILLED = 0.95
Change = Callable[[Any], None]


@dataclass(frozen=True, slots=True)
class Mutant:
    path: str
    line: int
    what: str
    source: str


def mutants_of(path: str) -> Iterator[Mutant]:
    """Every break of one file: conditions turned, joined otherwise, dropped; values turned; rows of tables dropped."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    # What a decorator is given (frozen, slots) makes no right wider or narrower.
    spared = {
        id(part)
        for owner in ast.walk(tree)
        for decorator in getattr(owner, "decorator_list", ())
        for part in ast.walk(decorator)
    }
    for index, node in enumerate(ast.walk(tree)):
        if id(node) in spared:
            continue
        for what, change in _changes(node):
            broken = copy.deepcopy(tree)
            change(next(one for place, one in enumerate(ast.walk(broken)) if place == index))
            yield Mutant(
                path, getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(broken))
            )


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            yield f"{type(operator).__name__} → {SWAPPED[type(operator)].__name__}", _swap(place)
    elif isinstance(node, ast.BoolOp):
        yield "and ↔ or", _other_join
        for place in range(len(node.values)):
            yield f"bỏ vế {place + 1}", _drop("values", place)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "bỏ not", _without_not
    elif isinstance(node, ast.If):
        yield "if → không bao giờ", _test_is(False)
        yield "if → luôn luôn", _test_is(True)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} → {not node.value}", _turned
    else:
        yield from _losses(node)


def _losses(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Rows of tables and calls of policies left out."""
    if isinstance(node, ast.Set) and len(node.elts) > 1:
        for place in range(len(node.elts)):
            yield f"bỏ {ast.unparse(node.elts[place])}", _drop("elts", place)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("check_"):
        yield f"bỏ {ast.unparse(node.func)}", _no_call


def _swap(place: int) -> Change:
    def change(node: ast.Compare) -> None:
        node.ops[place] = SWAPPED[type(node.ops[place])]()

    return change


def _other_join(node: ast.BoolOp) -> None:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _drop(name: str, place: int) -> Change:
    def change(node: ast.AST) -> None:
        del getattr(node, name)[place]

    return change


def _without_not(node: ast.UnaryOp) -> None:
    node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)


def _test_is(value: bool) -> Change:
    def change(node: ast.If) -> None:
        node.test = ast.Constant(value)

    return change


def _turned(node: ast.Constant) -> None:
    node.value = not node.value


def _no_call(node: ast.Call) -> None:
    node.func, node.args, node.keywords = ast.Name("len", ast.Load()), [ast.Tuple([], ast.Load())], []


def is_killed(mutant: Mutant, copies: Path, worker: int) -> bool:
    """Whether the tests of the file fail with this break, run on a copy of the tree."""
    folder = copies / str(worker)
    original = (ROOT / mutant.path).read_text("utf-8")
    target = folder / mutant.path
    target.write_text(mutant.source, "utf-8")
    options = ("-x", "-q", "--reuse-db", "-p", "no:cacheprovider", "-p", "no:randomly")
    command = [sys.executable, "-B", "-m", "pytest", *options, *TARGETS[mutant.path]]
    environment = {
        **os.environ,
        "PYTHONDONTWRITEBYTECODE": "1",
        "TEST_DATABASE_FILE": str(folder / "tests.sqlite3"),
    }
    environment.pop("TRUST_RESULTS", None)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    target.write_text(original, "utf-8")
    return done.returncode != 0


def main() -> None:
    parser = argparse.ArgumentParser(description="Làm hỏng thử phần quyền và xem kiểm thử có thấy không.")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 2)
    options = parser.parse_args()
    mutants = [mutant for path in TARGETS for mutant in mutants_of(path)]
    survivors: list[Mutant] = []
    with tempfile.TemporaryDirectory() as folder:
        copies = Path(folder)
        for worker in range(options.processes):
            for name in ("src", "tests", "rules", "docs"):
                shutil.copytree(
                    ROOT / name, copies / str(worker) / name, ignore=shutil.ignore_patterns("__pycache__")
                )
            shutil.copy(ROOT / "pyproject.toml", copies / str(worker))
        for path in TARGETS:
            whole = ast.unparse(ast.parse((ROOT / path).read_text("utf-8")))
            if is_killed(Mutant(path, 0, "không làm hỏng", whole), copies, 0):
                sys.exit(f"{path}: kiểm thử không đạt khi chưa làm hỏng gì, nên không đo được.")
        free = list(range(options.processes))

        def judge(mutant: Mutant) -> tuple[Mutant, bool]:
            worker = free.pop()
            try:
                return mutant, is_killed(mutant, copies, worker)
            finally:
                free.append(worker)

        columns = (TextColumn("Làm hỏng thử"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns) as progress, ThreadPoolExecutor(options.processes) as pool:
            bar = progress.add_task("", total=len(mutants))
            for mutant, killed in pool.map(judge, mutants):
                progress.advance(bar)
                if not killed:
                    survivors.append(mutant)
    for mutant in survivors:
        print(f"SỐNG SÓT {mutant.path}:{mutant.line} {mutant.what}")
    share = 1 - len(survivors) / len(mutants)
    print(f"{len(mutants)} lần làm hỏng, kiểm thử thấy {share:.1%}".replace(".", ","))
    measured(
        8, "lần làm hỏng phần quyền (cần diệt từ 95 %)", n=len(mutants), wrong=0 if share >= LEAST_KILLED else 1,
        note=f"diệt {share:.1%}, sống sót {len(survivors)}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
