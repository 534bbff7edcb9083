"""The kinds of record that events name, in words: the name of a model, an act on an account, or a list of its own."""

from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ACTS = {
    "account.open": gettext_lazy("开通"),
    "account.change": gettext_lazy("修改资料"),
    "account.move": gettext_lazy("调整角色或区划"),
    "account.end": gettext_lazy("停用"),
    "account.restore": gettext_lazy("恢复使用"),
    "account.password": gettext_lazy("给一次性密码"),
    "account.password_no_factor": gettext_lazy("给一次性密码，关闭两步验证"),
    "account.unlock": gettext_lazy("解锁"),
}
LISTS = {
    "trail": gettext_lazy("操作记录"),
    "divisions": gettext_lazy("行政区划名单"),
    "report": gettext_lazy("年度报告"),
    "annual_report": gettext_lazy("年度报告"),
}


def kind_in_words(kind: str) -> Any:
    """`child` -> 留守儿童; `child.id_number` -> 留守儿童：身份证号; what nobody knows stays as it is."""
    known = ACTS.get(kind) or LISTS.get(kind)
    if known:
        return known
    name, _dot, field = kind.partition(".")
    model = _models().get(name)
    if model is None:
        return kind
    if not field:
        return model._meta.verbose_name
    return _("%(record)s：%(field)s") % {"record": model._meta.verbose_name, "field": _field(model, field)}


def _field(model: Any, name: str) -> Any:
    try:
        return getattr(model._meta.get_field(name), "verbose_name", name)
    except FieldDoesNotExist:
        return name


@cache
def _models() -> dict[str, Any]:
    return {model._meta.model_name: model for model in apps.get_models()}
