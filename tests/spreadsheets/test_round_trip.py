"""What was exported comes back 100 % the same: every kind, masked and in full, by whoever took it."""

import pytest

from centers.models import Center, Equipment
from children.models import Child
from funding.models import Allocation, Receipt
from gansu_care.spreadsheets.kinds import kind_of
from tests.uploading import (
    CHILD_HEAD,
    checked,
    child_numbered,
    children_file,
    codes,
    counts,
    id_number,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db

WHOLE = {
    "曾用名": "王花花", "是否登记户口": "是", "户口性质": "农业", "户籍所在地": "临洮县八里铺镇王家村3号",
    "现居住地": "洮阳镇南门村12号",
    "学校名称": "洮阳小学", "班级": "2", "是否寄宿": "否", "入学年月": "2021年9月", "身体情况": "残疾、患病",
    "残疾类别": "肢体残疾",
    "残疾等级": "二级", "残疾证号": "62010020150901002844", "患病类型": "先天性心脏病", "父亲出生日期": "1988年",
    "父亲身份证号": id_number("62010019880101001"), "父亲务工地点": "浙江宁波", "父亲外出起始年月": "2022年3月",
    "母亲联系频率": "每周", "祖父姓名": "—", "祖母姓名": "李桂英", "外祖父姓名": "张大爷（已故）",
    "外祖父出生日期": "1950-01-01",
    "家庭经济来源": "打工收入、种养殖业", "家庭经济状况": "脱贫户", "父母双方同时外出": "是",
    "有无委托其他监护人": "是",
    "照护人身份证号": id_number("62010019500101002"), "照护人住址": "洮阳镇南门村12号", "评估日期": "2026-09-01",
    "委托照护告知书": "是", "村委会联系人": "赵六", "村委会联系电话": "0931-0000000",
    "救助帮扶情况": "临时救助、医疗救助",
    "困境儿童类别": "自身困境", "帮扶需求": "学业辅导、心理关爱", "登记日期": "2026-09-01", "填表人": "李晓梅",
    "核查日期": "2026-10-01",
    "核查方式": "入户", "备注": "第一行\n第二行", "同意书存放处": "县妇联档案柜",
}  # fmt: skip


def exported(resource, model, user, *, masked) -> bytes:
    """As release.py writes it: headings, one row a record, number and version last."""
    rows = resource.export_rows(model.objects.visible_to(user).order_by("pk"), user, masked=masked)
    return xlsx([resource.export_headers(), *rows])


def comes_back(user, kind, *models, masked) -> None:
    resources = [resource() for resource in kind_of(kind).resources]
    for resource, model in zip(resources, models, strict=True):
        upload = checked(user, exported(resource, model, user, masked=masked), kind)
        assert (counts(upload), codes(upload)) == ({"same": model.objects.count()}, [])


@pytest.fixture
def children(officer):
    head = [*CHILD_HEAD, *WHOLE]
    gone = child_numbered(3) | {"登记日期": "2025-09-01", "退出日期": "2026-06-30", "退出原因": "年满16周岁"}
    poor = child_numbered(4) | {
        "身份证号": None,
        "是否登记户口": "否",
        "出生日期": "2016年3月",
        "父亲姓名": "—",
        "父亲状态": None,
    }
    draft = child_numbered(5) | {"是否取得同意": "否", "同意人": None, "同意人身份": None, "同意日期": None}
    rows = [WHOLE, child_numbered(2), gone, poor | {"父亲电话": None}, draft]
    written(officer, children_file(*rows, head=[*head, "退出日期", "退出原因"]), "children")


@pytest.mark.parametrize("masked", [True, False])
@pytest.mark.parametrize("reader", ["officer", "prefecture", "province"])
def test_children(request, children, reader, masked):
    comes_back(request.getfixturevalue(reader), "children", Child, masked=masked)


def test_a_masked_export_holds_no_full_value(officer, province, children):
    resource = kind_of("children").resources[0]()
    text = str(list(resource.export_rows(Child.objects.all(), officer)))
    for secret in (
        WHOLE["父亲身份证号"],
        WHOLE["残疾证号"],
        "13800000000",
        "王家村3号",
        WHOLE["照护人身份证号"],
    ):
        assert secret not in text
    assert "王小花" in text
    beyond = str(list(resource.export_rows(Child.objects.all(), province)))
    assert "王小花" not in beyond
    assert "王大山" not in beyond
    assert "王*花" in beyond


def test_the_admins_export_is_masked(officer, children):
    resource = kind_of("children").resources[0]()
    dataset = resource.export(Child.objects.order_by("pk"))
    assert dataset.headers[-2:] == ["档案编号", "档案版本"]
    assert "6201**********0028" in dataset["身份证号"]
    assert "王*花" in dataset["姓名"]


@pytest.fixture
def centers(officer):
    head = ["中心名称", "类型", "级别", "乡镇", "村", "详细地址", "建成日期", "启用日期", "负责人", "联系电话",
    "室内面积", "功能区",
            "制度上墙", "安全检查日期", "经度", "纬度", "坐标系", "状态", "状态日期", "状态原因",
            "是否免费开放"]  # fmt: skip
    row = ["儿童之家", "儿童之家", "村", "洮阳镇", "南门村", "南门村12号", "2009-09-01", "2009-10-01", "王秀英",
    "13800000000", 70.5,
           "图书阅览、电脑室", "是", "2026-05-01", 103.86, 35.38, "WGS84", "暂停", "2026-07-01", "假期",
           "是"]  # fmt: skip
    other = list(row)
    other[3] = "八里铺镇"
    written(officer, xlsx([head, row, other]), "centers")


@pytest.mark.parametrize("masked", [True, False])
def test_centers(officer, centers, masked):
    comes_back(officer, "centers", Center, masked=masked)


@pytest.mark.parametrize("masked", [True, False])
def test_equipment_of_centers_of_one_name(officer, centers, masked):
    head = [
        "中心名称",
        "乡镇",
        "资产编号",
        "类别",
        "品名",
        "数量",
        "单位",
        "单价",
        "购置日期",
        "资金来源",
        "取得方式",
        "保管人",
        "状况",
        "处置日期",
    ]
    books = [
        "儿童之家",
        "洮阳镇",
        None,
        "图书",
        "百科",
        30,
        "册",
        25,
        "2010-01-01",
        "全国妇联",
        "捐赠",
        "王秀英",
        "完好",
        None,
    ]
    television = [
        "儿童之家",
        "八里铺镇",
        "T-1",
        "电视",
        "电视机",
        1,
        "台",
        2000.5,
        None,
        None,
        "采购",
        None,
        "已报废",
        "2020-01-01",
    ]
    written(officer, xlsx([head, books, books, television]), "equipment")
    comes_back(officer, "equipment", Equipment, masked=masked)


@pytest.mark.parametrize("masked", [True, False])
def test_funding(officer, province, centers, masked):
    receipts = [
        ["资金来源", "捐赠方", "通过渠道", "项目", "金额", "其中实物折价", "到账日期", "票据号", "经办人"],
        [
            "全国妇联、中国儿童少年基金会",
            "某公司",
            "中国儿基会",
            "阳光驿站",
            1790000,
            10000,
            "2009-03-05",
            "A-1",
            "李四",
        ],
        ["省级财政", None, None, None, 20000000, None, "2009-03-06", None, None],
    ]
    allocations = [
        ["分配文号", "资金来源", "分配到", "金额", "下达日期", "用途", "批准人"],
        ["1号", "省级财政", "临洮县", 20000, "2009-04-01", "建设", "周敏"],
        ["1号", "省级财政", "定西市", 20000.55, "2009-04-01", None, None],
    ]
    written(province, xlsx(receipts, allocations), "funding")
    comes_back(province, "funding", Receipt, Allocation, masked=masked)


def test_a_dataset_is_checked_like_an_upload(officer, children):
    resource = kind_of("children").resources[0]()
    dataset = resource.export(Child.objects.order_by("pk"))
    result = resource.import_data(dataset, dry_run=True, user=officer)
    assert (result.total_rows, result.totals["skip"], result.invalid_rows) == (5, 5, [])
    with pytest.raises(TypeError):
        resource.import_data(dataset, user=officer)


def test_an_export_reads_many_records_with_few_statements(officer, children, django_assert_max_num_queries):
    resource = kind_of("children").resources[0]()
    with django_assert_max_num_queries(10):
        assert len(list(resource.export_rows(Child.objects.all(), officer))) == 5
