"""Two records of one child, and what an officer sends to merge them."""

from datetime import date
from typing import Any

from django.test import Client

from children.models import Child
from tests.children.child_form import signed_in
from tests.people import LINTAO
from tests.records import invented_id_number, make_child

BORN = date(2016, 9, 1)
ID_NUMBER = invented_id_number(BORN, 3)
WHY = "同一个孩子登记了两次"


def twin(place: str = LINTAO, **values: Any) -> Child:
    """A record of 王小满, born on 1 September 2016."""
    return make_child(
        place, **{"name": "王小满", "birth_date": BORN, "registered_on": date(2020, 3, 1)} | values
    )


def page(child: Child) -> str:
    return f"/children/{child.number}/merge/"


def asked(into: Child | str, **more: Any) -> dict[str, Any]:
    return {"into": getattr(into, "number", into), "why": WHY} | more


def confirmed(losing: Child, staying: Child) -> dict[str, Any]:
    """What the officer sends who has seen both records as they are given here."""
    return asked(staying, version=losing.version, into_version=staying.version)


def merged(losing: Child, staying: Child) -> None:
    response = signed_in("officer").post(page(losing), confirmed(losing, staying))
    assert response.status_code == 302, response.content.decode()
    losing.refresh_from_db()
    staying.refresh_from_db()


def nothing_happened(*children: Child) -> bool:
    return not Child.objects.exclude(voided_on=None, merged_into=None).exists() and not any(
        child.history.count() > 2 for child in children
    )


def refusal(client: Client, losing: Child, into: Any) -> str:
    """The one sentence under the number, the same whether it is asked or confirmed."""
    sentences = set()
    for form in (asked(into), asked(into, version=losing.version, into_version=getattr(into, "version", 1))):
        response = client.post(page(losing), form)
        assert response.status_code == 422
        sentences.add(response.context["form"].errors["into"][0])
    assert Child.objects.filter(merged_into__isnull=False, pk=losing.pk).count() == 0
    (sentence,) = sentences
    return sentence
