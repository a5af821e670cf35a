"""Notes are only added to: what was said stays as it was said."""

from phancong.common.guards import Guard

SENTENCE = "Lời biểu dương, nhắc nhở chỉ được ghi thêm."
GUARDS = tuple(
    Guard(f"oversight_{table}_{name}", act, f"oversight_{table}", SENTENCE)
    for table in ("note", "reply")
    for name, act in (("changed", "UPDATE"), ("gone", "DELETE"))
)
