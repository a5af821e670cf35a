from typing import Any

from django.db import migrations, models

from phancong.common.guards import add_guards, remove_guards
from phancong.reviews.register import FIRST_GUARDS, GUARDS


def take_off(apps: Any, schema_editor: Any) -> None:
    """Where SQLite makes the table anew, its triggers would be lost or stand in the way."""
    remove_guards(schema_editor.connection, FIRST_GUARDS)


def put_on(apps: Any, schema_editor: Any) -> None:
    add_guards(schema_editor.connection, GUARDS)


def put_on_as_before(apps: Any, schema_editor: Any) -> None:
    add_guards(schema_editor.connection, FIRST_GUARDS)


def take_all_off(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0002_stays'),
    ]

    operations = [
        migrations.RunPython(take_off, put_on_as_before),
        migrations.AddField(
            model_name='rating',
            name='mended',
            field=models.CharField(choices=[('unknown', 'Chưa ghi'), ('none', 'Không có hạn chế phải khắc phục'), ('all', 'Đã khắc phục xong'), ('not_yet', 'Chưa khắc phục xong')], default='unknown', max_length=7, verbose_name='khắc phục hạn chế'),
        ),
        migrations.RunPython(put_on, take_all_off),
    ]
