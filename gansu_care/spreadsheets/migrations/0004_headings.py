# What a county means by its own headings, and the state in which an upload waits for it.

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import gansu_care.sealed.fields


class Migration(migrations.Migration):
    dependencies = [
        ("divisions", "0001_divisions"),
        ("spreadsheets", "0003_coded_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedHeading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(verbose_name="序号")),
                ("resource", models.CharField(max_length=20, verbose_name="记录种类")),
                ("path", models.CharField(max_length=200, verbose_name="栏目的规范写法")),
                ("heading", models.CharField(max_length=200, verbose_name="表里的栏目")),
                ("sheet", models.CharField(max_length=100, verbose_name="工作表")),
                ("column", models.CharField(max_length=3, verbose_name="列")),
                ("sheets", models.PositiveIntegerField(default=1, verbose_name="工作表数")),
                ("likely", models.CharField(blank=True, max_length=60, verbose_name="像是")),
                ("said", models.CharField(blank=True, max_length=60, null=True, verbose_name="上次当作")),
                ("is_open", models.BooleanField(default=False, verbose_name="等待选定")),
                (
                    "samples_json",
                    gansu_care.sealed.fields.SealedBlobField(
                        "spreadsheets.asked_heading.samples", blank=True, null=True
                    ),
                ),
            ],
            options={
                "verbose_name": "不能确定的栏目",
                "verbose_name_plural": "不能确定的栏目",
                "ordering": ("order",),
            },
        ),
        migrations.CreateModel(
            name="HeadingChoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("resource", models.CharField(max_length=20, verbose_name="记录种类")),
                ("path", models.CharField(max_length=200, verbose_name="栏目的规范写法")),
                ("heading", models.CharField(max_length=200, verbose_name="表里的栏目")),
                ("field", models.CharField(blank=True, max_length=60, verbose_name="当作")),
                ("upload_number", models.CharField(blank=True, max_length=40, verbose_name="来源批次号")),
                ("set_at", models.DateTimeField(auto_now=True, verbose_name="选定时间")),
            ],
            options={
                "verbose_name": "记住的栏目",
                "verbose_name_plural": "记住的栏目",
                "ordering": ("resource", "path"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalHeadingChoice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID"),
                ),
                ("resource", models.CharField(max_length=20, verbose_name="记录种类")),
                ("path", models.CharField(max_length=200, verbose_name="栏目的规范写法")),
                ("heading", models.CharField(max_length=200, verbose_name="表里的栏目")),
                ("field", models.CharField(blank=True, max_length=60, verbose_name="当作")),
                ("upload_number", models.CharField(blank=True, max_length=40, verbose_name="来源批次号")),
                ("set_at", models.DateTimeField(blank=True, editable=False, verbose_name="选定时间")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical 记住的栏目",
                "verbose_name_plural": "historical 记住的栏目",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name="upload",
            name="upload_state_known",
        ),
        migrations.AlterField(
            model_name="upload",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "等待检查"),
                    ("checking", "正在检查"),
                    ("asking", "待选栏目"),
                    ("checked", "待确认"),
                    ("reviewing", "待复核"),
                    ("applying", "正在导入"),
                    ("applied", "已导入"),
                    ("refused", "不能导入"),
                    ("failed", "未完成"),
                    ("expired", "已过期"),
                    ("undoing", "正在撤销"),
                    ("undone", "已撤销"),
                ],
                default="received",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "received",
                            "checking",
                            "asking",
                            "checked",
                            "reviewing",
                            "applying",
                            "applied",
                            "refused",
                            "failed",
                            "expired",
                            "undoing",
                            "undone",
                        ],
                    )
                ),
                name="upload_state_known",
            ),
        ),
        migrations.AddField(
            model_name="askedheading",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="asked",
                to="spreadsheets.upload",
                verbose_name="表格上传",
            ),
        ),
        migrations.AddField(
            model_name="headingchoice",
            name="county",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="divisions.division",
                verbose_name="县区",
            ),
        ),
        migrations.AddField(
            model_name="headingchoice",
            name="division",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="divisions.division",
                verbose_name="行政区划",
            ),
        ),
        migrations.AddField(
            model_name="headingchoice",
            name="prefecture",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="divisions.division",
                verbose_name="市州",
            ),
        ),
        migrations.AddField(
            model_name="headingchoice",
            name="reporting_unit",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="divisions.reportingunit",
                verbose_name="单列填报单位",
            ),
        ),
        migrations.AddField(
            model_name="headingchoice",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="选定人",
            ),
        ),
        migrations.AddField(
            model_name="historicalheadingchoice",
            name="county",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="divisions.division",
                verbose_name="县区",
            ),
        ),
        migrations.AddField(
            model_name="historicalheadingchoice",
            name="division",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="divisions.division",
                verbose_name="行政区划",
            ),
        ),
        migrations.AddField(
            model_name="historicalheadingchoice",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalheadingchoice",
            name="prefecture",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="divisions.division",
                verbose_name="市州",
            ),
        ),
        migrations.AddField(
            model_name="historicalheadingchoice",
            name="reporting_unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="divisions.reportingunit",
                verbose_name="单列填报单位",
            ),
        ),
        migrations.AddField(
            model_name="historicalheadingchoice",
            name="set_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="选定人",
            ),
        ),
        migrations.AddConstraint(
            model_name="askedheading",
            constraint=models.UniqueConstraint(
                fields=("upload", "resource", "path"), name="asked_heading_once"
            ),
        ),
        migrations.AddIndex(
            model_name="headingchoice",
            index=models.Index(fields=["county", "resource"], name="heading_choice_county"),
        ),
        migrations.AddIndex(
            model_name="headingchoice",
            index=models.Index(fields=["prefecture", "resource"], name="heading_choice_prefecture"),
        ),
        migrations.AddConstraint(
            model_name="headingchoice",
            constraint=models.UniqueConstraint(
                fields=("division", "resource", "path"), name="heading_choice_once"
            ),
        ),
    ]
