"""What the trail calls a figure whose rows somebody opened."""

from django.utils.translation import gettext as _

from gansu_care.reports.indicators import INDICATORS


def figure_in_words(kind: str) -> str | None:
    """`children_left_behind` -> 报告数字：农村留守儿童, in the reader's language; None for what is no figure."""
    figure = INDICATORS.get(kind)
    return _("报告数字：%(figure)s") % {"figure": figure.label} if figure else None
