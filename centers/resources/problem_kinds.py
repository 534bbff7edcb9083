"""What can be wrong in a workbook of centers and equipment and in no other; added to the one catalogue of codes."""

from django.utils.translation import gettext_lazy as _

from gansu_care.spreadsheets.problem_kinds import CODES, ProblemKind

CODES.update({
    "E_HOURS_UNREADABLE": ProblemKind(
        _("从“%(value)s”看不出星期几、几点到几点开放"),
        _("写成“%(example)s”这样，几段之间用分号隔开"),
        {"part": (_("开放时间里的“%(part)s”看不懂"), None)},
    ),
    "W_NOT_FREE": ProblemKind(
        _("“是否免费开放”填了“否”，儿童活动中心依法要对未成年人免费开放"),
        _("核对这一格；确实收费的确认即可，并尽快纠正"),
    ),
    "E_VILLAGE_CODE": ProblemKind(_("村（社区）代码应是12位数字"), _("照统计用区划代码填写，不知道就留空")),
    "E_SUCCESSOR_STATUS": ProblemKind(
        _("状态是“%(status)s”，却写了并入的中心"), _("只有撤并、关闭的才填并入的中心；核对状态，或者删去这一格")
    ),
    "E_SUCCESSOR_ITSELF": ProblemKind(_("并入的中心就是这个中心自己"), _("填上接收的那个中心")),
    "E_COORDINATES": ProblemKind(
        _("经度、纬度和坐标系没有填全"), _("三格一起填；坐标系填 WGS84 或 GCJ-02，不知道坐标的都留空")
    ),
    "E_COUNT_INCOMPLETE": ProblemKind(_("盘点日期和实盘数只填了一个"), _("两格一起填")),
    "E_COUNT_UNEXPLAINED": ProblemKind(
        _("实盘 %(counted)s，账面 %(book)s，两个数不一样，但没有说明"), _("在“差异说明”里写明原因")
    ),
})  # fmt: skip
