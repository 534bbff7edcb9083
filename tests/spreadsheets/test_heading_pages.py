"""Headings that nobody is sure of: the officer is asked, her county remembers the answer, and it can be taken back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from children.models import Child
from gansu_care.accounts.roles import Role
from gansu_care.sealed.masks import mask_id_number
from gansu_care.spreadsheets.models import HeadingChoice, Upload, UploadState
from gansu_care.spreadsheets.uploads import clear_due
from gansu_care.trail.models import Action, Event
from tests.people import ZHANG, make_user
from tests.upload_pages import page, text
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    child_numbered,
    child_row,
    children_file,
    children_rows,
    fresh,
    xlsx,
)

pytestmark = pytest.mark.django_db


def headed(**renamed: str) -> bytes:
    """王小花's file, some of its headings as others write them."""
    return xlsx([[renamed.get(name, name) for name in CHILD_HEAD], child_row(CHILD_HEAD)])


@pytest.fixture
def sent(send):
    """sent(user, bytes) -> the upload, its job done."""

    def make(user, data: bytes, **fields) -> Upload:
        send(user, data, name="登记表.xlsx", kind="children", **fields)
        return Upload.objects.latest("id")

    return make


@pytest.fixture
def answer(client, jobs_at_once, django_capture_on_commit_callbacks):
    """answer(upload, {heading: field}) -> the response; headings not named are sent as the page shows them."""

    def post(upload: Upload, said: dict[str, str]):
        fields = {}
        for asked in upload.asked.all():
            shown = asked.said if asked.said is not None else asked.likely
            fields[f"heading_{asked.pk}"] = said.get(asked.heading, shown or "-")
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("spreadsheets:columns", args=[upload.number]), fields)

    return post


def test_a_misspelt_required_heading_is_asked_about_before_anything_is_checked(client, sent, officer):
    upload = sent(officer, headed(姓名="姓各"))
    assert (upload.state, upload.rows, upload.problems.count()) == (UploadState.ASKING, 0, 0)
    here = reverse("spreadsheets:columns", args=[upload.number])
    assert client.get(reverse("spreadsheets:detail", args=[upload.number])).url == here
    for other in ("problems", "preview", "ended", "done"):
        assert client.get(reverse(f"spreadsheets:{other}", args=[upload.number])).status_code == 302
    html = page(client, "columns", upload)
    assert "1 个栏目认不准，请您选定" in text(html)
    assert "姓各 Sheet1 B 列 王小花 像是“姓名”" in text(html)
    assert '<option value="name" selected>姓名</option>' in html


def test_her_answer_is_used_at_once_and_the_file_goes_on(client, sent, answer, say_yes, officer):
    upload = sent(officer, headed(姓名="姓各"))
    answer(upload, {})
    upload.refresh_from_db()
    assert (upload.state, upload.new, upload.errors) == (UploadState.CHECKED, 1, 0)
    assert "您县上次的选择： “姓各”当作“姓名”" in text(page(client, "preview", upload))
    say_yes(upload)
    assert Child.objects.get().name == "王小花"


def test_the_next_file_is_read_as_the_county_said_and_can_be_changed(client, sent, answer, officer):
    answer(sent(officer, headed(性别="性另")), {})
    upload = sent(officer, headed(性别="性 另*"))
    assert (upload.state, upload.new) == (UploadState.CHECKED, 1)
    assert "您县上次把“性另*”当作“性别”" in text(page(client, "columns", upload))
    answer(upload, {"性另*": "-"})
    upload.refresh_from_db()
    assert upload.asked.get().said == ""
    assert HeadingChoice.objects.get().field == ""
    assert [one.field for one in HeadingChoice.history.order_by("history_id")] == ["sex", ""]


def test_an_unknown_heading_is_shown_with_cells_and_can_be_named(client, sent, answer, officer):
    file = xlsx([[*CHILD_HEAD, "家住哪社"], [*child_row(CHILD_HEAD), "三社"]])
    upload = sent(officer, file)
    assert upload.state == UploadState.CHECKED
    said = text(page(client, "preview", upload))
    assert "没有读取的栏目： 家住哪社 选定栏目" in said
    assert "家住哪社 Sheet1 X 列 三社 不认识，没有读取" in text(page(client, "columns", upload))
    answer(upload, {"家住哪社": "address"})
    upload.refresh_from_db()
    row = upload.staged.get()
    assert "address" in row.values


def test_where_a_required_column_is_nowhere_every_unknown_one_must_be_answered(client, sent, answer, officer):
    upload = sent(officer, headed(民族="哪一种人"))
    assert upload.state == UploadState.ASKING
    refused = client.post(reverse("spreadsheets:columns", args=[upload.number]), {})
    assert refused.status_code == 422
    assert "请选定这一列是什么" in refused.content.decode()
    answer(upload, {"哪一种人": "ethnic_group"})
    upload.refresh_from_db()
    assert (upload.state, upload.new) == (UploadState.CHECKED, 1)


def test_two_columns_cannot_mean_the_same(client, sent, answer, officer):
    upload = sent(officer, xlsx([[*CHILD_HEAD, "甲列", "乙列"], [*child_row(CHILD_HEAD), "a", "b"]]))
    refused = answer(upload, {"甲列": "address", "乙列": "address"})
    assert refused.status_code == 422
    assert "“甲列”已经当作“现住详细地址”，两列不能是同一个栏目" in text(refused.content.decode())
    assert not HeadingChoice.objects.exists()


