"""What events name by codes, in the reader's words: kinds of record, numbers, reasons.

A kind is the name of a model, an act on an account, a kind of workbook (named as its app), or a list of its own. What
a later app calls otherwise it names itself: `register_names(function)` and `register_reasons(function)` in its
AppConfig.ready().
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gansu_care.accounts.allowances import ALLOWANCES
from gansu_care.accounts.session_age import IDLE, OLD
from gansu_care.divisions.book import book
from gansu_care.pages.wording import year_name
from gansu_care.trail.models import Action

ACTS = {
    "account.open": gettext_lazy("开通"),
    "account.change": gettext_lazy("修改资料"),
    "account.move": gettext_lazy("调整角色或区划"),
    "account.prolong": gettext_lazy("调整授权期限"),
    "account.approve": gettext_lazy("批准授权"),
    "account.refuse": gettext_lazy("退回授权"),
    "account.end": gettext_lazy("停用"),
    "account.dormant": gettext_lazy("久未登录，停用"),
    "account.own_password": gettext_lazy("本人修改密码"),
    "account.factor_on": gettext_lazy("启用两步验证"),
    "account.factor_off": gettext_lazy("停用两步验证"),
    "account.factor_codes": gettext_lazy("重新生成恢复码"),
    "account.sessions": gettext_lazy("退出其他设备"),
    "account.session": gettext_lazy("强制退出登录"),
    "account.alarm": gettext_lazy("处理告警"),
    "account.restore": gettext_lazy("恢复使用"),
    "account.password": gettext_lazy("给一次性密码"),
    "account.password_no_factor": gettext_lazy("给一次性密码，关闭两步验证"),
    "account.unlock": gettext_lazy("解锁"),
    "upload.accept": gettext_lazy("同意导入"),
    "upload.send_back": gettext_lazy("退回"),
    "upload.second_person": gettext_lazy("要求两人复核"),
    "upload.one_person": gettext_lazy("不再要求两人复核"),
    "upload.mend": gettext_lazy("修改表格里的一行"),
    "upload.same": gettext_lazy("存疑的行：同一条记录"),
    "upload.another": gettext_lazy("存疑的行：另一条记录"),
    "upload.leave_out": gettext_lazy("存疑的行：不导入"),
    "upload.reopen": gettext_lazy("存疑的行：重新决定"),
    "upload.heading": gettext_lazy("记住栏目"),
    "transfer.agreed": gettext_lazy("同意转出"),
    "transfer.refused": gettext_lazy("不同意转出"),
    "upload.heading_back": gettext_lazy("不再记住栏目"),
}
ACTS |= {
    "export.ask": gettext_lazy("申请导出"),
    "export.approve": gettext_lazy("批准导出"),
    "export.refuse": gettext_lazy("不批准导出"),
    "export.withdraw": gettext_lazy("撤回导出申请"),
    "export.file": gettext_lazy("导出的文件"),
    "unmask.ask": gettext_lazy("申请查看完整信息"),
    "unmask.approve": gettext_lazy("同意查看完整信息"),
    "unmask.refuse": gettext_lazy("不同意查看完整信息"),
}
LISTS = {
    "request": gettext_lazy("个人信息请求"),
    "request.letter": gettext_lazy("书面答复"),
    "report": gettext_lazy("强制报告"),
    "incident.letter": gettext_lazy("安全事件告知书"),
    "assessment": gettext_lazy("影响评估"),
    "assessment.file": gettext_lazy("影响评估的报告"),
    "child.erasure": gettext_lazy("删除个人信息"),
    "child.consent_form": gettext_lazy("监护人告知书和同意书"),
    "child.consent_scan": gettext_lazy("同意书扫描件"),
    "workbook": gettext_lazy("整本工作簿"),
    "backup": gettext_lazy("备份"),
    "key": gettext_lazy("密钥"),
    "second_factor": gettext_lazy("动态验证码"),
    "pages": gettext_lazy("页面"),
    "exports": gettext_lazy("导出申请"),
    "child.search": gettext_lazy("查找框里的儿童"),
    "child.readers": gettext_lazy("谁看过这名儿童"),
    "audit": gettext_lazy("年度审计"),
    "trail": gettext_lazy("操作记录"),
    "divisions": gettext_lazy("行政区划名单"),
    "annual_report": gettext_lazy("年度报告"),
}
PURPOSES = {
    "export": gettext_lazy("名单导出"),
    "children": gettext_lazy("名单导出"),
    "admin": gettext_lazy("后台导出"),
    "fetched": gettext_lazy("后台做好的名单"),
    "form": gettext_lazy("预填表格"),
    "print": gettext_lazy("打印"),
    "full": gettext_lazy("完整信息"),
}
ENDED_BY_ITSELF = {
    IDLE: gettext_lazy("久未操作，自动退出"),
    OLD: gettext_lazy("登录时间已满，自动退出"),
}
_YEAR_AND_PLACE = re.compile(r"(\d{4})-(\d{6,12})")
_names: list[Callable[[str], Any]] = []
_reasons: list[Callable[[str, str], str]] = []


def register_names(name: Callable[[str], Any]) -> None:
    """`name(kind)` gives the words for a kind of record, or None for one that it does not know."""
    _names.append(name)


def register_reasons(words: Callable[[str, str], str]) -> None:
    """`words(reason, action)` gives a reason in words, or "" for one that holds no codes of its own."""
    _reasons.append(words)


def kind_in_words(kind: str) -> Any:
    """`child` -> 留守儿童; `child.id_number` -> 留守儿童：身份证号; what nobody knows stays as it is."""
    known = ACTS.get(kind) or LISTS.get(kind) or next(filter(None, (name(kind) for name in _names)), None)
    if known:
        return known
    name, _dot, field = kind.partition(".")
    if name == "allowance" and field in ALLOWANCES:
        return _("次数用完：%(what)s") % {"what": ALLOWANCES[field].label}
    model = _models().get(name)
    if model is None:
        return apps.get_app_config(kind).verbose_name if kind in apps.app_configs else kind
    if not field:
        return model._meta.verbose_name
    return _("%(record)s：%(field)s") % {"record": model._meta.verbose_name, "field": _field(model, field)}


def number_in_words(number: str, action: str) -> str:
    """A report's year and place, a division's name; a searched ID number only as the index that stands for it."""
    if action == Action.SEARCH_ID:
        return _("身份证号索引 %(index)s") % {"index": number[:8]}
    found = _YEAR_AND_PLACE.fullmatch(number)
    code = found[2] if found else number
    place = book().by_code.get(code)
    if place is None:
        return number
    return f"{year_name(int(found[1]))} {place.label}" if found else place.label


def reason_in_words(reason: str, action: str) -> str:
    """What a file was taken for: the first words of an export's reason are codes, what was typed follows them."""
    if action == Action.SIGN_OUT:
        return str(ENDED_BY_ITSELF.get(reason, reason))
    if action != Action.EXPORT:
        return next(filter(None, (words(reason, action) for words in _reasons)), reason)
    words = reason.split(" ")
    known = [str(PURPOSES[word]) for word in words[:2] if word in PURPOSES]
    return _("，").join([*known, *filter(None, [" ".join(words[len(known) :])])])


def _field(model: Any, name: str) -> Any:
    try:
        return getattr(model._meta.get_field(name), "verbose_name", name)
    except FieldDoesNotExist:
        return name


@cache
def _models() -> dict[str, Any]:
    return {model._meta.model_name: model for model in apps.get_models()}
