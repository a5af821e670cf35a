"""Documents as bytes for a download, and as files of a folder."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from phancong.common.files import whole_file
from phancong.common.party_document import PartyDocument
from phancong.common.refusal import Refused
from phancong.common.text import fold
from phancong.planning.documents.assignment_list import assignment_list
from phancong.planning.documents.facts import PlanFacts, plan_facts
from phancong.planning.documents.minutes import minutes
from phancong.planning.documents.parts import plan_mark
from phancong.planning.documents.resolution import resolution
from phancong.planning.documents.slips import slips
from phancong.planning.models import Plan

KINDS: dict[str, tuple[str, Callable[[PlanFacts], PartyDocument]]] = {
    "minutes": ("bien-ban-hop-chi-bo", minutes),
    "list": ("danh-sach-phan-cong", assignment_list),
    "resolution": ("nghi-quyet-chuyen-de", resolution),
    "slips": ("phieu-phan-cong", slips),
}


def plan_document(plan: Plan, kind: str) -> tuple[str, bytes]:
    """File name and content of one document. `kind` is a key of `KINDS`."""
    if kind not in KINDS:
        raise Refused("Không có loại văn bản này. Chọn biên bản, danh sách, nghị quyết hoặc phiếu phân công.")
    facts = plan_facts(plan)
    return f"{KINDS[kind][0]}-{plan.year}-{slug(facts.cell)}.docx", KINDS[kind][1](facts).to_bytes()


def member_slip(plan: Plan, member_id: int) -> tuple[str, bytes]:
    """File name and content of the slip of one member."""
    facts = plan_facts(plan)
    people = [person for person in facts.people if person.member.pk == member_id]
    if not people:
        raise Refused("Đồng chí này không có trong kế hoạch của chi bộ. Lập lại kế hoạch rồi in phiếu.")
    return f"phieu-phan-cong-{plan.year}-{slug(people[0].name)}.docx", slips(facts, people).to_bytes()


def write_cell_documents(plan: Plan, folder: Path) -> list[Path]:
    """Write the four documents of `plan` into its own folder under `folder`; each appears whole or not at all."""
    facts = plan_facts(plan)
    target = cell_folder(plan, folder)
    target.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, build in KINDS.values():
        path = target / f"{name}-{plan.year}.docx"
        with whole_file(path) as target_file:
            target_file.write(build(facts).to_bytes())
        paths.append(path)
    return paths


def are_up_to_date(plan: Plan, folder: Path) -> bool:
    """Whether all four files were made from the plan as it stands, by the mark inside each of them."""
    target = cell_folder(plan, folder)
    return all(_mark_of(target / f"{name}-{plan.year}.docx") == plan_mark(plan) for name, _ in KINDS.values())


def cell_folder(plan: Plan, folder: Path) -> Path:
    """By code, because two cells may bear one name; the name follows for the reader."""
    return folder / f"{slug(plan.cell.code)}-{slug(plan.cell.name)}"[:100].rstrip("-")


def slug(text: str) -> str:
    """Letters without marks, digits and hyphens: a file name for every system."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-") or "khong-ten"


def _mark_of(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            core = package.read("docProps/core.xml").decode("utf-8")
    except (FileNotFoundError, KeyError, zipfile.BadZipFile):
        return ""
    found = re.search(r"<dc:identifier>([^<]*)</dc:identifier>", core)
    return found.group(1) if found else ""
