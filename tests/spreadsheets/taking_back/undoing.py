"""An upload taken back, as its officer asks for it."""

from children.models import Child
from gansu_care.accounts.models import User
from gansu_care.spreadsheets.models import Upload
from gansu_care.spreadsheets.uploads import ask_undo, undo_upload
from tests.uploading import (
    A_CHILD,
    CHILD_HEAD,
    child_numbered,
    children_file,
    fresh,
    no_progress,
    written,
)

TWO = ({}, child_numbered(2))
WHY = "传错了文件"
EXIT = [
    ["姓名", "身份证号", "退出日期", "退出原因"],
    ["王小花", A_CHILD["身份证号"], "2026-10-01", "父（母）返乡共同生活"],
]
CENTERS = ["中心名称", "乡镇", "建成日期", "状态", "状态日期", "状态原因", "负责人电话"]


def undone(upload: Upload, user: User) -> Upload:
    ask_undo(upload, user, WHY, queue=False)
    undo_upload(upload.pk, no_progress)
    return fresh(upload)


def lines(upload: Upload) -> list[tuple]:
    """outcome, number, act, fields, why"""
    return [(line.outcome, line.number, line.act, line.fields, line.why) for line in upload.undo_lines.all()]


def one_child() -> Child:
    return Child.objects.get(id_number=A_CHILD["身份证号"])


def registered_long_ago(officer: User) -> Child:
    head = [*CHILD_HEAD, "登记日期"]
    written(officer, children_file({"登记日期": "2026-03-01"}, head=head), "children")
    return one_child()
