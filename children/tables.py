"""The list of children: as the county office's own sheet, masked."""

from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from children.ages import age_on
from children.code_tables import Assessment
from children.left_behind import situation
from children.models import Child, ChildStatus
from children.naming import sees_full_names
from gansu_care.pages.lists import RegistryTable, cell
from gansu_care.sealed.masks import mask_name

STATE_LEVELS = {
    ChildStatus.ACTIVE: "is-ok",
    ChildStatus.DRAFT: "",
    ChildStatus.EXITED: "is-end",
    ChildStatus.RESTRICTED: "is-end",
}


class ChildTable(RegistryTable):
    position = tables.Column(_("序号"), empty_values=(), attrs=cell("no drop-sm"))
    name = tables.Column(_("姓名"), attrs=cell("name"))
    sex = tables.Column(_("性别"), accessor="pk", attrs=cell("mid drop-sm"))
    age = tables.Column(_("年龄"), accessor="birth_date", attrs=cell("num last-sm"))
    id_number = tables.Column(_("身份证号"), attrs=cell("nowrap all-sm"))
    residence = tables.Column(_("现居住地"), accessor="division", attrs=cell("all-sm cut"))
    schooling = tables.Column(_("就学情况"), accessor="pk", attrs=cell("nowrap drop-sm drop-md"))
    situation = tables.Column(_("留守情形"), accessor="pk", attrs=cell("nowrap"))
    carer = tables.Column(_("照护人"), accessor="pk", attrs=cell("nowrap"))
    assessment = tables.Column(_("监护评估"), accessor="pk", attrs=cell("nowrap drop-sm"))
    status = tables.Column(_("状态"), accessor="pk", attrs=cell("nowrap top-sm"))
    acts = tables.Column(_("操作"), accessor="number", attrs=cell("row-acts drop-sm"))

    class Meta:
        model = Child
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.full_names = sees_full_names(self.request.user)
        self.today = timezone.localdate()

    def render_name(self, record: Child) -> str:
        name = record.name if self.full_names else mask_name(record.name)
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), name)

    def render_sex(self, record: Child) -> str:
        return self.words(record, "sex")

    def render_age(self, value: Any) -> int:
        return age_on(value, self.today)

    def render_residence(self, record: Child) -> str:
        return f"{record.division.label} {record.village}".strip()

    def render_schooling(self, record: Child) -> str:
        return self.words(record, "grade") or self.words(record, "schooling")

    def render_situation(self, record: Child) -> Any:
        states = [
            state for parent in record.parents.all() for state in parent.states.all() if state.until is None
        ]
        return situation(state.condition for state in states).label

    def render_carer(self, record: Child) -> str:
        held = [carer for carer in record.carers.all() if carer.until is None]
        return str(held[0]) if held else "—"

    def render_assessment(self, record: Child) -> Any:
        if not record.assessment:
            return "—"
        if record.assessment == Assessment.POOR:
            return format_html('<span class="gc-st is-bad">{}</span>', record.assessment.label)
        return record.assessment.label

    def render_status(self, record: Child) -> str:
        return format_html(
            '<span class="gc-st {}">{}</span>',
            STATE_LEVELS[ChildStatus(record.status)],
            self.words(record, "status"),
        )

    def render_acts(self, record: Child) -> str:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), _("查看"))
