"""Which heading an unknown one is like: by sound, by one wrong character, and never across persons or numbers."""

import pytest

from gansu_care.spreadsheets.kinds import kind_of
from gansu_care.spreadsheets.likeness import Likeness
from gansu_care.spreadsheets.reading import normalised
from gansu_care.spreadsheets.sample_masks import masked_sample

CHILD = kind_of("children").resources[0]()
LIKENESS = Likeness(normalised(CHILD.vocabulary))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("身份正号", "id_number"),  # sounds the same
        ("夫亲姓名", "father_name"),
        ("出生曰期", "birth_date"),  # one character in four
        ("就学清况", "schooling"),
        ("与儿童关糸", "carer_relation"),
        ("监护类形", "guardianship_type"),
        ("父亲情况/联系电活", "father_phone"),  # below an upper heading
        ("照片", ""),
        ("鞋码", ""),
        ("年收入", ""),
        ("性另", ""),  # one of two: only where it is lacking
        ("爷爷电话", ""),  # nobody of the form
        ("姑姑姓名", ""),
        ("照护人电话2", ""),  # another number
    ],
)
def test_what_a_heading_is_like(heading, field):
    assert LIKENESS.field(heading, set(), set()) == field


@pytest.mark.parametrize(
    ("heading", "field"),
    [("姓各", "name"), ("性另", "sex"), ("孩子的姓名", "name"), ("姓名全称", "name"), ("姐姐", "")],
)
def test_less_is_enough_where_a_column_is_lacking(heading, field):
    assert LIKENESS.field(heading, set(), {"name", "sex"}) == field


def test_a_field_that_the_sheet_has_is_not_offered():
    assert LIKENESS.field("身份正号", {"id_number"}, set()) != "id_number"


@pytest.mark.parametrize(
    ("text", "heading", "field", "shown"),
    [
        ("620100201509010028", "身份正号", "id_number", "6201**********0028"),
        ("620100201509010028", "随便", "", "6201**********0028"),
        ("６２０１００２０１５０９０１００２８", "随便", "", "6201**********0028"),
        ("13800000000", "随便", "", "138****0000"),
        ("138 0000 0000", "随便", "", "138****0000"),
        ("王大山 13800000000", "备忘", "", "王大山 138****0000"),
        ("2345678", "家里电活号码", "", "******"),
        ("洮阳镇南门村三社12号", "家庭住址情况", "", "******"),
        ("洮阳镇南门村三社12号", "门牌", "address", "******"),
        ("2015-09-01", "生日", "", "2015-09-01"),
        ("王小花", "娃娃名字", "name", "王小花"),
        ("1790000", "拨款", "", "1790000"),
    ],
)
def test_samples_show_nobodys_number(text, heading, field, shown):
    assert masked_sample(text, heading, CHILD.fields.get(field)) == shown
