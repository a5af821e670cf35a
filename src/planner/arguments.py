"""The words of the command line. Python's own ones are English; these are told in their place."""

from __future__ import annotations

import argparse
import math
import re
from pathlib import Path
from typing import Any, NoReturn

from planner.backends import NAMES

# What Python says of a wrong command line, and what is said instead. A wording of another Python gets the last one.
_FAULTS = (
    (r"the following arguments are required: (.+)", "thiếu {0}"),
    (r"unrecognized arguments: (.+)", "thừa hoặc không có “{0}”"),
    (r"argument (\S+): expected one argument", "sau {0} phải có một giá trị"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.+)\)", "{0} không nhận “{1}”; chọn một trong: {2}"),
    (r"argument (\S+): ignored explicit argument '?(.*?)'?", "{0} không nhận giá trị “{1}”"),
    (r"argument (\S+): (.*[^\x00-\x7f].*)", "{0} {1}"),
    (r"(?s).*", "không hiểu câu lệnh này"),
)  # fmt: skip


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách gọi: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(
            prog=prog, description=description, formatter_class=_Help, add_help=False, allow_abbrev=False
        )
        self._positionals.title, self._optionals.title = "Phải có", "Có thể thêm"
        self.add_argument("-h", "--help", action="help", help="hiện cách gọi này rồi thôi")

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}Lỗi: {_told(message)}. Xem cách dùng: {self.prog} --help\n")


def _told(message: str) -> str:
    for pattern, sentence in _FAULTS:
        if match := re.fullmatch(pattern, message):
            return sentence.format(*match.groups()).replace("'", "")
    raise AssertionError  # the last pattern matches everything


def _work(text: str) -> float:
    try:
        work = float(text)
    except ValueError:
        work = math.nan
    if not (work > 0 and math.isfinite(work)):
        raise argparse.ArgumentTypeError(f"phải là số lớn hơn 0, ví dụ 20, đang ghi “{text}”")
    return work


def parser() -> argparse.ArgumentParser:
    """`plan` and `template`, each with its own help."""
    name = "python -m planner"
    whole = _Parser(prog=name, description="Lập phương án phân công từ bảng tính.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="LỆNH", parser_class=_Parser)
    says = "lập phương án từ một bảng tính, ghi ra bảng tính khác"
    plan = commands.add_parser("plan", prog=f"{name} plan", help=says, description=says.capitalize() + ".")
    plan.add_argument("input", metavar="VÀO.xlsx", type=Path, help="bảng tính đầu vào")
    plan.add_argument("output", metavar="RA.xlsx", type=Path, help="bảng tính kết quả")
    plan.add_argument(
        "--backend", metavar="TÊN", choices=NAMES, default=NAMES[0],
        help=f"bộ giải: {' hoặc '.join(NAMES)}; bỏ trống thì dùng {NAMES[0]}",
    )  # fmt: skip
    plan.add_argument(
        "--work", metavar="SỐ", type=_work, default=20.0,
        help="giới hạn khối lượng tính toán, lớn hơn 0; bỏ trống thì là 20",
    )  # fmt: skip
    says = "tạo biểu mẫu trống"
    template = commands.add_parser(
        "template", prog=f"{name} template", help=says, description=says.capitalize() + "."
    )
    template.add_argument("output", metavar="RA.xlsx", type=Path, help="bảng tính sẽ tạo")
    return whole
