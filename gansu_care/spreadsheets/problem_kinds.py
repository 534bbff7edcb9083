"""The one catalogue of problem codes: for each what is wrong and what to do.

Codes are stable: E_ refuses the row, W_ keeps it and waits for a yes. Places like %(value)s are filled from the cell
(value, heading, row, column, sheet) and from the problem's parameters. A variant is taken when its parameter is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What a code says. `variants`: parameter -> (wrong, remedy); None keeps the usual sentence."""

    wrong: Words
    remedy: Words
    variants: Mapping[str, tuple[Words | None, Words | None]] | None = None

    def wrong_for(self, params: Mapping[str, Any]) -> Words:
        return self._variant(params)[0] or self.wrong

    def remedy_for(self, params: Mapping[str, Any]) -> Words:
        return self._variant(params)[1] or self.remedy

    def _variant(self, params: Mapping[str, Any]) -> tuple[Words | None, Words | None]:
        found = (
            said for name, said in (self.variants or {}).items() if params.get(name) not in (None, "", [])
        )
        return next(found, (None, None))


_RETYPE_ID = _("把这一列设为“文本”，照户口本重新录入 18 位")
_AS_IN_BOOK = _("照户口本核对后重新录入")

CELLS: dict[str, ProblemKind] = {
    "E_REQUIRED": ProblemKind(
        _("“%(heading)s”没有填"),
        _("补上这一格"),
        {
            "registered": (
                _("登记了户口，但没有身份证号"),
                _("照户口本补上身份证号；没有上户口的，“是否登记户口”填“否”"),
            )
        },
    ),
    "E_TOO_LONG": ProblemKind(_("文字太长，超过了 %(limit)s 个字"), _("删短到 %(limit)s 个字以内")),
    "E_TEXT_LOST_CHAR": ProblemKind(
        _("有的字已经变成乱码"), _("照原件重新录入；如果整张表都这样，请另存为 .xlsx 再上传")
    ),
    "E_FORMULA_ERROR": ProblemKind(
        _("公式出错，格子里是 %(value)s"), _("改好公式，或者删去公式直接填上结果")
    ),
    "E_FORMULA_EMPTY": ProblemKind(
        _("格子里是公式，但没有算出的结果"), _("用 WPS 或 Excel 打开表格，重新计算并保存，或者直接填上结果")
    ),
    "E_DITTO_FORBIDDEN": ProblemKind(_("“%(heading)s”不能写“同上”"), _("每个人的信息都不一样，请填上本人的")),
    "E_DITTO_NO_SOURCE": ProblemKind(_("写了“同上”，可是上一行没有内容"), _("把内容完整填上")),
    "E_CLEAR_FORBIDDEN": ProblemKind(_("“%(heading)s”不能清空"), _("填上正确的内容；不改就留空")),
    "E_MASKED_VALUE": ProblemKind(
        _("格子里是打了星号的内容，和登记的对不上"), _("不改就留空；要改请填上完整内容")
    ),
    "E_CODE_UNKNOWN": ProblemKind(
        _("“%(value)s”没有对应的%(heading)s"),
        _("从下载的模板里选一个"),
        {
            "meant": (_("“%(value)s”没有说明是哪一位"), _("从这些里选一个填上：%(meant)s")),
            "nearest": (None, _("您是不是要填：%(nearest)s？")),
            "choices": (None, _("从这些里选一个填上：%(choices)s")),
        },
    ),
    "E_CHOICE_CONFLICT": ProblemKind(_("“%(alone)s”不能和别的一起选"), _("只留下符合实际的")),
    "W_CHOICE_EXTRA": ProblemKind(
        _("选项后面还写了“%(extra)s”"), _("已读作“%(read)s”，说明文字没有保留，确认即可")
    ),
    "E_RANGE": ProblemKind(
        _("“%(value)s”超出了允许的范围"),
        _("核对后重新填写"),
        {
            "maximum": (None, _("核对后重新填写，不能大于 %(maximum)s")),
            "minimum": (None, _("核对后重新填写，不能小于 %(minimum)s")),
        },
    ),
    "E_NUMBER_VAGUE": ProblemKind(_("“%(value)s”不是一个确定的数"), _("填一个确切的数字")),
    "E_NUMBER_INVALID": ProblemKind(
        _("“%(value)s”不是数字"),
        _("只填数字，如 30"),
        {"whole": (_("“%(value)s”不是整数"), _("填整数，如 30"))},
    ),
    "E_NUMBER_PRECISION": ProblemKind(_("数字太长，后几位已经丢失"), _("把这一列设为“文本”，照原件重新录入")),
    "E_MONEY_PLACES": ProblemKind(_("金额“%(value)s”不足一分的部分无法登记"), _("以元为单位，最多两位小数")),
    "E_DATE_INVALID": ProblemKind(_("“%(value)s”不是一个日期"), _("填成 2010-09-01 这样")),
    "E_DATE_INCOMPLETE": ProblemKind(_("日期不完整，缺少月或日"), _("填成 2010-09-01 这样")),
    "E_DATE_FUTURE": ProblemKind(_("日期在将来"), _("核对年份后重新填写")),
    "E_DATE_EARLY": ProblemKind(_("日期早于 %(earliest)s，不合常理"), _("核对年份后重新填写")),
    "E_DATE_LUNAR": ProblemKind(_("是农历日期，无法换算成公历"), _("照户口本填公历，如 2010-09-01")),
    "E_DATE_AMBIGUOUS": ProblemKind(
        _("看不出是哪一天，可能是 %(candidates)s"), _("填成 2010-09-01 这样，月和日都写两位")
    ),
    "E_DATE_ORDER": ProblemKind(_("“%(heading)s”早于“%(other)s”"), _("核对这两个日期")),
    "W_DATE_CENTURY": ProblemKind(_("年份只写了两位"), _("已读作 %(read)s，确认即可")),
    "E_PHONE_PRECISION": ProblemKind(
        _("电话号码被变成了数字，后几位已经丢失"), _("把这一列设为“文本”，重新录入号码")
    ),
    "E_PHONE_INVALID": ProblemKind(
        _("“%(value)s”不是完整的电话号码"), _("手机填 11 位，座机带区号，如 0931-0000000；多个号码用顿号分开")
    ),
    "W_PHONE_NO_AREA": ProblemKind(_("座机号码没有区号"), _("最好补上区号，如 0931-0000000；确认也可以")),
    "W_PHONE_EXTRA": ProblemKind(_("号码旁边还写了“%(extra)s”"), _("只保留号码，确认即可")),
}

