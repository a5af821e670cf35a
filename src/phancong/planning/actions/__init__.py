"""Named writes of planning."""

from phancong.planning.actions.catalogue import load_catalogue
from phancong.planning.actions.drafting import draft_plan, draft_plans, open_plan
from phancong.planning.actions.editing import (
    add_duty,
    change_duty,
    exclude,
    give_duty,
    include_again,
    lock_assignment,
    remove_duty,
    set_apart,
    take_duty,
)
from phancong.planning.actions.replanning import solve_again

__all__ = [
    "add_duty",
    "change_duty",
    "draft_plan",
    "draft_plans",
    "exclude",
    "give_duty",
    "include_again",
    "load_catalogue",
    "lock_assignment",
    "open_plan",
    "remove_duty",
    "set_apart",
    "solve_again",
    "take_duty",
]
