"""Sent twice, sent late, sent for another's: each order of requests adds nothing, and its answer says why."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from children.models import Child
from gansu_care.jobs.models import Job, JobState
from gansu_care.jobs.queue import run
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import clear_due, receive, recheck
from gansu_care.trail.models import Action, Event
from tests.people import person
from tests.uploading import child_numbered, children_file, fresh

pytestmark = pytest.mark.django_db
TWO = ({}, child_numbered(2))


class Desk:
    """An officer with one checked file on her screen."""

    def __init__(self) -> None:
        self.client = Client()
        self.client.force_login(person("officer"))
        self.data = children_file(*TWO)
        self.upload = receive(self.data, "名单.xlsx", "children", person("officer")).upload
        self.work()

    def work(self) -> None:
        """The worker does what waits."""
        for job in Job.objects.filter(state=JobState.WAITING).order_by("pk"):
            run(job.pk)

    def press(self, page: str, client: Client | None = None, **sent: Any) -> str:
        answer = (client or self.client).post(f"/uploads/{self.upload.number}/{page}/", sent, follow=True)
        self.status = answer.status_code
        return answer.content.decode()

    def confirm(self, client: Client | None = None, check_no: int = 1) -> str:
        return self.press("confirm", client, acknowledged="1", check_no=check_no)

    def send_file(self) -> str:
        file = SimpleUploadedFile("名单.xlsx", self.data)
        return self.client.post(
            "/uploads/new/", {"kind": "children", "file": file}, follow=True
        ).content.decode()

    @property
    def state(self) -> str:
        return fresh(self.upload).state


def double_click(desk: Desk) -> str:
    desk.confirm()
    said = desk.confirm()
    desk.work()
    return said


def back_and_confirm_again(desk: Desk) -> str:
    desk.confirm()
    desk.work()
    return desk.confirm()


def confirm_an_older_result(desk: Desk) -> str:
    desk.press("check-again")
    desk.work()
    return desk.confirm(check_no=1)


def confirm_what_has_expired(desk: Desk) -> str:
    Upload.objects.update(checked_at=timezone.now() - timedelta(days=99))
    clear_due()
    return desk.confirm()


def confirm_without_the_tick(desk: Desk) -> str:
    return desk.press("confirm", check_no=1)


def confirm_anothers(desk: Desk) -> str:
    neighbour = Client()
    neighbour.force_login(person("neighbour"))
    return desk.confirm(neighbour)


def confirm_while_it_is_checked(desk: Desk) -> str:
    desk.press("check-again")
    return desk.confirm()


def check_again_while_it_is_applied(desk: Desk) -> str:
    desk.confirm()
    said = desk.press("check-again")
    desk.work()
    return said


def check_again_twice(desk: Desk) -> str:
    desk.press("check-again")
    desk.press("check-again")
    desk.work()
    return desk.client.get(f"/uploads/{desk.upload.number}/", follow=True).content.decode()


def the_same_file_again(desk: Desk) -> str:
    desk.confirm()
    desk.work()
    said = desk.send_file()
    desk.work()
    return said


def undo_twice(desk: Desk) -> str:
    desk.confirm()
    desk.work()
    county = Client()
    county.force_login(person("county"))
    desk.press("undo", county, why="传错了")
    desk.press("undo", county, why="传错了")
    desk.work()
    return desk.press("undo", county, why="又一次")


def confirm_what_was_undone(desk: Desk) -> str:
    undo_twice(desk)
    return desk.confirm()


# the order, what she reads at last, the state, the rows in the register, how often it was applied
ORDERS: list[tuple[Callable[[Desk], str], str, str, int, int]] = [
    (double_click, "正在导入", UploadState.APPLIED, 2, 1),
    (back_and_confirm_again, "导入完成", UploadState.APPLIED, 2, 1),
    (confirm_an_older_result, "又重新检查过", UploadState.CHECKED, 0, 0),
    (confirm_what_has_expired, "不能确认", UploadState.EXPIRED, 0, 0),
    (confirm_without_the_tick, "请先核对，再勾选", UploadState.CHECKED, 0, 0),
    (confirm_anothers, "", UploadState.CHECKED, 0, 0),
    (confirm_while_it_is_checked, "不能确认", UploadState.RECEIVED, 0, 0),
    (check_again_while_it_is_applied, "不能确认", UploadState.APPLIED, 2, 1),
    (check_again_twice, "核对变更", UploadState.CHECKED, 0, 0),
    (the_same_file_again, "已经导入过", UploadState.APPLIED, 2, 1),
    (undo_twice, "已经撤销", UploadState.UNDONE, 0, 1),
    (confirm_what_was_undone, "不能确认", UploadState.UNDONE, 0, 1),
]


@pytest.mark.parametrize(
    ("order", "said", "state", "rows", "times"), ORDERS, ids=[order[0].__name__ for order in ORDERS]
)
def test_what_is_sent_twice_or_too_late_adds_nothing_and_says_why(order, said, state, rows, times) -> None:
    desk = Desk()
    page = order(desk)
    assert said in page
    assert (desk.state, Child.objects.count()) == (state, rows)
    assert Event.objects.filter(action=Action.APPLY).count() == times


def test_anothers_file_is_not_there_for_the_neighbour() -> None:
    desk = Desk()
    confirm_anothers(desk)
    assert desk.status == 404


def test_a_check_asked_for_twice_is_done_once(officer) -> None:
    desk = Desk()
    recheck(fresh(desk.upload), officer)
    desk.press("check-again")
    desk.work()
    assert fresh(desk.upload).check_no == 2
