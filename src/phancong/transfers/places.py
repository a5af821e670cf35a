"""A cell as people name it: by its code, or by its name when that is the only one."""

from phancong.common.text import clean, fold
from phancong.organizations.models import Organization

NEAR_NAMES = 5


def named_cell(text: str) -> tuple[Organization | None, str]:
    """The cell, or a sentence that says how to name it."""
    asked = fold(text)
    rows = list(
        Organization.objects.active().cells().order_by("sort_key", "id").values_list("pk", "code", "name")
    )
    exact = [pk for pk, code, _ in rows if fold(code) == asked] or [
        pk for pk, _, name in rows if fold(name) == asked
    ]
    if len(exact) == 1:
        return Organization.objects.get(pk=exact[0]), ""
    if exact:
        codes = ", ".join(code for pk, code, _ in rows if pk in exact)
        return None, f"Có {len(exact)} chi bộ cùng tên “{clean(text)}”. Ghi mã một chi bộ: {codes}."
    near = [f"{name} (mã {code})" for _, code, name in rows if asked and asked in fold(name)][:NEAR_NAMES]
    hint = f" Có phải: {'; '.join(near)}?" if near else " Ghi mã hoặc đúng tên chi bộ."
    return None, f"Không có chi bộ “{clean(text)}”.{hint}"
