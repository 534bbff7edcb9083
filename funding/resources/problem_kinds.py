"""What can be wrong in a workbook of money and in no other; added to the one catalogue of codes."""

from django.utils.translation import gettext_lazy as _

from gansu_care.spreadsheets.problem_kinds import CODES, ProblemKind

CODES.update({
    "E_MONTH_CLOSED": ProblemKind(
        _("%(month)s 已经结账，不能再增改这个月的记录"), _("从表中删去这一行；要更正的，请在页面上用“冲销”")
    ),
    "E_SPLIT_KNOWN": ProblemKind(
        _("这笔到账已经分清各来源的金额，只改总额就对不上了"), _("请在页面上修改这一笔，把各来源的金额一起改好")
    ),
    "E_BELOW_ALLOCATED": ProblemKind(
        _("这笔钱已经分配、拨付和冲销 %(sum)s 元，金额不能小于它"), _("核对金额；要退回的，请在页面上用“冲销”")
    ),
    "E_RECEIPT_UNKNOWN": ProblemKind(
        _("没有找到编号是“%(value)s”的到账"), _("填到账记录的编号，以 GC 开头；分不清的留空")
    ),
    "E_RECEIPT_SOURCE": ProblemKind(
        _("这笔到账不是来自“%(source)s”"), _("核对资金来源和到账编号，改好其中一个")
    ),
    "E_OVER_ALLOCATED": ProblemKind(
        _("这笔到账还有 %(free)s 元没有分配，这里分配 %(amount)s 元"), _("核对金额和到账编号")
    ),
})  # fmt: skip
