"""The other samples of 临洮县: two new centers, their equipment, and money given to the county and passed on."""

from datetime import date
from typing import Any

from gansu_care.demo.samples.files import Layout

UNIT = "填报单位（盖章）：临洮县妇联"
CENTERS = (
    ("洮阳镇", "杏花湾村", "杏花湾村留守儿童之家", date(2026, 6, 1)),
    ("站滩乡", "荷滩头村", "荷滩头村留守儿童之家", date(2026, 7, 15)),
)
CENTER_HEADINGS = (
    "序号", "县区", "乡镇", "村（社区）", "中心名称", "类型", "级别", "依托单位类型", "依托单位名称",
    "建成日期", "启用日期", "室内面积（㎡）", "座位数", "开放时间", "是否免费开放", "负责人",
    "负责人电话", "专职人员", "志愿者人数", "服务儿童数", "其中留守儿童", "功能区", "制度上墙", "状态",
    "备注",
)  # fmt: skip
EQUIPMENT_HEADINGS = (
    "序号", "县区", "乡镇", "活动中心", "资产编号", "类别", "品名", "规格型号", "数量", "单位",
    "单价（元）", "金额（元）", "取得方式", "购置（接收）日期", "资金来源", "存放地点", "保管人",
    "状况",
)  # fmt: skip
ITEMS = (
    ("DN-001", "电脑及外设", "台式电脑", "一体机", "2台", 3900, "县区财政", "完好"),
    ("DS-001", "电视及影音", "液晶电视", "43英寸", "1台", 2199, "企业捐赠", "完好"),
    (None, "图书", "少儿读物", None, "300册", 18, "县区财政", "完好"),
    (None, "文具学习用品", "书包文具套装", None, "40套", 35, "个人捐赠", "完好"),
)
RECEIPT_HEADINGS = (
    "县区", "资金来源", "捐赠方", "项目", "金额（万元）", "到账日期", "票据（凭证）号", "经办人",
)  # fmt: skip
RECEIPTS = (
    ("县区财政", None, 8, date(2026, 3, 16), "LT-2026-0001"),
    ("企业捐赠", "示例粮油有限公司", 3.5, date(2026, 4, 22), "LT-2026-0002"),
    ("个人捐赠", "热心人士（未留姓名）", 0.6, date(2026, 5, 29), "LT-2026-0003"),
)
ALLOCATION_HEADINGS = (
    "县区", "乡镇", "活动中心", "分配文号", "下达日期", "资金来源", "金额（元）", "用途", "批准人",
)  # fmt: skip


def centers() -> Layout:
    layout = Layout("活动中心")
    layout.add_across("临洮县留守儿童活动中心登记表", len(CENTER_HEADINGS))
    layout.add(UNIT, *[None] * 8, "填报日期：2026年8月10日")
    layout.add_headings(CENTER_HEADINGS)
    for number, (township, village, name, built_on) in enumerate(CENTERS, start=1):
        layout.add(*_center(number, township, village, name, built_on))
    return layout


def _center(number: int, township: str, village: str, name: str, built_on: date) -> list[Any]:
    return [
        number, "临洮县", township, village, name, "留守儿童之家", "村（社区）", "村委会",
        f"{village}村民委员会", built_on, built_on,
        72.5, 36, "周六、周日和寒暑假 9:00–17:30", "是", "田小满", f"1380000030{number}", 1, 8, 60, 42,
        "图书阅览、电脑室、作业辅导", "是", "运行", "无",
    ]  # fmt: skip


def equipment() -> Layout:
    """The center stands in a merged cell; quantities carry their units; the sum of the amounts below."""
    layout = Layout("设备物资")
    layout.add_across("临洮县留守儿童活动中心设备物资台账", len(EQUIPMENT_HEADINGS))
    layout.add(UNIT, *[None] * 8, "金额单位：元")
    layout.add_headings(EQUIPMENT_HEADINGS)
    total = 0
    for township, _, center, built_on in CENTERS:
        first = len(layout.rows)
        for item in ITEMS:
            row = _item(len(layout.rows) - 2, township, center, built_on, item)
            total += row[11]
            layout.add(*row)
        _merge_down(layout, first, (1, 2, 3))
    layout.add("合计", *[None] * 10, total)
    return layout


def _item(number: int, township: str, center: str, built_on: date, item: tuple[Any, ...]) -> list[Any]:
    asset_no, category, name, model, quantity, price, source, condition = item
    count = int("".join(filter(str.isdecimal, quantity)))
    obtained = "捐赠" if source.endswith("捐赠") else "采购"
    return [
        number, "临洮县", township, center, asset_no, category, name, model, quantity, None, price,
        count * price, obtained,
        built_on, source, "活动室", "田小满", condition,
    ]  # fmt: skip


def _merge_down(layout: Layout, first: int, columns: tuple[int, ...]) -> None:
    last = len(layout.rows) - 1
    for column in columns:
        for row in range(first + 1, last + 1):
            layout.rows[row][column] = None
        layout.merges.append((first, column, last, column))


def funding() -> list[Layout]:
    """Receipts in 万元 on one sheet, allocations in yuan on the next, a hidden one behind them."""
    received, allocated = Layout("资金到账"), Layout("资金分配")
    received.add_across("临洮县关爱资金到账登记表", len(RECEIPT_HEADINGS))
    received.add_headings(RECEIPT_HEADINGS)
    for source, donor, amount, day, voucher in RECEIPTS:
        received.add("临洮县", source, donor, "留守儿童关爱", amount, day, voucher, "李晓梅")
    received.add("合计", None, None, None, sum(receipt[2] for receipt in RECEIPTS))
    allocated.add_headings(ALLOCATION_HEADINGS)
    for number, (township, _, center, built_on) in enumerate(CENTERS, start=1):
        document, source = f"临妇发〔2026〕{number}号", "县区财政"
        allocated.add(
            "临洮县", township, center, document, built_on, source, 38000, "建设和设备购置", "赵玉兰"
        )
    hidden = Layout("代码", hidden=True)
    hidden.add("县区财政")
    return [received, allocated, hidden]
