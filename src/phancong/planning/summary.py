"""The summary of a year in plain Vietnamese, as commands print it."""

from collections.abc import Iterator, Mapping

from phancong.planning.queries import YearSummary


def tell_year(summary: YearSummary) -> Iterator[str]:
    """Line by line, for a terminal."""
    yield f"Kế hoạch phân công công tác năm {summary.year}"
    yield (
        f"  Chi bộ đã có kế hoạch: {_number(summary.cells_planned)}/{_number(summary.cells)}; "
        f"{_number(summary.plans_proved)} kế hoạch được chứng minh là tốt nhất theo quy tắc đã chọn"
    )
    yield (
        f"  Đảng viên: {_number(summary.members)} = {_number(summary.with_duty)} có nhiệm vụ"
        f" + {_number(summary.with_other_work)} chỉ có việc sự vụ + {_number(summary.without_work)} chưa có việc"
    )
    yield from _reasons(summary.why_without, "đồng chí")
    yield (
        f"  Nhiệm vụ: {_number(summary.duties)}; còn {_number(summary.duties_open)} nhiệm vụ thiếu "
        f"{_number(summary.people_missing)} người"
    )
    yield from _reasons(summary.why_open, "nhiệm vụ")
    if summary.without_lead:
        yield f"  Nhiệm vụ chưa có người đứng ra phụ trách: {_number(summary.without_lead)}"
    if summary.without_organization:
        yield f"  Đồng chí chưa sinh hoạt đoàn thể nào: {_number(summary.without_organization)}"
    yield f"  Thời gian tính: {summary.seconds:.1f} giây".replace(".", ",")


def _reasons(why: Mapping[str, int], noun: str) -> Iterator[str]:
    for words, count in why.items():
        yield f"    – {_number(count)} {noun}: {words}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
