"""What a member is writing is kept on the server from the first page on."""

from typing import Any

from django.utils import timezone

from phancong.access.actor import Actor
from phancong.common.text import clean
from phancong.followups.models import TEXT_LENGTH, ReportDraft
from phancong.planning.models import Assignment


def save_draft(assignment: Assignment, *, by: Actor, **fields: Any) -> ReportDraft:
    """Keep what was typed so far, also what is not yet fit to be sent."""
    kept = {
        name: clean(value)[:TEXT_LENGTH] if isinstance(value, str) and name in {"text", "wish"} else value
        for name, value in fields.items()
    }
    draft, _ = ReportDraft.objects.update_or_create(
        assignment=assignment, user_id=int(by.user_id or 0), defaults={**kept, "saved_at": timezone.now()}
    )
    return draft


def forget_draft(assignment: Assignment, *, by: Actor) -> None:
    ReportDraft.objects.filter(assignment=assignment, user=by.user_id).delete()
