"""What whoever is in charge of organisations has to know of them today: late work, difficulties passed up."""

from dataclasses import dataclass

from django.db.models import QuerySet

from phancong.access.actor import Actor, places
from phancong.access.permissions import Permission
from phancong.followups.enums import State
from phancong.followups.models import Matter, Progress
from phancong.organizations.models import Organization, in_places
from phancong.oversight.queries import charged_paths

SHOWN = 5


@dataclass(frozen=True, slots=True)
class MyCharges:
    """`difficulties`: the first few, the most pressing first; `open_difficulties`: how many there are."""

    names: tuple[str, ...]
    late: int
    difficulties: tuple[Matter, ...]
    open_difficulties: int


def my_charges_for(actor: Actor) -> MyCharges | None:
    """None for whoever is in charge of nothing."""
    paths = charged_paths(actor)
    if not paths:
        return None
    names = Organization.objects.filter(path__in=paths).order_by("sort_key").values_list("name", flat=True)
    raised = _raised(actor, paths)
    shown = raised.select_related("holder", "entry__assignment__duty__plan__cell")
    return MyCharges(
        names=tuple(names),
        late=_late(actor, paths),
        difficulties=tuple(shown[:SHOWN]),
        open_difficulties=raised.count(),
    )


def _raised(actor: Actor, paths: tuple[str, ...]) -> QuerySet[Matter]:
    """Passed up from a cell there and not answered, as far as the actor follows work."""
    where = "entry__assignment__duty__plan__cell__path"
    found: QuerySet[Matter] = Matter.objects.filter(
        in_places(paths, field=where),
        in_places(places(actor, Permission.WORK_SEE), field=where),
        raised__gt=0,
        answered_on__isnull=True,
    )
    return found.exclude(entry__assignment__member=actor.member_id).order_by("due_on", "id")


def _late(actor: Actor, paths: tuple[str, ...]) -> int:
    found = Progress.objects.filter(
        in_places(paths, field="cell__path"),
        in_places(places(actor, Permission.WORK_SEE), field="cell__path"),
        year=actor.today.year,
        state=State.RUNNING,
        due_on__lt=actor.today,
    )
    return found.count()
