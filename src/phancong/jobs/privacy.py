"""How each field of the jobs is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields, Held, Holdings, Untraced

P, S, N = Class.PERSONAL, Class.SENSITIVE, Class.NEITHER

FIELDS: Fields = {
    # Titles hold names of files, parameters words that were looked for; what a read roster would do is kept here.
    "jobs.Job": {
        "id": N, "kind": N, "title": P, "place": S, "parameters": P, "state": N, "rows_done": N,
        "rows_total": N, "created_at": N, "beat_at": N, "ended_at": N, "created_by": P, "message": S,
        "result": S,
    },
    "jobs.JobChunk": {
        "id": N, "job": N, "number": N, "payload": P, "state": N, "rows_done": N, "beat_at": N, "result": S,
    },
}  # fmt: skip

HELD: Holdings = {
    "jobs.Job": Held(
        name="Việc chạy nền đồng chí đã giao",
        is_evidence=True,
        why="Để đồng chí rời trang rồi quay lại xem kết quả.",
        until="Giữ cùng nhật ký công việc của văn phòng.",
        account=("created_by",),
        shown={"created_at": "giao lúc"},
        words={"place": "places"},
        kept_back={
            "result": "Số liệu của cả việc, trong đó có người khác; phần của đồng chí nằm ở các mục trên."
        },
    ),
    "jobs.JobChunk": Untraced("Phần nhỏ của một việc chung cho nhiều người, mất cùng việc ấy."),
}
