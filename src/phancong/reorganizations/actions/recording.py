"""The line in the log that every act on a reorganisation leaves."""

from phancong.access.actor import Actor
from phancong.access.permissions import Permission
from phancong.audit import log
from phancong.reorganizations.models import Reorganization


def record(action: str, one: Reorganization, *, by: Actor, **detail: int | str) -> None:
    log.record(
        by=by,
        action=action,
        subject=f"reorganization:{one.pk}",
        place=one.keeper.path,
        detail=dict(detail),
        right=Permission.ORGANIZATION_CHANGE,
    )
