"""Triggers that keep an adopted plan as it was adopted, whoever asks: changes are added to it, never made in it."""

from django.db.backends.base.base import BaseDatabaseWrapper

SENTENCE = "Kế hoạch đã thông qua không sửa được, chỉ thêm điều chỉnh."
_ADOPTED = (
    "(SELECT p.stage FROM planning_plan p JOIN planning_duty d ON d.plan_id = p.id WHERE d.id = OLD.duty_id) "
    "<> 'draft'"
)
_ADOPTED_PLAN = "(SELECT p.stage FROM planning_plan p WHERE p.id = OLD.plan_id) <> 'draft'"
# Everything of an assignment but the day it ended; that is written once.
_SETTLED = "duty_id, member_id, is_lead, source, fit, despite, begun_on"
# name, act, table, when
_RULES = (
    ("frozen_plan_gone", "DELETE", "planning_plan", "OLD.stage <> 'draft'"),
    ("frozen_plan_back", "UPDATE OF stage", "planning_plan", "OLD.stage <> 'draft' AND NEW.stage = 'draft'"),
    ("frozen_duty_gone", "DELETE", "planning_duty", _ADOPTED_PLAN),
    ("frozen_duty_changed", "UPDATE", "planning_duty", _ADOPTED_PLAN),
    ("frozen_assignment_gone", "DELETE", "planning_assignment", _ADOPTED),
    ("frozen_assignment_changed", f"UPDATE OF {_SETTLED}", "planning_assignment", _ADOPTED),
    ("frozen_assignment_ended", "UPDATE OF ended_on", "planning_assignment", "OLD.ended_on IS NOT NULL"),
    ("frozen_adoption_changed", "UPDATE", "planning_adoption", ""),
    ("frozen_adoption_gone", "DELETE", "planning_adoption", ""),
    ("frozen_adjustment_changed", "UPDATE", "planning_adjustment", ""),
    ("frozen_adjustment_gone", "DELETE", "planning_adjustment", ""),
)
# The net of row policies must not hide from the function what stage a plan is in.
_SEES_ALL = "SECURITY DEFINER SET search_path = public SET \"phancong.places\" = '*'"


def add_triggers(connection: BaseDatabaseWrapper) -> None:
    """A migration of SQLite that makes one of the tables anew drops its triggers: it calls this again."""
    remove_triggers(connection)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    _execute(connection, [statement for rule in _RULES for statement in make(*rule)])


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Only for going back a migration, and for emptying the databases of tests."""
    on_table = connection.vendor == "postgresql"
    _execute(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if on_table else "")
            for name, _, table, _ in _RULES
        ],
    )


def _sqlite(name: str, act: str, table: str, when: str) -> list[str]:
    condition = f"WHEN {when} " if when else ""
    return [
        (
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        )
    ]


def _postgresql(name: str, act: str, table: str, when: str) -> list[str]:
    """PostgreSQL takes no query in WHEN: the function asks."""
    refuse = f"RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'insufficient_privilege';"
    body = f"IF {when} THEN {refuse} END IF;" if when else refuse
    answer = "OLD" if act == "DELETE" else "NEW"
    return [
        (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {_SEES_ALL} AS "
            f"$$ BEGIN {body} RETURN {answer}; END $$"
        ),
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
