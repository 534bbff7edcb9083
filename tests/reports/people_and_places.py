"""A small hand-made province: every figure of its report can be counted on the fingers.

All children are invented. Days are of 2014 and 2015; the report looked at is that of 2015.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from centers.code_tables import CenterStatus, CenterType, EquipmentCategory, HostType
from centers.models import Center, CenterState, Equipment
from centers.source_kinds import SourceKind
from children.code_tables import ExitReason, GuardianshipType, ParentCondition, Schooling, Sex
from children.models import Carer, Child, ChildStatus, Episode, Parent, ParentState
from funding.code_tables import SpendingCategory
from funding.models import Allocation, Expenditure, Receipt, ReceiptShare, Source
from gansu_care.divisions.models import Division

PROVINCE, DINGXI, LANZHOU, JIAYUGUAN = "620000", "621100", "620100", "620200"
LINTAO, ZHANG, GAOLAN = "621124", "621125", "620122"
TAOYANG = "621124100"  # 洮阳镇 of 临洮县
AWAY, HOME = ParentCondition.AWAY, ParentCondition.AT_HOME


def division(code: str) -> Division:
    return Division.objects.get(code=code)


def make_child(at: str = TAOYANG, **facts: Any) -> Child:
    """A left-behind girl of 临洮县, aged 8 at the end of 2015, registered in 2014: what `facts` does not say otherwise.

    `father`, `mother`: their condition since 2013; `relation`: the carer's (None: nobody); `ended_on`: the day she left
    the register.
    """
    father, mother = facts.pop("father", AWAY), facts.pop("mother", AWAY)
    relation, ended_on = facts.pop("relation", "62"), facts.pop("ended_on", None)
    values = {
        "name": "小花",
        "sex": Sex.FEMALE,
        "ethnic_group": "01",
        "birth_date": date(2007, 5, 1),
        "schooling": Schooling.PRIMARY,
        "guardianship_type": GuardianshipType.FAIR,
        "registered_on": date(2014, 3, 1),
        "status": ChildStatus.EXITED if ended_on else ChildStatus.ACTIVE,
    } | facts
    child = Child.objects.create(division=division(at), **values)
    reason = {"ended_on": ended_on, "reason": ExitReason.PARENT_BACK} if ended_on else {}
    Episode.objects.create(child=child, registered_on=child.registered_on, **reason)
    for kind, condition in (("father", father), ("mother", mother)):
        parent = Parent.objects.create(child=child, kind=kind)
        ParentState.objects.create(parent=parent, condition=condition, since=date(2013, 1, 1))
    if relation is not None:
        Carer.objects.create(child=child, name="王奶奶", relation=relation, since=date(2013, 1, 1))
    return child


def make_center(at: str = TAOYANG, built_on: date | None = date(2009, 6, 1), **facts: Any) -> Center:
    """A center of 临洮县 that operates since it was built. `status` and `status_since`: what it became later."""
    status, since = facts.pop("status", None), facts.pop("status_since", None)
    values = {
        "name": f"留守儿童之家{Center.objects.count() + 1}",
        "type": CenterType.LEFT_BEHIND_HOME,
        "host_type": HostType.SCHOOL,
        "status": status or CenterStatus.OPERATING,
    } | facts
    center = Center.objects.create(division=division(at), built_on=built_on, **values)
    begun = built_on or date(2009, 6, 1)
    CenterState.objects.create(center=center, status=CenterStatus.OPERATING, since=begun, until=since)
    if status:
        CenterState.objects.create(center=center, status=status, since=since)
    return center


def make_equipment(center: Center, category: str = EquipmentCategory.COMPUTER, **facts: Any) -> Equipment:
    """Two computers of 3,500 yuan each, bought in 2010."""
    values = {
        "item": "台式电脑",
        "quantity": Decimal(2),
        "unit": "台",
        "unit_price": Decimal("3500.00"),
        "amount": Decimal("7000.00"),
        "obtained_on": date(2010, 5, 1),
    } | facts
    return Equipment.objects.create(center=center, category=category, **values)


def equip_fully(center: Center, on: date = date(2010, 5, 1)) -> None:
    """Computers, televisions, stationery and books."""
    for category in ("01", "02", "05", "04"):
        make_equipment(center, category, obtained_on=on)


def make_source(name: str, kind: str) -> Source:
    return Source.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def acwf() -> Source:
    return make_source("全国妇联", SourceKind.ACWF)


def cctf() -> Source:
    return make_source("中国儿童少年基金会", SourceKind.CCTF)


def treasury() -> Source:
    return make_source("省级财政", SourceKind.PROVINCE)


def make_receipt(
    amount: str, *sources: Source, at: str = PROVINCE, on: date = date(2015, 4, 1), **facts: Any
) -> Receipt:
    receipt = Receipt.objects.create(division=division(at), amount=Decimal(amount), received_on=on, **facts)
    for source in sources or [treasury()]:
        ReceiptShare.objects.create(receipt=receipt, source=source)
    return receipt


def make_allocation(amount: str, at: str = LINTAO, on: date = date(2015, 5, 1), **facts: Any) -> Allocation:
    values = {"source": treasury(), "allocated_on": on} | facts
    return Allocation.objects.create(division=division(at), amount=Decimal(amount), **values)


def make_expenditure(amount: str, at: str = LINTAO, on: date = date(2015, 6, 1)) -> Expenditure:
    category = SpendingCategory.EQUIPMENT
    return Expenditure.objects.create(
        division=division(at), amount=Decimal(amount), spent_on=on, category=category
    )


def make_small_province() -> None:
    """What the tests of the report count.

    Children on 31 December 2015: 5 in the register, of them 4 left-behind (2 girls of 临洮县, a boy of 漳县 aged 4, a
    boy of 嘉峪关 aged 14), and one whose mother is at home; one left during the year, one entered, one is a draft.
    Centers: 5 built by 2015 (2009: 3, 2014: 1, 2015: 1), one of them merged, one paused; two fully equipped.
    Money: 30,000 yuan received in 2015, of it 10,000 jointly by ACWF and CCTF; 20,000 in 2014; 100,000 in 2009.
    """
    make_child()
    make_child(name="小草", relation=None, guardianship_type=GuardianshipType.NOBODY)
    make_child(
        ZHANG, name="小山", sex=Sex.MALE, birth_date=date(2011, 8, 1), schooling=Schooling.KINDERGARTEN
    )
    make_child(
        JIAYUGUAN,
        name="小河",
        sex=Sex.MALE,
        birth_date=date(2001, 2, 1),
        schooling=Schooling.JUNIOR,
        registered_on=date(2015, 9, 1),
        relation="81",
    )
    make_child(name="小林", mother=HOME)
    make_child(name="小田", ended_on=date(2015, 7, 1))
    make_child(name="小雨", status=ChildStatus.DRAFT)

    first = make_center()
    equip_fully(first)
    make_center(ZHANG, status=CenterStatus.MERGED, status_since=date(2015, 8, 1))
    make_center(JIAYUGUAN, type=CenterType.CHILDRENS_HOME, host_type=HostType.COMMUNITY)
    second = make_center(
        "621125100", date(2014, 9, 1), status=CenterStatus.PAUSED, status_since=date(2015, 3, 1)
    )
    equip_fully(second, date(2015, 1, 1))
    make_center("621124101", date(2015, 6, 1))
    make_center(TAOYANG, None)

    make_receipt("100000.00", on=date(2009, 3, 1))
    make_receipt("20000.00", on=date(2014, 3, 1))
    make_receipt("15000.00")
    make_receipt("10000.00", acwf(), cctf())
    make_receipt("5000.00", at=LINTAO)
    make_allocation("8000.00")
    make_allocation("3000.00", DINGXI)
    make_allocation("2000.00", JIAYUGUAN, date(2014, 5, 1))
    make_expenditure("1500.00")
