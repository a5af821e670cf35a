"""What a change does to a draft, in one sentence: fit, load, and what is open."""

from collections.abc import Iterator
from datetime import date

from phancong.planning.packs import LoadWord, planning_rules
from phancong.planning.solving.judging import mean_fit
from phancong.planning.solving.people import Person, planning_day
from phancong.planning.solving.snapshot import Snapshot, full_title

# More people or duties than this are counted, not named: one sentence stays one sentence.
NAMED = 3


def effect_of(before: Snapshot, after: Snapshot, *, today: date) -> str:
    """Empty when nothing of it changed."""
    parts = [*_fit(before, after), *_loads(before, after, today), *_open(before, after)]
    told = "; ".join(parts)
    return f"{told[:1].upper()}{told[1:]}." if parts else ""


def hours_held(snapshot: Snapshot, member: int) -> int:
    """Hours a month of everything a member holds in the draft."""
    return sum(snapshot.duties[duty].monthly_hours for who, duty in snapshot.held if who == str(member))


def load_of(snapshot: Snapshot, person: Person, hours: int, *, today: date) -> LoadWord:
    law = planning_rules(planning_day(snapshot.plan.year, today))
    return law.load_word(hours=hours, capacity=person.facts.hours)


def _fit(before: Snapshot, after: Snapshot) -> Iterator[str]:
    was, now = mean_fit(before), mean_fit(after)
    if before.held == after.held or now is None:
        return
    if was is None:
        yield f"mức hợp chung {now} trên 100"
    elif was == now:
        yield f"mức hợp chung vẫn {now} trên 100"
    elif now > was:
        yield f"hợp hơn: mức hợp chung từ {was} lên {now} trên 100"
    else:
        yield f"kém hợp hơn: mức hợp chung từ {was} xuống {now} trên 100"


def _loads(before: Snapshot, after: Snapshot, today: date) -> Iterator[str]:
    changed = []
    for key, person in after.people.items():
        was, now = hours_held(before, person.member.pk), hours_held(after, person.member.pk)
        if was != now and key in before.people:
            word = load_of(after, person, now, today=today).name
            way = "lên" if now > was else "xuống"
            changed.append(f"đ/c {person.member.full_name} từ {was} {way} {now} giờ mỗi tháng, mức {word}")
    yield from changed[:NAMED]
    if len(changed) > NAMED:
        yield f"{len(changed) - NAMED} đồng chí khác đổi khối lượng"


def _open(before: Snapshot, after: Snapshot) -> Iterator[str]:
    was, now = _missing(before), _missing(after)
    changed = []
    for number, duty in after.duties.items():
        if was.get(number, 0) == now[number]:
            continue
        rest = f"còn thiếu {now[number]} người" if now[number] else "đã đủ người"
        changed.append(f"việc “{full_title(duty)}” {rest}")
    yield from changed[:NAMED]
    if len(changed) > NAMED:
        yield f"{len(changed) - NAMED} việc khác đổi số người"


def _missing(snapshot: Snapshot) -> dict[str, int]:
    """How many people each duty still lacks."""
    taken = dict.fromkeys(snapshot.duties, 0)
    for _, duty in snapshot.held:
        taken[duty] += 1
    return {number: max(duty.headcount_min - taken[number], 0) for number, duty in snapshot.duties.items()}
