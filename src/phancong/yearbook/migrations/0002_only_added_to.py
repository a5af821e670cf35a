from typing import Any

from django.db import migrations

from phancong.common.guards import add_guards, remove_guards
from phancong.yearbook.register import GUARDS


def add(apps: Any, schema_editor: Any) -> None:
    add_guards(schema_editor.connection, GUARDS)


def remove(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):
    dependencies = [("yearbook", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