PERSONS: dict[str, ProblemKind] = {
    "E_NAME_LOST_CHAR": ProblemKind(
        _("名字里有一个字没有显示出来"), _("照户口本录入这个字；打不出来的，请联系省妇联")
    ),
    "E_NAME_INVALID": ProblemKind(_("“%(value)s”不像一个人的名字"), _("填户口本上的姓名")),
    "W_NAME_DOT": ProblemKind(_("间隔号写成了句点"), _("已读作“%(read)s”，确认即可")),
    "W_NAME_EXTRA": ProblemKind(
        _("名字后面还写了“%(extra)s”"), _("已读作“%(read)s”，确认即可；要保留的话请写到备注里")
    ),
    "E_SEX_NAME_MISMATCH": ProblemKind(_("名字旁边写的性别和“性别”一栏不一致"), _("核对后改好其中一处")),
    "W_CONFIRM_DECEASED": ProblemKind(
        _("按填表说明，“%(value)s”表示已去世"), _("确实去世请确认；只是没填请补上姓名")
    ),
    "E_ID_PRECISION": ProblemKind(_("身份证号被变成了数字，后几位已经丢失"), _RETYPE_ID),
    "E_ID_LENGTH": ProblemKind(_("身份证号应是 18 位，这里是 %(length)s 位"), _AS_IN_BOOK),
    "E_ID_CHARACTER": ProblemKind(_("身份证号里有数字以外的字"), _("只能是 17 位数字，末位是数字或 X")),
    "E_ID_CHECKSUM": ProblemKind(_("身份证号末位校验不对，有数字录错了"), _AS_IN_BOOK),
    "E_ID_DATE": ProblemKind(_("身份证号里的出生日期不存在或在将来"), _AS_IN_BOOK),
    "W_ID_CHAR": ProblemKind(_("身份证号末位的 X 是用别的字符写的"), _("已改成 X，确认即可")),
    "W_ID_UPGRADED": ProblemKind(_("身份证号是旧的 15 位"), _("已换算成 18 位，请和证件核对")),
    "W_ID_AREA": ProblemKind(_("身份证号的前 6 位不是已知的地区"), _("和证件核对，没有错就确认")),
    "E_SEX_ID_MISMATCH": ProblemKind(_("性别和身份证号不一致"), _("照户口本核对，改好错的一个")),
    "E_BIRTH_ID_MISMATCH": ProblemKind(_("出生日期和身份证号不一致"), _("照户口本核对，改好错的一个")),
    "E_AGE_OVER": ProblemKind(
        _("到 %(on)s 已满 %(limit)s 周岁，不能新登记"),
        _("核对出生日期和登记日期；确已满龄的，从表中删去这一行"),
        {
            "difficulty": (
                _("到 %(on)s 已满 16 周岁，只有困境儿童可以登记"),
                _("是困境儿童的，填上“困境儿童类别”；不是的，从表中删去这一行"),
            )
        },
    ),
    "E_GRADE_UNKNOWN": ProblemKind(_("“%(value)s”看不出是几年级"), _("填成“三年级”“初一”“大班”这样")),
    "E_GRADE_STAGE": ProblemKind(
        _("看不出是小学、初中还是高中的年级"), _("填成“小学三年级”“初一”这样，或者补上“就学情况”")
    ),
    "E_GRADE_SCHOOLING": ProblemKind(_("年级和就学情况不一致"), _("核对后改好其中一个")),
    "W_SCHOOLING_AGE": ProblemKind(
        _("%(age)s 岁，就学情况是“%(schooling)s”，和年龄不相称"), _("核对出生日期和就学情况，没有错就确认")
    ),
    "E_GUARDIANSHIP_CONFLICT": ProblemKind(
        _("监护类型和有无委托监护人不一致"),
        _("核对后改好其中一个"),
        {
            "nobody": (_("监护类型是“无人监护”，却委托了监护人"), None),
            "carer": (
                _("监护类型是“%(carer)s”，却没有填委托监护人"),
                _("补上委托监护人的姓名，或者改监护类型"),
            ),
        },
    ),
    "E_AWAY_CONFLICT": ProblemKind(
        _("“父母双方同时外出”和“一方外出另一方无监护能力”不能都是“是”"), _("只留下符合实际的一个")
    ),
    "E_UNABLE_PARENT_REQUIRED": ProblemKind(
        _("一方无监护能力，但没有填是哪一方"), _("在“无监护能力方”填“父亲”或“母亲”")
    ),
    "W_PROPOSE_ORPHAN": ProblemKind(
        _("父母都已去世，不算留守儿童"), _("请按孤儿的规定办理；留在这里要填“困境儿童类别”")
    ),
    "W_NO_CONSENT": ProblemKind(
        _("没有监护人同意，只能记为待核"), _("取得父母或其他监护人同意后，补上同意人和日期")
    ),
    "E_CONSENT_INCOMPLETE": ProblemKind(
        _("写了已取得同意，但没有写同意人或日期"), _("补上同意人、身份和日期")
    ),
}

