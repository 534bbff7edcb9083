"""What was taken back is applied again."""

import pytest

from children.models import Child
from funding.models import Receipt
from gansu_care.spreadsheets.models import UploadState
from gansu_care.spreadsheets.uploads import recheck
from gansu_care.spreadsheets.uploads.checking import check_upload
from tests.register_rows import register_rows
from tests.spreadsheets.taking_back.undoing import TWO, lines, one_child, undone
from tests.uploading import (
    applied,
    checked,
    children_file,
    fresh,
    no_progress,
    written,
)

pytestmark = pytest.mark.django_db


def test_undone_it_can_be_applied_again_and_undone_again(officer, county):
    before = register_rows(())
    upload = undone(written(officer, children_file(*TWO), "children"), county)
    recheck(upload, officer, queue=False)
    check_upload(upload.pk, no_progress)
    again = applied(fresh(upload), officer)
    assert (again.state, again.written, Child.objects.count()) == (UploadState.APPLIED, 2, 2)
    numbers = set(Child.objects.values_list("number", flat=True))
    back = undone(again, county)
    assert register_rows(()) == before
    assert {line[1] for line in lines(back)} == numbers


def test_undone_the_same_file_may_be_sent_again(officer, county):
    undone(written(officer, children_file(*TWO), "children"), county)
    assert checked(officer, children_file(*TWO), "children").new == 2


def test_two_uploads_of_one_child_are_undone_each_for_itself(officer, county):
    written(officer, children_file({}), "children")
    before = register_rows()
    first = written(officer, children_file({"村": "北街村"}), "children")
    second = written(officer, children_file({"村": "北街村", "年级": "四年级"}), "children")
    undone(first, county)
    assert (one_child().village, one_child().grade) == ("南门村", "P4")
    undone(second, county)
    assert register_rows() == before
    assert Receipt.objects.count() == 0
