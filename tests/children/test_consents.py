"""Consent on a child's page: given again, its paper brought, withdrawn; and what a restricted record still is."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from children.models import Child, ChildStatus, Consent, ConsentScan, Erasure, NameKey, Notice
from children.resources import ChildResource
from gansu_care.reports.indicators import rows_behind
from gansu_care.spreadsheets.export_jobs import ask_export
from gansu_care.trail.models import Action, Event
from tests.children.child_form import edited, filled, signed_in
from tests.children.papers import PDF, PNG, scan
from tests.people import person
from tests.records import division, invented_id_number, make_child
from tests.uploading import checked, children_file, codes, registered, written

pytestmark = pytest.mark.django_db
ID_NUMBER = invented_id_number(date(2010, 9, 1), 3)


def consent_form(child: Child, **values: Any) -> dict[str, Any]:
    return {
        "given_by": "张大山",
        "capacity": "parent",
        "verified_how": "household",
        "given_on": "2026-03-01",
        "scopes": ["register", "photo"],
        "version": str(child.version),
    } | values


def withdrawal(child: Child, **values: Any) -> dict[str, Any]:
    day = timezone.localdate().isoformat()
    return {"by": "张大山", "how": "phone", "on": day, "version": str(child.version)} | values


def withdrawn(child: Child) -> Child:
    response = signed_in("officer").post(f"/children/{child.number}/consent/withdraw/", withdrawal(child))
    assert response.status_code == 302, response.content.decode()
    child.refresh_from_db()
    return child


# --- given


def test_a_guardians_consent_makes_a_draft_count() -> None:
    child = make_child(consent=False)

    response = signed_in("officer").post(f"/children/{child.number}/consent/", consent_form(child))

    child.refresh_from_db()
    assert response.status_code == 302
    assert child.status == ChildStatus.ACTIVE
    held = child.consent
    assert (held.given_by, held.capacity, held.verified_how, held.scopes) == (
        "张大山", "parent", "household", ["register", "photo"],
    )  # fmt: skip
    assert [one.replaced_on for one in child.consents.all()] == [timezone.localdate(), None]
    assert Event.objects.filter(action=Action.CHANGE, number=child.number).count() == 1


def test_a_carers_consent_alone_is_not_enough() -> None:
    child = make_child(consent=False)

    signed_in("officer").post(f"/children/{child.number}/consent/", consent_form(child, capacity="carer"))

    child.refresh_from_db()
    assert child.status == ChildStatus.DRAFT
    assert not Child.objects.registered_on(date(2026, 12, 31)).exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"scopes": ["photo"]}, "没有同意“登记和统计”"),
        ({"given_on": "2999-01-01"}, "日期还没有到"),
        ({"verified_how": ""}, "必填项"),
        ({"version": "7"}, "刚刚被别人改过"),
        ({"scan": scan(b"MZ not a picture", "scan.png")}, "不是完整的"),
        ({"scan": scan(PNG[:40])}, "不是完整的"),
        ({"scan": scan(PNG + bytes(5 * 1024 * 1024))}, "超过 5 MB"),
    ],
)
def test_what_cannot_be_a_consent_is_refused_whole(values: dict[str, Any], sentence: str) -> None:
    child = make_child(consent=False)
    form = consent_form(child, **values)

    response = signed_in("officer").post(f"/children/{child.number}/consent/", form)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert child.consents.count() == 1
    assert not ConsentScan.objects.exists()


def test_the_notice_that_was_shown_stays_with_the_consent() -> None:
    child = make_child(consent=False)
    notice = Notice.objects.create(
        kind="notice", version=1, valid_from="2026-01-01", texts={"purpose": ["登记", "Register"]},
        published_by=person("admin"),
    )  # fmt: skip

    signed_in("officer").post(f"/children/{child.number}/consent/", consent_form(child, notice=notice.pk))

    assert child.consent.notice == notice
    assert "第 1 版" in signed_in("officer").get(f"/children/{child.number}/").content.decode()


# --- the paper


def test_who_registers_without_a_paper_gets_a_day_to_bring_it() -> None:
    officer = signed_in("officer")
    officer.post("/children/new/", filled())
    child = Child.objects.get()

    assert child.proof_due_on == timezone.localdate() + timedelta(days=90)
    assert child.name in officer.get("/children/papers/").content.decode()
    assert "1 名儿童的同意书还没有交来" in officer.get("/").content.decode()

    form = {"paper_place": "县妇联档案柜", "version": str(child.version)}
    officer.post(f"/children/{child.number}/consent/paper/", form)

    child.refresh_from_db()
    assert child.proof_due_on is None
    assert child.name not in officer.get("/children/papers/").content.decode()
    assert "同意书还没有交来" not in officer.get("/").content.decode()


def test_an_edit_does_not_put_the_day_off() -> None:
    child = make_child(id_number=ID_NUMBER)
    Child.objects.filter(pk=child.pk).update(proof_due_on=date(2026, 1, 5))

    form = edited(child, village="南门村", **{"consent-given_on": "2015-03-01"})
    signed_in("officer").post(f"/children/{child.number}/edit/", form)

    child.refresh_from_db()
    assert (child.village, child.proof_due_on) == ("南门村", date(2026, 1, 5))
    assert "已过期限" in signed_in("officer").get("/").content.decode()


def test_what_was_declared_for_a_whole_upload_still_needs_papers(officer) -> None:
    row = dict.fromkeys(("是否取得同意", "同意人", "同意人身份", "同意日期"), "")
    written(officer, children_file(row), "children", consent=("李晓梅", date(2026, 8, 1)))

    child = Child.objects.get()
    assert (child.status, child.consent.capacity) == (ChildStatus.ACTIVE, "declared")
    assert child.proof_due_on == timezone.localdate() + timedelta(days=90)


@pytest.mark.parametrize(
    ("content", "kind", "shown"),
    [(PNG, "image/png", "inline"), (PDF, "application/pdf", "attachment")],
    ids=["picture", "pdf"],
)
def test_the_scan_is_sealed_and_shown_for_a_reason_only(content: bytes, kind: str, shown: str) -> None:
    child = make_child()
    officer = signed_in("officer")
    form = {"scan": scan(content), "version": str(child.version)}
    officer.post(f"/children/{child.number}/consent/paper/", form)
    url = f"/children/{child.number}/consent/{child.consent.pk}/scan/"

    refused, answer = officer.post(url, {}), officer.post(url, {"reason": "verify"})

    assert refused.status_code == 422
    assert officer.get(url).status_code == 200
    assert (answer.content, answer.headers["Content-Type"]) == (content, kind)
    assert answer.headers["Content-Disposition"].startswith(shown)
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    event = Event.objects.get(action=Action.UNMASK)
    assert (event.kind, event.number, event.rows) == ("child.consent_scan", child.number, 1)
    assert content not in _stored_scan(child)
    assert signed_in("neighbour").post(url, {"reason": "verify"}).status_code == 404
    assert signed_in("province").post(url, {"reason": "verify"}).status_code == 403


def _stored_scan(child: Child) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM children_consentscan")
        return bytes(cursor.fetchone()[0])


def test_the_form_to_sign_carries_the_notice_in_force() -> None:
    child = make_child()
    officer = signed_in("officer")
    url = f"/children/{child.number}/consent/print/"
    assert "告知书还没有发布" in officer.get(url).content.decode()
    texts = {"purpose": ["为孩子登记和提供关爱服务", "To register the child"]}
    Notice.objects.create(
        kind="notice", version=1, valid_from="2026-01-01", texts=texts, published_by=person("admin")
    )

    page = officer.get(url).content.decode()

    assert "为孩子登记和提供关爱服务" in page
    assert "我不同意。不同意不影响孩子得到关爱服务。" in page
    assert Event.objects.filter(action=Action.PRINT, number=child.number).count() == 2


# --- withdrawn


def test_a_withdrawal_restricts_the_record_at_once_and_starts_erasure() -> None:
    child = make_child(id_number=ID_NUMBER)
    officer = signed_in("officer")

    withdrawn(child)

    today = timezone.localdate()
    assert child.status == ChildStatus.RESTRICTED
    episode = child.episodes.get()
    assert (episode.ended_on, episode.reason) == (today, "10")
    erasure = Erasure.objects.get(child=child)
    assert (erasure.state, erasure.ground, erasure.proposed_by) == (
        "proposed",
        "withdrawn",
        person("officer"),
    )
    assert child.name not in officer.get("/children/").content.decode()
    assert child.name not in officer.get("/search/?q=张小明").content.decode()
    assert not NameKey.objects.filter(child=child).exists()
    assert Event.objects.filter(action=Action.END, number=child.number).count() == 1


def test_a_restricted_record_has_one_page_that_shows_no_value() -> None:
    child = withdrawn(make_child(id_number=ID_NUMBER))
    officer = signed_in("officer")

    page = officer.get(f"/children/{child.number}/").content.decode()

    assert "监护人已撤回同意" in page
    for value in (child.name, ID_NUMBER[-4:], "2010-09", "张大山"):
        assert value not in page
    for path in ("edit", "history", "exit", "return", "void", "merge", "unmask/id_number", "consent/print"):
        answer = officer.get(f"/children/{child.number}/{path}/")
        assert (answer.status_code, answer.headers.get("Location")) == (302, f"/children/{child.number}/")
    assert signed_in("township").get(f"/children/{child.number}/").status_code == 404


def test_the_years_in_which_she_was_rightly_registered_keep_their_figures() -> None:
    child = make_child()
    lintao = division("621124")
    before = rows_behind("children_registered", lintao, 2020).count()

    withdrawn(child)

    assert before == 1
    assert rows_behind("children_registered", lintao, 2020).count() == 1
    assert not Child.objects.registered_on(timezone.localdate()).exists()


def test_no_file_takes_a_restricted_record_out(officer) -> None:
    child = withdrawn(make_child(id_number=ID_NUMBER))

    assert Child.objects.visible_to(officer).get() == child
    assert list(ChildResource().export_rows(Child.objects.visible_to(officer), officer)) == []


def test_a_kept_export_with_her_in_it_is_deleted(officer) -> None:
    child, other = make_child(), make_child(name="张小亮")
    with_her = ask_export(officer, "children", Child.objects.all())
    without = ask_export(officer, "children", Child.objects.filter(pk=other.pk))

    withdrawn(child)

    with_her.refresh_from_db()
    without.refresh_from_db()
    assert (with_her.cleared_at is None, with_her.ids) == (False, [])
    assert without.cleared_at is None


def test_a_workbook_cannot_bring_a_restricted_record_back(officer) -> None:
    child = withdrawn(registered(officer))

    upload = checked(officer, children_file({"村": "北门村"}), "children")

    assert codes(upload) == ["E_RESTRICTED"]
    child.refresh_from_db()
    assert child.status == ChildStatus.RESTRICTED


def test_a_guardian_who_consents_again_brings_it_back() -> None:
    child = withdrawn(make_child(id_number=ID_NUMBER))

    form = consent_form(child, given_on=timezone.localdate().isoformat())
    signed_in("officer").post(f"/children/{child.number}/consent/", form)

    child.refresh_from_db()
    assert child.status == ChildStatus.EXITED
    assert Erasure.objects.get().state == "dropped"
    assert child.name in signed_in("officer").get("/children/").content.decode()


def test_who_was_never_counted_is_not_counted_by_a_withdrawal() -> None:
    child = make_child(consent=False)
    signed_in("officer").post(f"/children/{child.number}/consent/", consent_form(child, capacity="carer"))
    child.refresh_from_db()

    withdrawn(child)

    assert not Child.objects.counted().exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": "2999-01-01"}, "日期还没有到"),
        ({"on": "2001-01-01"}, "撤回日期早于同意日期"),
        ({"by": ""}, "必填项"),
        ({"version": "9"}, "刚刚被别人改过"),
    ],
)
def test_a_withdrawal_that_cannot_be_is_refused_whole(values: dict[str, str], sentence: str) -> None:
    child = make_child()

    form = withdrawal(child, **values)
    response = signed_in("officer").post(f"/children/{child.number}/consent/withdraw/", form)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Child.objects.get().status == ChildStatus.ACTIVE


def test_nothing_to_withdraw_where_nobody_consented() -> None:
    child = make_child(consent=False)

    assert signed_in("officer").get(f"/children/{child.number}/consent/withdraw/").status_code == 404


# --- a draft


def test_of_a_draft_only_whom_to_ask_can_be_looked_at_in_full() -> None:
    child = make_child(id_number=ID_NUMBER, consent=False)
    father = child.parents.get(kind="father")
    father.phone = "13800000001"
    father.save()
    officer = signed_in("officer")

    phone = officer.post(f"/children/{child.number}/unmask/father_phone/", {"reason": "verify"})
    number = officer.post(f"/children/{child.number}/unmask/id_number/", {"reason": "verify"})

    assert "13800000001" in phone.content.decode()
    assert number.status_code == 404


@pytest.mark.parametrize("username", ["leader", "auditor", "system", "township", "prefecture", "province"])
@pytest.mark.parametrize("path", ["consent/", "consent/paper/", "consent/withdraw/", "consent/print/"])
def test_only_writers_of_children_take_consents(username: str, path: str) -> None:
    child = make_child()

    assert signed_in(username).get(f"/children/{child.number}/{path}").status_code == 403
    assert signed_in("neighbour").post(f"/children/{child.number}/{path}").status_code in (404, 405)
    assert signed_in("neighbour").get(f"/children/{child.number}/{path}").status_code == 404
    assert Consent.objects.get().withdrawn_on is None
