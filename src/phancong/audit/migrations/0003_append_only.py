from typing import Any

from django.db import migrations

from phancong.audit.append_only import add_triggers, remove_triggers


def add(apps: Any, schema_editor: Any) -> None:
    add_triggers(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    remove_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_sealed_with_a_key")]

    operations = [migrations.RunPython(add, remove)]
