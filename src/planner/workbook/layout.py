"""The sheets and columns of the input workbook, as data: reader, template and messages all follow them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.workbook import cells
from planner.workbook.cells import Parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its header, the trait it fills (`None`: a name to print), how it is read, what it means."""

    header: str
    trait: str | None
    parse: Parse = cells.text
    required: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet and its columns."""

    title: str
    columns: tuple[Column, ...]
    required: bool = False


MEMBERS = Sheet(
    title="Đảng viên",
    required=True,
    columns=(
        Column(header="Mã", trait="id", required=True, example="DV01"),
        Column(header="Họ và tên", trait=None, example="Rơ Chăm Hương"),
        Column(header="Diện", trait="category", required=True, example="khu dân cư"),
        Column(header="Giờ mỗi tháng", trait="hours", parse=cells.whole_number, example="16"),
        Column(header="Số nhiệm vụ tối đa", trait="max_duties", parse=cells.whole_number, example="2"),
        Column(
            header="Năng lực", trait="competences", parse=cells.levels, example="tiếng Jrai: 3; tin học: 1"
        ),
        Column(header="Chuyên môn", trait="field", example="văn hóa"),
        Column(header="Trình độ (0-5)", trait="education", parse=cells.whole_number, example="3"),
        Column(header="Sức khỏe (0-2)", trait="health", parse=cells.whole_number, example="2"),
        Column(header="Không làm đêm", trait="no_night", parse=cells.yes_or_no, example="không"),
        Column(header="Nơi ở", trait="area", example="Bôn Hoanh"),
        Column(header="Kinh nghiệm", trait="experience", parse=cells.several, example="văn hóa; an ninh"),
        Column(header="Nguyện vọng", trait="wishes", parse=cells.several, example="văn hóa"),
        Column(header="Trong đoàn thể", trait="in_mass_organization", parse=cells.yes_or_no, example="có"),
        Column(
            header="Phụ trách nhóm hộ", trait="in_charge_of_group", parse=cells.yes_or_no, example="không"
        ),
        Column(header="Phải có nhiệm vụ", trait="must_have_work", parse=cells.yes_or_no, example="có"),
        Column(header="Làm nhóm trưởng được", trait="can_lead", parse=cells.yes_or_no, example="có"),
        Column(header="Đang sinh hoạt", trait="available", parse=cells.yes_or_no, example="có"),
    ),
)
DUTIES = Sheet(
    title="Nhiệm vụ",
    required=True,
    columns=(
        Column(header="Mã", trait="id", required=True, example="NV01"),
        Column(header="Tên nhiệm vụ", trait=None, example="Vận động xây dựng gia đình văn hóa"),
        Column(header="Lĩnh vực", trait="field", example="văn hóa"),
        Column(header="Dành cho diện", trait="categories", parse=cells.several, example="khu dân cư"),
        Column(header="Ít nhất (người)", trait="headcount_min", parse=cells.whole_number, example="1"),
        Column(header="Nhiều nhất (người)", trait="headcount_max", parse=cells.whole_number, example="2"),
        Column(header="Giờ mỗi tháng", trait="hours", parse=cells.whole_number, example="6"),
        Column(header="Ưu tiên (1-3)", trait="priority", parse=cells.whole_number, example="2"),
        Column(header="Thực chất", trait="substantive", parse=cells.yes_or_no, example="có"),
        Column(header="Việc nhẹ", trait="light", parse=cells.yes_or_no, example="không"),
        Column(header="Ban đêm", trait="night", parse=cells.yes_or_no, example="không"),
        Column(header="Sức khỏe tối thiểu", trait="health_min", parse=cells.whole_number, example="0"),
        Column(header="Năng lực bắt buộc", trait="required", parse=cells.levels, example="tiếng Jrai: 2"),
        Column(header="Năng lực mong muốn", trait="desired", parse=cells.levels, example="tin học: 1"),
        Column(header="Trình độ tối thiểu", trait="education_min", parse=cells.whole_number, example="0"),
        Column(header="Địa bàn", trait="area", example="Bôn Hoanh"),
        Column(header="Cần nhóm trưởng", trait="needs_lead", parse=cells.yes_or_no, example="không"),
        Column(
            header="Là phụ trách nhóm hộ",
            trait="counts_as_group_in_charge",
            parse=cells.yes_or_no,
            example="không",
        ),
    ),
)
CATEGORIES = Sheet(
    title="Diện",
    required=True,
    columns=(
        Column(header="Diện", trait="code", required=True, example="khu dân cư"),
        Column(
            header="Phải có việc thực chất",
            trait="must_have_substantive",
            parse=cells.yes_or_no,
            example="có",
        ),
        Column(header="Chỉ nhận việc nhẹ", trait="light_only", parse=cells.yes_or_no, example="không"),
        Column(
            header="Phải vào đoàn thể hoặc phụ trách nhóm hộ",
            trait="must_join_group_or_organization",
            parse=cells.yes_or_no,
            example="có",
        ),
    ),
)
_PAIR = (
    Column(header="Mã đảng viên", trait="member", required=True, example="DV01"),
    Column(header="Mã nhiệm vụ", trait="duty", required=True, example="NV01"),
)
LOCKS = Sheet(title="Khóa", columns=_PAIR)
FORBIDDEN = Sheet(title="Loại trừ", columns=_PAIR)
PREVIOUS = Sheet(title="Năm trước", columns=_PAIR)
CURRENT = Sheet(title="Bản nháp", columns=_PAIR)
APART = Sheet(
    title="Không làm chung",
    columns=(
        Column(header="Mã đảng viên 1", trait="member", required=True, example="DV01"),
        Column(header="Mã đảng viên 2", trait="duty", required=True, example="DV02"),
    ),
)
WEIGHTS = Sheet(
    title="Trọng số",
    columns=(
        Column(header="Tên", trait="name", required=True, example="Nhường mức phù hợp cho cân bằng tải (%)"),
        Column(header="Giá trị", trait="value", required=True, example="2"),
    ),
)
SHEETS = (MEMBERS, DUTIES, CATEGORIES, LOCKS, FORBIDDEN, APART, PREVIOUS, CURRENT, WEIGHTS)

WEIGHT_NAMES: Mapping[str, tuple[str, Parse]] = {
    "Thiếu một người, theo ưu tiên 1; 2; 3": ("missing_person", cells.three_numbers),
    "Đảng viên chưa có nhiệm vụ": ("no_work", cells.whole_number),
    "Đảng viên chưa vào đoàn thể, nhóm hộ": ("no_group", cells.whole_number),
    "Nhiệm vụ chưa có nhóm trưởng": ("no_lead", cells.whole_number),
    "Điểm chuyên môn": ("field", cells.whole_number),
    "Điểm năng lực": ("competence", cells.whole_number),
    "Điểm kinh nghiệm": ("experience", cells.whole_number),
    "Điểm địa bàn": ("area", cells.whole_number),
    "Điểm nguyện vọng": ("wish", cells.whole_number),
    "Điểm sức khỏe": ("health", cells.whole_number),
    "Điểm trình độ": ("education", cells.whole_number),
    "Ngưỡng phù hợp để giao thêm người": ("threshold", cells.whole_number),
    "Các bậc tải (phần nghìn)": ("load_steps", cells.numbers),
    "Nhường mức phù hợp cho cân bằng tải (%)": ("fit_allowance", cells.whole_number),
    "Nhường mức phù hợp để ít thay đổi (%)": ("change_allowance", cells.whole_number),
}
"""Each weight that the workbook may set, by the words in the first column of the sheet of weights."""
