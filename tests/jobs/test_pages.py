"""The page of background jobs: states for the system administrator, and nothing of what the jobs worked on."""

import pytest
from django.test import Client

from gansu_care.jobs.models import Job, JobState
from tests.people import person

pytestmark = pytest.mark.django_db

PAGE = "/jobs/"


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


@pytest.fixture
def jobs(officer) -> None:
    Job.objects.create(
        kind="check_upload", object_id=7, user=officer, state=JobState.RUNNING, done=93, total=128,
        step="第 93 行 张小明", result="张小明".encode(),
    )  # fmt: skip
    Job.objects.create(
        kind="apply_upload",
        object_id=8,
        user=officer,
        state=JobState.FAILED,
        failure="OperationalError",
        attempts=3,
    )
    Job.objects.create(kind="something_new", object_id=9, user=officer)


def test_the_system_administrator_sees_states_and_no_person(jobs) -> None:
    page = signed_in("system").get(PAGE).content.decode()

    for text in (
        "等待 1 件，进行中 1 件，未完成 1 件",
        "检查上传的表格",
        "93 / 128",
        "OperationalError",
        "something_new",
    ):
        assert text in page
    assert "张小明" not in page


def test_by_state(jobs) -> None:
    page = signed_in("system").get(PAGE + "?state=failed").content.decode()

    assert "导入上传的表格" in page
    assert "检查上传的表格" not in page


def test_the_list_takes_as_many_queries_for_many_jobs_as_for_one(officer, django_assert_num_queries) -> None:
    client = signed_in("system")
    client.get(PAGE)
    Job.objects.create(kind="check_upload", object_id=0, user=officer)
    with django_assert_num_queries(14, exact=False) as first:
        client.get(PAGE)
    Job.objects.bulk_create(Job(kind="check_upload", object_id=n, user=officer) for n in range(40))
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(PAGE)


@pytest.mark.parametrize("username", ["officer", "county", "province", "admin", "leader", "auditor"])
def test_jobs_are_the_system_administrators(username: str) -> None:
    assert signed_in(username).get(PAGE).status_code == 403


def test_a_stranger_is_sent_to_the_sign_in_and_nothing_is_written(client: Client) -> None:
    assert client.get(PAGE).headers["Location"].startswith("/sign-in/")
    assert signed_in("system").post(PAGE).status_code == 405
