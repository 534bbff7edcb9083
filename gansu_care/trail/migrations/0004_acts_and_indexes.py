"""New kinds of act, and an index for each thing that the auditor asks for. The guards are set again after migrating."""

from django.db import migrations, models

ACTS = [
    ("sign_in", "登录"),
    ("sign_in_failed", "登录失败"),
    ("sign_out", "退出登录"),
    ("read", "查看"),
    ("unmask", "查看完整信息"),
    ("search_id", "按身份证号查找"),
    ("add", "新增"),
    ("change", "修改"),
    ("end", "退出或停用"),
    ("upload", "上传"),
    ("review", "复核"),
    ("apply", "导入"),
    ("undo", "撤销导入"),
    ("clear", "到期删除"),
    ("request", "申请"),
    ("export", "导出"),
    ("download", "下载"),
    ("print", "打印"),
    ("account", "账号变更"),
    ("setting", "设置变更"),
    ("refused", "访问被拒绝"),
]


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_refused_acts")]

    operations = [
        migrations.AlterField(
            "event", "action", models.CharField(choices=ACTS, max_length=20, verbose_name="操作")
        ),
        migrations.AlterField(
            "event", "number", models.CharField(blank=True, max_length=40, verbose_name="记录编号")
        ),
        migrations.AddIndex("event", models.Index(fields=["action", "-id"], name="event_by_action")),
        migrations.AddIndex("event", models.Index(fields=["division_code", "-id"], name="event_by_division")),
        migrations.AddIndex("event", models.Index(fields=["number", "-id"], name="event_by_number")),
    ]