ROWS: dict[str, ProblemKind] = {
    "E_DIVISION_UNKNOWN": ProblemKind(
        _("没有找到“%(value)s”这个地方"),
        _("写全称，如“陇西县首阳镇”"),
        {"nearest": (None, _("您是不是要填：%(nearest)s？请写全称"))},
    ),
    "E_DIVISION_AMBIGUOUS": ProblemKind(
        _("“%(value)s”可能是好几个地方"), _("写全称，从这些里选一个：%(candidates)s")
    ),
    "E_REPORTING_UNIT": ProblemKind(
        _("“%(name)s”不是行政区划，不能当作县区"), _("填所在的县区，如皋兰县或永登县")
    ),
    "E_OUT_OF_SCOPE": ProblemKind(
        _("“%(value)s”不在您管理的范围内"), _("只能上传本地的；请把这一行交给当地填报")
    ),
    "W_RENAMED": ProblemKind(_("“%(value)s”是旧地名"), _("已读作“%(read)s”，确认即可")),
    "E_DUP_IN_FILE": ProblemKind(
        _("和第 %(first_row)s 行重复"),
        _("只留下正确的一行"),
        {"first_sheet": (_("和工作表“%(first_sheet)s”第 %(first_row)s 行重复"), None)},
    ),
    "W_TRANSFER_CANDIDATE": ProblemKind(
        _("这一行不能在本地直接登记，先不写入"), _("孩子是从外地转来的，请在“按行看”里申请转入")
    ),
    "W_POSSIBLE_DUP": ProblemKind(
        _("没有身份证号，姓名和出生日期与另一条相同"),
        _("确认是两个孩子，还是同一个"),
        {
            "first_sheet": (
                _("没有身份证号，姓名和出生日期与工作表“%(first_sheet)s”第 %(first_row)s 行相同"),
                None,
            ),
            "first_row": (_("没有身份证号，姓名和出生日期与第 %(first_row)s 行相同"), None),
        },
    ),
    "E_DOUBTFUL": ProblemKind(
        _("和已登记的好几条都像，无法确定是哪一条"),
        _("补上档案编号或身份证号再上传"),
        {
            "alike": (
                _("和登记册里的 %(alike)s 条很像，无法确定是不是同一条"),
                _("请在“存疑”页对照以后决定，或者补上档案编号、身份证号"),
            )
        },
    ),
    "E_LEFT_OUT": ProblemKind(_("您看过以后，决定不导入这一行"), _("要导入的，请在“存疑”页重新决定")),
    "E_RECORD_NUMBER_UNKNOWN": ProblemKind(
        _("没有找到档案编号“%(value)s”"),
        _("新登记的请把档案编号留空；要修改的请重新导出后再改"),
        {
            "merged_into": (
                _("“%(value)s”已合并到 %(merged_into)s"),
                _("把档案编号改成 %(merged_into)s，或者重新导出后再改"),
            )
        },
    ),
    "E_STALE_ROW": ProblemKind(
        _("导出以后，这条记录已被别人改过"),
        _("重新导出一份，把您的修改填进去再上传"),
        {"moved": (_("导出以后，这条记录已被别人改过：%(moved)s"), None)},
    ),
    "E_KEPT_OUT": ProblemKind(_("复核人没有同意这一行：%(why)s"), _("按复核人说的改好，再重新上传")),
    "E_CENTER_UNKNOWN": ProblemKind(
        _("没有找到活动中心“%(value)s”"),
        _("先登记活动中心，或者填上中心编号"),
        {"nearest": (None, _("您是不是要填：%(nearest)s？请写全称或填中心编号"))},
    ),
    "E_CENTER_AMBIGUOUS": ProblemKind(_("有好几个活动中心都叫“%(value)s”"), _("填上中心编号")),
    "W_AMOUNT_MISMATCH": ProblemKind(
        _("数量乘单价是 %(counted)s 元，金额写的是 %(stated)s 元"), _("核对数量、单价和金额")
    ),
    "W_TOTAL_MISMATCH": ProblemKind(
        _("“%(label)s”写的是 %(stated)s，表中实有 %(counted)s"), _("核对是否漏了或多了行，没有错就确认")
    ),
    "E_HEADING_MISSING": ProblemKind(
        _("缺少“%(heading)s”这一列"),
        _("补上这一列，或者用下载的模板填写"),
        {
            "likely": (
                _("缺少“%(heading)s”这一列，“%(likely)s”像是它"),
                _("是的话，把标题改成“%(heading)s”，或者在上传的页面里选定；不是的话，补上这一列"),
            )
        },
    ),
    "W_HEADING_DOUBTFUL": ProblemKind(
        _("“%(heading)s”这一列没有读取，它像是“%(likely)s”"),
        _("是的话，把标题改成“%(likely)s”，或者在上传的页面里选定；不是的话，确认即可"),
    ),
    "W_HEADING_REPEATED": ProblemKind(
        _("有两列都是“%(heading)s”，只读了前一列"), _("给后一列换一个名称，或者删去")
    ),
}

CODES: dict[str, ProblemKind] = CELLS | PERSONS | ROWS

# What is wrong, said of all problems of a code, where its sentence without its cell would say nothing.
IN_GENERAL: dict[str, Words] = {
    "E_REQUIRED": _("必填的格子没有填"),
    "E_CODE_UNKNOWN": _("填的不是可选的内容"),
}
