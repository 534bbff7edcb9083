"""The sentences of the report that are made of its figures."""

from django.utils.translation import gettext as _

from gansu_care.pages.templatetags.gc import long_day, money, number
from gansu_care.reports.annual.frame import Frame
from gansu_care.reports.annual.key_figures import THIS, TOTAL, KeyFigures
from gansu_care.reports.indicators import (
    CENTERS_BUILT,
    CENTERS_EQUIPPED,
    CHILDREN_LEFT_BEHIND,
    RECEIVED,
    RECEIVED_JOINTLY,
)


def introduction(frame: Frame) -> list[str]:
    """What the figures are and how they were made."""
    text = _(
        "本报告由%(division)s及所辖单位的登记记录汇总。存量为年末数（%(cut_off)s 24时），流量为全年数，"
        "累计数自2009年1月1日起；各年数字均按现行行政区划归并。报告中的每个数字都可以在系统中查到对应的登记记录。"
    )
    return [text % {"division": frame.division.label, "cut_off": long_day(frame.this.last)}]


def overview(key: KeyFigures) -> list[str]:
    """The year at a glance."""
    centers = _(
        "截至%(cut_off)s，%(division)s累计建成留守儿童活动中心 %(built)s 个，其中电脑、电视、文具和图书四类设备齐全的 "
        "%(equipped)s 个；2009年以来累计到账资金 %(received)s 元，其中全国妇联与中国儿童少年基金会联合拨付 "
        "%(joint)s 元。"
    ) % {
        "cut_off": long_day(key.frame.this.last),
        "division": key.frame.division.label,
        "built": number(key.value(CENTERS_BUILT)),
        "equipped": number(key.value(CENTERS_EQUIPPED)),
        "received": money(key.value(RECEIVED, TOTAL)),
        "joint": money(key.value(RECEIVED_JOINTLY, TOTAL)),
    }
    if (CHILDREN_LEFT_BEHIND.code, THIS) in key.withheld:
        return [centers]
    children = _("年末在册农村留守儿童 %(count)s 名。") % {"count": number(key.value(CHILDREN_LEFT_BEHIND))}
    return [centers + children]
