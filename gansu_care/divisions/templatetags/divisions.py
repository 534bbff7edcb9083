"""Names of divisions in lists, from the book: `{{ row.county_id|division_name }}` asks no database."""

from __future__ import annotations

from django import template

from gansu_care.divisions.book import book

register = template.Library()


@register.filter
def division_name(pk: int | None) -> str:
    """The division's name in the language of the page; empty for none."""
    division = book().by_id.get(pk) if pk else None
    return division.label if division else ""


@register.filter
def division_full_name(pk: int | None) -> str:
    """The whole path in the language of the page: 甘肃省定西市临洮县."""
    division = book().by_id.get(pk) if pk else None
    return division.full_label if division else ""
