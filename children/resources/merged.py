"""Rows that name a record which was merged into another."""

from __future__ import annotations

from dataclasses import replace

from children.models import Child
from gansu_care.spreadsheets.bulk import among
from gansu_care.spreadsheets.rows import Rows


def name_the_staying(rows: Rows) -> None:
    """Such a row has no record: its problem says which one stayed, where both are inside the scope."""
    unknown = {
        place: str(rows.values["number"][index])
        for place, (index, problem) in enumerate(rows.said)
        if index is not None and problem.code == "E_RECORD_NUMBER_UNKNOWN"
    }
    if not unknown:
        return
    setting, numbers = rows.setting, among(unknown.values())
    inside = Child.objects.visible_to(setting.user).within(setting.division).filter(number__in=numbers)
    merged = inside.filter(merged_into__in=rows.resource.records(setting))
    staying = dict(merged.values_list("number", "merged_into__number"))
    for place, number in unknown.items():
        if number in staying:
            index, problem = rows.said[place]
            rows.said[place] = index, replace(problem, params={"merged_into": staying[number]})
