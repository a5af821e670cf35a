"""The whole state of members in the database, to see whether they changed and to put them back."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from phancong.members.models import (
    Competence,
    MassOrganizationMembership,
    Member,
    Membership,
    Post,
    StatusPeriod,
    Wish,
    WorkLimit,
)

Snapshot = dict[str, Any]

# Everything an import writes. Reasons of limits hang on limits, and experience is never in a roster.
TABLES: tuple[type[Model], ...] = (
    Membership,
    StatusPeriod,
    Post,
    Competence,
    MassOrganizationMembership,
    WorkLimit,
    Wish,
)


def snapshots_of(member_ids: Iterable[int]) -> dict[int, Snapshot]:
    """Plain JSON values of each member's rows."""
    ids = list(member_ids)
    found: dict[int, Snapshot] = {
        row["id"]: {"member": row, **{table.__name__: [] for table in TABLES}}
        for row in Member.objects.filter(pk__in=ids).values()
    }
    for table in TABLES:
        for row in table._default_manager.filter(member_id__in=ids).order_by("pk").values():
            found[row["member_id"]][table.__name__].append(row)
    return {pk: json.loads(json.dumps(snapshot, cls=DjangoJSONEncoder)) for pk, snapshot in found.items()}


def digest_of(snapshot: Snapshot) -> str:
    return hashlib.sha256(json.dumps(snapshot, sort_keys=True).encode()).hexdigest()


def put_back(before: Snapshot, now: Snapshot) -> None:
    """Make the rows of one member what they were. Only rows that differ are touched, so reasons of limits remain."""
    for table in TABLES:
        old = {row["id"]: row for row in before[table.__name__]}
        new = {row["id"]: row for row in now[table.__name__]}
        # Rows to be added back may overlap those that came since: first away, then in, then altered in place.
        table._default_manager.filter(pk__in=new.keys() - old.keys()).delete()
        for pk in old.keys() & new.keys():
            if old[pk] != new[pk]:
                table(**old[pk]).save(force_update=True)
        table._default_manager.bulk_create(table(**old[pk]) for pk in sorted(old.keys() - new.keys()))
    Member.objects.filter(pk=before["member"]["id"]).update(**before["member"])
