"""What the admin calls things."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from funding.models import Source
from gansu_care.jobs.models import Job
from tests.pages.admin.screens import signed_in
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "job"), [("zh-hans", "检查上传的表格"), ("en", "Check an uploaded workbook")]
)
def test_codes_are_shown_as_words(language: str, job: str) -> None:
    Job.objects.create(kind="check_upload", object_id=1, user=person("system"))
    client = signed_in("system")
    client.cookies["django_language"] = language

    page = client.get("/admin/jobs/job/").content.decode()

    assert job in page
    assert "check_upload" not in page


def test_uploads_are_filtered_by_the_names_of_their_kinds() -> None:
    page = signed_in("admin").get("/admin/spreadsheets/upload/").content.decode()

    for kind in ("留守儿童登记表", "活动中心表", "设备物资台账", "资金表"):
        assert f">{kind}</a>" in page
    assert ">equipment</a>" not in page


def test_a_list_is_headed_by_what_it_holds_and_counted_in_our_words() -> None:
    page = signed_in("admin").get("/admin/funding/source/").content.decode()

    assert "<h1>资金来源</h1>" in page
    assert f"{Source.objects.count()} 条</p>" in page
    assert "<summary>来源种类</summary>" in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_last_sign_in_is_a_time_in_both_languages(language: str) -> None:
    user = person("officer")
    user.last_login = datetime(2026, 11, 24, 10, 41, tzinfo=ZoneInfo("Asia/Shanghai"))
    user.save()
    client = signed_in("admin")
    client.cookies["django_language"] = language

    assert "2026-11-24 10:41" in client.get("/admin/accounts/user/").content.decode()
