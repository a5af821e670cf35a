"""Opening a round over the roll of a day, keeping the roll right, closing it when its totals close."""

import hashlib
import json
from dataclasses import asdict
from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.organizations.models import Organization
from phancong.reviews import policies
from phancong.reviews.actions.writing import keep
from phancong.reviews.closing import Totals
from phancong.reviews.enums import RoundState, Stage
from phancong.reviews.models import LINE_LENGTH, CellReview, Closing, Rating, Round
from phancong.reviews.queries.roll import OnRoll, cells_on, grassroots_of, roll_on
from phancong.reviews.queries.rules import scheme_of
from phancong.reviews.queries.totals import totals_of_round
from phancong.reviews.schemes import Scheme, has_scheme

BATCH = 1000


def open_round(
    committee: Organization, *, year: int, rules_on: date, counted_on: date, basis: str, by: Actor
) -> Round:
    """A round over everybody on the roll of `counted_on` in the cells that stood under the committee that day."""
    policies.check_may_lead(committee, by=by)
    policies.check_round_days(year=year, rules_on=rules_on, counted_on=counted_on, today=by.today)
    basis = clean(basis)
    policies.check_told(
        basis, what="văn bản mở đợt, ví dụ Kế hoạch số 12-KH/ĐU ngày 01/11/2026", most=LINE_LENGTH
    )
    if not has_scheme(rules_on):
        raise Refused(f"Chưa có quy định xếp loại cho ngày {rules_on:%d/%m/%Y} trong các gói quy định.")
    with transaction.atomic():
        # Of two who open it at once, the second waits here and is told.
        Organization.objects.select_for_update().get(pk=committee.pk)
        if Round.objects.filter(committee=committee, year=year).exists():
            raise Refused(
                f"Đợt kiểm điểm năm {year} của {committee.name} đã mở. Xem trong danh sách các đợt."
            )
        made = Round.objects.create(
            committee=committee,
            year=year,
            rules_on=rules_on,
            counted_on=counted_on,
            opened_on=by.today,
            basis=basis,
        )
        count = fill(made)
        if not count:
            raise Refused(
                f"Ngày {counted_on:%d/%m/%Y} {committee.name} chưa có chi bộ nào có đảng viên. Ghi lại ngày tính."
            )
        _log(made, "open_review", by=by, count=count)
    return made


def fill(round_: Round) -> int:
    """Write the parts of cells and the ratings of everybody on the roll who has none yet; how many ratings."""
    cells = cells_on(round_.committee_id, round_.counted_on)
    roll = roll_on([cell.id for cell in cells], round_.counted_on)
    with_members = {person.cell_id for person in roll}
    bases = grassroots_of(cells, round_.counted_on)
    known = set(CellReview.objects.filter(round=round_).values_list("cell_id", flat=True))
    CellReview.objects.bulk_create(
        [
            CellReview(round=round_, cell_id=cell.id, grassroots_id=bases[cell.id], sort_key=cell.sort_key)
            for cell in cells
            if cell.id in with_members and cell.id not in known
        ],
        batch_size=BATCH,
    )
    return _add_people(round_, roll)


def _add_people(round_: Round, roll: list[OnRoll]) -> int:
    reviews = {review.cell_id: review for review in CellReview.objects.filter(round=round_)}
    scheme = scheme_of(round_)
    rated = set(Rating.objects.filter(review__round=round_).values_list("review__cell_id", "member_id"))
    made = Rating.objects.bulk_create(
        [
            _rating(reviews[person.cell_id], person, scheme, round_.counted_on)
            for person in roll
            if (person.cell_id, person.member.pk) not in rated
        ],
        batch_size=BATCH,
    )
    return len(made)


def _rating(review: CellReview, person: OnRoll, scheme: Scheme, day: date) -> Rating:
    member = person.member
    return Rating(
        review=review,
        member=member,
        member_name=member.full_name,
        sort_key=member.sort_key,
        group=scheme.group_of(posts=person.posts, category=member.category).code,
        not_rated=scheme.not_rated_because(status=person.status, admitted_on=member.admitted_on, day=day),
    )


