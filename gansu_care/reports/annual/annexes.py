"""The annexes: what each figure counts, and every sum that was checked."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from gansu_care.reports.annual.frame import Frame
from gansu_care.reports.indicators import CENTERS_UNDATED, CHILDREN_DRAFTS, INDICATORS
from gansu_care.spreadsheets.tables import TEXT, Cell, Check, Column, Row, Table

NOT_PRINTED = (CHILDREN_DRAFTS, CENTERS_UNDATED)


def definitions(frame: Frame) -> Table:
    """A1: each figure's name, unit, kind and rule in words."""
    printed = [one for one in INDICATORS.values() if one not in NOT_PRINTED]
    rows = [
        Row(one.label, [Cell(str(one.unit)), Cell(str(one.kind.label)), Cell(str(one.rule))])
        for one in printed
    ]
    return frame.table(
        "A1",
        _("指标口径"),
        stub=_("指标"),
        columns=[
            Column("unit", (_("单位"),), TEXT),
            Column("kind", (_("类别"),), TEXT),
            Column("rule", (_("口径"),), TEXT),
        ],
        rows=rows,
        notes=[_("年末数为当年12月31日24时（北京时间）的存量，全年数为当年1月1日至12月31日的流量。")],
    )


def checks_of(tables: Iterable[Table]) -> list[tuple[Table, Check]]:
    return [(table, check) for table in tables for check in table.checks]


def check_results(frame: Frame, tables: Sequence[Table]) -> Table:
    """A2: every sum that was checked, whether it holds, and by how much it misses."""
    rows = [
        Row(table.label, [Cell(str(check.text)), Cell(_result(check)), Cell(str(check.difference))])
        for table, check in checks_of(tables)
    ]
    failed = sum(not check.holds for _table, check in checks_of(tables))
    verdict = (
        _("共 %(all)s 项，有 %(failed)s 项不成立，请核对原始登记。")
        if failed
        else _("共 %(all)s 项，全部成立。")
    )
    return frame.table(
        "A2",
        _("勾稽关系检查结果"),
        stub=_("表号"),
        columns=[
            Column("check", (_("勾稽关系"),), TEXT),
            Column("result", (_("结果"),), TEXT),
            Column("difference", (_("相差"),), TEXT),
        ],
        rows=rows,
        notes=[verdict % {"all": len(rows), "failed": failed}],
    )


def _result(check: Check) -> str:
    return _("成立") if check.holds else _("不成立")
