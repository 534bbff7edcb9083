"""Hostile files through the door: the officer reads one calm sentence, and the register stays as it is."""

import pytest
from django.urls import reverse

from children.models import Child
from gansu_care.spreadsheets.models import Upload
from tests.spreadsheets.files.ods import as_ods
from tests.spreadsheets.files.xlsb import as_xlsb
from tests.uploading import checked, children_file, children_rows, codes, places

from . import office_xml, old_excel, open_document, texts, xlsb, zips
from .table import HOSTILE, REMEDIES

pytestmark = [pytest.mark.django_db, pytest.mark.apart]

THROUGH_THE_DOOR = (
    zips.a_member_of_310_megabytes_of_nothing,
    zips.a_zip_of_workbooks,
    office_xml.an_entity_that_asks_for_a_file_of_ours,
    office_xml.one_megabyte_shared_by_twelve_thousand_cells,
    office_xml.a_table_of_strings_that_claims_two_thousand_million,
    open_document.a_row_a_million_times,
    open_document.an_ods_with_a_password,
    xlsb.a_text_of_four_thousand_million_characters,
    old_excel.an_xls_with_a_password,
    old_excel.a_container_whose_sectors_go_in_a_circle,
    texts.a_quotation_mark_without_its_other,
    texts.noise,
)


@pytest.mark.parametrize("make", THROUGH_THE_DOOR, ids=lambda make: make.__name__)
def test_the_page_says_what_is_wrong_and_what_to_do(client, send, officer, make):
    expected = next(hostile for hostile in HOSTILE if hostile.make is make)
    assert send(officer, make(), "登记表.xlsx", "children").status_code == 302
    upload = Upload.objects.get()
    answer = client.get(reverse("spreadsheets:detail", args=[upload.number]), follow=True)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f"{expected.sentence}。" in html
    assert f"{REMEDIES[expected.code]}。" in html
    assert (upload.state, upload.unreadable_code, upload.rows) == ("refused", expected.code, 0)
    assert not upload.staged.exists()
    assert not Child.objects.exists()


def test_a_file_a_byte_too_large_is_not_even_kept(send, officer):
    answer = send(officer, texts.a_byte_too_many(), "登记表.csv", "children")
    assert answer.status_code == 413
    assert not Upload.objects.exists()


# --- what is read after all, and what its cells then say


def test_a_cell_of_a_megabyte_is_told_with_its_place(officer):
    upload = checked(officer, children_file({"村": "字" * 350_000}), "children")
    assert places(upload) == ["H2 E_TOO_LONG"]
    assert "2000" in upload.problems.get().problem.message


def test_nuls_and_numbers_that_are_none_reach_no_database(officer):
    """PostgreSQL takes no NUL, in a text as little as in JSON; and no column takes an endless number."""
    head, child = children_rows({"村": "南\0门村"})
    rows = [["填报单位：洮\0阳镇"], [*head, "另\0外"], [*child, "空\0白"], ["注：一\0二"]]
    upload = checked(officer, as_xlsb([("登\0表", rows, [], "visible")]), "children")
    assert upload.new == 1
    assert [sheet["name"] for sheet in upload.sheets] == ["登表"]
    assert "另外" in upload.sheets[0]["unread"]
    assert upload.facts["unit"] == "洮阳镇"
    endless = as_ods([("表", children_rows({"年级": float("inf")}), [], "visible")])
    assert codes(checked(officer, endless, "children")) == ["E_FORMULA_ERROR"]
