"""A card of one's own work, the same on the home page and on Việc của tôi."""

from datetime import date
from typing import Any

from django import template

from phancong.followups.queries import OwnWork

register = template.Library()


@register.inclusion_tag("followups/own_card.html")
def own_card(work: OwnWork, level: int = 3) -> dict[str, Any]:
    """One card; `level` of its heading."""
    return {"work": work, "level": level}


@register.filter
def until(day: date, days_left: int) -> str:
    """ "còn 12 ngày (30/6/2026)"; of a day that has gone by, how long ago."""
    shown = f"({day.day}/{day.month}/{day.year})"
    if days_left > 0:
        return f"còn {days_left} ngày {shown}"
    return f"hôm nay {shown}" if days_left == 0 else f"quá {-days_left} ngày {shown}"
