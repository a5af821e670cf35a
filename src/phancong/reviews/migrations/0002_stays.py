from typing import Any

from django.db import migrations

from phancong.common.guards import add_guards, remove_guards
from phancong.reviews.register import FIRST_GUARDS


def add(apps: Any, schema_editor: Any) -> None:
    add_guards(schema_editor.connection, FIRST_GUARDS)


def remove(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection, FIRST_GUARDS)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0001_initial")]

    operations = [migrations.RunPython(add, remove)]
