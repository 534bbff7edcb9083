"""The way of an officer through the pages of an upload; the queue runs its jobs at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_q.conf import Conf

from gansu_care.spreadsheets.models import Upload
from tests.upload_pages import XLSX, workbook


@pytest.fixture
def jobs_at_once(monkeypatch):
    """The queue runs what it is given at once, in this process."""
    monkeypatch.setattr(Conf, "SYNC", True)


@pytest.fixture
def send(client, jobs_at_once, django_capture_on_commit_callbacks):
    """send(user, bytes, …) -> the answer to the form of step 1; the check has run when it returns."""

    def post(user, data: bytes, name: str = "中心.xlsx", kind: str = "centers", **fields):
        client.force_login(user)
        file = SimpleUploadedFile(name, data, content_type=XLSX)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("spreadsheets:choose"), {"kind": kind, "file": file, **fields})

    return post


@pytest.fixture
def uploaded(send):
    """uploaded(user, *rows) -> the checked Upload."""

    def make(user, *rows: list, **fields) -> Upload:
        send(user, workbook(*rows), **fields)
        return Upload.objects.latest("id")

    return make


@pytest.fixture
def say_yes(client, jobs_at_once, django_capture_on_commit_callbacks):
    """say_yes(upload) -> the answer to the confirmation, as the page's form sends it."""

    def post(upload: Upload, **fields):
        sent = {
            "check_no": upload.check_no,
            "good_rows": "1" if upload.bad else "",
            "acknowledged": "1",
            "warning": list(upload.problems.filter(level="warning").values_list("code", flat=True)),
            **fields,
        }
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse("spreadsheets:confirm", args=[upload.number]), sent)

    return post
