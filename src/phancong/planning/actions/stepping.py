"""Each change of a draft leaves the draft as it was before it, as plain values, so that it can be taken back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models, transaction

from phancong.access.actor import Actor
from phancong.audit import log
from phancong.planning import policies
from phancong.planning.models import Apartness, Assignment, Duty, Exclusion, Plan, PlanStep, Unmet
from phancong.planning.source_models import Target

# As many changes can be taken back; what is older is thrown away.
STEPS_KEPT = 30
Rows = list[dict[str, Any]]
# From the root to the leaves: rows are made in this order and thrown away in the opposite one.
_TABLES: Mapping[str, tuple[type[models.Model], str]] = {
    "duties": (Duty, "plan"),
    "assignments": (Assignment, "duty__plan"),
    "exclusions": (Exclusion, "duty__plan"),
    "apartnesses": (Apartness, "plan"),
    "unmet": (Unmet, "plan"),
}
_OF_PLAN = ("drafted_at", "is_proved", "seconds", "levels")


def state_of(plan: Plan) -> dict[str, Rows]:
    """Everything that a change of the draft can touch, as the database holds it; six queries."""
    found = {name: _rows(model, of_plan, plan) for name, (model, of_plan) in _TABLES.items()}
    return {"plan": list(Plan.objects.filter(pk=plan.pk).values(*_OF_PLAN)), **found}


def _rows(model: type[models.Model], of_plan: str, plan: Plan) -> Rows:
    return list(model._default_manager.filter(**{of_plan: plan}).order_by("pk").values())


def keep_step(plan: Plan, *, before: Mapping[str, Rows], words: str, by: Actor) -> None:
    """`plan` carries the version after the change."""
    PlanStep.objects.create(
        plan=plan,
        since=plan.version - 1,
        version=plan.version,
        words=words[:600],
        at=by.now,
        by_user=by.user_id,
        by_name=by.name,
        before=dict(before),
    )
    PlanStep.objects.filter(plan=plan, version__lte=plan.version - STEPS_KEPT).delete()


def forget_steps(plans: Sequence[int]) -> None:
    """Nothing before this moment can be taken back; also for plans that were adopted."""
    PlanStep.objects.filter(plan__in=plans).delete()


def go_on_from(plan: Plan, *, version: int) -> None:
    """The version rose without a change of the draft: the last step stays the last one."""
    PlanStep.objects.filter(plan=plan, version=version).update(version=plan.version)


def undo(plan: Plan, *, version: int, by: Actor) -> str:
    """Take the last change of the draft back; what it was, in words. Refused when it was somebody else's."""
    # Locking a draft stands beside the changes, which leave their steps here.
    from phancong.planning.actions.editing import lock_draft, subject_of  # noqa: PLC0415

    policies.check_may_change(plan.cell, by=by)
    with transaction.atomic():
        draft = lock_draft(plan, version=version, by=by)
        newest, earlier = _last_two(draft)
        last = policies.check_can_undo(draft, last=newest, by=by)
        _restore(draft, last.before)
        words = last.words
        last.delete()
        draft.version += 1
        draft.save(update_fields=["version", *_OF_PLAN])
        if earlier is not None and earlier.version == last.since:
            go_on_from(draft, version=earlier.version)
        log.record(
            by=by,
            action="undo_change",
            subject=subject_of(plan),
            place=plan.cell.path,
            detail={"version": last.version},
        )
    plan.version = draft.version
    return words


def _last_two(plan: Plan) -> tuple[PlanStep | None, PlanStep | None]:
    found = [*PlanStep.objects.filter(plan=plan).order_by("-version")[:2], None, None]
    return found[0], found[1]


def _restore(plan: Plan, state: Mapping[str, Rows]) -> None:
    _let_go_of_targets(state["duties"])
    for name in reversed(list(_TABLES)):
        model, of_plan = _TABLES[name]
        kept = [row["id"] for row in state[name]]
        model._default_manager.filter(**{of_plan: plan}).exclude(pk__in=kept).delete()
    for name, (model, of_plan) in _TABLES.items():
        _put_back(model, state[name], _rows(model, of_plan, plan))
    for name, value in state["plan"][0].items():
        setattr(plan, name, Plan._meta.get_field(name).to_python(value))  # type: ignore[union-attr]


def _let_go_of_targets(duties: Rows) -> None:
    """A target that was taken out of its resolution since does not come back with the duty."""
    wanted = {row["target_id"] for row in duties if row.get("target_id")}
    present = set(Target.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    for row in duties:
        if row.get("target_id") not in present:
            row["target_id"] = None


def _put_back(model: type[models.Model], wanted: Rows, present: Rows) -> None:
    now = {row["id"]: row for row in present}
    names = [field.attname for field in model._meta.concrete_fields]
    read = [_read(model, row) for row in wanted]
    missing = [row for row in read if row.pk not in now]
    changed = [
        row
        for row in read
        if row.pk in now and any(getattr(row, name) != now[row.pk][name] for name in names)
    ]
    model._default_manager.bulk_create(missing)
    if changed:
        fields = [field.name for field in model._meta.concrete_fields if not field.primary_key]
        model._default_manager.bulk_update(changed, fields)


def _read(model: type[models.Model], row: Mapping[str, Any]) -> models.Model:
    """What the row says; a field that came after it was kept has the value it begins with."""
    return model(
        **{
            field.attname: field.to_python(row[field.attname])
            for field in model._meta.concrete_fields
            if field.attname in row
        }
    )
