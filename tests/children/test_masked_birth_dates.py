"""Beyond one's own county a birth date leaves as 2015-**-**, and comes back as “unchanged”."""

from datetime import date

import openpyxl
import pytest
from django.test import Client

from children.models import Child
from tests.exporting import released_on_request
from tests.uploading import (
    CHILD_HEAD,
    checked,
    child_numbered,
    children_file,
    codes,
    counts,
    id_number,
    written,
    xlsx,
)

pytestmark = pytest.mark.django_db

BIRTHS = ("出生日期", "父亲出生日期", "母亲出生日期", "祖父出生日期")


@pytest.fixture
def children(officer) -> None:
    family = {
        "父亲出生日期": "1988年",
        "母亲出生日期": "1990-05-06",
        "祖父姓名": "王老汉",
        "祖父出生日期": "1950-01-01",
    }
    undated = child_numbered(4) | {"身份证号": None, "是否登记户口": "否", "出生日期": "2016年3月"}
    head = [*CHILD_HEAD, "是否登记户口", *BIRTHS[1:], "祖父姓名"]
    written(officer, children_file(family, child_numbered(2), undated, head=head), "children")


def sheet_of(user) -> list[list]:
    """The rows of a masked export, headings first, as user takes it."""
    released = released_on_request(user, Child.objects.order_by("pk"))
    rows = openpyxl.load_workbook(released.file).worksheets[0].iter_rows(values_only=True)
    return [list(row) for row in rows]


def cells(rows: list[list], heading: str) -> list:
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


@pytest.mark.parametrize("reader", ["prefecture", "province", "admin"])
def test_beyond_the_county_only_the_year_leaves(request, children, reader) -> None:
    rows = sheet_of(request.getfixturevalue(reader))

    assert cells(rows, "出生日期") == ["2015-**-**", "2015-**-**", "2016-**-**"]
    assert [cells(rows, heading)[0] for heading in BIRTHS[1:]] == ["1988-**-**", "1990-**-**", "1950-**-**"]
    assert cells(rows, "登记日期")[0].date() == Child.objects.earliest("pk").registered_on


def test_within_the_county_birth_dates_leave_whole(officer, children) -> None:
    rows = sheet_of(officer)

    assert [str(cell)[:10] for cell in cells(rows, "出生日期")] == ["2015-09-01", "2015-03-03", "2016-03"]


@pytest.mark.parametrize("reader", ["prefecture", "province"])
def test_the_masked_file_comes_back_all_the_same(request, children, reader) -> None:
    user = request.getfixturevalue(reader)

    upload = checked(user, xlsx(sheet_of(user)), "children")

    assert (counts(upload), codes(upload)) == ({"same": 3}, [])


def test_another_cell_may_be_changed_beside_the_masks(prefecture, children) -> None:
    rows = sheet_of(prefecture)
    rows[1][rows[0].index("村（社区）")] = "北门村"

    written(prefecture, xlsx(rows[:2]), "children")

    child = Child.objects.earliest("pk")
    assert (child.village, child.birth_date) == ("北门村", date(2015, 9, 1))
    assert child.parents.get(kind="father").birth_precision == "year"


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("出生日期", "2014-**-**"), ("出生日期", "2015-0*-**"), ("母亲出生日期", "1991-**-**")],
)
def test_a_mask_that_is_not_the_stored_ones_is_refused(prefecture, children, heading, cell) -> None:
    rows = sheet_of(prefecture)
    rows[1][rows[0].index(heading)] = cell

    upload = checked(prefecture, xlsx(rows[:2]), "children")

    problem = upload.problems.get().problem
    assert (counts(upload), problem.code, problem.heading) == ({"refused": 1}, "E_MASKED_VALUE", heading)
    assert problem.message == "格子里是打了星号的内容，和登记的对不上"


def test_a_masked_birth_date_without_a_record_number_is_refused(officer) -> None:
    upload = checked(officer, children_file({"出生日期": "2015-**-**"}), "children")

    assert (counts(upload), codes(upload)) == ({"refused": 1}, ["E_MASKED_VALUE"])


def test_a_corrected_id_number_is_held_against_the_birth_date_behind_the_mask(prefecture, children) -> None:
    rows = sheet_of(prefecture)
    place = rows[0].index("身份证号")
    fits, contradicts = [list(rows[1]), list(rows[1])]
    fits[place] = id_number("62010020150901004")
    contradicts[place] = id_number("62010020150902002")

    assert counts(checked(prefecture, xlsx([rows[0], fits]), "children")) == {"changed": 1}
    refused = checked(prefecture, xlsx([rows[0], contradicts]), "children")
    assert (counts(refused), codes(refused)) == ({"refused": 1}, ["E_BIRTH_ID_MISMATCH"])


@pytest.mark.parametrize("without", [False, True])
def test_a_corrected_birth_date_is_held_against_the_id_number_behind_the_mask(
    officer, children, without
) -> None:
    rows = sheet_of(officer)[:2]
    rows[1][rows[0].index("出生日期")] = "2015-09-02"
    if without:
        place = rows[0].index("身份证号")
        rows = [row[:place] + row[place + 1 :] for row in rows]

    upload = checked(officer, xlsx(rows), "children")

    assert (counts(upload), codes(upload)) == ({"refused": 1}, ["E_BIRTH_ID_MISMATCH"])


def test_the_preview_masks_birth_dates_above_the_unit_that_sent_the_file(
    officer, prefecture, children
) -> None:
    rows = sheet_of(officer)[:2]
    rows[1][rows[0].index("母亲出生日期")] = "1990-05-07"
    changed = checked(officer, xlsx(rows), "children")
    new = checked(officer, children_file(child_numbered(7)), "children")

    own = previews(officer, changed, new)
    above = previews(prefecture, changed, new)

    for day, masked in (
        ("1990-05-06", "1990-**-**"),
        ("1990-05-07", "1990-**-**"),
        ("2015-08-08", "2015-**-**"),
    ):
        assert day in own
        assert day not in above
        assert masked in above


def previews(user, *uploads) -> str:
    client = Client()
    client.force_login(user)
    return "".join(client.get(f"/uploads/{upload.number}/preview/").content.decode() for upload in uploads)
