"""The vanilla side: a django-import-export Resource with default settings over the model of the children's own table.

What anybody would write who has read its documentation: tablib's XLSX, `clean_model_instances` (the rules of the model
are checked), a preview of all rows, then the confirmed import. `save()` seals, numbers, places and sorts each child,
and simple-history keeps her snapshot. It knows nothing of parents, consents, episodes, search keys, scope or masks.
"""

from typing import Any

from django.db import transaction
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX
from import_export.results import Result

from children.models import Child
from gansu_care.divisions.models import Division
from tests.benchmarks.ground.children_sheet import COLUMNS

CODES = ("health", "income_sources", "needs")
DIVISIONS = ("household_division", "division")


class CodesWidget(widgets.Widget):
    """Several codes in one cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        return value.split("、") if value else []

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "、".join(value or ())


class TextWidget(widgets.CharWidget):
    """A sealed text, shown in clear as the full export of ours does."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return super().clean(value, row, **kwargs) or None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.open() if value else ""


def _widget(name: str) -> Any:
    if name in CODES:
        return CodesWidget()
    if name in DIVISIONS:
        return widgets.ForeignKeyWidget(Division, "code")
    field = Child._meta.get_field(name)
    if field.get_internal_type() == "BinaryField":
        return TextWidget()
    made = resources.ModelResource.widget_from_django_field(field)
    return (
        made(**resources.ModelResource.widget_kwargs_for_field(name, field)) if made else widgets.CharWidget()
    )


class VanillaResource(resources.ModelResource):
    class Meta:
        model = Child
        fields = tuple(name for _heading, name in COLUMNS)
        import_id_fields = ("id_number",)
        clean_model_instances = True


for _heading, _name in COLUMNS:
    VanillaResource.fields[_name] = fields.Field(attribute=_name, column_name=_heading, widget=_widget(_name))


def import_children(data: bytes, user: Any) -> int:
    """Preview and confirm, as its admin pages do; returns the rows written."""
    _imported(data, dry_run=True)
    with transaction.atomic():
        result = _imported(data, dry_run=False)
    return result.totals["new"] + result.totals["update"]


def _imported(data: bytes, *, dry_run: bool) -> Result:
    result = VanillaResource().import_data(XLSX().create_dataset(data), dry_run=dry_run)
    if result.has_errors() or result.has_validation_errors():
        first = [*result.row_errors(), *result.invalid_rows][0]
        raise SystemExit(f"vanilla refuses a row: {getattr(first, 'error', None) or vars(first)}")
    return result


def export_children(queryset: Any) -> bytes:
    """All rows at once, as its admin's export does, the divisions joined."""
    dataset = VanillaResource().export(queryset.select_related(*DIVISIONS))
    return XLSX().export_data(dataset)
