"""Who may merge, and what the neighbour county learns of it."""

import pytest

from children.models import Child
from tests.children.child_form import signed_in
from tests.children.merging.twins import asked, confirmed, merged, nothing_happened, page, refusal, twin
from tests.people import ZHANG

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "username", ["township", "prefecture", "province", "admin", "leader", "auditor", "system"]
)
def test_who_may_not_write_children_may_not_merge(username: str, losing: Child, staying: Child) -> None:
    client = signed_in(username)

    assert client.get(page(losing)).status_code == 403
    for form in (asked(staying), confirmed(losing, staying)):
        assert client.post(page(losing), form).status_code == 403
    assert nothing_happened(staying)


def test_for_the_neighbour_neither_record_exists(losing: Child, staying: Child) -> None:
    own, neighbour = twin(ZHANG), signed_in("neighbour")

    for child in (losing, staying):
        assert neighbour.get(page(child)).status_code == 404
        assert neighbour.post(page(child), confirmed(child, own)).status_code == 404
        assert refusal(neighbour, own, child) == f"没有找到档案编号“{child.number}”，请核对。"
    assert nothing_happened(staying)


def test_staff_of_the_county_may_merge(losing: Child, staying: Child) -> None:
    response = signed_in("county").post(page(losing), confirmed(losing, staying))

    assert response.status_code == 302
    losing.refresh_from_db()
    assert losing.merged_into == staying


def test_a_record_beyond_ones_scope_is_not_named(losing: Child, staying: Child) -> None:
    merged(losing, staying)
    Child.objects.filter(pk=staying.pk).update(county=twin(ZHANG).county, division=twin(ZHANG).division)

    of_losing = signed_in("officer").get(losing.get_absolute_url()).content.decode()
    of_staying = signed_in("neighbour").get(staying.get_absolute_url()).content.decode()

    assert "已合并到另一条档案。这条档案不进任何名单和数字，历史保留。" in of_losing
    assert staying.number not in of_losing
    assert losing.number not in of_staying
