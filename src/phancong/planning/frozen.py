"""An adopted plan stays as it was adopted, whoever asks: changes are added to it, never made in it."""

from phancong.common.guards import Guard

SENTENCE = "Kế hoạch đã thông qua không sửa được, chỉ thêm điều chỉnh."
_ADOPTED = (
    "(SELECT p.stage FROM planning_plan p JOIN planning_duty d ON d.plan_id = p.id WHERE d.id = OLD.duty_id) "
    "<> 'draft'"
)
_ADOPTED_PLAN = "(SELECT p.stage FROM planning_plan p WHERE p.id = OLD.plan_id) <> 'draft'"
# Everything of an assignment but the day it ended; that is written once.
_SETTLED = "UPDATE OF duty_id, member_id, is_lead, source, fit, despite, begun_on"
PLAN_GUARDS = tuple(
    Guard(f"frozen_{name}", act, f"planning_{table}", SENTENCE, when)
    for name, act, table, when in (
        ("plan_gone", "DELETE", "plan", "OLD.stage <> 'draft'"),
        ("plan_back", "UPDATE OF stage", "plan", "OLD.stage <> 'draft' AND NEW.stage = 'draft'"),
        ("duty_gone", "DELETE", "duty", _ADOPTED_PLAN),
        ("duty_changed", "UPDATE", "duty", _ADOPTED_PLAN),
        ("assignment_gone", "DELETE", "assignment", _ADOPTED),
        ("assignment_changed", _SETTLED, "assignment", _ADOPTED),
        ("assignment_ended", "UPDATE OF ended_on", "assignment", "OLD.ended_on IS NOT NULL"),
        ("adoption_changed", "UPDATE", "adoption", ""),
        ("adoption_gone", "DELETE", "adoption", ""),
        ("adjustment_changed", "UPDATE", "adjustment", ""),
        ("adjustment_gone", "DELETE", "adjustment", ""),
    )
)
SOURCE_SENTENCE = "Chỉ tiêu đã có chi bộ thông qua việc để làm thì không sửa được, chỉ thêm chỉ tiêu mới."
_CARRIED_OUT = (
    "EXISTS (SELECT 1 FROM planning_duty d JOIN planning_plan p ON p.id = d.plan_id "
    "JOIN planning_target t ON t.id = d.target_id WHERE {0} AND p.stage <> 'draft')"
)
SOURCE_GUARDS = tuple(
    Guard(f"frozen_{table}_{name}", act, f"planning_{table}", SOURCE_SENTENCE, _CARRIED_OUT.format(which))
    for table, which in (("target", "t.id = OLD.id"), ("resolution", "t.resolution_id = OLD.id"))
    for name, act in (("gone", "DELETE"), ("changed", "UPDATE"))
)
GUARDS = (*PLAN_GUARDS, *SOURCE_GUARDS)
