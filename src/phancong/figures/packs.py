"""The rule pack `reports`, typed: bands of ages, kinds of reports with their days, the day plans are due."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from phancong.rules.loader import version
from phancong.rules.model import RuleError, Sourced


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Sourced):
    """Whole years from `least` up to, not including, `below`; 0: without an end on that side."""

    code: str
    name: str
    least: int = 0
    below: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKind(Sourced):
    """A report of every year: as of which day the figures are, how many days later they are due, which sheets."""

    code: str
    name: str
    month: int
    day: int
    due_days: int
    sheets: tuple[str, ...]

    def counted_on(self, year: int) -> date:
        return date(year, self.month, self.day)

    def due_on(self, year: int) -> date:
        return self.counted_on(year) + timedelta(days=self.due_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDay(Sourced):
    code: str
    name: str
    month: int
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRules:
    ages: tuple[Band, ...]
    party_ages: tuple[Band, ...]
    reports: tuple[ReportKind, ...]
    plan_day: YearDay

    def report(self, code: str) -> ReportKind:
        for kind in self.reports:
            if kind.code == code:
                return kind
        raise RuleError(f"Gói quy định “reports” không có loại báo cáo “{code}”.")

    def plan_due(self, year: int) -> date:
        """The last day on which a plan of the year is adopted in time."""
        return date(year, self.plan_day.month, self.plan_day.day)


@cache
def report_rules(day: date) -> ReportRules:
    """The rules of reports in force on `day`."""
    pack = version("reports", day)
    return ReportRules(
        ages=tuple(Band(**row) for row in pack["age"]),
        party_ages=tuple(Band(**row) for row in pack["party_age"]),
        reports=tuple(ReportKind(**{**row, "sheets": tuple(row["sheets"])}) for row in pack["report"]),
        plan_day=YearDay(**pack["day"][0]),
    )
