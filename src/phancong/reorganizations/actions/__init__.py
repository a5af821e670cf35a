"""What may be done with a reorganisation."""

from phancong.reorganizations.actions.deciding import carry_out_due, decide, undo
from phancong.reorganizations.actions.drafting import (
    add_step,
    drop,
    export_decision,
    export_lines,
    place_member,
    prepare,
    remove_step,
    replace_lines,
    unplace_member,
)

__all__ = [
    "add_step",
    "carry_out_due",
    "decide",
    "drop",
    "export_decision",
    "export_lines",
    "place_member",
    "prepare",
    "remove_step",
    "replace_lines",
    "undo",
    "unplace_member",
]
