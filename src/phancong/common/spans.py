"""Days and spans of days `[valid_from, valid_until)`: the day a span ends is no longer part of it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement, Table
from django.db.models import Q
from django.db.models.constraints import BaseConstraint


def on_day(day: date, *, prefix: str = "") -> Q:
    """Rows whose span holds `day`. `prefix` is a relation with its two underscores, for example `"posts__"`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day})
    )


class SpanQuerySet(models.QuerySet[Any]):
    def on(self, day: date) -> "SpanQuerySet":
        return self.filter(on_day(day))


class Span(models.Model):
    """A fact that holds from one day until (not including) another; an open end is `None`."""

    valid_from = models.DateField("từ ngày")
    valid_until = models.DateField("đến trước ngày", null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


def span_order(name: str) -> models.CheckConstraint:
    """A span has at least one day."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("valid_from")), name=name
    )


class NoOverlap(BaseConstraint):
    """Two rows with the same `fields` never have a day in common.

    PostgreSQL holds it by an exclusion constraint, SQLite by triggers with the same meaning.
    """

    default_violation_error_message = (
        "Khoảng thời gian trùng với một dòng đã có. Kết thúc dòng cũ trước ngày bắt đầu dòng mới."
    )

    def __init__(
        self, *, fields: Sequence[str], name: str, violation_error_message: str | None = None
    ) -> None:
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.fields: tuple[str, ...] = tuple(fields)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), {**kwargs, "fields": self.fields}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and (self.name, self.fields) == (other.name, other.fields)

    def __hash__(self) -> int:
        return hash((self.name, self.fields))

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Collection[str] | None = None,
        using: str = "default",
    ) -> None:
        if instance.valid_from is None or set(exclude or ()) & {*self.fields, "valid_from", "valid_until"}:  # type: ignore[attr-defined]
            return  # what is missing or wrong by itself is said by the field
        same = {field: getattr(instance, field) for field in self.fields}
        start, end = instance.valid_from, instance.valid_until  # type: ignore[attr-defined]
        others = model._default_manager.using(using).filter(**same).exclude(pk=instance.pk)
        others = others.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=start))
        if end is not None:
            others = others.filter(valid_from__lt=end)
        if others.exists():
            raise ValidationError(self.get_violation_error_message())

    def constraint_sql(  # type: ignore[override]  # the stubs know neither None nor what Django passes
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        if schema_editor.connection.vendor == "postgresql":
            return self._exclusion(model, schema_editor)
        for statement in self._triggers(model, schema_editor):
            # Deferred, because SQLite rebuilds a table under another name and renames it afterwards.
            schema_editor.deferred_sql.append(
                Statement(statement, table=Table(model._meta.db_table, schema_editor.quote_name))
            )
        return None

    def create_sql(  # type: ignore[override]  # as above
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        if schema_editor.connection.vendor == "postgresql":
            table = schema_editor.quote_name(model._meta.db_table)
            return f"ALTER TABLE {table} ADD {self._exclusion(model, schema_editor)}"
        return None

    def remove_sql(  # type: ignore[override]  # as above
        self, model: type[models.Model], schema_editor: BaseDatabaseSchemaEditor
    ) -> str | None:
        if schema_editor.connection.vendor == "postgresql":
            table, name = schema_editor.quote_name(model._meta.db_table), schema_editor.quote_name(self.name)
            return f"ALTER TABLE {table} DROP CONSTRAINT {name}"
        return None

    def _columns(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[str]:
        columns = [
            cast("models.Field[Any, Any]", model._meta.get_field(field)).column for field in self.fields
        ]
        return [editor.quote_name(str(column)) for column in columns]

    def _exclusion(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        equal = ", ".join(f"{column} WITH =" for column in self._columns(model, editor))
        return (
            f"CONSTRAINT {editor.quote_name(self.name)} EXCLUDE USING gist "
            f"({equal}, daterange(valid_from, valid_until) WITH &&)"
        )

    def _triggers(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> list[str]:
        same = " AND ".join(f"other.{column} = NEW.{column}" for column in self._columns(model, editor))
        body = (
            f"WHEN EXISTS (SELECT 1 FROM %(table)s other WHERE {same} AND other.id IS NOT NEW.id "  # noqa: S608
            "AND (other.valid_until IS NULL OR other.valid_until > NEW.valid_from) "
            "AND (NEW.valid_until IS NULL OR NEW.valid_until > other.valid_from)) "
            f"BEGIN SELECT RAISE(ABORT, 'constraint failed: {self.name}'); END"
        )
        return [
            f"CREATE TRIGGER {editor.quote_name(f'{self.name}_{when.lower()}')} "
            f"BEFORE {when} ON %(table)s FOR EACH ROW {body}"
            for when in ("INSERT", "UPDATE")
        ]
