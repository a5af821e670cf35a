from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from phancong.common.guards import add_guards, remove_guards
from phancong.planning.frozen import GUARDS, PLAN_GUARDS


def take_off(apps: Any, schema_editor: Any) -> None:
    """Where SQLite makes a table anew, its triggers would be lost or stand in the way."""
    remove_guards(schema_editor.connection, PLAN_GUARDS)


def put_on(apps: Any, schema_editor: Any) -> None:
    add_guards(schema_editor.connection, GUARDS)


def put_on_as_before(apps: Any, schema_editor: Any) -> None:
    add_guards(schema_editor.connection, PLAN_GUARDS)


def take_all_off(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection, GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0001_initial'),
        ('planning', '0005_board'),
    ]

    operations = [
        migrations.RunPython(take_off, put_on_as_before),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('thematic', 'Nghị quyết chuyên đề'), ('plan', 'Kế hoạch'), ('conclusion', 'Kết luận')], max_length=12, verbose_name='loại văn bản')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='số, ký hiệu')),
                ('title', models.CharField(max_length=240, verbose_name='về việc gì')),
                ('issued_on', models.DateField(blank=True, null=True, verbose_name='ngày ban hành')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('meeting', models.CharField(blank=True, max_length=240, verbose_name='cuộc họp')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resolutions', to='organizations.organization')),
            ],
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='số thứ tự')),
                ('title', models.CharField(max_length=240, verbose_name='chỉ tiêu, nhiệm vụ')),
                ('measure', models.CharField(blank=True, max_length=240, verbose_name='sản phẩm, số đo')),
                ('field', models.CharField(max_length=40, verbose_name='lĩnh vực')),
                ('due_on', models.DateField(verbose_name='hạn')),
                ('resolution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='planning.resolution')),
            ],
        ),
        migrations.AddField(
            model_name='duty',
            name='target',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='planning.target', verbose_name='chỉ tiêu của nghị quyết'),
        ),
        migrations.AddIndex(
            model_name='resolution',
            index=models.Index(fields=['organization', 'year', 'id'], name='resolution_of_year'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('organization', 'year', 'number'), name='resolution_number_once'),
        ),
        migrations.AddConstraint(
            model_name='target',
            constraint=models.UniqueConstraint(fields=('resolution', 'number'), name='target_number_once'),
        ),
        migrations.RunPython(put_on, take_all_off),
    ]
