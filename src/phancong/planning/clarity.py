"""6 rõ: what a duty must say before it can be given to somebody."""

from phancong.planning.models import DutyDescription

QUESTIONS = (
    ("title", "rõ việc"),
    ("monthly_hours", "rõ thời gian"),
    ("responsibility", "rõ trách nhiệm"),
    ("product", "rõ sản phẩm"),
    ("authority", "rõ thẩm quyền"),
    ("headcount_min", "rõ người"),
)


def missing_clarity(duty: DutyDescription) -> tuple[str, ...]:
    """Which of the six are not said yet, in words."""
    missing = [words for name, words in QUESTIONS if not getattr(duty, name)]
    # A duty that may stay open says who by the most people it can have.
    if duty.headcount_max and "rõ người" in missing:
        missing.remove("rõ người")
    return tuple(missing)
