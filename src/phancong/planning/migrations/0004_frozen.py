from typing import Any

from django.db import migrations

from phancong.planning.frozen import add_triggers, remove_triggers


def add(apps: Any, schema_editor: Any) -> None:
    add_triggers(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    remove_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_adoption")]

    operations = [migrations.RunPython(add, remove)]
