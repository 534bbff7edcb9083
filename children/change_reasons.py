"""Why rows of a child change by what was done elsewhere: the codes that their history keeps, and their words."""

from django.utils.translation import gettext as _

from children.code_tables import ExitReason

SETTLED, EXITED, MERGED, TRANSFERRED = "settled", "exited", "merged", "transferred"
CONSENT_GIVEN, PAPER_BROUGHT = "consent_given", "paper_brought"
CONSENT_WITHDRAWN, ERASED = "consent_withdrawn", "erased"


def _exited(code: str) -> str:
    return str(ExitReason(code).label) if code in ExitReason.values else code


def _merged(about: str) -> str:
    """`about`: the number of the losing record, and what the officer wrote."""
    number, _space, why = about.partition(" ")
    return _("由 %(number)s 合并而来：%(reason)s") % {"number": number, "reason": why}


WORDS = {
    SETTLED: lambda about: _("状态随监护人同意和在册经历更新"),
    EXITED: _exited,
    MERGED: _merged,
    CONSENT_GIVEN: lambda about: _("登记监护人同意"),
    PAPER_BROUGHT: lambda about: _("补交同意书"),
    CONSENT_WITHDRAWN: lambda about: _("监护人撤回同意"),
    ERASED: lambda about: _("个人信息已删除"),
    TRANSFERRED: lambda number: _("转到别的县区（申请 %(number)s）") % {"number": number},
}
