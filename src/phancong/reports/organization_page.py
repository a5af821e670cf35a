"""One organisation in words: what it was, who leads it, where it works, its plan."""

from dataclasses import dataclass
from datetime import date

from phancong import rules
from phancong.access.actor import Actor, may
from phancong.access.permissions import Permission
from phancong.members.models import Post
from phancong.organizations.models import Area, AreaCoverage, Organization, OrganizationVersion
from phancong.organizations.queries import history_of, organizations_for, steps_of
from phancong.oversight.models import Charge
from phancong.oversight.queries import in_charge_of
from phancong.planning.models import Plan
from phancong.reports.kept_papers import kept_count
from phancong.reports.organization_tree import Node, Tree, tree_for


@dataclass(frozen=True, slots=True)
class PostLine:
    position: str
    member: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    kind: str
    above: list[tuple[int, str]]
    tree: Tree
    node: Node | None
    posts: list[PostLine]
    history: list[OrganizationVersion]
    areas: list[Area]
    plan: Plan | None
    charge: Charge | None
    year: int
    may_plan: bool
    may_follow: bool
    kept: int


def organization_page(actor: Actor, organization: Organization, *, day: date) -> OrganizationPage:
    tree = tree_for(actor, day, root_path=organization.path)
    kinds = {kind.code: kind.name for kind in rules.on(day).organization_kinds}
    covered = AreaCoverage.objects.on(day).filter(cell=organization).select_related("area")
    return OrganizationPage(
        kind=kinds.get(organization.kind, organization.kind),
        above=_above(actor, organization),
        tree=tree,
        node=tree.roots[0] if tree.roots else None,
        posts=_posts(organization, day),
        history=list(history_of(organization)),
        areas=sorted((row.area for row in covered), key=lambda area: area.sort_key),
        plan=Plan.objects.filter(cell=organization, year=day.year).first(),
        charge=in_charge_of(organization, day=day),
        year=day.year,
        may_plan=may(actor, Permission.PLAN_SEE, organization.path),
        may_follow=may(actor, Permission.WORK_SEE, organization.path),
        kept=kept_count(actor, organization),
    )


def _above(actor: Actor, organization: Organization) -> list[tuple[int, str]]:
    """Organisations above this one that the actor may see, from the top down."""
    steps = steps_of(organization.path)[:-1]
    return list(organizations_for(actor).filter(pk__in=steps).order_by("depth").values_list("id", "name"))


def _posts(organization: Organization, day: date) -> list[PostLine]:
    positions = {position.code: position for position in rules.on(day).positions}
    held = Post.objects.on(day).filter(organization=organization).select_related("member")
    known = sorted(
        (post for post in held if post.position in positions),
        key=lambda post: (positions[post.position].rank, post.member.sort_key, post.pk),
    )
    return [PostLine(positions[post.position].name, str(post.member), post.valid_from) for post in known]
