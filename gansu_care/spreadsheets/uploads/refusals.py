"""Why an upload was not applied, by the code kept in `Upload.refusal`; what the page says and what to do next."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Refusal(TextChoices):
    UNREADABLE = "unreadable", _("文件读不出来。")
    NO_TABLE = "no_table", _("没有一个工作表的标题行能认出来。请核对表格种类，或者用下载的模板填写。")
    NO_ROWS = "no_rows", _("表里没有数据行。")
    NOTHING_GOOD = "nothing_good", _("没有一行可以导入。请按问题清单改好后重新上传。")
    BAD_ROWS = "bad_rows", _("有的行不能导入。请改好后重新上传，或者只导入没有问题的行。")
    WARNINGS = "warnings", _("有需要确认的内容。请先逐条看过，再勾选“已确认”。")
    STALE = "stale", _("检查之后，登记册里有的记录又被别人改过。已经重新核对，请再看一遍新的结果。")
    CONFLICT = (
        "conflict",
        _("写入时和登记册里刚刚增加的记录冲突，什么也没有写入。已经重新核对，请再看一遍新的结果。"),
    )
    OUT_OF_SCOPE = "out_of_scope", _("您的账号现在不能写入这些行，什么也没有写入。请联系上级管理员。")
    NOT_CHECKED = "not_checked", _("这一批现在不能确认：还没有检查完，或者已经处理过。")
    SEEN_OTHER_CHECK = "seen_other_check", _("您看过之后，这一批又重新检查过。请看过新的结果再确认。")
    APPLIED_BEFORE = (
        "applied_before",
        _("这份表格的每一行您的单位都已经导入过，只是顺序不同。没有再导入一次。"),
    )
    SENT_BACK = "sent_back", _("复核没有通过，退回给上传人。")
    NO_SUCH_ANSWER = "no_such_answer", _("请从列出的记录里选一条，或者选“另一条记录”“不导入”。")
    NOT_REVIEWING = "not_reviewing", _("这一批现在不用复核：还没有确认，或者已经处理过。")
    SAME_PERSON = "same_person", _("上传人和确认人不能复核自己的表格。请由另一个人复核。")
    NO_ROWS_LEFT = "no_rows_left", _("每一行都退回了，没有可以导入的行。请整批退回。")
    FILE_GONE = "file_gone", _("原始文件已经按规定删除，不能重新检查。请重新上传这份表格。")
    RECORD_ERASED = (
        "record_erased",
        _(
            "等待期间，登记册删除了一名儿童的个人信息，这份表格里有她的内容或者还没有检查过，原始文件和暂存的内容已经一起删除。"
        ),
    )
    NOT_APPLIED = "not_applied", _("这一批现在不能撤销：没有写入过登记册，或者已经撤销。")
    NO_TRACE = "no_trace", _("这一批的历史记录不全，不能自动撤销，登记册没有改动。请联系系统管理员。")
    UNDO_BROKEN_OFF = (
        "undo_broken_off",
        _("后台程序中断，没有撤销，登记册没有改动。请再试一次；再不行，请联系系统管理员。"),
    )
    CANCELLED = "cancelled", _("检查已经取消，什么也没有写入。文件还在，可以重新检查。")
    APPLY_CANCELLED = "apply_cancelled", _("导入已经取消，什么也没有写入。需要时可以再确认一次。")
    UNDO_CANCELLED = "undo_cancelled", _("撤销已经取消，登记册没有改动。")
    BROKEN_OFF = (
        "broken_off",
        _("后台程序中断，没有完成，什么也没有写入。请重新检查；再不行，请联系系统管理员。"),
    )


REFUSALS = dict(Refusal.choices)
