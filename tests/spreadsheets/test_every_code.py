"""Every code of a problem has a file or a row that produces it, sent as an officer sends it.

The tables are: code, and the cells of one row that differ from a right one. A code without an example fails the last
test, and so does an example whose row does not say its code.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from children.models import Child, ChildStatus
from funding.models import Reconciliation
from gansu_care.spreadsheets.by_hand import Decision
from gansu_care.spreadsheets.models import SecondPerson, Upload
from gansu_care.spreadsheets.problems import CODES
from gansu_care.spreadsheets.uploads import accept, confirm, decide, keep_out
from tests.people import LINTAO
from tests.records import division, make_allocation, make_receipt, make_source
from tests.uploading import (
    CHILD_HEAD,
    checked,
    child_numbered,
    child_row,
    children_file,
    children_rows,
    codes,
    fresh,
    id_number,
    registered,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db
Cells = dict[str, Any]

CHILD_COLUMNS = [
    *CHILD_HEAD, "县区", "档案编号", "健康状况", "委托监护人身份证号", "登记日期", "是否登记户口", "父母双方同时外出",
    "一方外出另一方无监护能力", "无监护能力方", "有无委托监护人", "父亲外出起始年月",
]  # fmt: skip
CHILDREN: list[tuple[str, Cells]] = [
    ("E_DITTO_NO_SOURCE", {"村": "同上"}),  # the first row: nothing stands above it
    ("E_REQUIRED", {"民族": None}),
    ("E_TOO_LONG", {"村": "字" * 300}),
    ("E_TEXT_LOST_CHAR", {"村": "南\ufffd村"}),
    ("E_FORMULA_ERROR", {"村": "#N/A"}),
    ("E_FORMULA_EMPTY", {"村": "=B2&C2"}),
    ("E_DITTO_FORBIDDEN", {"姓名": "同上"}),
    ("E_CLEAR_FORBIDDEN", {"性别": "清空"}),
    ("E_MASKED_VALUE", {"父亲电话": "138****0000"}),
    ("E_CODE_UNKNOWN", {"民族": "火星族"}),
    ("E_CHOICE_CONFLICT", {"健康状况": "健康、患病"}),
    ("W_CHOICE_EXTRA", {"健康状况": "患病(心脏病)"}),
    ("E_DATE_INVALID", {"出生日期": "2015-02-30"}),
    ("E_DATE_INCOMPLETE", {"同意日期": "2015年"}),
    ("E_DATE_FUTURE", {"同意日期": "2099-01-01"}),
    ("E_DATE_LUNAR", {"出生日期": "农历2010年八月"}),
    ("E_DATE_AMBIGUOUS", {"同意日期": "3/4/2015"}),
    ("W_DATE_CENTURY", {"同意日期": "26.8.3"}),
    ("E_PHONE_PRECISION", {"父亲电话": "1.38E+10"}),
    ("E_PHONE_INVALID", {"父亲电话": "1380000000"}),
    ("W_PHONE_NO_AREA", {"父亲电话": "2000000"}),
    ("W_PHONE_EXTRA", {"父亲电话": "母亲13800000000"}),
    ("E_NAME_LOST_CHAR", {"姓名": "王\ufffd"}),
    ("E_NAME_INVALID", {"姓名": "王2"}),
    ("W_NAME_DOT", {"姓名": "阿依古丽.买买提"}),
    ("W_NAME_EXTRA", {"姓名": "王小明（小名豆豆）"}),
    ("E_SEX_NAME_MISMATCH", {"姓名": "王小明（男）"}),
    ("W_CONFIRM_DECEASED", {"父亲姓名": "—", "父亲状态": None, "父亲电话": None}),
    ("E_ID_PRECISION", {"身份证号": 6.2010020150901e17}),
    ("E_ID_LENGTH", {"身份证号": "62010020150901001"}),
    ("E_ID_CHARACTER", {"身份证号": "62010020150901A013"}),
    ("E_ID_CHECKSUM", {"身份证号": "620100201509010031"}),
    ("E_ID_DATE", {"身份证号": id_number("62010020150229000")}),
    ("W_ID_AREA", {"身份证号": id_number("62990020150901002"), "出生日期": "2015-09-01"}),
    ("W_ID_UPGRADED", {"委托监护人身份证号": "620100860901001"}),
    ("W_ID_CHAR", {"委托监护人身份证号": "62010020100901003\u00d7"}),
    ("E_SEX_ID_MISMATCH", {"性别": "男"}),
    ("E_BIRTH_ID_MISMATCH", {"出生日期": "2015-12-31"}),
    ("E_AGE_OVER", {"出生日期": "2001-09-01", "身份证号": id_number("62010020010901002")}),
    ("E_GRADE_UNKNOWN", {"年级": "很高"}),
    (
        "E_GRADE_STAGE",
        {
            "出生日期": "2012-09-01",
            "身份证号": id_number("62010020120901002"),
            "就学情况": None,
            "年级": "三(2)班",
        },
    ),
    ("E_GRADE_SCHOOLING", {"就学情况": "小学", "年级": "初一"}),
    ("W_SCHOOLING_AGE", {"就学情况": "学龄前", "年级": None}),
    ("E_GUARDIANSHIP_CONFLICT", {"监护类型": "无人监护"}),
    ("E_AWAY_CONFLICT", {"父母双方同时外出": "是", "一方外出另一方无监护能力": "是", "无监护能力方": "母亲"}),
    ("E_UNABLE_PARENT_REQUIRED", {"一方外出另一方无监护能力": "是"}),
    ("W_PROPOSE_ORPHAN", {"父亲状态": "死亡", "母亲状态": "死亡"}),
    ("W_NO_CONSENT", {"是否取得同意": "否", "同意人": None, "同意人身份": None, "同意日期": None}),
    ("E_CONSENT_INCOMPLETE", {"同意日期": None}),
    ("E_DIVISION_UNKNOWN", {"乡镇": "火星镇"}),
    ("E_REPORTING_UNIT", {"县区": "兰州新区", "乡镇": None}),
    ("E_OUT_OF_SCOPE", {"县区": "漳县", "乡镇": "武阳镇"}),
    ("E_RECORD_NUMBER_UNKNOWN", {"档案编号": "GC9999999999"}),
]

PLACES: list[tuple[str, Cells]] = [
    ("E_DIVISION_AMBIGUOUS", {"县区": "白银", "乡镇": None}),
    ("W_RENAMED", {"县区": "华亭县", "乡镇": None}),
]
CENTER_COLUMNS = [
    "中心名称", "乡镇", "建成日期", "启用日期", "服务儿童数", "其中留守儿童", "开放时间", "是否免费开放", "村代码",
    "经度", "纬度", "坐标系", "状态", "状态日期", "并入中心",
]  # fmt: skip
A_CENTER = {"中心名称": "北街村之家", "乡镇": "洮阳镇", "建成日期": "2009-09-01"}
CENTERS: list[tuple[str, Cells]] = [
    ("E_NUMBER_VAGUE", {"服务儿童数": "约60"}),
    ("E_NUMBER_INVALID", {"服务儿童数": "不少"}),
    ("E_NUMBER_PRECISION", {"服务儿童数": "1.2E+5"}),
    ("E_RANGE", {"服务儿童数": 5, "其中留守儿童": 9}),
    ("E_DATE_EARLY", {"建成日期": "1989-01-01"}),
    ("E_DATE_ORDER", {"启用日期": "2009-01-01"}),
    ("E_HOURS_UNREADABLE", {"开放时间": "放学以后"}),
    ("W_NOT_FREE", {"是否免费开放": "收费"}),
    ("E_VILLAGE_CODE", {"村代码": "6211241"}),
    ("E_COORDINATES", {"经度": 103.86, "纬度": 35.38}),
    ("E_SUCCESSOR_STATUS", {"状态": "运行", "并入中心": "南门村之家"}),
    (
        "E_SUCCESSOR_ITSELF",
        {"中心名称": "南门村之家", "状态": "撤并", "状态日期": "2026-07-01", "并入中心": "南门村之家"},
    ),
]
EQUIPMENT_COLUMNS = [
    "中心名称",
    "乡镇",
    "类别",
    "品名",
    "数量",
    "单价",
    "金额",
    "购置日期",
    "盘点日期",
    "实盘数",
]
BOOKS = {
    "中心名称": "南门村之家",
    "乡镇": "洮阳镇",
    "类别": "图书",
    "品名": "少儿百科",
    "数量": "30册",
    "单价": 25,
    "金额": 750,
}
EQUIPMENT: list[tuple[str, Cells]] = [
    ("E_CENTER_UNKNOWN", {"中心名称": "没有的之家"}),
    ("E_CENTER_AMBIGUOUS", {"中心名称": "同名之家", "乡镇": None}),
    ("W_AMOUNT_MISMATCH", {"金额": 700}),
    ("E_COUNT_INCOMPLETE", {"盘点日期": "2026-07-03"}),
    ("E_COUNT_UNEXPLAINED", {"盘点日期": "2026-07-03", "实盘数": 28}),
]


def table(columns: list[str], base: Cells, rows: Iterable[tuple[str, Cells]]) -> bytes:
    """One row an example, its own name where the cells give none."""
    return xlsx([columns, *([(base | cells).get(name) for name in columns] for _code, cells in rows)])


def said(upload: Upload) -> dict[int, set[str]]:
    """The codes of each row, counted from the first below the headings."""
    found: dict[int, set[str]] = defaultdict(set)
    for row, code in upload.problems.values_list("row", "code"):
        found[(row or 1) - 2].add(code)
    return found


def unsaid(upload: Upload, examples: list[tuple[str, Cells]]) -> list[tuple[str, set[str]]]:
    """The examples whose row does not say their code, with what it says instead."""
    found = said(upload)
    return [(code, found[place]) for place, (code, _cells) in enumerate(examples) if code not in found[place]]


def children(examples: list[tuple[str, Cells]]) -> bytes:
    base = {"县区": "临洮县"}
    rows = [
        child_row(CHILD_COLUMNS, **(base | child_numbered(n) | cells))
        for n, (_code, cells) in enumerate(examples)
    ]
    return xlsx([CHILD_COLUMNS, *rows])


def test_codes_of_a_childs_row(officer):
    assert unsaid(checked(officer, children(CHILDREN), "children"), CHILDREN) == []


def test_codes_of_places(province):
    assert unsaid(checked(province, children(PLACES), "children"), PLACES) == []


@pytest.fixture
def centers(officer):
    rows = [("南门村之家", "洮阳镇"), ("同名之家", "洮阳镇"), ("同名之家", "八里铺镇")]
    written(
        officer, xlsx([["中心名称", "乡镇", "建成日期"], *([*row, "2009-06-01"] for row in rows)]), "centers"
    )


def test_codes_of_a_centers_row(officer, centers):
    named = [(code, {"中心名称": f"{place}村之家"} | cells) for place, (code, cells) in enumerate(CENTERS)]
    upload = checked(officer, table(CENTER_COLUMNS, A_CENTER, named), "centers")
    assert unsaid(upload, CENTERS) == []


def test_codes_of_equipments_row(officer, centers):
    assert unsaid(checked(officer, table(EQUIPMENT_COLUMNS, BOOKS, EQUIPMENT), "equipment"), EQUIPMENT) == []


# --- codes that need more than a row: each of these gives the codes of its upload


def twice(officer):
    return codes(checked(officer, children_file({}, {}), "children"))


def twice_without_number(officer):
    head, without = [*CHILD_HEAD, "是否登记户口"], {"身份证号": None, "是否登记户口": "否"}
    return codes(checked(officer, children_file(without, without, head=head), "children"))


def of_another_county(officer, neighbour):
    registered(officer)
    return codes(checked(neighbour, children_file({"乡镇": "武阳镇"}), "children"))


def of_two_centers(officer, centers):
    return codes(checked(officer, xlsx([["中心名称", "服务儿童数"], ["同名之家", 70]]), "centers"))


def stale(officer):
    child = registered(officer)
    data = xlsx(
        [
            ["档案编号", "档案版本", "姓名", "父亲电话"],
            [child.number, child.version, child.name, "13900000001"],
        ]
    )
    written(officer, children_file({"村": "北街村"}), "children")
    return codes(checked(officer, data, "children"))


def kept_out(officer, county):
    SecondPerson.objects.create(division=division(LINTAO), set_by=county)
    upload = confirm(checked(officer, children_file({}, child_numbered(2)), "children"), officer, queue=False)
    keep_out(upload, county, [upload.staged.first().pk], "和户口本不一致")
    accept(upload, county, queue=False)
    return codes(fresh(upload))


def left_out(officer):
    head, without = [*CHILD_HEAD, "是否登记户口"], {"身份证号": None, "是否登记户口": "否"}
    written(officer, children_file(without, head=head), "children")
    upload = checked(officer, children_file(without | {"姓名": "王晓花"}, head=head), "children")
    return codes(decide(upload, officer, (0, 2), Decision.LEAVE_OUT, None, seen_check=upload.check_no))


def restricted(officer):
    registered(officer)
    Child.objects.update(status=ChildStatus.RESTRICTED)
    return codes(checked(officer, children_file({"村": "北门村"}), "children"))


def not_kept(officer):
    return codes(checked(officer, children_file({"是否取得同意": "否"}), "children"))


def total(officer):
    return codes(checked(officer, xlsx([*children_rows({}), ["合计", 3]]), "children"))


def heading_missing(officer):
    return codes(
        checked(officer, children_file({}, head=[name for name in CHILD_HEAD if name != "民族"]), "children")
    )


def heading_doubtful(officer):
    head = ["与儿童关糸" if name == "与儿童关系" else name for name in CHILD_HEAD]
    return codes(checked(officer, xlsx([head, child_row(CHILD_HEAD)]), "children"))


def heading_repeated(officer):
    return codes(
        checked(officer, xlsx([[*CHILD_HEAD, "村"], [*child_row(CHILD_HEAD), "北街村"]]), "children")
    )


FUNDS = ["档案编号", "资金来源", "金额", "到账日期", "票据号"]
GIVEN = ["资金来源", "分配到", "金额", "下达日期", "到账编号", "分配文号"]


def money_places(province):
    return codes(
        checked(province, xlsx([FUNDS, [None, "省级财政", "12.345", "2009-05-01", "A-1"]]), "funding")
    )


def month_closed(officer, county):
    Reconciliation.objects.create(
        division=division(LINTAO), month=date(2026, 3, 1), book=1, vouchers=1,
        reconciled_by=officer, reviewed_by=county, closed_on=date(2026, 4, 2),
    )  # fmt: skip
    return codes(checked(officer, xlsx([FUNDS, [None, "省级财政", 5, "2026-03-31", "A-2"]]), "funding"))


def below_allocated(province):
    receipt = make_receipt(amount=Decimal(100000))
    make_allocation(amount=Decimal(60000), receipt=receipt)
    return codes(
        checked(province, xlsx([FUNDS, [receipt.number, None, 59999, "2009-05-01", None]]), "funding")
    )


def split_known(province):
    receipt = make_receipt(
        "620000", make_source("全国妇联", "acwf"), make_source("中国儿童少年基金会", "cctf")
    )
    receipt.shares.update(amount=receipt.amount / 2)  # who gave how much is known
    other = receipt.amount + 10000
    return codes(
        checked(province, xlsx([FUNDS, [receipt.number, None, other, "2009-05-01", None]]), "funding")
    )


def allocation_of(province, *, number: str = "", source: str = "省级财政", amount: int = 1):
    receipt = make_receipt(amount=Decimal(100000))
    make_source("县区财政", "county")
    row = [source, "临洮县", amount, "2009-06-01", number or receipt.number, "1号"]
    return codes(checked(province, xlsx([GIVEN, row]), "funding"))


def receipt_unknown(province):
    return allocation_of(province, number="GC9999999999")


def receipt_of_another_source(province):
    return allocation_of(province, source="县区财政")


def more_than_came(province):
    return allocation_of(province, amount=100001)


STORIES = {
    "E_DUP_IN_FILE": twice,
    "W_POSSIBLE_DUP": twice_without_number,
    "W_TRANSFER_CANDIDATE": of_another_county,
    "E_DOUBTFUL": of_two_centers,
    "E_STALE_ROW": stale,
    "E_KEPT_OUT": kept_out,
    "E_LEFT_OUT": left_out,
    "E_RESTRICTED": restricted,
    "W_NOT_KEPT": not_kept,
    "W_TOTAL_MISMATCH": total,
    "E_HEADING_MISSING": heading_missing,
    "W_HEADING_DOUBTFUL": heading_doubtful,
    "W_HEADING_REPEATED": heading_repeated,
    "E_MONEY_PLACES": money_places,
    "E_MONTH_CLOSED": month_closed,
    "E_BELOW_ALLOCATED": below_allocated,
    "E_SPLIT_KNOWN": split_known,
    "E_RECEIPT_UNKNOWN": receipt_unknown,
    "E_RECEIPT_SOURCE": receipt_of_another_source,
    "E_OVER_ALLOCATED": more_than_came,
}


@pytest.mark.parametrize("code", STORIES)
def test_codes_that_need_more_than_a_row(request, code):
    story = STORIES[code]
    names = story.__code__.co_varnames[: story.__code__.co_argcount]
    assert code in story(*(request.getfixturevalue(name) for name in names))


def test_every_code_has_an_example():
    shown = [code for rows in (CHILDREN, PLACES, CENTERS, EQUIPMENT) for code, _cells in rows] + list(STORIES)
    assert sorted(shown) == sorted(CODES)
