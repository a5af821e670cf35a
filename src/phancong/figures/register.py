"""What was handed in stays as it was."""

from phancong.common.guards import Guard

SENTENCE = "Số liệu đã nộp không sửa được, chỉ nộp lại kèm lý do."
GUARDS = tuple(
    Guard(f"figures_handedin_{name}", act, "figures_handedin", SENTENCE)
    for name, act in (("changed", "UPDATE"), ("gone", "DELETE"))
)
