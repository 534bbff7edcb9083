"""A record is erased: by two persons, with all that belongs to it, and no figure changes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from children.erased_list import noted_erased
from children.erasing import erase, models_erased
from children.erasure_proposals import CannotErase, confirm, decline, propose
from children.models import (
    Carer,
    Child,
    ChildStatus,
    Consent,
    ConsentScan,
    ErasedNumber,
    Erasure,
    NameKey,
    Parent,
    ParentState,
)
from gansu_care.reports.annual import annual_report
from gansu_care.reports.indicators import INDICATORS, figure
from gansu_care.spreadsheets.kinds import WORKBOOK
from gansu_care.spreadsheets.models import Upload, UploadFile
from gansu_care.spreadsheets.uploads import CannotApply, check_upload, receive, recheck
from gansu_care.spreadsheets.uploads.checking import KEEPING
from gansu_care.spreadsheets.uploads.forgetting import UploadUnderWay
from gansu_care.trail.models import Action, Event
from tests.children.child_form import signed_in
from tests.children.papers import PNG
from tests.children.whole_database import holding, raw_bytes
from tests.people import person
from tests.records import division, make_child
from tests.uploading import (
    checked,
    child_numbered,
    children_file,
    children_rows,
    fresh,
    no_progress,
    registered,
    xlsx,
)

pytestmark = pytest.mark.django_db
MARKERS = {
    "王小花", "wangxiaohua", "62010020150901002", "王大山", "李秀兰", "李桂英", "13800000000", "13800000001",
    "南门村", "苏州", "王老师", "体弱",
}  # fmt: skip


def long_gone(officer: Any) -> Child:
    """王小花, registered by a workbook in 2020 with all that is asked, edited since; she left in 2021."""
    child = registered(officer, 同意日期="2020-03-01")
    child.registered_on = date(2020, 3, 1)
    child.address, child.teacher_contact, child.remarks = "三社12号", "王老师", "体弱"
    child._change_reason = "王老师说的"
    child.save()
    state = child.parents.get(kind="father").states.get()
    state.work_place = "江苏苏州"
    state.save()
    ParentState.objects.filter(parent__child=child).update(since=child.registered_on)
    Carer.objects.filter(child=child).update(since=child.registered_on)
    consent = child.consent
    consent.has_scan, consent.withdrawn_by = True, ""
    consent.save()
    ConsentScan.objects.create(consent=consent, content=PNG, content_type="image/png", size=len(PNG))
    episode = child.episodes.get()
    episode.registered_on = child.registered_on
    episode.ended_on, episode.reason = date(2021, 6, 1), "02"
    episode.save()
    child.status = ChildStatus.EXITED
    child.save()
    return child


def figures() -> dict[str, Any]:
    """Each figure of each year in the county, and the tables of the annual report."""
    lintao = division("621124")
    counted = {
        (code, year): figure(code, lintao, year)
        for code in INDICATORS
        for year in range(2019, timezone.localdate().year + 1)
    }
    reports = {
        year: str([section for section in annual_report(year, lintao).tables]) for year in (2020, 2021)
    }
    return {**counted, **reports}


# --- what is gone, what stays


def test_the_person_is_gone_and_no_figure_changes(officer, county) -> None:
    child = long_gone(officer)
    before = figures()
    assert {"children_child.name", "children_historicalchild.name"} <= holding(MARKERS)

    erase(child, "retention", county)

    assert holding(MARKERS) == set()
    assert figures() == before
    child.refresh_from_db()
    assert (child.birth_date, child.sex, child.erased_on) == (date(2015, 1, 1), "2", timezone.localdate())
    assert not UploadFile.objects.exists()
    assert not Consent.objects.exists()
    assert not NameKey.objects.exists()
    assert Parent.objects.filter(child=child, name="", id_number_digest=None).count() == 2
    assert Carer.objects.get().relation == "62"


@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_holds_nothing_of_her(officer, county) -> None:
    child = long_gone(officer)
    assert "王小花".encode() in raw_bytes()

    erase(child, "retention", county)

    found = raw_bytes()
    assert {marker for marker in MARKERS if marker.encode() in found} == set()


def test_the_history_tells_only_that_it_was_erased_and_by_whom(officer, county) -> None:
    child = long_gone(officer)

    erase(child, "retention", county)

    line = Child.history.get(id=child.pk)
    assert (line.name, line.history_change_reason, line.history_user) == ("", "erased:", county)
    event = Event.objects.get(action=Action.CLEAR, kind="child")
    assert (event.number, event.username, event.reason) == (child.number, "county", "退出后保存期已满")


def test_a_waiting_upload_with_a_row_of_hers_expires(officer, county) -> None:
    child = long_gone(officer)
    waiting = checked(officer, children_file({"村": "北门村"}), "children", name="又一份.xlsx")
    other = checked(officer, children_file(child_numbered(5)), "children")

    erase(child, "retention", county)

    assert Upload.objects.get(pk=waiting.pk).state == "expired"
    assert not waiting.staged.exists()
    assert Upload.objects.get(pk=other.pk).state == "checked"
    assert other.staged.exists()


def handed_in(user: Any, *rows: dict[str, Any]) -> Upload:
    """A file that nobody has looked into yet."""
    return receive(children_file(*rows), "还没看.xlsx", "children", user, again=True, queue=False).upload


@pytest.mark.parametrize("state", ["received", "checking", "asking", "failed"])
def test_an_upload_that_nobody_has_read_yet_does_not_carry_her_through(state: str, officer, county) -> None:
    child = long_gone(officer)
    waiting = handed_in(officer, {"村": "北门村"})
    Upload.objects.filter(pk=waiting.pk).update(state=state, checked_at=timezone.now())

    erase(child, "retention", county)
    check_upload(waiting.pk, no_progress)

    assert holding(MARKERS) == set()
    assert Child.objects.count() == 1
    assert fresh(waiting).state == ("failed" if state == "failed" else "expired")
    assert not UploadFile.objects.filter(upload=waiting).exists()
    with pytest.raises(CannotApply):
        recheck(fresh(waiting), officer, queue=False)


def test_the_officer_reads_why_it_ended_and_what_to_do(officer, county) -> None:
    child = long_gone(officer)
    waiting = handed_in(officer, {"村": "北门村"})
    client = signed_in("officer")

    erase(child, "retention", county)

    shown = client.get(f"/uploads/{waiting.number}/", follow=True).content.decode()
    assert "登记册删除了一名儿童的个人信息" in shown
    assert "请从表里删去已经删除的儿童，再上传这份表格。" in shown


def test_a_check_that_was_running_keeps_nothing_of_her(officer, county) -> None:
    """The worker had read the file and judged its rows when she was erased."""
    child = long_gone(officer)
    waiting = handed_in(officer, {"村": "北门村"})

    def erased_meanwhile(step: str, *args: Any, **kwargs: Any) -> None:
        if step == KEEPING:
            erase(child, "retention", county)

    check_upload(waiting.pk, erased_meanwhile)

    assert holding(MARKERS) == set()
    assert not waiting.staged.exists()
    assert fresh(waiting).state == "expired"


def test_a_neighbours_unread_upload_is_left_alone(officer, neighbour, county) -> None:
    child = long_gone(officer)
    theirs = handed_in(neighbour, child_numbered(7, 乡镇="武阳镇"))

    erase(child, "retention", county)

    assert fresh(theirs).state == "received"
    check_upload(theirs.pk, no_progress)
    assert fresh(theirs).state == "checked"


def test_a_whole_workbook_with_a_row_of_hers_goes_too(officer, county) -> None:
    child = long_gone(officer)
    waiting = checked(officer, children_file({"村": "北门村"}), WORKBOOK)

    erase(child, "retention", county)

    assert fresh(waiting).state == "expired"
    assert holding(MARKERS) == set()


def test_a_sheet_that_was_not_ticked_may_hold_her(officer, county) -> None:
    child = long_gone(officer)
    sheets = children_rows(child_numbered(5)), children_rows({"村": "北门村"})
    waiting = checked(officer, xlsx(*sheets, names=["一村", "二村"]), "children", sheets=["一村"])

    erase(child, "retention", county)

    assert fresh(waiting).state == "expired"
    assert holding(MARKERS) == set()


def test_a_row_of_hers_that_could_not_be_read_is_known_by_her_name(officer, county) -> None:
    child = long_gone(officer)
    bad = {"出生日期": "2015-13-45", "身份证号": "6201002015090100"}
    waiting = checked(officer, children_file(bad), "children")
    assert waiting.refused == 1

    erase(child, "retention", county)

    assert fresh(waiting).cleared_at
    assert holding(MARKERS) == set()


def test_an_upload_of_the_county_that_she_moved_from_goes_too(officer, county) -> None:
    child = long_gone(officer)
    waiting = checked(officer, children_file({"村": "北门村"}), "children")
    child.division = division("621125")
    child.save()

    erase(child, "retention", county)

    assert fresh(waiting).state == "expired"


def test_nobody_is_erased_while_a_row_of_hers_is_being_written(officer, county) -> None:
    child = long_gone(officer)
    waiting = checked(officer, children_file({"村": "北门村"}), "children")
    Upload.objects.filter(pk=waiting.pk).update(state="applying")

    with pytest.raises(UploadUnderWay):
        erase(child, "retention", county)

    assert Child.objects.get().name == "王小花"


def test_what_was_merged_into_it_goes_along(county) -> None:
    staying = make_child(ended=(date(2021, 6, 1), "02"))
    twice = make_child(name="张小铭", merged_into=staying, voided_on=date(2020, 1, 1))

    numbers = erase(staying, "retention", county)

    assert numbers == [staying.number, twice.number]
    assert set(Child.objects.values_list("name", "voided_on")) == {("", None), ("", date(2020, 1, 1))}


def test_an_erased_draft_comes_into_no_figure(county) -> None:
    draft = make_child(consent=False)

    erase(draft, "no_consent", county)

    assert not Child.objects.counted().exists()


def test_every_row_that_points_at_a_child_is_known_to_erasing() -> None:
    """A new table with something of a child must say what becomes of it (children/erasing.py)."""
    known, unknown = {Child, *models_erased()}, set()
    for model in known:
        for relation in model._meta.get_fields(include_hidden=True):
            points = relation.auto_created and not relation.concrete and relation.is_relation
            other = relation.related_model if points else None
            if other and other not in known and not hasattr(other, "history_id"):
                unknown.add(other._meta.label)
    assert unknown == set()


# --- two persons


def test_who_proposes_does_not_confirm(county) -> None:
    erasure = propose(make_child(ended=(date(2021, 6, 1), "02")), "retention", county)

    with pytest.raises(CannotErase):
        confirm(erasure, county)

    assert Child.objects.get().name == "张小明"


@pytest.mark.parametrize("username", ["county", "prefecture", "province", "admin"])
def test_another_of_the_same_or_a_higher_unit_confirms(username: str, officer) -> None:
    erasure = propose(make_child(ended=(date(2021, 6, 1), "02")), "retention", officer)

    confirm(erasure, person(username))

    erasure.refresh_from_db()
    assert (erasure.state, erasure.decided_by) == ("erased", person(username))
    assert Child.objects.get().name == ""


def test_a_lower_unit_and_one_without_the_right_cannot_confirm(officer, prefecture, county) -> None:
    child = make_child(ended=(date(2021, 6, 1), "02"))
    erasure = propose(child, "retention", prefecture)

    for user in (county, officer):
        with pytest.raises(CannotErase):
            confirm(erasure, user)


def test_a_declined_erasure_leaves_everything_and_can_be_proposed_again(officer, county) -> None:
    child = make_child(ended=(date(2021, 6, 1), "02"))
    erasure = propose(child, "retention", officer)

    decline(erasure, county, "案件还没有结束")

    assert Child.objects.get().name == "张小明"
    with pytest.raises(CannotErase):
        confirm(erasure, county)
    assert propose(child, "retention", officer).pk != erasure.pk


def test_nobody_in_the_register_is_erased(officer) -> None:
    with pytest.raises(CannotErase):
        propose(make_child(), "request", officer)


# --- what is due


def test_what_is_due_and_why() -> None:
    today = timezone.localdate()
    years = settings.RETENTION_YEARS
    old = make_child(name="张一", ended=(today.replace(year=today.year - years) - timedelta(1), "02"))
    make_child(name="张二", ended=(today.replace(year=today.year - years) + timedelta(1), "02"))
    draft, fresh_draft = make_child(name="张三", consent=False), make_child(name="张四", consent=False)
    Child.objects.filter(pk=draft.pk).update(
        created_at=timezone.now() - timedelta(settings.DRAFT_KEPT_DAYS + 1)
    )
    void = make_child(name="张五", voided_on=today.replace(year=today.year - years - 1))
    make_child(name="张六")

    due = dict(Child.objects.due_for_erasure(today).values_list("number", "ground"))

    assert due == {old.number: "retention", draft.number: "no_consent", void.number: "voided"}
    assert fresh_draft.number not in due


# --- a restored backup


def test_a_restored_backup_is_erased_again(county, django_capture_on_commit_callbacks, capsys) -> None:
    child = make_child(ended=(date(2021, 6, 1), "02"))
    with django_capture_on_commit_callbacks(execute=True):
        erase(child, "retention", county)
    assert [(number, ground) for number, ground, _day in noted_erased()] == [(child.number, "retention")]
    # The backup is older than the erasure: it knows the child, and nothing of it.
    ErasedNumber.objects.all().delete()
    restored = make_child(name="张小明", ended=(date(2021, 6, 1), "02"))
    Child.objects.filter(pk=child.pk).update(number="GC9999999999")
    Child.objects.filter(pk=restored.pk).update(number=child.number)

    call_command("erase_again")

    restored.refresh_from_db()
    assert (restored.name, restored.erased_on) == ("", timezone.localdate())
    assert restored.number in capsys.readouterr().out
    assert ErasedNumber.objects.filter(number=restored.number).exists()
    assert settings.ERASED_LIST.read_text().count(restored.number) == 1
    assert oct(settings.ERASED_LIST.stat().st_mode)[-3:] == "600"
    assert not Erasure.objects.exists()
