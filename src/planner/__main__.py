"""Command line: `python -m planner plan in.xlsx out.xlsx`, `python -m planner template out.xlsx`."""

from __future__ import annotations

import argparse
import sys

from planner.arguments import parser
from planner.checks import ProblemError
from planner.explain import tell_status
from planner.solve import solve
from planner.workbook.reading import read_problem
from planner.workbook.writing import write_plan, write_template


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when done, 2 when the input cannot be used (the reasons go to standard error);
    arguments that cannot be understood end the program with 2 as well."""
    options = parser().parse_args(arguments)
    try:
        if options.command == "template":
            write_template(options.output)
            _say(f"Đã tạo biểu mẫu “{options.output}”.")
        else:
            _plan(options)
    except ProblemError as error:
        for fault in error.faults:
            sys.stderr.write(f"Lỗi: {fault}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"Lỗi: không ghi được tệp “{options.output}” ({error.strerror}).\n")
        return 2
    return 0


def _plan(options: argparse.Namespace) -> None:
    problem, names = read_problem(options.input)
    plan = solve(problem, backend=options.backend, limit_work=options.work)
    write_plan(options.output, problem, plan, names)
    _say(f"{tell_status(plan)} {len(plan.assignments)} phân công, {len(plan.unmet)} điều chưa đáp ứng.")
    _say(f"Đã ghi “{options.output}”.")


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())
