"""An activity center as a row: its columns, how its record is found, what hangs on it.

A center is found by its record number, else by division and name (centers/matching.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from centers import facts
from centers.code_tables import CenterLevel, CenterStatus, CenterType, Datum, HostType, Room
from centers.matching import CenterNames
from centers.models import Center, CenterState, Equipment
from centers.opening_hours import EXAMPLE
from centers.resources.opening_hours import OpeningHoursColumn
from centers.resources.placing_equipment import place_equipment
from centers.resources.states import PARTS, attach_states, settle_status, state_centers
from centers.resources.successors import SuccessorColumn, link_successors
from centers.resources.village_codes import VillageCodeColumn
from centers.rules import FIRST_HOMES, gave_way
from gansu_care.divisions.models import Level
from gansu_care.sealed.masks import mask_phone
from gansu_care.spreadsheets.columns import (
    INVALID,
    BoolColumn,
    ChoiceColumn,
    DateColumn,
    MultiChoiceColumn,
    NameColumn,
    NumberColumn,
    PhoneColumn,
    TextColumn,
    is_nothing,
)
from gansu_care.spreadsheets.declaration import (
    NEW,
    RECORD_NUMBER,
    Found,
    RecordNumberColumn,
    Values,
    meant_by,
)
from gansu_care.spreadsheets.hanging import Hanging
from gansu_care.spreadsheets.packing import RecordLink
from gansu_care.spreadsheets.places import PlaceColumn, default_division, divide
from gansu_care.spreadsheets.resources import RegistryResource
from gansu_care.spreadsheets.rows import Rows
from gansu_care.spreadsheets.setting import Setting
from gansu_care.spreadsheets.writing_rows import Batch

PLACE = ("prefecture", "county", "township", "division")
LEVEL_WORDS = {
    "县级": "county", "乡级": "township", "乡镇级": "township", "乡": "township", "镇": "township", "村级": "village",
    "村": "village", "社区": "village", "校": "school",
}  # fmt: skip
HOST_WORDS = {
    "村": "village_committee", "村民委员会": "village_committee", "村委": "village_committee", "居委会": "community",
    "党群中心": "service_center",
}  # fmt: skip
STATUS_WORDS = {
    "正常": "operating", "正常运行": "operating", "运行中": "operating", "在用": "operating", "启用": "operating",
    "停用": "paused", "停办": "paused", "合并": "merged", "撤销": "closed", "已关闭": "closed", "建设中": "building",
    "拟建": "planned",
}  # fmt: skip
ROOM_WORDS = {
    "图书室": "reading", "阅览室": "reading", "图书阅览室": "reading", "电脑": "computers", "计算机室": "computers",
    "活动室": "activities", "文体活动室": "activities", "心理咨询室": "counselling", "亲情聊天": "family_calls",
    "亲情聊天室": "family_calls", "视频聊天": "family_calls", "作业辅导室": "homework",
}  # fmt: skip


class CenterResource(RegistryResource):
    code = "center"
    title = _("活动中心")
    telling = ("name",)
    keys = ("number", "name", "division")
    context = PARTS
    shown: ClassVar = ("name", "type", "division", "status", "built_on")
    hangs: ClassVar = (Hanging(CenterState, "center", in_turn=True),)
    follows: ClassVar = (Equipment,)

    number = RecordNumberColumn([RECORD_NUMBER, "中心编号", "活动中心编号"], own_numbers=True)
    name = TextColumn(
        "name",
        ["中心名称", "活动中心名称", "中心全称", "中心名称（牌匾全称）", "名称", "活动中心", "留守儿童之家名称", "机构名称", "之家名称"],
        required=True, max_length=100, example="洮阳镇南门村留守儿童之家", hint=_("牌匾上的全称"),
    )  # fmt: skip
    type = ChoiceColumn(
        "type", ["类型", "中心类型", "中心类别"], choices=CenterType, example="留守儿童之家", clearable=False
    )
    level = ChoiceColumn(
        "level", ["级别", "中心级别", "层级"], choices=CenterLevel, aliases=LEVEL_WORDS, example="村（社区）"
    )
    prefecture = PlaceColumn("prefecture", ["市州", "市（州）", "所属市州"], level=Level.PREFECTURE)
    county = PlaceColumn(
        "county",
        ["县区", "县（区）", "县市区", "县（市、区）", "所属县区", "所在县区", "县"],
        level=Level.COUNTY,
    )
    township = PlaceColumn(
        "township",
        ["乡镇", "乡（镇）", "乡镇（街道）", "乡镇街道", "所在乡镇", "所属乡镇"],
        level=Level.TOWNSHIP,
    )
    division = PlaceColumn(
        "division",
        ["行政区划", "所在地", "所在区划", "所属区划", "建设地点"],
        clearable=False,
        example="临洮县洮阳镇",
    )
    village = TextColumn(
        "village", ["村（社区）", "村", "村社区", "所在村", "行政村", "村名"], max_length=60, example="南门村"
    )
    village_code = VillageCodeColumn("village_code", ["村（社区）代码", "村代码", "社区代码"], max_length=12)
    address = TextColumn("address", ["详细地址", "地址", "中心地址"], max_length=200)
    host_type = ChoiceColumn(
        "host_type", ["依托单位类型", "依托单位类别"], choices=HostType, aliases=HOST_WORDS, example="学校"
    )
    host = TextColumn("host", ["依托单位名称", "依托单位", "依托学校"], max_length=100)
    built_on = DateColumn(
        "built_on", ["建成日期", "建成时间", "建成年月", "建成年份", "建设时间"],
        coarsest="year", earliest=FIRST_HOMES, example=date(2009, 9, 1),
    )  # fmt: skip
    opened_on = DateColumn(
        "opened_on", ["启用日期", "启用（开放）日期", "开放日期", "启用时间", "开放启用日期"], coarsest="year"
    )
    batch = TextColumn("batch", ["建设批次", "批次", "建设批次/项目年度"], max_length=100)
    project_year = NumberColumn("project_year", ["项目年度", "年度"], minimum=2008, maximum=2100)
    indoor_area = NumberColumn("indoor_area", ["室内面积", "室内面积㎡"], places=2, minimum="0.01")
    outdoor_area = NumberColumn("outdoor_area", ["室外面积", "室外面积㎡"], places=2)
    seats = NumberColumn("seats", ["座位数", "座位"])
    opening_hours = OpeningHoursColumn(
        "opening_hours", ["开放时间", "开放时段"], max_length=200, example=EXAMPLE,
        hint=_("写明星期几、几点到几点；几段之间用分号隔开，只在学期中、寒暑假或节假日开放的写在星期前面"),
    )  # fmt: skip
    free_of_charge = BoolColumn(
        "free_of_charge", ["是否免费开放", "免费开放"], yes=["免费"], no=["收费"], clearable=False
    )
    manager = NameColumn("manager", ["负责人", "负责人姓名", "中心负责人", "管理员"])
    manager_phone = PhoneColumn(
        "manager_phone", ["负责人电话", "联系电话", "电话", "负责人联系电话"],
        sealed=True, mask=mask_phone, example="13800000000",
    )  # fmt: skip
    full_time_staff = NumberColumn("full_time_staff", ["专职人员", "专职人员数", "专职"])
    part_time_staff = NumberColumn("part_time_staff", ["兼职人员", "兼职人员数", "兼职"])
    volunteers = NumberColumn("volunteers", ["志愿者人数", "志愿者数", "志愿者"])
    children_served = NumberColumn("children_served", ["服务儿童数", "服务儿童人数", "服务儿童"])
    left_behind_served = NumberColumn(
        "left_behind_served", ["其中留守儿童", "其中：留守儿童", "服务留守儿童数", "留守儿童数"]
    )
    rooms = MultiChoiceColumn(
        "rooms", ["功能区", "功能室"], choices=Room, aliases=ROOM_WORDS, example="图书阅览、电脑室"
    )
    rules_posted = BoolColumn("rules_posted", ["制度上墙", "制度是否上墙"])
    files_kept = BoolColumn("files_kept", ["档案齐全", "档案", "档案是否齐全"])
    sign_shown = BoolColumn("sign_shown", ["标识牌", "有无标识牌", "是否有标识牌"])
    checked_on = DateColumn("checked_on", ["现场核查日期", "核查日期", "检查日期"])
    safety_checked_on = DateColumn("safety_checked_on", ["安全检查日期", "安全检查", "安全检查时间"])
    longitude = NumberColumn("longitude", ["经度"], places=6, minimum="92.2", maximum="108.8")
    latitude = NumberColumn("latitude", ["纬度"], places=6, minimum="32.1", maximum="43.0")
    datum = ChoiceColumn("datum", ["坐标系"], choices=Datum, aliases={"GCJ02": "gcj02", "WGS-84": "wgs84"})
    status = ChoiceColumn(
        "status", ["状态", "运行状态", "中心状态", "运行情况"],
        choices=CenterStatus, aliases=STATUS_WORDS, clearable=False, example="运行",
    )  # fmt: skip
    status_since = DateColumn(
        "state.since", ["状态日期", "状态变更日期", "状态起始日期"], coarsest="month", clearable=False
    )
    status_reason = TextColumn("state.reason", ["状态原因", "变更原因", "撤并（关闭）原因"], max_length=200)
    successor = SuccessorColumn(
        "state.successor_link", ["并入中心", "并入的中心", "接收中心", "承接中心", "合并到", "并入中心编号"], max_length=120,
        hint=_("撤并、关闭的中心由哪个中心接收：填它的中心编号，或者本县区里的中心名称"),
    )  # fmt: skip
    remarks = TextColumn("remarks", ["备注"], multiline=True, max_length=2000)

    class Meta:
        model = Center

    def settle(self, rows: Rows) -> None:
        for index, rest in divide(rows, PLACE).items():
            free = is_nothing(rows.values["village"][index]) and len(rest) <= 60
            name = "village" if free else "address"
            if is_nothing(rows.values[name][index]):
                rows.values[name][index] = rest
        link_successors(rows)

    def defaults(self, rows: Rows, index: int) -> Values:
        """A new center stands where its sheet says; its type is the word its name ends with, as on the plate."""
        values: Values = {"type": type_in(rows.values["name"][index])}
        division = default_division(rows, index)
        return values | ({"division": division} if division else {})

    def find(self, values: Sequence[Values], setting: Setting) -> list[Found]:
        found = self.find_by_number(values, setting)
        centers = CenterNames(self.records(setting), (row["name"] for row in values if "name" in row))
        for index, row in enumerate(values):
            if index not in found and "name" in row:
                meant = centers.named(row["name"], row.get("division"))
                found[index] = meant_by([center.pk for center in meant])
        return [found.get(index, NEW) for index in range(len(values))]

    def key_in_file(self, values: Values) -> Any:
        division = values.get("division")
        return (division.pk, values["name"]) if division and "name" in values else None

    def cross_check(self, rows: Rows) -> None:
        names = CenterNames(self.records(rows.setting), [name for _index, name in rows.given("name")])
        for index in rows.judged():
            built, opened = rows.after(index, "built_on"), rows.after(index, "opened_on")
            if isinstance(built, date) and isinstance(opened, date) and opened < built:
                rows.add(index, "E_DATE_ORDER", "opened_on", other=self.heading("built_on"))
            served, left = rows.after(index, "children_served"), rows.after(index, "left_behind_served")
            if isinstance(served, int) and isinstance(left, int) and left > served:
                rows.add(index, "E_RANGE", "left_behind_served", maximum=served)
            if rows.record(index) is not None and self._is_taken(rows, index, names):
                rows.add(index, "E_DOUBTFUL", "name")
            self._check_successor(rows, index)
            self._check_coordinates(rows, index)
            if rows.values["free_of_charge"][index] is False:
                rows.add(index, "W_NOT_FREE", "free_of_charge")
            nowhere = rows.is_empty(index, "division") and default_division(rows, index) is None
            if rows.is_new(index) and nowhere:
                rows.add(index, "E_REQUIRED", "county")

    def _check_coordinates(self, rows: Rows, index: int) -> None:
        """All three or none."""
        parts = [rows.after(index, name) for name in ("longitude", "latitude", "datum")]
        if INVALID not in parts and len({is_nothing(part) for part in parts}) > 1:
            rows.add(index, "E_COORDINATES", "longitude")

    def _check_successor(self, rows: Rows, index: int) -> None:
        successor, status = rows.values["successor"][index], rows.after(index, "status")
        if not isinstance(successor, RecordLink):
            return
        if successor.pk == rows.targets[index]:
            rows.add(index, "E_SUCCESSOR_ITSELF", "successor")
        elif not gave_way(status):
            label = self.fields["status"].render(status or CenterStatus.OPERATING)
            rows.add(index, "E_SUCCESSOR_STATUS", "successor", status=label)

    def _is_taken(self, rows: Rows, index: int, names: CenterNames) -> bool:
        """Whether a record that is renamed or moved would stand beside another one of its name."""
        division, name = rows.after(index, "division"), rows.after(index, "name")
        others = names.by_name.get(name, []) if isinstance(name, str) else []
        return any(one.pk != rows.targets[index] and one.division == division for one in others)

    def load(self, ids: Sequence[int], *, lock: bool = False) -> dict[int, Any]:
        return attach_states(super().load(ids, lock=lock), lock=lock)

    def write_parts(self, added: Sequence[Any], changed: Sequence[Any], batch: Batch) -> None:
        state_centers(added, changed, batch)
        place_equipment(changed, batch)

    def settle_again(self, records: Sequence[Any]) -> None:
        settle_status(records)

    def index_again(self, records: Sequence[Any]) -> None:
        for center in records:
            facts.place_equipment(center)


def type_in(name: Any) -> str:
    """The type that a center's name says: 南门村留守儿童之家 is a 留守儿童之家; else the general one."""
    by_length = sorted(CenterType, key=lambda kind: -len(str(kind.label)))
    text = name if isinstance(name, str) else ""
    return next((kind.value for kind in by_length if str(kind.label) in text), CenterType.OTHER.value)
