"""An upload that names the record that was merged away."""

import pytest

from children.models import Child
from tests.children.merging.twins import merged, twin
from tests.people import ZHANG
from tests.uploading import checked, codes, xlsx

pytestmark = pytest.mark.django_db


def test_an_upload_that_names_it_is_told_which_record_stayed(officer, losing: Child, staying: Child) -> None:
    merged(losing, staying)

    upload = checked(
        officer, xlsx([["档案编号", "村（社区）"], [losing.number.lower(), "东门村"]]), "children"
    )

    problem = upload.problems.get().problem
    assert codes(upload) == ["E_RECORD_NUMBER_UNKNOWN"]
    assert problem.message == f"“{losing.number.lower()}”已合并到 {staying.number}"
    assert problem.remedy == f"把档案编号改成 {staying.number}，或者重新导出后再改"


def test_an_upload_of_another_county_is_told_nothing(neighbour, losing: Child, staying: Child) -> None:
    merged(losing, staying)

    upload = checked(neighbour, xlsx([["档案编号", "村（社区）"], [losing.number, "东门村"]]), "children")

    assert upload.problems.get().problem.message == f"没有找到档案编号“{losing.number}”"


def test_an_upload_is_not_told_of_a_record_that_stayed_in_another_county(
    officer, losing: Child, staying: Child
) -> None:
    merged(losing, staying)
    Child.objects.filter(pk=staying.pk).update(county=twin(ZHANG).county)

    upload = checked(officer, xlsx([["档案编号", "村（社区）"], [losing.number, "东门村"]]), "children")

    assert upload.problems.get().problem.message == f"没有找到档案编号“{losing.number}”"
