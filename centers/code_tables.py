"""Code tables of centers and their equipment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CenterType(TextChoices):
    LEFT_BEHIND_HOME = "left_behind_home", _("留守儿童之家")
    CHILDRENS_HOME = "childrens_home", _("儿童之家")
    HAPPY_HOME = "happy_home", _("儿童快乐家园")
    SUNSHINE_STATION = "sunshine_station", _("阳光驿站")
    ACTIVITY_CENTER = "activity_center", _("活动中心")
    MENTOR_STATION = "mentor_station", _("爱心妈妈加油站")
    OTHER = "other", _("其他")


class CenterLevel(TextChoices):
    COUNTY = "county", _("县")
    TOWNSHIP = "township", _("乡镇")
    VILLAGE = "village", _("村（社区）")
    SCHOOL = "school", _("学校")


class HostType(TextChoices):
    SCHOOL = "school", _("学校")
    VILLAGE_COMMITTEE = "village_committee", _("村委会")
    COMMUNITY = "community", _("社区")
    SERVICE_CENTER = "service_center", _("党群服务中心")
    OTHER = "other", _("其他")


class CenterStatus(TextChoices):
    PLANNED = "planned", _("筹建")
    BUILDING = "building", _("在建")
    OPERATING = "operating", _("运行")
    PAUSED = "paused", _("暂停")
    MERGED = "merged", _("撤并")
    CLOSED = "closed", _("关闭")


class Room(TextChoices):
    READING = "reading", _("图书阅览")
    COMPUTERS = "computers", _("电脑室")
    ACTIVITIES = "activities", _("文体活动")
    COUNSELLING = "counselling", _("心理咨询")
    FAMILY_CALLS = "family_calls", _("亲情聊天（视频）")
    HOMEWORK = "homework", _("作业辅导")


class Datum(TextChoices):
    WGS84 = "wgs84", "WGS84"
    GCJ02 = "gcj02", "GCJ-02"


class EquipmentCategory(TextChoices):
    COMPUTER = "01", _("电脑及外设")
    TELEVISION = "02", _("电视及影音")
    COMMUNICATION = "03", _("通信（亲情电话、视频）")
    BOOKS = "04", _("图书")
    STATIONERY = "05", _("文具学习用品")
    FURNITURE = "06", _("桌椅书架家具")
    SPORTS = "07", _("体育器材")
    MUSIC = "08", _("乐器")
    TOYS = "09", _("玩具教具")
    COUNSELLING = "10", _("心理辅导器材")
    OFFICE = "11", _("办公设备")
    SAFETY = "12", _("安全消防")
    OTHER = "13", _("其他")


# Computers, televisions, stationery and books: what each center is equipped with.
FOUR_KINDS = (
    EquipmentCategory.COMPUTER,
    EquipmentCategory.TELEVISION,
    EquipmentCategory.STATIONERY,
    EquipmentCategory.BOOKS,
)


class Unit(TextChoices):
    TAI = "台", pgettext_lazy("计量单位", "台")
    TAO = "套", pgettext_lazy("计量单位", "套")
    CE = "册", pgettext_lazy("计量单位", "册")
    BEN = "本", pgettext_lazy("计量单位", "本")
    ZHANG = "张", pgettext_lazy("计量单位", "张")
    BA = "把", pgettext_lazy("计量单位", "把")
    JIAN = "件", pgettext_lazy("计量单位", "件")
    GE = "个", pgettext_lazy("计量单位", "个")
    BU = "部", pgettext_lazy("计量单位", "部")
    ZU = "组", pgettext_lazy("计量单位", "组")
    XIANG = "箱", pgettext_lazy("计量单位", "箱")
    HE = "盒", pgettext_lazy("计量单位", "盒")


class Obtained(TextChoices):
    BOUGHT = "bought", _("采购")
    ISSUED = "issued", _("上级配发")
    DONATED = "donated", _("捐赠")
    MOVED_IN = "moved_in", _("调入")


class Condition(TextChoices):
    GOOD = "good", _("完好")
    TO_REPAIR = "to_repair", _("待修")
    DAMAGED = "damaged", _("损坏")
    LOST = "lost", _("丢失")
    SCRAPPED = "scrapped", _("已报废")
    MOVED_OUT = "moved_out", _("已调出")


# No longer on hand: left out of the stock from `disposed_on` on.
GONE = (Condition.LOST, Condition.SCRAPPED, Condition.MOVED_OUT)


class Disposal(TextChoices):
    SCRAPPED = "scrapped", _("报废")
    MOVED = "moved", _("调拨")
    GIVEN = "given", _("捐出")
    LOST = "lost", _("丢失")


# What a record's condition is once it is disposed of in this way.
CONDITION_AFTER = {
    Disposal.SCRAPPED: Condition.SCRAPPED,
    Disposal.MOVED: Condition.MOVED_OUT,
    Disposal.GIVEN: Condition.MOVED_OUT,
    Disposal.LOST: Condition.LOST,
}
