"""Signed minutes stay as they were signed, whoever asks: what comes later is added beside them."""

from phancong.common.guards import Guard

SENTENCE = "Biên bản đã ký không sửa được, chỉ thêm phần bổ sung."
_OF_MEETING = "(SELECT m.state FROM meetings_meeting m WHERE m.id = {row}.meeting_id) = 'signed'"
_OF_ITEM = (
    "(SELECT m.state FROM meetings_meeting m JOIN meetings_agendaitem i ON i.meeting_id = m.id "
    "WHERE i.id = {row}.item_id) = 'signed'"
)
_PARTS = (
    ("agendaitem", _OF_MEETING),
    ("attendance", _OF_MEETING),
    ("vote", _OF_ITEM),
    ("reservedopinion", _OF_ITEM),
    ("conclusion", _OF_ITEM),
)
_ACTS = (("added", "INSERT", "NEW"), ("changed", "UPDATE", "OLD"), ("gone", "DELETE", "OLD"))
GUARDS = (
    Guard("signed_meeting_changed", "UPDATE", "meetings_meeting", SENTENCE, "OLD.state = 'signed'"),
    Guard("signed_meeting_gone", "DELETE", "meetings_meeting", SENTENCE, "OLD.state = 'signed'"),
    *(
        Guard(f"signed_{table}_{name}", act, f"meetings_{table}", SENTENCE, state.format(row=row))
        for table, state in _PARTS
        for name, act, row in _ACTS
    ),
    *(
        Guard(f"signed_{table}_{name}", act, f"meetings_{table}", SENTENCE)
        for table in ("signedminutes", "addendum")
        for name, act, _ in _ACTS[1:]
    ),
)
