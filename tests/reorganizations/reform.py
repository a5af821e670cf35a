"""The decision of 2025 as lines and people, and as the workbook that an office would send."""

from phancong.members.models import Member
from phancong.organizations.models import Organization
from phancong.reorganizations.models import Reorganization, Step
from phancong.reorganizations.workbook import workbook_of
from phancong.sample import decisions as made
from phancong.sample.places import COMMUNES, REFORM
from tests.factories import make_actor

# The new commune each old one goes to.
NEW = {"IRB": "X-IRB", "CB": "X-IRB", "IRT": "X-ISA", "ISA": "X-ISA"}
NAMES = {"X-IRB": "Đảng bộ xã Ia Rbol (mới)", "X-ISA": "Đảng bộ xã Ia Sao (mới)"}


def reform_lines() -> list[Step]:
    """What the sample says of wards and agencies; communes, which it loses from sight, become two new ones."""
    rows: list[tuple[str, ...]] = [("founding", code, "", name, "commune") for code, name in NAMES.items()]
    for decided in made.decisions():
        if decided.on == REFORM:
            rows += _of_sample(decided)
    for cell in Organization.objects.active().filter(parent__code__in=NEW).select_related("parent"):
        assert cell.parent is not None
        kind = "grassroots_area_cell" if cell.kind == "area_cell" else "grassroots_cell"
        rows.append(("conversion", cell.code, NEW[cell.parent.code], "", kind))
    rows += [("merge", code, new) for code, new in NEW.items()]
    return [_step(*row) for row in rows]


def _of_sample(decided: made.Decided) -> list[tuple[str, ...]]:
    match decided:
        case made.Founding():
            return [("founding", decided.code, decided.parent, decided.name, decided.kind)]
        case made.Renaming():
            return [("rename", decided.code, "", decided.name)]
        case made.Moving():
            return [("move", decided.code, decided.parent)]
        case made.Conversion():
            return [("conversion", decided.code, decided.parent, "", decided.kind)]
        case made.Merger():
            return [("merge", code, decided.code) for code in decided.sources]
        case made.Dissolution() if not any(_is_in(decided.code, code) for code, *_ in COMMUNES):
            return [("dissolution", decided.code)]
    return []


def _is_in(code: str, commune: str) -> bool:
    return code == commune or code.rsplit("-", 1)[0] == f"CB-{commune}"


def _step(kind: str, code: str, target: str = "", name: str = "", of: str = "") -> Step:
    return Step(number=1, kind=kind, code=code, target=target, name=name, organization_kind=of)


def _placed(lines: list[Step]) -> dict[Member, str]:
    """Members of cells that end without an heir go to cells of the new ward's offices."""
    ending = [line.code for line in lines if line.kind == "dissolution"]
    members = Member.objects.filter(cell__code__in=ending).order_by("pk")
    return {member: ("CB-UB-2", "CB-UB-3")[number % 2] for number, member in enumerate(members)}


def reform_workbook(town: Organization) -> tuple[bytes, int, int]:
    """Written by the product itself from lines of a draft that is not kept: the file, its lines, its people."""
    draft = Reorganization.objects.create(committee=town, keeper=town, title="x", effective_on=REFORM)
    lines = reform_lines()
    for number, line in enumerate(lines, start=1):
        line.reorganization, line.number = draft, number
    Step.objects.bulk_create(lines)
    people = _placed(lines)
    for member, code in people.items():
        draft.placements.create(member=member, target=code)
    with workbook_of(draft, by=make_actor("office", "", REFORM)) as file:
        content = file.read()
    draft.delete()
    return content, len(lines), len(people)
