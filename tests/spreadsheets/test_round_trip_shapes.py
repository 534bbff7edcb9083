"""Rows of all shapes come back the same, of every kind, masked and in full, xlsx and csv.

Thousands of them are tried by `python -m tests.long roundtrip`.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.spreadsheets.coming_back import GOOD, goes_and_comes, tables
from tests.uploading import written, xlsx

pytestmark = pytest.mark.django_db
A_FEW = settings(
    max_examples=3, derandomize=True, database=None, deadline=None, print_blob=False,
    suppress_health_check=list(HealthCheck), phases=[Phase.generate],
)  # fmt: skip


@pytest.fixture
def center(officer):
    written(officer, xlsx([["中心名称", "类型", "乡镇"], ["儿童之家", "儿童之家", "洮阳镇"]]), "centers")


@pytest.mark.parametrize("code", GOOD)
def test_rows_of_all_shapes_come_back_the_same(officer, province, center, code):
    user, went = province if code in ("receipts", "allocations") else officer, []

    @A_FEW
    @given(tables(code, rows=12))
    def come_back(table):
        went.append(goes_and_comes(user, code, table))

    come_back()
    assert sum(went) > 0
