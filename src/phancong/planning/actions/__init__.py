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
from phancong.planning.actions.copying import copy_last_year
from phancong.planning.actions.drafting import draft_plan, draft_plans, open_plan
from phancong.planning.actions.editing import (
    add_duty,
    change_duty,
    exclude,
    give_duty,
    include_again,
    keep_all,
    lock_assignment,
    pass_duty,
    remove_duty,
    set_apart,
    swap_duties,
    take_duty,
    tie_duty,
)
from phancong.planning.actions.opinions import (
    answer_objection,
    ask_opinions,
    object_to,
    withdraw_objection,
)
from phancong.planning.actions.replanning import solve_again
from phancong.planning.actions.sources import (
    add_resolution,
    add_target,
    change_resolution,
    change_target,
    copy_resolutions,
    remove_resolution,
    remove_target,
)
from phancong.planning.actions.stepping import undo

__all__ = [
    "Decision",
    "add_duty",
    "add_resolution",
    "add_target",
    "adopt_plan",
    "answer_objection",
    "ask_opinions",
    "change_duty",
    "change_resolution",
    "change_target",
    "copy_last_year",
    "copy_resolutions",
    "draft_plan",
    "draft_plans",
    "end_assignment",
    "exclude",
    "give_after_adoption",
    "give_duty",
    "give_more",
    "hand_over",
    "include_again",
    "keep_all",
    "keep_despite",
    "load_catalogue",
    "lock_assignment",
    "object_to",
    "open_plan",
    "pass_duty",
    "remove_duty",
    "remove_resolution",
    "remove_target",
    "set_apart",
    "solve_again",
    "swap_duties",
    "take_duty",
    "tie_duty",
    "undo",
    "withdraw_objection",
]
