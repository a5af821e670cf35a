"""What a reorganisation changes in the database, row by row, and putting it back exactly.

The tables are those that the acts on the tree and on members write. Ancestors of members are not kept: they follow from
the tree.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q

from phancong.accounts.models import Appointment
from phancong.common.refusal import Refused
from phancong.followups.models import Matter, Progress
from phancong.members.models import Member, Membership, Post
from phancong.organizations.models import (
    Area,
    AreaCoverage,
    EventParty,
    Organization,
    OrganizationEvent,
    OrganizationVersion,
)
from phancong.oversight.models import Charge
from phancong.secondments.models import Secondment
from phancong.transfers.models import Transfer
from phancong.yearbook.models import ResidenceContact

Values = Mapping[str, Any]
Rows = dict[tuple[str, int], Values]
# Each table with the fields that are kept; none named: all of them. Rows it points to stand before it.
TABLES: tuple[tuple[type[Model], tuple[str, ...]], ...] = (
    (Organization, ()),
    (OrganizationVersion, ()),
    (OrganizationEvent, ()),
    (EventParty, ()),
    (Area, ("committee_id",)),
    (AreaCoverage, ()),
    (Member, ("cell_id",)),
    (Membership, ()),
    (Post, ("valid_until",)),
    (Appointment, ()),
    (Charge, ("valid_until",)),
    (Progress, ("cell_id",)),
    (Matter, ("holder_id",)),
    (Transfer, ("home_id", "cell_id")),
    (Secondment, ("home_id", "cell_id")),
    (ResidenceContact, ("work_cell_id", "residence_cell_id")),
)
MODELS = {model._meta.label: model for model, _ in TABLES}


def captured(organizations: Iterable[int], members: Iterable[int]) -> Rows:
    """All rows that an act on these organisations and members may touch."""
    places, people = list(organizations), list(members)
    chosen: dict[type[Model], Q] = {
        Organization: Q(pk__in=places),
        OrganizationVersion: Q(organization__in=places),
        OrganizationEvent: Q(parties__organization__in=places),
        EventParty: Q(organization__in=places),
        Area: Q(committee__in=places),
        AreaCoverage: Q(cell__in=places),
        Member: Q(pk__in=people),
        Membership: Q(member__in=people),
        Post: Q(organization__in=places) | Q(member__in=people),
        Appointment: Q(organization__in=places),
        Charge: Q(organization__in=places) | Q(committee__in=places),
        Progress: Q(cell__in=places),
        Matter: Q(holder__in=places),
        Transfer: Q(home__in=places) | Q(cell__in=places),
        Secondment: Q(home__in=places) | Q(cell__in=places),
        ResidenceContact: Q(work_cell__in=places) | Q(residence_cell__in=places),
    }
    found: Rows = {}
    for model, fields in TABLES:
        names = fields or tuple(field.attname for field in model._meta.concrete_fields)
        for row in model._default_manager.filter(chosen[model]).distinct().values("pk", *names):
            key = row.pop("pk")
            found[model._meta.label, key] = json.loads(json.dumps(row, cls=DjangoJSONEncoder))
    return found


def changes(before: Rows, after: Rows) -> list[tuple[str, int, Values | None, Values | None]]:
    """Rows that differ: table, key, before, after."""
    return [
        (*key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]


def check_untouched(traces: Sequence[tuple[str, int, Values | None, Values | None]]) -> None:
    """Every row is still as the reorganisation left it."""
    for model, fields in TABLES:
        label = model._meta.label
        wanted = {row: after for table, row, _, after in traces if table == label}
        names = fields or tuple(field.attname for field in model._meta.concrete_fields)
        now = {
            row.pop("pk"): json.loads(json.dumps(row, cls=DjangoJSONEncoder))
            for row in model._default_manager.filter(pk__in=list(wanted)).values("pk", *names)
        }
        if any(now.get(row) != after for row, after in wanted.items()):
            raise Refused(
                f"Sau khi sắp xếp đã có thay đổi ở “{model._meta.verbose_name}”, nên không hoàn tác được nữa. "
                "Lập phương án sắp xếp mới để sửa."
            )


def put_back(traces: Sequence[tuple[str, int, Values | None, Values | None]]) -> None:
    """The rows are again what they were before. Raises Refused where something new depends on what came to be."""
    created: list[int] = []
    for model, _ in reversed(TABLES):
        label = model._meta.label
        new = [row for table, row, before, _ in traces if table == label and before is None]
        if model is Organization:
            created = new
        else:
            model._default_manager.filter(pk__in=new).delete()
    for model, _ in TABLES:
        label = model._meta.label
        for table, row, before, after in traces:
            if table != label or before is None:
                continue
            values = {name: _read(model, name, value) for name, value in before.items()}
            if after is None:
                model._default_manager.bulk_create([model(**values)])
            else:
                model._default_manager.filter(pk=row).update(**values)
    _remove(created)


def _remove(created: Sequence[int]) -> None:
    """Organisations that came to be are gone, unless somebody has used them since."""
    Organization.objects.filter(pk__in=created).update(parent=None, kept_by=None)
    for relation in Organization._meta.related_objects:
        rows: Any = relation.related_model._default_manager
        if rows.filter(**{f"{relation.field.name}__in": created}).exists():
            raise Refused(
                "Tổ chức mới lập đã có hồ sơ, việc làm hoặc người của mình, nên không hoàn tác được nữa. "
                "Lập phương án sắp xếp mới để sửa."
            )
    Organization.objects.filter(pk__in=created).delete()


def _read(model: type[Model], name: str, value: Any) -> Any:
    """`value` as the column takes it."""
    field = next(field for field in model._meta.concrete_fields if field.attname == name)
    return field.to_python(value)
