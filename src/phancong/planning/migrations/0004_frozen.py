from typing import Any

from django.db import migrations

from phancong.common.guards import add_guards, remove_guards
from phancong.planning.frozen import PLAN_GUARDS


def add(apps: Any, schema_editor: Any) -> None:
    add_guards(schema_editor.connection, PLAN_GUARDS)


def remove(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection, PLAN_GUARDS)


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_adoption")]

    operations = [migrations.RunPython(add, remove)]
