"""Founding an organisation."""

from datetime import date
from typing import Unpack

from django.db import transaction

from phancong.common.refusal import Refused
from phancong.common.text import clean
from phancong.organizations.actions.decision import Decision, check_decided, note_event
from phancong.organizations.enums import EventKind
from phancong.organizations.models import Organization, OrganizationVersion
from phancong.organizations.naming import name_key
from phancong.organizations.placing import lock_the_tree, write_timelines
from phancong.organizations.policies import check_name, check_place, check_right
from phancong.organizations.timeline import Facts, Segment


@transaction.atomic
def found_organization(
    *, code: str, name: str, kind: str, parent: Organization | None, **decision: Unpack[Decision]
) -> Organization:
    """An organisation comes to be on the effective day; without `parent` it is a root."""
    lock_the_tree()
    check_decided(decision)
    organization = establish(code=code, name=name, kind=kind, parent=parent, decision=decision)
    note_event(EventKind.FOUNDING, decision=decision, results=[organization])
    return organization


def establish(
    *, code: str, name: str, kind: str, parent: Organization | None, decision: Decision
) -> Organization:
    """The row and the first version of a new organisation, for acts that bring some into being."""
    day, by = decision["effective_on"], decision["by"]
    name, code = clean(name), clean(code)
    check_name(name)
    above = _parent_on(parent, day)
    check_right(by, above.path if above else "")
    check_place(day, kind=kind, parent_kind=above.kind if above else None)
    if not code or Organization.objects.filter(code=code).exists():
        raise Refused(f"Mã “{code}” trống hoặc đã dùng cho tổ chức khác. Chọn mã khác.")
    organization = Organization.objects.create(
        code=code, name=name, kind=kind, parent=parent, sort_key=name_key(name), founded_on=day
    )
    facts = Facts(name, kind, parent.pk if parent else None)
    write_timelines({organization.pk: [Segment(day, None, facts)]}, today=by.today)
    organization.refresh_from_db()
    return organization


def _parent_on(parent: Organization | None, day: date) -> OrganizationVersion | None:
    if parent is None:
        return None
    version: OrganizationVersion | None = (
        OrganizationVersion.objects.filter(organization=parent).on(day).first()
    )
    if version is None:
        raise Refused(f"{parent.name} không hoạt động ngày {day:%d/%m/%Y}. Chọn cấp trên khác hoặc sửa ngày.")
    return version
