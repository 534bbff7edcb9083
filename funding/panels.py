"""What the pages of centers and of equipment show of money: where it came from and what it bought. Never typed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from centers.models import Center, Equipment
from funding.models import Allocation, Disbursement, Expenditure, Source
from funding.models.money_row import sum_of


def center_money(request: HttpRequest, center: Center) -> dict[str, Any]:
    """Allocated by source, paid out, spent, left: since 2009."""
    allocated = Allocation.objects.visible_to(request.user).filter(center=center)
    paid = Disbursement.objects.visible_to(request.user).filter(allocation__center=center)
    spent = Expenditure.objects.visible_to(request.user).filter(center=center)
    if not (allocated.in_force().exists() or spent.in_force().exists()):
        return {"title": _("资金"), "unit": _("2009年以来，元"), "rows": []}
    rows = [*_by_source(allocated, center), _line(_("已拨付"), "disbursement", center, sum_of(paid))]
    rows.append(_line(_("已支出"), "expenditure", center, sum_of(spent)))
    left = {"label": _("尚未支出"), "sum": sum_of(allocated) - sum_of(spent)}
    return {"title": _("资金"), "unit": _("2009年以来，元"), "rows": rows, "total": left}


def _by_source(allocated: Any, center: Center) -> Iterator[dict[str, Any]]:
    """One line a source, in the order of the sources."""
    sums = dict(allocated.in_force().order_by().values_list("source").annotate(sum=Sum("amount")))
    for source in Source.objects.filter(pk__in=sums).order_by("pk"):
        label = _("分配：%(source)s") % {"source": source.label}
        line = _line(label, "allocation", center, sums[source.pk])
        yield {**line, "url": f"{line['url']}&source={source.pk}"}


def _line(label: str, kind: str, center: Center, total: Decimal) -> dict[str, Any]:
    url = reverse(f"funding:{kind}_list")
    return {"label": label, "sum": total, "url": f"{url}?center={center.number}"}


def equipment_money(request: HttpRequest, item: Equipment) -> dict[str, Any]:
    """The expenditures that bought it."""
    rows = (
        Expenditure.objects.visible_to(request.user)
        .in_force()
        .filter(equipment=item)
        .order_by("spent_on", "pk")
    )
    lines = [
        {
            "label": f"{one.spent_on} {one.voucher_no or one.number}",
            "url": one.get_absolute_url(),
            "sum": one.amount,
        }
        for one in rows
    ]
    note = "" if lines else _("没有支出记录指到这件物品；登记支出时填上它的编号就能对上。")
    return {"title": _("购置支出"), "unit": _("单位：元"), "rows": lines, "note": note}
