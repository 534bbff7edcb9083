"""The columns that these tests read cells with, one of each kind."""

from datetime import date

from children.code_tables import HealthState, Schooling
from children.columns import (
    DeceasedNameColumn,
    EthnicColumn,
    GradeColumn,
    IdNumberColumn,
    RelationColumn,
)
from gansu_care.spreadsheets.columns import (
    BoolColumn,
    ChoiceColumn,
    Column,
    Context,
    DateColumn,
    MoneyColumn,
    MultiChoiceColumn,
    NameColumn,
    NumberColumn,
    PhoneColumn,
    TextColumn,
)

CONTEXT = Context(on_date=date(2026, 11, 23))
FROM_CSV = Context(on_date=date(2026, 11, 23), numbers_as_text=True)


def stars(text: str) -> str:
    return f"{text[:4]}**********{text[-4:]}"


TEXT = TextColumn("school", ["学校"], max_length=10)
NAME = NameColumn("name", ["姓名"])
NUMBER = NumberColumn("seats", ["座位数"], maximum=1000)
AREA = NumberColumn("indoor_area", ["室内面积"], places=2)
DAY = DateColumn("opened_on", ["启用日期"], earliest=date(2008, 12, 1))
MONTH = DateColumn("away_since", ["外出起始年月"], coarsest="month", partial=True)
MONEY = MoneyColumn("amount", ["金额"])
PHONE = PhoneColumn("phone", ["电话"])
BOARDER = BoolColumn("boarder", ["是否寄宿"], yes=["住校", "寄宿"], no=["走读"])
SCHOOLING = ChoiceColumn("schooling", ["就学情况"], choices=Schooling)
HEALTH = MultiChoiceColumn("health", ["身体情况"], choices=HealthState, alone=["healthy"])
ETHNIC = EthnicColumn("ethnic_group", ["民族"])
RELATION = RelationColumn("carer.relation", ["与儿童关系"])
GRADE = GradeColumn("grade", ["年级"])
FATHER = DeceasedNameColumn("father.name", ["姓名", "父亲姓名"], group="父亲情况")
ID = IdNumberColumn("id_number", ["身份证号"], mask=stars, sealed=True)


def read(column: Column, cell, context: Context = CONTEXT):
    """(value, codes) of one cell."""
    (value,), notes = column.clean_column([cell], context)
    return value, [code for code, _params in notes.get(0, [])]


def params(column: Column, cell):
    _values, notes = column.clean_column([cell], CONTEXT)
    return notes[0][0][1]
