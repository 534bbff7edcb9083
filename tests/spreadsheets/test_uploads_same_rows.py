"""A file whose rows were applied before, in whatever order, is recognised and not imported once more."""

from datetime import date

import pytest

from children.models import Child
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import apply_upload, check_upload, confirm, receive, recheck
from gansu_care.spreadsheets.uploads.receiving import Declaration
from tests.uploading import (
    CHILD_HEAD,
    child_numbered,
    children_file,
    counts,
    csv_file,
    fresh,
    no_progress,
    xlsx,
)

pytestmark = pytest.mark.django_db

ROWS = ({}, child_numbered(2), child_numbered(3))


def sent(user, data, kind="children", name="表格.xlsx", **options) -> Upload:
    """As an officer sends it on the page, and checked."""
    received = receive(data, name, kind, user, queue=False, **options)
    check_upload(received.upload.pk, no_progress)
    return fresh(received.upload)


def applied(user, data, **options) -> Upload:
    upload = sent(user, data, **options)
    confirm(upload, user, good_rows=True, warnings_acknowledged=True, queue=False)
    apply_upload(upload.pk, no_progress)
    return fresh(upload)


def test_the_same_rows_in_another_order(officer):
    first = applied(officer, children_file(*ROWS))
    again = sent(officer, children_file(*reversed(ROWS)))
    assert (again.state, again.refusal, again.same_as) == (UploadState.REFUSED, "applied_before", first)
    assert again.rows_digest == first.rows_digest
    assert first.sha256 != again.sha256
    assert Child.objects.count() == 3


def test_the_same_rows_on_two_sheets_and_in_another_kind_of_file(officer):
    head = ["中心名称", "乡镇", "负责人"]
    rows = [["甲中心", "洮阳镇", "王秀英"], ["乙中心", "新添镇", "赵玉兰"]]
    first = applied(officer, xlsx([head, *rows]), kind="centers")
    apart = sent(officer, xlsx([head, rows[1]], [head, rows[0]]), kind="centers")
    text = sent(officer, csv_file([head, *reversed(rows)]), kind="centers", name="中心.csv")
    assert (apart.same_as, text.same_as) == (first, first)


@pytest.mark.parametrize("change", [{"村": "北街村"}, {"父亲电话": "13800000009"}, {"备注": "新"}])
def test_one_other_cell_makes_it_another_file(officer, change):
    applied(officer, children_file(*ROWS))
    other = children_file(ROWS[2], ROWS[1], change, head=[*CHILD_HEAD, "备注"])
    assert sent(officer, other).same_as is None


def test_the_same_row_twice_is_not_the_same_as_once(officer):
    applied(officer, children_file(*ROWS))
    assert sent(officer, children_file(*ROWS, ROWS[2])).same_as is None


def test_another_declaration_makes_it_another_upload(officer):
    """The same children, with a consent that was declared for all of them this time."""
    applied(officer, children_file(*ROWS))
    assert (
        sent(officer, children_file(*reversed(ROWS)), consent=Declaration("李晓梅", date(2026, 9, 1))).same_as
        is None
    )


def test_another_division_learns_nothing(officer, neighbour):
    head = ["中心名称", "负责人"]
    rows = [["甲中心", "王秀英"], ["乙中心", "赵玉兰"]]
    applied(officer, xlsx([head, *rows]), kind="centers")
    assert sent(neighbour, xlsx([head, *reversed(rows)]), kind="centers").same_as is None


@pytest.mark.parametrize("state", [UploadState.UNDONE, UploadState.CHECKED, UploadState.EXPIRED])
def test_what_is_not_applied_is_not_in_the_way(officer, state):
    applied(officer, children_file(*ROWS))
    Upload.objects.update(state=state)
    assert sent(officer, children_file(*reversed(ROWS))).same_as is None


def test_rows_left_out_the_first_time_may_come_again(officer):
    """Only the good rows were imported: what was wrong may have been mended in the register meanwhile."""
    broken = ({}, child_numbered(2, 性别="0"))
    assert applied(officer, children_file(*broken)).written == 1
    assert sent(officer, children_file(*reversed(broken))).same_as is None


def test_asked_for_it_is_checked_all_the_same(officer):
    applied(officer, children_file(*ROWS))
    again = sent(officer, children_file(*reversed(ROWS)))
    recheck(again, officer, queue=False)
    check_upload(again.pk, no_progress)
    again = fresh(again)
    assert (again.state, again.same_as, counts(again)) == (UploadState.CHECKED, None, {"same": 3})


def test_the_digest_does_not_depend_on_day_or_register(officer):
    first = sent(officer, children_file(*ROWS))
    Upload.objects.update(received_at="2026-09-01T00:00:00Z", state=UploadState.RECEIVED)
    Child.objects.all().delete()
    check_upload(first.pk, no_progress)
    assert fresh(first).rows_digest == first.rows_digest
    assert len(first.rows_digest) == 32