def refresh_roll(round_: Round, *, by: Actor) -> tuple[int, int]:
    """Bring the roll up to `counted_on` in cells that have not proposed yet: how many came, how many left.

    Whoever left keeps their row, out of the roll; whoever came back is in it again."""
    policies.check_may_lead(round_.committee, by=by)
    with transaction.atomic():
        held = Round.objects.select_for_update(of=("self",)).select_related("committee").get(pk=round_.pk)
        policies.check_open(held)
        came = fill(held)
        cells = cells_on(held.committee_id, held.counted_on)
        here = {(one.cell_id, one.member.pk) for one in roll_on([cell.id for cell in cells], held.counted_on)}
        open_rows = Rating.objects.filter(review__round=held, review__stage=Stage.IN_CELL)
        left = back = 0
        changed = []
        for row in open_rows.select_related("review"):
            is_here = (row.review.cell_id, row.member_id) in here
            if is_here != row.is_on_roll:
                row.is_on_roll, row.version = is_here, row.version + 1
                changed.append(row)
                left, back = left + (not is_here), back + is_here
        Rating.objects.bulk_update(changed, ["is_on_roll", "version"], batch_size=BATCH)
        _log(held, "refresh_review", by=by, count=came + back, left=left)
    return came + back, left


def close_round(round_: Round, *, seen: int, by: Actor) -> Totals:
    """Close the round where every part is decided and the totals close with the roll of the day."""
    policies.check_may_lead(round_.committee, by=by)
    with transaction.atomic():
        held = Round.objects.select_for_update(of=("self",)).select_related("committee").get(pk=round_.pk)
        policies.check_version(held.version, seen=seen)
        policies.check_open(held)
        _check_all_decided(held)
        _check_roll(held)
        totals = totals_of_round(held, scheme_of(held))
        if not totals.closes:
            raise Refused(f"{totals.sentence} Xếp loại hoặc ghi lý do không xếp loại rồi chốt.")
        content = json.loads(json.dumps(asdict(totals)))
        held.state, held.closed_on = RoundState.CLOSED, by.today
        keep(held, "state", "closed_on")
        Closing.objects.create(
            round=held,
            content=content,
            digest=digest_of(content),
            recorded_at=by.now,
            recorded_by=by.user_id,
            recorded_by_name=by.name,
        )
        _log(held, "close_review", by=by, count=totals.roll)
    return totals


def digest_of(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _check_all_decided(round_: Round) -> None:
    waiting = CellReview.objects.filter(round=round_).exclude(stage=Stage.DECIDED)
    names = list(waiting.order_by("sort_key", "id").values_list("cell__name", flat=True)[:4])
    if names:
        count = waiting.count()
        more = f" và {count - 3} chi bộ khác" if count > 3 else ""
        raise Refused(f"Còn {count} chi bộ chưa có quyết định: {', '.join(names[:3])}{more}.")


def _check_roll(round_: Round) -> None:
    """Everybody on the roll of the day has a row in the cell they belonged to, and nobody else does."""
    cells = cells_on(round_.committee_id, round_.counted_on)
    roll = {(one.cell_id, one.member.pk) for one in roll_on([cell.id for cell in cells], round_.counted_on)}
    rows = set(
        Rating.objects.filter(review__round=round_, is_on_roll=True).values_list(
            "review__cell_id", "member_id"
        )
    )
    if roll != rows:
        raise Refused(
            f"Danh sách ngày {round_.counted_on:%d/%m/%Y} có {len(roll)} đồng chí, đợt kiểm điểm có {len(rows)}: "
            f"thiếu {len(roll - rows)}, thừa {len(rows - roll)}. Bấm “Cập nhật danh sách” rồi chốt."
        )


def _log(round_: Round, action: str, *, by: Actor, **detail: int) -> None:
    log.record(
        by=by,
        action=action,
        subject=f"organization:{round_.committee_id}",
        place=round_.committee.path,
        detail={"year": round_.year, **detail},
    )
