"""The page of one's own jobs, the time that is left, and cancelling: who may, and what is left behind."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from children.models import Child
from gansu_care.jobs import queue
from gansu_care.jobs.attempt import Attempt
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import run
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import ask_undo, confirm, receive
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.uploading import checked, child_numbered, children_file, fresh, written

pytestmark = pytest.mark.django_db
TWO = ({}, child_numbered(2))
JOBS = "/uploads/jobs/"


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(person(username))
    return client


def sent(username: str = "officer") -> Upload:
    return receive(children_file(*TWO), "名单.xlsx", "children", person(username)).upload


def cancel_as(username: str, upload: Upload) -> str:
    """What she reads afterwards."""
    answer = signed_in(username).post(f"{JOBS}{upload.job.pk}/cancel/", follow=True)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


class CancelledAt:
    """In place of the job's own attempt: somebody asks to cancel when this step is reached."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
        self.step, told = step, Attempt.__call__

        def call(attempt: Attempt, at: str, *args: int, **options: bool) -> None:
            if at == self.step and not attempt.cancel_asked:
                assert queue.cancel(attempt.job, person("officer"))
                attempt.beat()  # as its own thread does each second
            told(attempt, at, *args, **options)

        monkeypatch.setattr(Attempt, "__call__", call)


# --- found again


def test_she_finds_her_own_jobs_and_no_others(officer) -> None:
    mine, theirs = sent(), sent("neighbour")
    page = signed_in("officer").get(JOBS).content.decode()
    assert f"/uploads/{mine.number}/" in page
    assert theirs.number not in page
    assert "等待 1 件，进行中 0 件" in page


def test_the_home_page_reminds_of_what_is_under_way(officer) -> None:
    upload = sent()
    home = signed_in("officer").get("/").content.decode()
    assert "检查上传的表格　等待中" in home
    assert "名单.xlsx" in home
    assert f"/uploads/{upload.number}/" in home


def test_the_progress_page_says_how_long_it_will_still_take(officer) -> None:
    upload = sent()
    began = timezone.now() - timedelta(seconds=60)
    Job.objects.update(
        state=JobState.RUNNING,
        step="逐格检查",
        done=300,
        total=1200,
        step_began_at=began,
        heartbeat=timezone.now(),
    )
    Upload.objects.update(state=UploadState.CHECKING)
    page = signed_in("officer").get(f"/uploads/{upload.number}/progress/").content.decode()
    assert "第 300 行，共 1,200 行" in page
    assert "大约还要 3 分钟" in page
    assert f"{JOBS}{upload.job.pk}/cancel/" in page


def test_the_page_takes_as_many_queries_for_many_jobs_as_for_one(officer, django_assert_num_queries) -> None:
    client = signed_in("officer")
    sent()
    client.get(JOBS)
    with CaptureQueriesContext(connection) as first:
        client.get(JOBS)
    for _more in range(5):
        sent()
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(JOBS)


# --- cancelled


@pytest.mark.parametrize("username", ["officer", "county", "prefecture"])
def test_whoever_began_it_or_a_second_person_cancels_a_check_which_can_be_asked_for_again(username) -> None:
    upload = sent()
    assert "检查已经取消" in cancel_as(username, upload)
    held = fresh(upload)
    assert (held.state, held.refusal, held.job.state) == (UploadState.FAILED, "cancelled", JobState.CANCELLED)
    signed_in("officer").post(f"/uploads/{upload.number}/check-again/")
    run(fresh(upload).job.pk)
    assert (fresh(upload).state, fresh(upload).new) == (UploadState.CHECKED, 2)


@pytest.mark.parametrize(
    ("username", "status"), [("neighbour", "404"), ("township", "403"), ("auditor", "403")]
)
def test_nobody_else_does(username, status) -> None:
    upload = sent()
    assert cancel_as(username, upload) == status
    assert upload.job.state == JobState.WAITING


def test_a_colleague_who_is_no_second_person_does_not() -> None:
    upload = sent("county")
    assert cancel_as("officer", upload) == "404"


@pytest.mark.parametrize("step", ["读取文件", "逐格检查", "保存检查结果"])
def test_a_check_stops_at_its_next_step(officer, monkeypatch, step) -> None:
    upload = sent()
    CancelledAt(monkeypatch, step)
    run(upload.job.pk)
    held = fresh(upload)
    assert (held.state, held.refusal, held.staged.count()) == (UploadState.FAILED, "cancelled", 0)


def test_an_application_is_rolled_back_whole_and_can_be_confirmed_again(officer, monkeypatch) -> None:
    upload = confirm(checked(officer, children_file(*TWO), "children"), officer)
    CancelledAt(monkeypatch, "写入登记册")
    run(upload.job.pk)
    held = fresh(upload)
    assert (held.state, held.refusal, held.written) == (UploadState.CHECKED, "apply_cancelled", 0)
    assert not Child.objects.exists()
    assert not Event.objects.filter(action=Action.APPLY).exists()
    page = signed_in("officer").get(f"/uploads/{upload.number}/preview/").content.decode()
    assert "导入已经取消，什么也没有写入" in page
    monkeypatch.undo()
    run(confirm(held, officer).job.pk)
    assert (fresh(upload).state, Child.objects.count()) == (UploadState.APPLIED, 2)


@pytest.mark.parametrize("step", ["核对记录", "恢复登记册"])
def test_an_undo_leaves_all_as_it_was(officer, county, monkeypatch, step) -> None:
    upload = written(officer, children_file(*TWO), "children")
    ask_undo(upload, county, "传错了")
    CancelledAt(monkeypatch, step)
    run(fresh(upload).job.pk)
    held = fresh(upload)
    assert (held.state, held.refusal, Child.objects.count()) == (UploadState.APPLIED, "undo_cancelled", 2)


def test_what_is_over_cannot_be_cancelled_and_it_says_so(officer) -> None:
    upload = sent()
    run(upload.job.pk)
    assert "来不及取消" in cancel_as("officer", upload)
    assert fresh(upload).state == UploadState.CHECKED


# --- broken off


def test_an_application_that_broke_off_while_it_checked_anew_is_checked_by_the_next_attempt(officer) -> None:
    """Killed between the discovery that records had changed and the new result."""
    upload = confirm(checked(officer, children_file(*TWO), "children"), officer)
    Upload.objects.update(state=UploadState.CHECKING)
    run(upload.job.pk)
    held = fresh(upload)
    assert (held.state, held.refusal, held.check_no) == (UploadState.CHECKED, "stale", 2)


def test_a_job_that_is_given_up_puts_its_upload_back(officer, monkeypatch) -> None:
    upload = sent()

    def broken(object_id: int, progress: queue.Progress) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(queue.HANDLERS, "check_upload", broken)
    run(upload.job.pk)
    held = fresh(upload)
    assert (held.state, held.refusal, held.job.failure) == (
        UploadState.FAILED,
        "broken_off",
        "ZeroDivisionError",
    )
