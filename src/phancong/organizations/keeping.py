"""Who keeps the papers of an organisation that ended; nobody sees them by this but whoever may where they are kept."""

from collections.abc import Sequence

from phancong.organizations.models import Organization


def hand_over_papers(ended: Sequence[Organization], keeper: Organization | None) -> None:
    """Their own papers, and those that they kept of earlier ones."""
    Organization.objects.filter(kept_by__in=ended).update(kept_by=keeper)
    Organization.objects.filter(pk__in=[one.pk for one in ended]).update(kept_by=keeper)
