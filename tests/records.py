"""Plain functions that make one record of each kind, with fixed values and overridable defaults."""

from datetime import date
from decimal import Decimal
from typing import Any

from centers.models import Center, CenterState, Equipment
from children.facts import settled_status, state_parent, write_name_keys
from children.models import Child, Consent, Episode, Parent, TransferRequest
from children.resident_id import check_digit
from funding.models import Allocation, Receipt, ReceiptShare, Source
from gansu_care.divisions.models import Division


def division(code: str) -> Division:
    return Division.objects.get(code=code)


def invented_id_number(born: date, serial: int) -> str:
    """A number that can belong to no one: area 620100 is a prefecture's code, which no person has."""
    first17 = f"620100{born:%Y%m%d}{serial:03d}"
    return first17 + check_digit(first17)


def make_child(place: str = "621124", **values: Any) -> Child:
    """A child of 临洮县, both parents away, consent given by a parent, registered on 1 March 2015."""
    defaults: dict[str, Any] = {
        "name": "张小明",
        "sex": "1",
        "ethnic_group": "01",
        "birth_date": date(2010, 9, 1),
        "schooling": "primary",
        "registered_on": date(2015, 3, 1),
        "guardianship_type": "4",
    }
    conditions = values.pop("parents", ("away", "away"))
    consent, ended = values.pop("consent", True), values.pop("ended", None)
    child = Child.objects.create(division=division(place), **(defaults | values))
    for kind, condition in zip(("father", "mother"), conditions, strict=True):
        parent = Parent.objects.create(child=child, kind=kind, name=f"{child.name[0]}某")
        state_parent(parent, condition, child.registered_on)
    Consent.objects.create(
        child=child, given=consent, given_by="张某" if consent else "", capacity="parent" if consent else "",
        given_on=child.registered_on if consent else None,
    )  # fmt: skip
    day, reason = ended or (None, "")
    Episode.objects.create(child=child, registered_on=child.registered_on, ended_on=day, reason=reason)
    child.status = settled_status(child)
    child.save()
    write_name_keys(child)
    return child


def make_transfer(child: Child, place: str, user: Any, **values: Any) -> TransferRequest:
    """Asked for by a township or county, from the second row of one of its uploads."""
    defaults = {"why": "moved", "asked_from": "U-621125-20261123-001", "asked_row": "Sheet1 2"}
    request = TransferRequest(child=child, division=division(place), asked_by=user, **(defaults | values))
    request.hold()
    request.save()
    return request


def make_center(place: str = "621124", **values: Any) -> Center:
    """A center of 临洮县, built and opened on 1 June 2009, operating."""
    defaults: dict[str, Any] = {
        "name": "洮阳镇留守儿童之家",
        "type": "left_behind_home",
        "built_on": date(2009, 6, 1),
        "status": "operating",
    }
    center = Center.objects.create(division=division(place), **(defaults | values))
    since = center.built_on or date(2009, 6, 1)
    CenterState.objects.create(center=center, status=center.status, since=since)
    return center


def make_equipment(center: Center, **values: Any) -> Equipment:
    defaults: dict[str, Any] = {
        "category": "01",
        "item": "台式电脑",
        "quantity": Decimal(2),
        "unit": "台",
        "unit_price": Decimal("3000.00"),
        "amount": Decimal("6000.00"),
        "obtained_on": date(2009, 6, 1),
    }
    return Equipment.objects.create(center=center, division=center.division, **(defaults | values))


def make_source(name: str = "省级财政", kind: str = "province") -> Source:
    return Source.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def make_receipt(place: str = "620000", *sources: Source, **values: Any) -> Receipt:
    defaults: dict[str, Any] = {"amount": Decimal("1000000.00"), "received_on": date(2009, 5, 1)}
    receipt = Receipt.objects.create(division=division(place), **(defaults | values))
    for source in sources or (make_source(),):
        ReceiptShare.objects.create(receipt=receipt, source=source)
    return receipt


def make_allocation(place: str = "621124", **values: Any) -> Allocation:
    defaults: dict[str, Any] = {"amount": Decimal("50000.00"), "allocated_on": date(2009, 6, 1)}
    source = values.pop("source", None) or make_source()
    return Allocation.objects.create(division=division(place), source=source, **(defaults | values))
