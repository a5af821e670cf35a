"""How each field of the jobs is classed; see `common/privacy.py`."""

from phancong.common.privacy import Class, Fields

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
