"""Named writes of planning."""

from phancong.planning.actions.catalogue import load_catalogue
from phancong.planning.actions.drafting import draft_plan, draft_plans, open_plan

__all__ = ["draft_plan", "draft_plans", "load_catalogue", "open_plan"]
