from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ChildrenConfig(AppConfig):
    name = "children"
    verbose_name = pgettext_lazy("名单", "留守儿童")

    def ready(self) -> None:
        # Models are loaded now: the home page and the search box may know of them.
        from children.after_upload import what_to_do_next
        from children.change_reasons import WORDS
        from children.erasing import erased_again
        from children.exports import CHILDREN
        from children.finding import find_children
        from children.unmask_pages import unmask_todos
        from children.waiting import child_todos, transfer_todos
        from gansu_care.accounts.roles import Right
        from gansu_care.keeping.backups.restoring import after_restore
        from gansu_care.pages.panels import register_panel, register_todos
        from gansu_care.pages.reasons import register_reasons
        from gansu_care.pages.search import register_finder
        from gansu_care.spreadsheets.exports.sources import register_source

        register_finder(_("留守儿童"), Right.SEE_PERSONS, find_children)
        register_todos(child_todos)
        register_todos(unmask_todos)
        register_todos(transfer_todos)
        register_reasons(WORDS)
        register_source(CHILDREN)
        register_panel("upload_done", "children/after_upload.html", Right.SEE_PERSONS, what_to_do_next)
        after_restore(erased_again)
