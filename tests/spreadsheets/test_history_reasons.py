"""Why a row changed, where nobody had to say it: the history keeps a code, a page says it in its reader's language."""

import importlib

import pytest
from django.apps import apps
from django.test import Client

from children.code_tables import ExitReason
from children.models import Carer, Child
from gansu_care.spreadsheets.models import UploadState
from gansu_care.spreadsheets.uploads.undoing import ask_undo, undo_upload
from tests.people import person
from tests.uploading import children_file, fresh, no_progress, written

pytestmark = pytest.mark.django_db

coded_reasons = importlib.import_module("gansu_care.spreadsheets.migrations.0003_coded_reasons")


def history_page(child: Child, language: str, username: str = "officer", path: str = "") -> str:
    client = Client()
    client.force_login(person(username))
    client.cookies["django_language"] = language
    return client.get(path or f"/children/{child.number}/history/").content.decode().replace("\n", "")


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "表格导入"), ("en", "Imported from a workbook")], ids=["zh", "en"]
)
def test_the_history_of_an_uploaded_child_says_so_in_the_readers_language(officer, language, words):
    upload = written(officer, children_file({}), "children")
    child = Child.objects.get()

    shown = history_page(child, language)

    link = f'<a href="/uploads/{upload.number}/">{upload.number}</a><br>{words}</td>'
    parts = [child, *child.parents.all(), child.carers.get(), child.episodes.get(), child.consent]
    assert shown.count(link) >= len(parts)
    assert ("表格导入" in shown) == (language == "zh-hans")


def test_the_admins_history_says_it_in_english(officer, admin):
    upload = written(officer, children_file({}), "children")
    child = Child.objects.get()

    shown = history_page(child, "en", "admin", f"/admin/children/child/{child.pk}/history/")

    assert f"{upload.number}<br>Imported from a workbook</td>" in shown
    assert "表格导入" not in shown


def test_a_child_who_left_left_for_a_reason_in_english(officer):
    written(officer, children_file({}), "children")
    child = Child.objects.get()
    client = Client()
    client.force_login(officer)
    client.post(
        f"/children/{child.number}/exit/",
        {"ended_on": child.registered_on, "why": ExitReason.PARENT_BACK, "version": child.version},
    )
    assert child.history.first().history_change_reason == f"exited:{ExitReason.PARENT_BACK}"

    shown = history_page(child, "en")

    assert ">A parent came back to live with the child</td>" in shown


def test_what_an_earlier_release_wrote_is_told_and_undone_as_well(officer, county):
    """Release 0.1.0 kept the words themselves."""
    upload = written(officer, children_file({}), "children")
    coded_reasons.write_out(apps, None)
    assert Carer.history.get().history_change_reason == f"表格导入 {upload.number}"

    coded_reasons.encode(apps, None)

    assert Carer.history.get().history_change_reason == f"upload:{upload.number}"
    ask_undo(upload, county, "传错了文件", queue=False)
    undo_upload(upload.pk, no_progress)
    assert fresh(upload).state == UploadState.UNDONE
    assert not Child.objects.exists()
