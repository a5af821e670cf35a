"""What the command line says to whoever calls it wrongly or asks how: Vietnamese, and how to go on."""

import re

import pytest

from planner.__main__ import main

ENGLISH = re.compile(r"usage|error|argument|option|required|invalid|show this|expected|positional|choose")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Lỗi: thiếu LỆNH. Xem cách dùng: python -m planner --help"),
        ("plan in.xlsx", "Lỗi: thiếu RA.xlsx. Xem cách dùng: python -m planner plan --help"),
        ("go", "Lỗi: LỆNH không nhận “go”; chọn một trong: plan, template."),
        ("plan a b c", "Lỗi: thừa hoặc không có “c”."),
        ("plan a b --wor 3", "Lỗi: thừa hoặc không có “--wor 3”."),
        ("plan a b --work", "Lỗi: sau --work phải có một giá trị."),
        ("plan a b --work -5", "Lỗi: --work phải là số lớn hơn 0, ví dụ 20, đang ghi “-5”."),
        ("plan a b --work 0", "Lỗi: --work phải là số lớn hơn 0, ví dụ 20, đang ghi “0”."),
        ("plan a b --work nan", "Lỗi: --work phải là số lớn hơn 0, ví dụ 20, đang ghi “nan”."),
        ("plan a b --work nhiều", "Lỗi: --work phải là số lớn hơn 0, ví dụ 20, đang ghi “nhiều”."),
        ("plan a b --backend x", "Lỗi: --backend không nhận “x”; chọn một trong: cpsat, highs."),
        ("plan a b --help=3", "Lỗi: -h/--help không nhận giá trị “3”."),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(
    words: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    told = capsys.readouterr().err
    assert (ended.value.code, sentence in told, ENGLISH.findall(told)) == (2, True, [])


@pytest.mark.parametrize("words", ["--help", "plan --help", "template -h"])
def test_the_help_is_vietnamese(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words.split())
    told = capsys.readouterr().out
    assert (ended.value.code, told.startswith("Cách gọi: python -m planner"), ENGLISH.findall(told)) == (
        0,
        True,
        [],
    )
