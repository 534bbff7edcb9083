from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpreadsheetsConfig(AppConfig):
    name = "gansu_care.spreadsheets"
    label = "spreadsheets"
    verbose_name = _("表格")

    def ready(self) -> None:
        # Models are loaded now: the kinds register themselves, and the worker learns the jobs.
        from gansu_care.spreadsheets import export_jobs, kinds, uploads  # noqa: F401
        from gansu_care.spreadsheets.exports import handing_out, making  # noqa: F401

        kinds.discover()
        _show_on_other_pages()


def _show_on_other_pages() -> None:
    from gansu_care.accounts.roles import Right
    from gansu_care.pages.panels import register_panel, register_todos
    from gansu_care.pages.reasons import register_reasons
    from gansu_care.pages.screens import trail_words
    from gansu_care.pages.search import register_finder
    from gansu_care.pages.sources import register_sources
    from gansu_care.spreadsheets.acknowledged import reason_in_words
    from gansu_care.spreadsheets.change_reasons import WORDS
    from gansu_care.spreadsheets.exports.waiting import export_todos
    from gansu_care.spreadsheets.origin import NUMBER, PAGES, upload_urls, uploads_of
    from gansu_care.spreadsheets.waiting import find_uploads, job_todos, upload_todos

    for page in PAGES:
        register_panel(page, "spreadsheets/origin_panel.html", Right.UPLOAD, uploads_of, order=90)
    register_sources(NUMBER, upload_urls)
    register_reasons(WORDS)
    trail_words.register_reasons(reason_in_words)
    register_todos(upload_todos)
    register_todos(job_todos)
    register_todos(export_todos)
    register_finder(_("表格上传"), Right.UPLOAD, find_uploads)
