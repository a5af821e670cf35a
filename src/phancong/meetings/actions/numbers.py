"""Numbers of documents: one after the other for each type, term and cell, none left out and none twice."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.meetings import policies
from phancong.meetings.models import LINE_LENGTH, Meeting, NumberSeries, Term
from phancong.meetings.queries import numbering_began
from phancong.organizations.models import Organization


def take_number(cell: Organization, *, type_code: str, day: date) -> int:
    """The next number. Only inside the transaction of the document: when that is undone, so is the number."""
    key: dict[str, Any] = {"cell": cell, "type_code": type_code, "began_on": numbering_began(cell, day)}
    NumberSeries.objects.get_or_create(**key)
    series = NumberSeries.objects.select_for_update().get(**key)
    number = series.next_number
    series.next_number += 1
    series.save(update_fields=["next_number"])
    return number


def begin_term(cell: Organization, *, began_on: date, basis: str, by: Actor) -> Term:
    """A new term of the cell's committee: numbers begin with 01 again from that day."""
    policies.check_may_record(cell, by=by)
    basis = clean(basis)
    policies.check_told(basis, what="căn cứ, ví dụ số và ngày của biên bản đại hội", most=LINE_LENGTH)
    if began_on > by.today:
        raise Refused(f"Ngày {began_on:%d/%m/%Y} chưa đến. Ghi ngày nhiệm kỳ đã bắt đầu.")
    with transaction.atomic():
        if Meeting.objects.filter(cell=cell, held_on__gte=began_on, number__isnull=False).exists():
            raise Refused(
                f"Từ ngày {began_on:%d/%m/%Y} đã có biên bản được cấp số. Ghi ngày sau kỳ họp cuối cùng đã cấp số."
            )
        try:
            with transaction.atomic():
                term = Term.objects.create(cell=cell, began_on=began_on, basis=basis)
        except IntegrityError:
            raise Refused(
                f"Nhiệm kỳ bắt đầu ngày {began_on:%d/%m/%Y} đã ghi rồi. Ghi một ngày khác nếu cần."
            ) from None
        log.record(
            by=by,
            action="meeting_term",
            subject=f"organization:{cell.pk}",
            place=cell.path,
            detail={"on": began_on.isoformat(), "basis": basis},
        )
    return term