def test_a_field_that_another_column_is_cannot_be_chosen(client, sent, answer, officer):
    upload = sent(officer, xlsx([[*CHILD_HEAD, "甲列"], [*child_row(CHILD_HEAD), "a"]]))
    assert answer(upload, {"甲列": "sex"}).status_code == 422
    assert answer(upload, {"甲列": "no_such"}).status_code == 422


def test_samples_are_masked_and_sealed_and_shown_to_her_unit_alone(client, sent, officer, prefecture):
    upload = sent(officer, headed(身份证号="身份正号"))
    html = page(client, "columns", upload)
    assert mask_id_number(A_CHILD["身份证号"]) in html
    assert A_CHILD["身份证号"] not in html
    assert b"6201" not in stored_samples(upload)
    client.force_login(prefecture)
    assert "6201****" not in page(client, "columns", upload)


def stored_samples(upload: Upload) -> bytes:
    """The samples as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT samples_json FROM spreadsheets_askedheading WHERE upload_id = %s", [upload.pk])
        return bytes(cursor.fetchone()[0])


def test_one_heading_on_many_sheets_is_asked_about_once(client, sent, answer, officer):
    head = ["姓各" if name == "姓名" else name for name in CHILD_HEAD]
    sheets = [[head, child_row(CHILD_HEAD, **child_numbered(place))] for place in range(3)]
    upload = sent(officer, xlsx(*sheets, names=["洮阳镇", "八里铺镇", "新添镇"]))
    asked = upload.asked.get()
    assert (asked.sheet, asked.sheets) == ("洮阳镇", 3)
    answer(upload, {})
    upload.refresh_from_db()
    assert upload.new == 3


def test_the_neighbour_county_is_asked_itself(client, sent, answer, officer, neighbour):
    answer(sent(officer, headed(姓名="姓各")), {})
    assert sent(neighbour, headed(姓名="姓各", 乡镇="乡镇")).state == UploadState.ASKING
    assert "姓各" not in text(client.get(reverse("spreadsheets:headings")).content.decode())


def test_what_is_remembered_is_listed_and_can_be_taken_back(client, sent, answer, officer):
    answer(sent(officer, headed(姓名="姓各")), {})
    said = text(client.get(reverse("spreadsheets:headings")).content.decode())
    assert "姓各 姓名 留守儿童" in said
    choice = HeadingChoice.objects.get()
    client.post(reverse("spreadsheets:headings"), {"choice": choice.pk})
    assert not HeadingChoice.objects.exists()
    assert sent(officer, headed(姓名="姓各")).state == UploadState.ASKING
    kinds = list(Event.objects.filter(action=Action.SETTING).order_by("pk").values_list("kind", "number"))
    assert [kind for kind, _number in kinds] == ["upload.heading", "upload.heading_back"]
    assert HeadingChoice.history.first().history_type == "-"


def test_what_another_county_remembers_cannot_be_taken_back(client, sent, answer, officer):
    answer(sent(officer, headed(姓名="姓各")), {})
    client.force_login(make_user(Role.COUNTY_OFFICER, ZHANG, username="stranger"))
    key = HeadingChoice.objects.get().pk
    assert client.post(reverse("spreadsheets:headings"), {"choice": key}).status_code == 404
    for wrong in ("", "x", "9" * 30):
        assert client.post(reverse("spreadsheets:headings"), {"choice": wrong}).status_code == 404


def test_it_waits_on_her_home_page(client, sent, officer):
    sent(officer, headed(姓名="姓各"))
    assert "登记表.xlsx：有的栏目认不准，等您选定" in text(client.get("/").content.decode())


def test_a_file_without_doubtful_headings_is_not_asked_about(sent, client, officer):
    upload = sent(officer, children_file({}))
    assert upload.state == UploadState.CHECKED
    assert not upload.asked.exists()
    assert client.get(reverse("spreadsheets:columns", args=[upload.number])).status_code == 302


def test_an_empty_column_is_not_asked_about(sent, officer):
    upload = sent(officer, xlsx([[*CHILD_HEAD, "身份正号码", "照片"], [*child_row(CHILD_HEAD), None, " "]]))
    assert upload.state == UploadState.CHECKED
    assert not upload.asked.exists()


def test_an_answer_to_an_upload_that_is_over_changes_nothing(client, sent, answer, say_yes, officer):
    upload = sent(officer, xlsx([[*CHILD_HEAD, "甲列"], [*child_row(CHILD_HEAD), "a"]]))
    say_yes(upload)
    assert answer(upload, {"甲列": "address"}).status_code == 302
    assert not HeadingChoice.objects.exists()


def test_the_same_rows_sent_again_under_the_remembered_heading_are_all_the_same(
    sent, answer, say_yes, officer
):
    upload = sent(officer, headed(姓名="姓各"))
    answer(upload, {})
    upload.refresh_from_db()
    say_yes(upload)
    again = sent(
        officer, xlsx([[*("姓各" if n == "姓名" else n for n in CHILD_HEAD)], *children_rows({})[1:], [None]])
    )
    assert (again.state, again.same) in ((UploadState.CHECKED, 1), (UploadState.REFUSED, 1))


def test_the_cells_below_a_heading_go_when_the_file_goes(sent, officer):
    upload = sent(officer, headed(姓名="姓各"))
    Upload.objects.update(checked_at=timezone.now() - timedelta(days=60))
    clear_due()
    assert fresh(upload).state == UploadState.EXPIRED
    assert upload.asked.get().samples == []
