"""From a workbook to a workbook on the command line, and every fault of the input in words."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from planner.__main__ import main
from planner.checks import ProblemError
from planner.problem import Duty, Member, Weights
from planner.workbook import cells
from planner.workbook.layout import SHEETS, WEIGHT_NAMES
from planner.workbook.reading import read_problem

Rows = Sequence[Sequence[object]]

CELL: Mapping[str, Rows] = {
    "Đảng viên": [
        ["Mã", "Họ và tên", "Diện", "Chuyên môn", "Năng lực", "Làm nhóm trưởng được"],
        ["a", "Rơ Chăm Hương", "khu dân cư", "văn hóa", "tiếng Jrai: 3; tin học", "có"],
        ["b", "=HYPERLINK(1)", "khu dân cư", None, None, "không"],
    ],
    "Nhiệm vụ": [
        ["Mã", "Tên nhiệm vụ", "Lĩnh vực", "Giờ mỗi tháng", "Năng lực bắt buộc"],
        ["x", "Gia đình văn hóa", "văn hóa", 4.0, None],
        ["y", "Tuần tra", "an ninh", 4, "tin học: 3"],
    ],
    "Diện": [["Diện", "Phải có việc thực chất"], ["khu dân cư", "có"]],
    "Khóa": [["Mã đảng viên", "Mã nhiệm vụ"], ["b", "x"]],
    "Trọng số": [["Tên", "Giá trị"], ["Nhường mức phù hợp cho cân bằng tải (%)", "0"]],
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Mapping[str, Rows]], Path]:
    """Writes sheets to a workbook and gives its path."""

    def write(sheets: Mapping[str, Rows]) -> Path:
        workbook = Workbook()
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
                for cell in sheet[sheet.max_row]:
                    cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
        path = tmp_path / "in.xlsx"
        workbook.save(path)
        return path

    return write


def table(path: Path, title: str) -> list[tuple[object, ...]]:
    return list(load_workbook(path)[title].iter_rows(values_only=True))


def faults_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(ProblemError) as caught:
        read_problem(path)
    return caught.value.faults


def test_plan_is_written_with_names_and_reasons(
    written: Callable[[Mapping[str, Rows]], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "out.xlsx"
    assert main(["plan", str(written(CELL)), str(output)]) == 0
    assert capsys.readouterr().out.startswith(
        "Phương án đã được chứng minh là tốt nhất ở mọi mức. 1 phân công"
    )
    assert load_workbook(output).sheetnames == ["Phân công", "Tải", "Chưa đáp ứng", "Có thể nới", "Tóm tắt"]
    assert table(output, "Phân công")[1][:6] == ("Gia đình văn hóa", "x", "=HYPERLINK(1)", "b", None, "x")
    assert len(table(output, "Chưa đáp ứng")) == len(table(output, "Có thể nới")) + 1 == 3


def test_text_that_looks_like_a_formula_stays_text(
    written: Callable[[Mapping[str, Rows]], Path], tmp_path: Path
) -> None:
    output = tmp_path / "out.xlsx"
    main(["plan", str(written(CELL)), str(output)])
    assert load_workbook(output)["Phân công"]["C2"].data_type == "s"


def test_workbook_is_read_with_defaults_for_empty_cells(
    written: Callable[[Mapping[str, Rows]], Path],
) -> None:
    problem, names = read_problem(written(CELL))
    skills = {"tiếng Jrai": 3, "tin học": 1}
    assert problem.members[0] == Member(
        id="a", category="khu dân cư", field="văn hóa", competences=skills, can_lead=True
    )
    assert problem.duties[0] == Duty(id="x", field="văn hóa", hours=4)
    assert problem.locks == {("b", "x")}
    assert problem.weights.fit_allowance == 0
    assert names.duty("y") == "Tuần tra"


def test_template_can_be_planned_as_it_is(tmp_path: Path, backend: str) -> None:
    template, output = tmp_path / "template.xlsx", tmp_path / "out.xlsx"
    assert main(["template", str(template)]) == 0
    assert load_workbook(template).sheetnames == [*(sheet.title for sheet in SHEETS), "Hướng dẫn"]
    assert main(["plan", str(template), str(output), "--backend", backend]) == 0


def test_every_fault_is_told_with_its_place(written: Callable[[Mapping[str, Rows]], Path]) -> None:
    sheets: dict[str, Rows] = {
        "Đảng viên": [
            ["Mã", "Diện", "Giờ mỗi tháng", "Không làm đêm", "Tuổi"],
            ["a", None, "mười", "có thể", 30],
            [None, None, None, None, None],
            ["b", "c", 2.5, "x", None],
        ],
        "Nhiệm vụ": [["Tên nhiệm vụ"], ["Tuần tra"]],
        "Trọng số": [["Tên", "Giá trị"], ["Lạ", "1"], ["Điểm địa bàn", "nhiều"]],
    }
    assert faults_of(written(sheets)) == (
        "Trang “Đảng viên” có cột lạ “Tuổi”.",
        "Trang “Đảng viên”, dòng 2, cột “Diện”: không được để trống.",
        "Trang “Đảng viên”, dòng 2, cột “Giờ mỗi tháng”: phải là số nguyên, đang ghi “mười”.",
        "Trang “Đảng viên”, dòng 2, cột “Không làm đêm”: phải là “có” hoặc “không”, đang ghi “có thể”.",
        "Trang “Đảng viên”, dòng 4, cột “Giờ mỗi tháng”: phải là số nguyên, đang ghi “2.5”.",
        "Trang “Nhiệm vụ” thiếu cột “Mã”.",
        "Thiếu trang “Diện”.",
        "Trang “Trọng số” có trọng số lạ “Lạ”.",
        "Trang “Trọng số”, “Điểm địa bàn”: phải là số nguyên, đang ghi “nhiều”.",
    )


def test_faults_of_the_problem_itself_are_told_on_standard_error(
    written: Callable[[Mapping[str, Rows]], Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = {**CELL, "Khóa": [["Mã đảng viên", "Mã nhiệm vụ"], ["z", "x"]]}
    assert main(["plan", str(written(sheets)), str(tmp_path / "out.xlsx")]) == 2
    assert capsys.readouterr().err == "Lỗi: Cặp khóa nhắc đến đảng viên “z” không có trong chi bộ.\n"
    assert not (tmp_path / "out.xlsx").exists()


def test_missing_file_is_told(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "no.xlsx") == (f"Không tìm thấy tệp “{tmp_path / 'no.xlsx'}”.",)


def test_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_text("no")
    assert faults_of(path) == ("Tệp “in.xlsx” không phải là bảng tính .xlsx đọc được.",)


def test_output_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", str(tmp_path / "no" / "out.xlsx")]) == 2
    assert capsys.readouterr().err.startswith("Lỗi: không ghi được tệp")


def test_too_long_sheet_is_refused(
    written: Callable[[Mapping[str, Rows]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.workbook.reading.MOST_ROWS", 1)
    assert faults_of(written(CELL)) == (
        "Trang “Đảng viên” có hơn 1 dòng.",
        "Trang “Nhiệm vụ” có hơn 1 dòng.",
    )


def test_weights_of_the_workbook_are_read(written: Callable[[Mapping[str, Rows]], Path]) -> None:
    rows = [
        ["Tên", "Giá trị"],
        ["Thiếu một người, theo ưu tiên 1; 2; 3", "1; 2; 3"],
        ["Các bậc tải (phần nghìn)", "500; 800"],
    ]
    weights = read_problem(written({**CELL, "Trọng số": rows}))[0].weights
    assert (weights.missing_person, weights.load_steps) == ((1, 2, 3), (500, 800))


def test_three_numbers_must_be_three() -> None:
    with pytest.raises(ValueError, match="phải có ba số"):
        cells.three_numbers("1; 2")


def test_every_weight_can_be_set() -> None:
    assert {trait for trait, _ in WEIGHT_NAMES.values()} == set(Weights.__dataclass_fields__)
