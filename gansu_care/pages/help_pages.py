"""The help pages, one a task; their texts stand in templates/help/zh and templates/help/en."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Task(NamedTuple):
    slug: str
    title: str | Promise
    lead: str | Promise


TASKS = (
    Task("upload", _("上传表格"), _("把办公室的登记表导入登记册：检查、改错、确认、留存批次号")),
    Task(
        "find", _("查找和更正记录"), _("按姓名、拼音首字母、编号、身份证号查找；编辑、同意和撤回、退出、作废")
    ),
    Task("export", _("导出儿童信息"), _("申请、审批、下载、密码；省级查看完整信息；谁看过一名儿童")),
    Task("rules", _("统计口径"), _("谁算留守儿童、年龄怎么算、年末数和当年数怎么数")),
    Task("report", _("年度报告"), _("选年度和区划、核对勾稽关系、打开数字背后的记录、导出")),
    Task("accounts", _("账号与密码"), _("开通、调整、停用账号，一次性密码，动态验证码")),
)
