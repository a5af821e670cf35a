"""What a page of figures was asked for: which organisation, as of which day, by which tree."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from phancong.access.actor import Actor
from phancong.access.requests import actor_of, found, number
from phancong.figures.base import Base, base_for
from phancong.figures.enums import Tree
from phancong.figures.forms import DayForm
from phancong.figures.sections import Sheet, sheet_called


@dataclass(frozen=True, slots=True)
class Asked:
    """`query` leads to the same organisation, day and tree on another page."""

    actor: Actor
    form: DayForm
    base: Base

    @property
    def query(self) -> str:
        return query_of(self.base, root_id=self.base.root_id)


def query_of(base: Base, *, root_id: int | None, tree: Tree | None = None) -> str:
    asked = {"ngay": f"{base.day:%d/%m/%Y}", "cay": (tree or base.tree).value}
    return urlencode({"to-chuc": root_id, **asked} if root_id else asked)


def asked_for(request: HttpRequest) -> Asked:
    """The door to every page of figures: an organisation that the actor does not see is not there."""
    actor = actor_of(request)
    form = DayForm(request.GET, today=actor.today)
    tree = next((one for one in Tree if one.value == request.GET.get("cay")), Tree.THEN)
    root_id = number(request.GET.get("to-chuc")) or None
    return Asked(actor, form, found(base_for(actor, root_id=root_id, day=form.day(), tree=tree)))


def sheet_of(code: str) -> Sheet:
    sheet = sheet_called(code)
    if sheet is None:
        raise Http404
    return sheet
