"""The yes: what it needs, and that it counts once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from children.models import Child
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import run
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import CannotApply, apply_upload, check_upload, confirm, receive, recheck
from tests.uploading import (
    applied,
    checked,
    child_numbered,
    children_file,
    counts,
    fresh,
    no_progress,
    written,
)

pytestmark = pytest.mark.django_db

TWO = ({}, child_numbered(2))
ONE_BROKEN = ({}, child_numbered(2, 性别="0"))
ONE_DRAFT = ({"是否取得同意": None, "同意人": None, "同意人身份": None, "同意日期": None},)


def refusal(upload, user, **options) -> str:
    with pytest.raises(CannotApply) as caught:
        confirm(upload, user, queue=False, **options)
    assert caught.value.message
    return caught.value.refusal


def test_by_default_all_or_nothing(officer):
    upload = checked(officer, children_file(*ONE_BROKEN), "children")
    assert (upload.can_apply, upload.can_apply_good_rows) == (False, True)
    assert refusal(upload, officer) == "bad_rows"
    assert not Child.objects.exists()
    assert applied(upload, officer, good_rows=True).written == 1


def test_warnings_want_a_yes(officer):
    upload = checked(officer, children_file(*ONE_DRAFT), "children")
    assert refusal(upload, officer) == "warnings"
    assert confirm(upload, officer, warnings_acknowledged=True, queue=False).state == UploadState.APPLYING


def test_a_yes_to_an_older_check_is_not_a_yes(officer):
    upload = checked(officer, children_file(*TWO), "children")
    recheck(upload, officer, queue=False)
    check_upload(upload.pk, no_progress)
    assert refusal(upload, officer, seen_check=upload.check_no) == "seen_other_check"
    confirm(upload, officer, seen_check=fresh(upload).check_no, queue=False)


@pytest.mark.parametrize(
    "state",
    [
        UploadState.RECEIVED,
        UploadState.CHECKING,
        UploadState.REFUSED,
        UploadState.EXPIRED,
        UploadState.UNDONE,
    ],
)
def test_what_is_not_checked_cannot_be_confirmed(officer, state):
    upload = checked(officer, children_file(*TWO), "children")
    Upload.objects.update(state=state)
    assert refusal(upload, officer) == "not_checked"


def test_without_the_right_there_is_no_yes(officer, leader):
    upload = checked(officer, children_file(*TWO), "children")
    assert refusal(upload, leader) == "out_of_scope"


def test_a_yes_sent_twice_writes_once(officer, county):
    upload = checked(officer, children_file(*TWO), "children")
    confirm(upload, officer, queue=False)
    confirm(upload, county, queue=False)
    apply_upload(upload.pk, no_progress)
    apply_upload(upload.pk, no_progress)
    confirm(upload, officer, queue=False)
    done = fresh(upload)
    assert (done.state, done.written, done.applied_by) == (UploadState.APPLIED, 2, officer)
    assert Child.objects.count() == 2


def test_confirming_puts_one_job_into_the_queue(officer, django_capture_on_commit_callbacks):
    upload = checked(officer, children_file(*TWO), "children")
    with django_capture_on_commit_callbacks() as callbacks:
        confirm(upload, officer)
        confirm(upload, officer)
    assert len(callbacks) == 1
    assert upload.job.kind == "apply_upload"


def test_the_jobs_of_the_queue_check_and_write(officer, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        upload = receive(children_file(*TWO), "登记表.xlsx", "children", officer).upload
    run(upload.job.pk)
    assert (fresh(upload).state, upload.job.kind) == (UploadState.CHECKED, "check_upload")
    with django_capture_on_commit_callbacks():
        confirm(upload, officer)
    job = fresh(upload).job
    run(job.pk)
    job.refresh_from_db()
    assert (fresh(upload).state, job.state) == (UploadState.APPLIED, JobState.DONE)


def test_after_a_job_that_gave_up_it_can_be_confirmed_again(officer):
    upload = checked(officer, children_file(*TWO), "children")
    confirm(upload, officer, queue=False)
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.create(
        kind="apply_upload", object_id=upload.pk, user=officer, state=JobState.FAILED, heartbeat=long_ago
    )
    confirm(upload, officer, queue=False)
    apply_upload(upload.pk, no_progress)
    assert fresh(upload).state == UploadState.APPLIED


def test_an_applied_upload_is_not_checked_again(officer):
    upload = written(officer, children_file(*TWO), "children")
    with pytest.raises(CannotApply):
        recheck(upload, officer, queue=False)


def test_a_check_run_twice_leaves_one_result(officer):
    upload = checked(officer, children_file(*ONE_BROKEN), "children")
    check_upload(upload.pk, no_progress)
    again = fresh(upload)
    assert (again.check_no, again.staged.count(), again.problems.count()) == (1, 2, 1)


def test_a_broken_off_check_runs_again(officer):
    upload = checked(officer, children_file(*TWO), "children")
    Upload.objects.update(state=UploadState.CHECKING)
    check_upload(upload.pk, no_progress)
    assert (fresh(upload).state, counts(fresh(upload))) == (UploadState.CHECKED, {"new": 2})
