"""The common catalogue of duties, kept equal to its rule pack."""

from dataclasses import asdict, dataclass

from django.db import transaction

from phancong.access.actor import Actor, may_anywhere
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.common.refusal import Refused
from phancong.planning.catalogue import DutyRule, duty_rules
from phancong.planning.models import CatalogueDuty


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries were added, changed, taken out of use, and left as they were."""

    added: int
    changed: int
    retired: int
    unchanged: int


@transaction.atomic
def load_catalogue(*, by: Actor) -> Loaded:
    """Make the common catalogue equal to the pack in force today; entries no longer named go out of use."""
    if not may_anywhere(by, Permission.DUTY_CATALOGUE_CHANGE):
        raise Refused("Chỉ văn phòng Đảng ủy nạp được danh mục nhiệm vụ chung.")
    rules = {rule.code: rule for rule in duty_rules(by.today)}
    present = {entry.code: entry for entry in CatalogueDuty.objects.filter(cell__isnull=True)}
    added = [CatalogueDuty(**_fields(rule)) for code, rule in rules.items() if code not in present]
    changed = [
        present[code] for code, rule in rules.items() if code in present and _update(present[code], rule)
    ]
    retired = [entry for code, entry in present.items() if code not in rules and entry.is_active]
    for entry in retired:
        entry.is_active = False
    CatalogueDuty.objects.bulk_create(added)
    if changed or retired:
        names = [field.name for field in CatalogueDuty._meta.concrete_fields if not field.primary_key]
        CatalogueDuty.objects.bulk_update([*changed, *retired], names)
    loaded = Loaded(len(added), len(changed), len(retired), len(rules) - len(added) - len(changed))
    if added or changed or retired:
        log.record(by=by, action="load_catalogue", subject="catalogue", detail=asdict(loaded))
    return loaded


def _fields(rule: DutyRule) -> dict[str, object]:
    fields = asdict(rule)
    del fields["source"], fields["confirmed"]
    return fields


def _update(entry: CatalogueDuty, rule: DutyRule) -> bool:
    """Write the rule into the entry; whether anything differed."""
    wanted = {**_fields(rule), "is_active": True}
    different = {name: value for name, value in wanted.items() if getattr(entry, name) != value}
    for name, value in different.items():
        setattr(entry, name, value)
    return bool(different)
