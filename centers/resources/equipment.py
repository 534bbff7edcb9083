"""A piece or a lot of equipment as a row. Its place is its center's, named by record number or by name.

A record is found by its record number; by center and asset number; a lot without asset number by center, category,
item, model, date and unit price: the n-th equal row of the file is the n-th equal one of the register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from centers.code_tables import GONE, Condition, Disposal, EquipmentCategory, Obtained, Unit
from centers.models import Center, Equipment, Stocktake
from centers.resources.acceptors import AcceptorsColumn
from centers.resources.center_links import (
    CenterColumn,
    CenterNumberColumn,
    attach_centers,
    link_centers,
    name_new_centers,
)
from centers.resources.stocktakes import COUNTED, attach_stocktakes, check_stocktake, take_stock
from centers.source_kinds import SourceKind
from gansu_care.divisions.models import Level
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.columns import (
    INVALID,
    UNSET,
    ChoiceColumn,
    DateColumn,
    MoneyColumn,
    NameColumn,
    NumberColumn,
    Quantity,
    QuantityColumn,
    TextColumn,
    is_nothing,
)
from gansu_care.spreadsheets.declaration import NEW, Found, Values
from gansu_care.spreadsheets.hanging import Hanging
from gansu_care.spreadsheets.packing import RecordLink
from gansu_care.spreadsheets.places import PlaceColumn
from gansu_care.spreadsheets.resources import RegistryResource
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.writing_rows import Batch, Written

LOT = ("category", "item", "model", "obtained_on", "unit_price")
SOURCE_OR_DONOR = "资金来源/捐赠方"
TOLERANCE = Decimal("0.01")
CATEGORY_WORDS = {
    "电脑": "01", "计算机": "01", "电脑设备": "01", "打印机": "01", "电视": "02", "电视机": "02", "影音": "02", "电话": "03",
    "亲情电话": "03", "通信": "03", "通讯": "03", "图书资料": "04", "书籍": "04", "书": "04", "文具": "05", "学习用品": "05",
    "桌椅": "06", "家具": "06", "书架": "06", "体育": "07", "体育用品": "07", "乐器类": "08", "玩具": "09", "教具": "09",
    "心理": "10", "心理器材": "10", "办公": "11", "安全": "12", "消防": "12", "其它": "13",
}  # fmt: skip
CONDITION_WORDS = {
    "良好": "good", "完好无损": "good", "正常": "good", "在用": "good", "维修": "to_repair", "待维修": "to_repair",
    "损毁": "damaged", "遗失": "lost", "报废": "scrapped", "调出": "moved_out",
}  # fmt: skip
DISPOSAL_WORDS = {
    "报损": "scrapped", "核销": "scrapped", "调出": "moved", "划转": "moved", "捐赠": "given", "转赠": "given", "遗失": "lost",
}  # fmt: skip
OBTAINED_WORDS = {
    "购置": "bought",
    "购买": "bought",
    "自购": "bought",
    "配发": "issued",
    "上级拨付": "issued",
    "捐助": "donated",
    "受赠": "donated",
}
SOURCE_WORDS = {
    "妇联": "acwf", "ACWF": "acwf", "儿基会": "cctf", "中国儿基会": "cctf", "CCTF": "cctf", "省财政": "province", "福彩": "province_lottery",
    "省福彩公益金": "province_lottery", "中央彩票公益金": "central_lottery", "市财政": "prefecture", "县财政": "county",
    "企业": "enterprise", "个人": "person", "其它": "other",
}  # fmt: skip


class EquipmentResource(RegistryResource):
    code = "equipment"
    title = _("设备物资")
    telling = ("item", "quantity")
    context = COUNTED
    keys = ("number", "center", "asset_no", "category", "item", "model", "obtained_on", "unit_price")
    shown: ClassVar = ("item", "center", "category", "quantity", "condition")
    hangs: ClassVar = (Hanging(Stocktake, "equipment"),)
    together: ClassVar = (("center", "division"),)

    prefecture = PlaceColumn("prefecture", ["市州", "市（州）"], level=Level.PREFECTURE)
    county = PlaceColumn(
        "county", ["县区", "县（区）", "县市区", "县（市、区）", "所属县区", "县"], level=Level.COUNTY
    )
    township = PlaceColumn(
        "township", ["乡镇", "乡（镇）", "乡镇（街道）", "所在乡镇", "所属乡镇"], level=Level.TOWNSHIP
    )
    center_number = CenterNumberColumn("center_no", ["中心编号", "活动中心编号", "所属中心编号"])
    center = CenterColumn(
        "center_link",
        ["活动中心", "中心名称", "活动中心名称", "所属中心", "所属活动中心", "使用中心", "配发中心", "留守儿童之家名称"],
        clearable=False, example="洮阳镇南门村留守儿童之家", hint=_("已登记的中心名称；同名的请填中心编号"),
    )  # fmt: skip
    asset_no = TextColumn(
        "asset_no", ["资产编号", "设备编号", "固定资产编号", "物资编号"], max_length=60, clearable=False,
        hint=_("单价1000元以上的一件一行、各有编号；其他的按批登记，可以不编号"),
    )  # fmt: skip
    category = ChoiceColumn(
        "category", ["类别", "设备类别", "物资类别", "分类"],
        choices=EquipmentCategory, aliases=CATEGORY_WORDS, required=True, example="图书",
    )  # fmt: skip
    item = TextColumn(
        "item",
        ["品名", "设备名称", "物资名称", "资产名称", "物品名称", "名称"],
        required=True,
        max_length=100,
        example="少儿百科全书",
    )
    model = TextColumn("model", ["规格型号", "型号", "规格", "型号规格"], max_length=100)
    serial_no = TextColumn("serial_no", ["序列号", "出厂编号", "机身号"], max_length=100)
    quantity = QuantityColumn("quantity", ["数量", "现有数量"], places=2, required=True, example=30)
    unit = ChoiceColumn("unit", ["单位", "计量单位"], choices=Unit, example="册")
    unit_price = MoneyColumn("unit_price", ["单价", "单价（元）"], example=Decimal("25.00"))
    amount = MoneyColumn(
        "amount", ["金额", "金额（元）", "总价", "价值", "原值", "总金额"], example=Decimal("750.00")
    )
    obtained = ChoiceColumn(
        "obtained", ["取得方式", "来源方式"], choices=Obtained, aliases=OBTAINED_WORDS, example="捐赠"
    )
    obtained_on = DateColumn(
        "obtained_on", ["购置（接收）日期", "购置日期", "接收日期", "取得日期", "入账日期", "购置时间", "配发日期", "购置/接收日期"],
        coarsest="year",
    )  # fmt: skip
    source_kind = ChoiceColumn(
        "source_kind", ["资金来源", "资金来源种类", "经费来源"], choices=SourceKind, aliases=SOURCE_WORDS
    )
    donor = TextColumn("donor", ["捐赠方", "捐赠单位", "捐赠人", SOURCE_OR_DONOR], max_length=100)
    accepted_by = AcceptorsColumn("accepted_by", ["验收人"], max_length=100, hint=_("两人验收，用顿号隔开"))
    accepted_on = DateColumn("accepted_on", ["验收日期"])
    place = TextColumn("place", ["存放地点", "存放位置", "使用地点"], max_length=100)
    keeper = NameColumn("keeper", ["保管人", "管理人", "责任人"])
    condition = ChoiceColumn(
        "condition", ["状况", "设备状况", "使用状况", "现状", "状态"],
        choices=Condition, aliases=CONDITION_WORDS, clearable=False, example="完好",
    )  # fmt: skip
    disposed_on = DateColumn("disposed_on", ["处置日期", "报废日期", "调出日期"])
    disposal = ChoiceColumn("disposal", ["处置方式", "处置类型"], choices=Disposal, aliases=DISPOSAL_WORDS)
    disposal_keeper = NameColumn("disposal_keeper", ["处置签字：保管人", "处置保管人签字"])
    disposal_head = NameColumn("disposal_head", ["处置签字：中心负责人", "处置负责人签字"])
    disposal_approver = NameColumn("disposal_approver", ["处置批准人", "处置审批人"])
    counted_on = DateColumn("stocktake.counted_on", ["盘点日期", "盘点时间"], clearable=False)
    counted = NumberColumn(
        "stocktake.counted", ["实盘数", "实盘数量", "盘点数", "盘点数量"], places=2, clearable=False,
        hint=_("每学年末盘点一次；和账面数不同的要写差异说明"),
    )  # fmt: skip
    explanation = TextColumn(
        "stocktake.explanation", ["差异说明", "盘点差异说明", "盘盈盘亏原因"], max_length=200
    )
    remarks = TextColumn("remarks", ["备注"], multiline=True, max_length=2000)

    class Meta:
        model = Equipment

    def missing(self, named: set[str]) -> list[str]:
        """The center may be named in either way."""
        lacks = [name for name in ("category",) if name not in named]
        return lacks if named & {"center", "center_number"} else ["center", *lacks]

    # --- finding

    def settle(self, rows: Rows) -> None:
        link_centers(rows)
        _part_sources(rows)
        for index, quantity in rows.given("quantity"):
            known = isinstance(quantity, Quantity) and quantity.unit in Unit.values
            if known and rows.values["unit"][index] is UNSET:
                rows.values["unit"][index] = quantity.unit

    def find(self, values: Sequence[Values], setting: Setting) -> list[Found]:
        found = self.find_by_number(values, setting)
        by_asset, by_lot = self._shelves(values, setting, {one.target for one in found.values()})
        seen: dict[tuple, int] = defaultdict(int)
        for index, row in enumerate(values):
            center = row.get("center")
            if not isinstance(center, RecordLink):
                continue
            held = by_asset.get((center.pk, row.get("asset_no")))
            if index in found:
                if held not in (None, found[index].target):
                    found[index] = Found(several=True)  # its number says one record, its asset number another
            elif row.get("asset_no"):
                found[index] = Found(held)
            if index in found:
                continue
            lot = lot_of(center.pk, row)
            equal = by_lot.get(lot, [])
            found[index] = Found(equal[seen[lot]] if seen[lot] < len(equal) else None)
            seen[lot] += 1
        return [found.get(index, NEW) for index in range(len(values))]

    def _shelves(
        self, values: Sequence[Values], setting: Setting, taken: set[int | None]
    ) -> tuple[dict[tuple, int], dict[tuple, list[int]]]:
        """The register's records of the named centers: by asset number, and lots by their key in the order of entry."""
        centers = {row["center"].pk for row in values if isinstance(row.get("center"), RecordLink)}
        held = self.records(setting).filter(center__in=among(centers)).order_by("pk")
        by_asset: dict[tuple, int] = {}
        by_lot: dict[tuple, list[int]] = defaultdict(list)
        for record in held.values("pk", "center_id", "asset_no", *LOT):
            if record["asset_no"]:
                by_asset[record["center_id"], record["asset_no"]] = record["pk"]
            elif record["pk"] not in taken:
                by_lot[lot_of(record["center_id"], record)].append(record["pk"])
        return by_asset, by_lot

    def key_in_file(self, values: Values) -> Any:
        center = values.get("center")
        asset = values.get("asset_no")
        return (center.pk, asset) if isinstance(center, RecordLink) and asset else None

    # --- judging

    def cross_check(self, rows: Rows) -> None:
        for index in rows.judged():
            quantity, price = rows.after(index, "quantity"), rows.after(index, "unit_price")
            number = quantity.number if isinstance(quantity, Quantity) else quantity
            amount = rows.after(index, "amount")
            if all(isinstance(value, Decimal) for value in (number, price, amount)):
                counted = number * price
                if abs(counted - amount) > TOLERANCE:
                    rows.add(
                        index, "W_AMOUNT_MISMATCH", "amount", counted=f"{counted:.2f}", stated=f"{amount:.2f}"
                    )
            gone = rows.after(index, "condition") in GONE
            if gone and is_nothing(rows.after(index, "disposed_on")):
                rows.add(index, "E_REQUIRED", "disposed_on")
            if rows.is_new(index) and rows.is_empty(index, "center"):
                rows.add(index, "E_REQUIRED", "center")
            check_stocktake(rows, index, number)

    # --- writing

    def write(self, batch: Batch) -> Written:
        name_new_centers(batch)
        return super().write(batch)

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        records = super().load(ids, lock=lock)
        attach_centers(records)
        attach_stocktakes(records, lock=lock)
        return records

    def build(self, values: Values, batch: Batch) -> Equipment:
        record = super().build(values, batch)
        if record.amount is None and record.unit_price is not None:
            record.amount = (record.unit_price * record.quantity).quantize(TOLERANCE)
        return record

    def change(self, record: Equipment, values: Values, batch: Batch) -> None:
        own = {name: value for name, value in values.items() if name not in ("center", "quantity")}
        super().change(record, own, batch)
        if "quantity" in values:
            record.quantity = values["quantity"].number
        if "center" in values:
            record.center_id = values["center"].pk
            record.division_id = values["center"].division_pk

    def write_parts(self, added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
        take_stock(added, changed, batch)

    def settle_again(self, records: Sequence[Any]) -> None:
        """Equipment stands where its center stands today."""
        centers = Center.objects.filter(pk__in=among({record.center_id for record in records}))
        places = dict(centers.values_list("pk", "division"))
        for record in records:
            record.division_id = places[record.center_id]


def _part_sources(rows: Rows) -> None:
    """Under 资金来源/捐赠方 stands a kind of source or a donor; a word that is a kind is one."""
    column, kinds = rows.resource.fields["source_kind"], rows.values["source_kind"]
    for index, donor in rows.given("donor"):
        heading = rows.part(index).header.fields["donor"].heading
        if heading == SOURCE_OR_DONOR and rows.is_empty(index, "source_kind"):
            kind, _notes = column.read_text(str(donor), rows.part(index).context)
            if kind is not INVALID:
                kinds[index], rows.values["donor"][index] = kind, UNSET


def lot_of(center: int, row: dict[str, Any]) -> tuple:
    """What makes two lots equal; a row of the file and one of the register give the same."""
    return (center, *(row.get(name) or None for name in LOT))
