"""What was put right keeps what was said before: corrections are only added to."""

from phancong.common.guards import Guard

SENTENCE = "Dòng ghi việc sửa chỉ được ghi thêm."
GUARDS = tuple(
    Guard(f"yearbook_correction_{name}", act, "yearbook_correction", SENTENCE)
    for name, act in (("changed", "UPDATE"), ("gone", "DELETE"))
)
