"""Checking the whole chain against the anchors, and keeping what was found."""

from time import monotonic

from django.db import transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.audit.anchoring import written_anchors
from phancong.audit.models import ChainCheck
from phancong.audit.net.scope import EVERYTHING, seeing


@transaction.atomic
def check_log(*, by: Actor) -> ChainCheck:
    """Walk all lines now; that it was done is itself a line."""
    anchors = written_anchors()
    started = monotonic()
    # The chain is one for all; what is found tells nothing of what the lines say.
    with seeing(EVERYTHING):
        found = log.verdict({anchor.sequence: anchor.hash for anchor in anchors})
    check = ChainCheck.objects.create(
        at=by.now,
        lines=found.lines,
        seconds=monotonic() - started,
        broken=found.broken,
        reason=found.reason,
        unkeyed=found.unkeyed,
        anchor_sequence=anchors[-1].sequence if anchors else None,
        anchored_at=anchors[-1].at if anchors else None,
    )
    log.record(
        by=by,
        action="check_log",
        subject=f"line:{found.broken or found.lines}",
        detail={"lines": found.lines, "broken": found.broken},
    )
    return check
