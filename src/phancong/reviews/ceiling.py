"""The highest grade that recorded work allows by the rule in force, with the sentence why. It never sets a grade."""

from dataclasses import dataclass
from fractions import Fraction

from phancong.reviews.schemes import Condition, Level, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What conditions are held against. None: nothing is recorded, so nothing is concluded from it."""

    duties: int = 0
    done: int = 0
    on_time: int = 0
    late: int = 0
    exceeded: int = 0
    points: int | None = None
    fixed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """`level` is the highest that nothing recorded rules out; `sentence` says so; `reasons` what rules out higher ones,
    `unknown` what the rule asks and nobody recorded, and what no source confirms: neither lowers anything."""

    level: Level
    sentence: str
    reasons: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


_UNCONFIRMED = "Điều kiện này chưa đối chiếu được với văn bản nên không tính."
_SHARES = {
    "done": "việc hoàn thành",
    "on_time": "việc hoàn thành đúng hạn",
    "exceeded": "việc vượt mức",
    "late": "việc chậm hạn",
}


def ceiling_of(scheme: Scheme, measured: Measured, *, group: str) -> Ceiling:
    """For a member of `group`, by whose conditions what is recorded is held."""
    reasons: list[str] = []
    unknown: list[str] = []
    level = scheme.best_first[0]
    known, waiting = False, 0
    for level in scheme.best_first:
        asked = [one for one in scheme.conditions if one.level == level.code]
        found = [_judged(level, one, measured, group) for one in asked]
        unknown += [one.words for one in found if one.holds is None]
        waiting = sum(one.holds is None for one in found)
        failed = [one.words for one in found if one.holds is False]
        known |= any(one.holds is not None for one in found)
        if not failed:
            break
        reasons += failed
    return Ceiling(
        level=level,
        sentence=_sentence(scheme, level, is_known=known, waiting=waiting),
        reasons=tuple(reasons),
        unknown=tuple(dict.fromkeys(unknown)),
    )


@dataclass(frozen=True, slots=True)
class _Judged:
    """A condition held against what is recorded; None: not recorded, or the condition itself is not confirmed."""

    holds: bool | None
    words: str


def _judged(level: Level, condition: Condition, measured: Measured, group: str) -> _Judged:
    holds = _holds(condition, measured)
    if holds is None:
        return _Judged(None, _unknown(condition))
    if holds:
        return _Judged(True, "")
    words = _failed(level, condition, measured)
    if condition.is_confirmed_for(group):
        return _Judged(False, words)
    return _Judged(None, f"{words} {_UNCONFIRMED}")


def _holds(condition: Condition, measured: Measured) -> bool | None:
    if condition.measure == "fixed":
        return measured.fixed
    amount: Fraction | int | None
    if condition.measure == "points":
        amount = measured.points
    else:
        amount = _share(condition.measure, measured)
    if amount is None:
        return None
    if condition.at_least is not None and amount < condition.at_least:
        return False
    return condition.at_most is None or amount <= condition.at_most


def _share(measure: str, measured: Measured) -> Fraction | None:
    if not measured.duties:
        return None
    return Fraction(getattr(measured, measure) * 100, measured.duties)


def _sentence(scheme: Scheme, level: Level, *, is_known: bool, waiting: int) -> str:
    if not scheme.conditions:
        return (
            f"{scheme.basis} không nêu điều kiện bằng số về việc được giao; "
            "chi bộ xét theo tiêu chuẩn từng mức và căn cứ bên dưới."
        )
    if not is_known:
        return f"Chưa ghi đủ căn cứ để đối chiếu với điều kiện từng mức của {scheme.basis}."
    if waiting:
        return (
            f"Theo {scheme.basis}, chưa có điều kiện nào ghi được loại mức “{level.name}”; "
            f"còn {waiting} điều kiện chưa kết luận được, nêu ở dưới."
        )
    if level == scheme.best_first[0]:
        return f"Theo {scheme.basis}, kết quả ghi được cho phép đến mức cao nhất: “{level.name}”."
    return f"Theo {scheme.basis}, kết quả ghi được cho phép cao nhất mức “{level.name}”."


def _failed(level: Level, condition: Condition, measured: Measured) -> str:
    asked = _asked(condition)
    if condition.measure == "points":
        told = f"điểm {measured.points}, quy định cần {asked} điểm"
    elif condition.measure == "fixed":
        told = "còn hạn chế, khuyết điểm đã chỉ ra chưa khắc phục xong"
    else:
        amount = getattr(measured, condition.measure)
        share = _share(condition.measure, measured) or Fraction(0)
        percent = (
            f"{int(share)}" if share.denominator == 1 else f"{int(share * 10) / 10:.1f}".replace(".", ",")
        )
        told = (
            f"{amount}/{measured.duties} {_SHARES[condition.measure]} ({percent} %), quy định cần {asked} %"
        )
    return f"Chưa tới “{level.short_name}”: {told}."


def _asked(condition: Condition) -> str:
    if condition.at_least is not None:
        return f"{condition.at_least}" if condition.at_least == 100 else f"ít nhất {condition.at_least}"
    return f"nhiều nhất {condition.at_most}"


def _unknown(condition: Condition) -> str:
    if condition.measure == "points":
        return "Chưa có điểm tự chấm."
    if condition.measure == "fixed":
        return "Chưa ghi việc khắc phục hạn chế, khuyết điểm đã chỉ ra."
    return "Năm này chưa ghi việc nào được giao, nên không tính được tỷ lệ việc hoàn thành."
