"""The register is only added to: what was said stays as it was said."""

from phancong.common.guards import Guard

SENTENCE = "Sổ theo dõi chỉ được ghi thêm."
GUARDS = tuple(
    Guard(f"register_{table}_{name}", act, f"followups_{table}", SENTENCE)
    for table in ("entry", "photo")
    for name, act in (("changed", "UPDATE"), ("gone", "DELETE"))
)
