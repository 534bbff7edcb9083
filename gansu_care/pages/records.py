"""Pages of one record: look, add, edit, history, and acts that ask for a reason. Found by its number, in scope only."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View

from gansu_care.pages.changes import history_entries
from gansu_care.pages.sources import link_sources
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action
from gansu_care.trail.registry import StaleRow


class RecordPage(View):
    """Fetches the record by number inside the user's scope (404 beyond it)."""

    right: ClassVar[str] = ""
    model: ClassVar[Any]
    template: ClassVar[str] = ""
    kind: ClassVar[str] = ""
    # Records of persons: looking at one leaves an event.
    reads_persons: ClassVar[bool] = False

    def record(self, request: HttpRequest, number: str) -> Any:
        return get_object_or_404(self.model.objects.visible_to(request.user), number=number)

    def note_read(self, request: HttpRequest, record: Any) -> None:
        """A page that shows a person leaves an event, whatever it is for."""
        if self.reads_persons:
            record_event(Action.READ, request.user, kind=self.kind, number=record.number, rows=1)

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        return {"record": record, "heading": str(record)}


class DetailPage(RecordPage):
    """Shows one record."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        self.note_read(request, record)
        return render(request, self.template, self.context(request, record))


class HistoryPage(RecordPage):
    """Who changed what, when, why and from which upload; newest first."""

    template = "record_history.html"

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        self.note_read(request, record)
        entries = history_entries(self.histories(record), self.masks(request))
        link_sources(entries, request.user)
        context = {**self.context(request, record), "entries": entries}
        return render(request, self.template, context)

    def masks(self, request: HttpRequest) -> Any:
        """How fields that the reader may not see whole are shown, by name."""
        return {}

    def histories(self, record: Any) -> list[Any]:
        """The history querysets that tell of this record: its own, and its parts'."""
        return [record.history.all()]


class FormPage(RecordPage):
    """Add or edit one record. The form carries the version that was shown; of two people at once the second sees both
    values and nothing is lost."""

    form_class: ClassVar[Any]
    template = "record_form.html"

    def get(self, request: HttpRequest, number: str = "") -> HttpResponse:
        record = self.record(request, number) if number else None
        if record is not None:
            self.note_read(request, record)
        return self.show(request, record, self.form(request, record))

    def post(self, request: HttpRequest, number: str = "") -> HttpResponse:
        record = self.record(request, number) if number else None
        form = self.form(request, record, request.POST)
        if not form.is_valid():
            return self.show(request, record, form, status=422)
        try:
            saved = self.save(request, form, record)
        except StaleRow as stale:
            return self.show(request, stale.current, self.clash(request, form, stale.current), status=409)
        except IntegrityError:  # somebody saved the same thing between our check and our write
            form.add_error(None, _("和登记册里的另一条记录冲突，没有保存。请查一查是不是已经登记过。"))
            return self.show(request, record, form, status=409)
        messages.success(request, self.saved_message(saved))
        return redirect(self.after(saved))

    def form(self, request: HttpRequest, record: Any, data: Any = None) -> Any:
        return self.form_class(data, instance=record, user=request.user)

    def save(self, request: HttpRequest, form: Any, record: Any) -> Any:
        with transaction.atomic():
            saved = form.save()
            if not self.model.objects.visible_to(request.user).filter(pk=saved.pk).exists():
                raise PermissionDenied
            action = Action.CHANGE if record else Action.ADD
            record_event(action, request.user, kind=self.kind, number=saved.number, reason=form.reason)
        return saved

    def clash(self, request: HttpRequest, form: Any, current: Any) -> Any:
        """The same form with what the user typed, the new version, and beside each field the value saved meanwhile."""
        form.note_clash(current)
        return form

    def show(self, request: HttpRequest, record: Any, form: Any, status: int = 200) -> HttpResponse:
        context = {**self.form_context(request, record), "form": form, "record": record}
        return render(request, self.template, context, status=status)

    def form_context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        heading = _("编辑 %(number)s") % {"number": record.number} if record else self.add_heading()
        return {"heading": heading, "cancel_url": self.after(record) if record else "../"}

    def add_heading(self) -> str:
        return _("新增%(kind)s") % {"kind": self.model._meta.verbose_name}

    def saved_message(self, saved: Any) -> str:
        return _("已保存，编号 %(number)s。") % {"number": saved.number}

    def after(self, saved: Any) -> str:
        return saved.get_absolute_url()


class ReasonPage(RecordPage):
    """An act on one record that asks for a reason first (void, end, restore)."""

    form_class: ClassVar[Any]
    template = "record_reason.html"
    action: ClassVar[str] = Action.END
    submit: ClassVar[Any] = ""  # what the button says; 确认 where nothing says it better

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        self.note_read(request, record)
        return self.show(request, record, self.form_class(record=record, user=request.user))

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        record = self.record(request, number)
        form = self.form_class(request.POST, request.FILES, record=record, user=request.user)
        if not form.is_valid():
            return self.show(request, record, form, status=422)
        try:
            with transaction.atomic():
                form.act()
                record_event(
                    self.action, request.user, kind=self.kind, number=record.number, reason=form.reason
                )
        except StaleRow:
            form.add_error(None, _("这条记录刚刚被别人改过，请返回看过新的内容再操作。"))
            return self.show(request, record, form, status=409)
        messages.success(request, form.done_message())
        return redirect(record.get_absolute_url())

    def show(self, request: HttpRequest, record: Any, form: Any, status: int = 200) -> HttpResponse:
        own = {"form": form, "cancel_url": record.get_absolute_url(), "submit_label": self.submit}
        return render(request, self.template, {**self.context(request, record), **own}, status=status)
