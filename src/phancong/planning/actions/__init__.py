"""Named writes of planning."""

from phancong.planning.actions.adjusting import (
    Decision,
    end_assignment,
    give_after_adoption,
    give_more,
    hand_over,
    keep_despite,
)
from phancong.planning.actions.adopting import adopt_plan
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
    "Decision",
    "add_duty",
    "adopt_plan",
    "change_duty",
    "draft_plan",
    "draft_plans",
    "end_assignment",
    "exclude",
    "give_after_adoption",
    "give_duty",
    "give_more",
    "hand_over",
    "include_again",
    "keep_despite",
    "load_catalogue",
    "lock_assignment",
    "open_plan",
    "remove_duty",
    "set_apart",
    "solve_again",
    "take_duty",
]
