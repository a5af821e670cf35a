"""How each field of figures is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Holdings, Untraced

P, N = Class.PERSONAL, Class.NEITHER

FIELDS: Fields = {
    "figures.HandedIn": {
        "id": N, "organization": N, "kind": N, "year": N, "number": N, "counted_on": N, "due_on": N,
        "content": N, "digest": N, "reason": N, "recorded_at": N, "recorded_by": P, "recorded_by_name": P,
    },
}  # fmt: skip

HELD: Holdings = {
    "figures.HandedIn": Untraced("số đếm của một tổ chức, không nêu tên ai; người nộp có trong nhật ký"),
}
