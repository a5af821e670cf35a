"""A reorganisation in Vietnamese sentences, with the names of organisations as they are now or will be."""

from phancong import rules
from phancong.organizations.models import Organization
from phancong.reorganizations.enums import StepKind
from phancong.reorganizations.models import Reorganization, Step


def sentences(one: Reorganization) -> list[tuple[Step, str]]:
    """Each line with its sentence, in the order in which they were written. Three queries."""
    steps = list(one.steps.order_by("number"))
    codes = {step.code for step in steps} | {step.target for step in steps}
    names = dict(Organization.objects.filter(code__in=codes).values_list("code", "name"))
    before = _names_before(one)
    names |= {step.code: step.name for step in steps if step.name and step.code not in names}
    kinds = {kind.code: kind.name for kind in rules.on(one.effective_on).organization_kinds}
    return [(step, _sentence(step, {**names, **before}, kinds)) for step in steps]


def _names_before(one: Reorganization) -> dict[str, str]:
    """The names that a decision already carried out has changed."""
    rows = one.traces.filter(table=Organization._meta.label, before__isnull=False)
    return {row["code"]: row["name"] for row in rows.values_list("before", flat=True) if row}


def _sentence(step: Step, names: dict[str, str], kinds: dict[str, str]) -> str:
    subject = names.get(step.code, step.code)
    other = names.get(step.target, step.target)
    kind = kinds.get(step.organization_kind, step.organization_kind)
    match StepKind(step.kind):
        case StepKind.FOUNDING:
            below = f", trực thuộc {other}" if step.target else ""
            return f"Thành lập {step.name} ({kind}){below}."
        case StepKind.SPLIT:
            areas = f", phụ trách {len(step.areas)} thôn, tổ" if step.areas else ""
            return f"Tách {step.name} từ {other}{areas}."
        case StepKind.CONVERSION:
            below = f", trực thuộc {other}" if step.target else ""
            return f"Chuyển {subject} thành {kind}{below}."
        case StepKind.MOVE:
            return f"Chuyển {subject} về trực thuộc {other}."
        case StepKind.RENAME:
            return f"Đổi tên {subject} thành {step.name}."
        case StepKind.MERGE:
            return f"Sáp nhập {subject} vào {other}."
        case StepKind.DISSOLUTION:
            return f"Kết thúc hoạt động của {subject}."
