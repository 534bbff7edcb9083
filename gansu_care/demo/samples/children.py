"""The children of the samples: 24 of 临洮县 for the messy form, 12 more for a plain list. All invented."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from gansu_care.demo.resident_ids import resident_id
from gansu_care.demo.samples.files import Layout

UNIT = "临洮县妇联"
# township, village, name, sex, born, schooling, grade
ON_THE_FORM = (
    ("洮阳镇", "杏花湾村", "单云朵", "女", date(2014, 3, 9), "小学", "六年级"),
    ("洮阳镇", "杏花湾村", "赵小禾", "男", date(2015, 11, 20), "小学", "五年级"),
    ("洮阳镇", "柳树坪村", "钱春芽", "女", date(2016, 7, 2), "小学", "四年级"),
    ("洮阳镇", "柳树坪村", "孙星河", "男", date(2013, 1, 15), "初中", "八年级"),
    ("洮阳镇", "石桥头村", "李山杏", "女", date(2018, 5, 30), "小学", "二年级"),
    ("洮阳镇", "石桥头村", "周冬青", "男", date(2012, 9, 8), "初中", "八年级"),
    ("洮阳镇", "石桥头村", "吴海棠", "女", date(2021, 4, 18), "幼儿园", "中班"),
    ("洮阳镇", "泉水川村", "郑向阳", "男", date(2017, 12, 1), "小学", "三年级"),
    ("新添镇", "梨家沟村", "王石榴", "女", date(2015, 2, 14), "小学", "五年级"),
    ("新添镇", "梨家沟村", "冯胡杨", "男", date(2014, 8, 23), "小学", "六年级"),
    ("新添镇", "梨家沟村", "陈雪莲", "女", date(2016, 10, 5), "小学", "四年级"),
    ("新添镇", "槐台子村", "蒋南星", "男", date(2013, 6, 11), "初中", "八年级"),
    ("新添镇", "槐台子村", "沈木槿", "女", date(2019, 3, 27), "小学", "二年级"),
    ("新添镇", "槐台子村", "韩沙枣", "男", date(2012, 12, 19), "初中", "八年级"),
    ("新添镇", "松岭下村", "杨丁香", "女", date(2020, 9, 16), "幼儿园", "大班"),
    ("新添镇", "松岭下村", "朱核桃", "男", date(2017, 1, 25), "小学", "四年级"),
    ("站滩乡", "兰坡上村", "马苜蓿", "女", date(2014, 5, 6), "小学", "六年级"),
    ("站滩乡", "兰坡上村", "马银杏", "男", date(2015, 8, 31), "小学", "五年级"),
    ("站滩乡", "菊园子村", "穆百灵", "女", date(2013, 10, 12), "初中", "七年级"),
    ("站滩乡", "菊园子村", "丁云雀", "男", date(2016, 2, 28), "小学", "四年级"),
    ("站滩乡", "菊园子村", "何晨露", "女", date(2018, 11, 9), "小学", "二年级"),
    ("站滩乡", "荷滩头村", "吕初晴", "女", date(2011, 12, 30), "初中", "九年级"),
    ("站滩乡", "荷滩头村", "施秋桐", "男", date(2019, 7, 7), "小学", "一年级"),
    ("站滩乡", "荷滩头村", "张燕麦", "男", date(2012, 4, 21), "初中", "八年级"),
)
IN_THE_LIST = (
    ("中铺镇", "竹花湾村", "孔豆苗", "女", date(2015, 5, 12), "小学", "五年级"),
    ("中铺镇", "竹花湾村", "曹荞花", "女", date(2014, 1, 3), "小学", "六年级"),
    ("中铺镇", "霞树坪村", "严麦穗", "男", date(2013, 3, 22), "初中", "八年级"),
    ("中铺镇", "霞树坪村", "华甘草", "男", date(2017, 9, 9), "小学", "三年级"),
    ("龙门镇", "云家沟村", "金芍药", "女", date(2016, 12, 24), "小学", "四年级"),
    ("龙门镇", "云家沟村", "魏牡丹", "女", date(2018, 8, 8), "小学", "三年级"),
    ("龙门镇", "雪水川村", "陶芦苇", "男", date(2012, 10, 17), "初中", "八年级"),
    ("龙门镇", "雪水川村", "姜梧桐", "男", date(2014, 6, 29), "小学", "六年级"),
    ("玉井镇", "霜桥头村", "戚榆钱", "女", date(2019, 2, 11), "小学", "二年级"),
    ("玉井镇", "霜桥头村", "谢槐花", "女", date(2015, 4, 4), "小学", "五年级"),
    ("玉井镇", "溪岭下村", "邹葵花", "女", date(2013, 7, 26), "初中", "八年级"),
    ("玉井镇", "溪岭下村", "喻松果", "男", date(2020, 10, 10), "幼儿园", "大班"),
)
FORM_HEADINGS = (
    "序号", "乡镇", "村（社区）", "姓名", "性别", "民族", "出生日期", "身份证号", "户籍所在地",
    "就学情况", "学校名称", "年级", "是否寄宿", "身体情况", "父亲情况/姓名", "父亲情况/状态",
    "父亲情况/务工地点", "父亲情况/外出起始年月", "父亲情况/联系电话", "母亲情况/姓名", "母亲情况/状态",
    "母亲情况/务工地点", "母亲情况/外出起始年月", "母亲情况/联系电话", "监护情况/有无委托其他监护人",
    "监护情况/委托监护人姓名", "监护情况/与被监护人关系", "监护情况/委托监护人联系电话",
    "监护情况/监护类型", "家庭经济来源", "村（居）委会联系人", "评估日期", "评估人", "登记日期",
    "是否取得同意", "同意人", "同意人身份", "同意日期", "同意书存放处", "备注",
)  # fmt: skip
SURNAMES_OF_MOTHERS = "陆水云山石林田江"
CARERS = ("祖母", "祖父", "外祖母", "姑母", "祖母", "舅父")
PLACES = ("新疆乌鲁木齐市", "江苏苏州市", "浙江宁波市", "陕西西安市", "广东东莞市")
FIRST_SEQUENCE = 900  # above those of the demo province


def facts(children: tuple[tuple[Any, ...], ...], day: date) -> Iterator[dict[str, Any]]:
    """Everything the form asks about each child, as of the day of registration."""
    for number, (township, village, name, sex, born, schooling, grade) in enumerate(children):
        relation = CARERS[number % len(CARERS)]
        school = {"小学": "中心小学", "初中": "初级中学", "幼儿园": "中心幼儿园"}[schooling]
        yield {
            "序号": number + 1,
            "乡镇": township,
            "村（社区）": village,
            "姓名": name,
            "性别": sex,
            "民族": "回族" if name[0] in "马穆丁" else "汉族",
            "出生日期": born,
            "身份证号": resident_id(born, FIRST_SEQUENCE + (number * 2 + (sex == "男")) % 100),
            "户籍所在地": f"甘肃省定西市临洮县{township}",
            "就学情况": schooling,
            "学校名称": f"{township}{school}",
            "年级": grade,
            "是否寄宿": "是" if schooling == "初中" else "否",
            "身体情况": "健康",
            **_parent("父亲", name[0] + "立春", number),
            **_parent("母亲", SURNAMES_OF_MOTHERS[number % 8] + "白露", number + 2),
            "监护情况/有无委托其他监护人": "是",
            "监护情况/委托监护人姓名": (name[0] if "祖" in relation else "白") + "重阳",
            "监护情况/与被监护人关系": relation,
            "监护情况/委托监护人联系电话": f"138000002{number:02d}",
            "监护情况/监护类型": "较好" if number % 3 else "一般",
            "家庭经济来源": "打工收入、种养殖业",
            "村（居）委会联系人": "田小满",
            "评估日期": day,
            "评估人": "李晓梅",
            "登记日期": day,
            "是否取得同意": "是",
            "同意人": SURNAMES_OF_MOTHERS[number % 8] + "白露",
            "同意人身份": "父母",
            "同意日期": day,
            "同意书存放处": "乡镇妇联档案柜",
            "备注": None,
        }


def _parent(kind: str, name: str, number: int) -> dict[str, Any]:
    return {
        f"{kind}情况/姓名": name,
        f"{kind}情况/状态": "外出务工",
        f"{kind}情况/务工地点": PLACES[number % len(PLACES)],
        f"{kind}情况/外出起始年月": f"{2023 + number % 3}年{2 + number % 9}月",
        f"{kind}情况/联系电话": f"138000001{number:02d}",
    }


def form(spoil: Callable[[list[dict[str, Any]]], None] | None) -> Layout:
    """The official form as it comes: title, unit, two rows of headings, townships merged, subtotals, total, notes.

    `spoil` breaks what somebody has to mend; None: it is right.
    """
    layout, width = Layout("留守儿童登记表"), len(FORM_HEADINGS)
    layout.add_across("临洮县农村留守儿童基本情况登记表", width)
    layout.add(f"填报单位（盖章）：{UNIT}", *[None] * (width - 6), "填报日期：2026年10月15日")
    layout.add_headings(FORM_HEADINGS)
    children = list(facts(ON_THE_FORM, date(2026, 10, 12)))
    for cells in children:
        _write_by_hand(cells)
    if spoil is not None:
        spoil(children)
    for township, group in groupby(children, key=lambda cells: cells["乡镇"]):
        _add_township(layout, township, list(group))
    layout.add("合计", None, None, len(children))
    layout.add_across(
        "注：1.农村留守儿童是指父母双方外出务工，或一方外出务工另一方无监护能力，不满十六周岁的农村户籍未成年人。",
        width,
    )
    layout.add("单位负责人：周敏", None, None, None, None, "复核人：赵玉兰", None, None, "填表人：李晓梅")
    return layout


def _write_by_hand(cells: dict[str, Any]) -> None:
    """Ways of writing that are right and all different, as several hands leave them."""
    number = cells["序号"]
    if number % 5 == 2:
        cells["出生日期"] = cells["出生日期"].strftime("%Y.%m.%d")
    if number % 5 == 3:
        cells["出生日期"] = f"{cells['出生日期']:%Y年%m月%d日}"
    if number % 6 == 4:
        cells["身份证号"] = f" {cells['身份证号'][:6]} {cells['身份证号'][6:14]} {cells['身份证号'][14:]}"
    if number % 7 == 5:
        cells["姓名"] = f"{cells['姓名'][0]}　{cells['姓名'][1:]}"
    if number % 4 == 1:
        cells["身体情况"] = "健康(√) 残疾( ) 患病( )"
    if number % 4 == 3:
        cells["民族"] = cells["民族"].removesuffix("族")
    if number % 8 == 6:
        cells["监护情况/委托监护人联系电话"] = float(cells["监护情况/委托监护人联系电话"])
    if number % 3 == 0:
        cells["备注"] = "无"


def three_mistakes(children: list[dict[str, Any]]) -> None:
    children[4]["身份证号"] = float(children[4]["身份证号"][:15] + "000")  # typed as a number
    children[10]["性别"] = 0
    children[18]["出生日期"] = "农历2013年九月初八"


def _add_township(layout: Layout, township: str, children: list[dict[str, Any]]) -> None:
    """The township once, in a merged cell; a subtotal and an empty row behind it."""
    first = len(layout.rows)
    for cells in children:
        layout.add(*(cells[heading] for heading in FORM_HEADINGS))
    last = len(layout.rows) - 1
    for row in range(first + 1, last + 1):
        layout.rows[row][1] = None
    layout.merges.append((first, 1, last, 1))
    layout.add("小计", None, None, len(children))
    layout.add()


def plain_list(children: tuple[tuple[Any, ...], ...]) -> Layout:
    """A list with one row of headings and nothing around it."""
    layout = Layout("花名册")
    headings = [heading for heading in FORM_HEADINGS if heading not in ("序号", "备注")]
    layout.add(*(_joined(heading) for heading in headings))
    for cells in facts(children, date(2026, 9, 21)):
        layout.add(*(cells[heading] for heading in headings))
    return layout


def _joined(heading: str) -> str:
    """父亲情况/姓名 -> 父亲姓名; 监护情况/监护类型 -> 监护类型."""
    upper, _, lower = heading.rpartition("/")
    if not upper:
        return heading
    if upper == "监护情况":
        return lower
    return upper.removesuffix("情况") + lower
