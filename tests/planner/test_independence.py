"""The library stands alone: no Django, no solver before it is used, no judge known to a back end."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import planner

SOURCE = Path(planner.__file__).parent
MODULES = sorted(SOURCE.rglob("*.py"))
OUTSIDE = {
    "ortools": {"backends/cpsat.py", "backends/flow.py"},
    "highspy": {"backends/highs.py"},
    "numpy": {"backends/highs.py"},
    "openpyxl": {"workbook/reading.py", "workbook/writing.py"},
}


def imported(module: Path) -> set[str]:
    """Full names of what `module` imports."""
    names = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(str(node.module))
    return names


def test_library_imports_only_itself_and_its_few_dependencies() -> None:
    roots = {name.split(".")[0] for module in MODULES for name in imported(module)}
    assert roots - set(sys.stdlib_module_names) == {"planner", *OUTSIDE}


@pytest.mark.parametrize("package", list(OUTSIDE))
def test_dependency_is_imported_only_where_it_belongs(package: str) -> None:
    found = {
        module.relative_to(SOURCE).as_posix()
        for module in MODULES
        if any(name.split(".")[0] == package for name in imported(module))
    }
    assert found == OUTSIDE[package]


@pytest.mark.parametrize("judge", ["planner.verify", "planner.score"])
def test_no_back_end_and_no_model_knows_a_judge(judge: str) -> None:
    makers = [
        *(SOURCE / "backends").glob("*.py"),
        SOURCE / "model.py",
        SOURCE / "form.py",
        SOURCE / "levels.py",
    ]
    assert [module.name for module in makers if judge in imported(module)] == []


@pytest.mark.parametrize("judge", ["verify.py", "score.py"])
def test_no_judge_knows_the_model(judge: str) -> None:
    known = {"planner.model", "planner.form", "planner.eligibility", "planner.levels", "planner.backends"}
    assert imported(SOURCE / judge).isdisjoint(known)


def test_nothing_heavy_is_loaded_before_the_first_solve() -> None:
    program = "import sys, planner.solve, planner.explain, planner.secondment, planner.in_charge; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(SOURCE.parent)},
    )
    roots = {name.split(".")[0] for name in done.stdout.split()}
    assert roots.isdisjoint({"django", *OUTSIDE})
