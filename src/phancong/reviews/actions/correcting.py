"""Setting an unconfirmed value of the rule by a decision."""

from datetime import date

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.organizations.models import Organization
from phancong.reviews import policies
from phancong.reviews.models import RuleCorrection
from phancong.reviews.queries.rules import corrections_at
from phancong.reviews.rule_values import read_value, values_on
from phancong.reviews.schemes import scheme_on


def correct_value(
    place: Organization,
    *,
    day: date,
    address: str,
    text: str,
    decision_number: str,
    decided_on: date,
    by: Actor,
) -> RuleCorrection:
    """For `place` and everything below it, in the version of the rule in force on `day`."""
    policies.check_may_lead(place, by=by)
    decision_number = clean(decision_number)
    policies.check_told(decision_number, what="số quyết định, hướng dẫn", most=60)
    policies.check_has_come(decided_on, today=by.today, what="Ngày quyết định")
    scheme = scheme_on(day)
    value = next((one for one in values_on(day, corrections_at(place, day)) if one.address == address), None)
    if value is None or not value.may_be_corrected:
        raise Refused("Giá trị này đã đối chiếu với văn bản nên không đặt lại được.")
    read = read_value(value, text, levels=scheme.codes)
    with transaction.atomic():
        made = RuleCorrection.objects.create(
            place=place,
            version_from=scheme.valid_from,
            address=address,
            value=read,
            decision_number=decision_number,
            decided_on=decided_on,
            recorded_at=by.now,
            recorded_by=by.user_id,
            recorded_by_name=by.name,
        )
        log.record(
            by=by,
            action="correct_rule",
            subject=f"organization:{place.pk}",
            place=place.path,
            detail={"address": address, "decision_number": decision_number},
            before=value.value,
            after=read,
        )
    return made
