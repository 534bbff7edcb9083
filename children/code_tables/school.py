"""Schooling and grade."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Schooling(TextChoices):
    """就学情况: the eight values of the official form of 2016."""

    NOT_IN_KINDERGARTEN = "not_yet", _("未入园")
    KINDERGARTEN = "kindergarten", _("幼儿园")
    PRIMARY = "primary", _("小学")
    JUNIOR = "junior", _("初中")
    SENIOR = "senior", _("高中")
    VOCATIONAL = "vocational", _("中职")
    DROPPED_OUT = "dropped_out", _("辍学")
    NOT_IN_SCHOOL = "not_in_school", _("不在学")


class Grade(TextChoices):
    """Stage and grade in one code; 不在学 means aged 14 or 15 and out of school."""

    K0 = "K0", _("未入园")
    K1 = "K1", _("小班")
    K2 = "K2", _("中班")
    K3 = "K3", _("大班")
    P1 = "P1", _("一年级")
    P2 = "P2", _("二年级")
    P3 = "P3", _("三年级")
    P4 = "P4", _("四年级")
    P5 = "P5", _("五年级")
    P6 = "P6", _("六年级")
    J1 = "J1", _("初一（七年级）")
    J2 = "J2", _("初二（八年级）")
    J3 = "J3", _("初三（九年级）")
    S1 = "S1", _("高一")
    S2 = "S2", _("高二")
    S3 = "S3", _("高三")
    V1 = "V1", _("中职一年级")
    V2 = "V2", _("中职二年级")
    V3 = "V3", _("中职三年级")
    X1 = "X1", _("辍学")
    X2 = "X2", _("不在学")


GRADES_OF: dict[Schooling, tuple[Grade, ...]] = {
    Schooling.NOT_IN_KINDERGARTEN: (Grade.K0,),
    Schooling.KINDERGARTEN: (Grade.K1, Grade.K2, Grade.K3),
    Schooling.PRIMARY: (Grade.P1, Grade.P2, Grade.P3, Grade.P4, Grade.P5, Grade.P6),
    Schooling.JUNIOR: (Grade.J1, Grade.J2, Grade.J3),
    Schooling.SENIOR: (Grade.S1, Grade.S2, Grade.S3),
    Schooling.VOCATIONAL: (Grade.V1, Grade.V2, Grade.V3),
    Schooling.DROPPED_OUT: (Grade.X1,),
    Schooling.NOT_IN_SCHOOL: (Grade.X2,),
}
_SCHOOLING_OF = {grade.value: schooling for schooling, grades in GRADES_OF.items() for grade in grades}


def schooling_of(grade: str) -> Schooling | None:
    """The schooling a grade belongs to; None for a code that is no grade."""
    return _SCHOOLING_OF.get(grade)


class SchoolRoll(TextChoices):
    """是否留守儿童（学籍口径）: 1 means one parent away, not a single-parent family."""

    NOT_LEFT_BEHIND = "0", _("非留守儿童")
    ONE_PARENT_AWAY = "1", _("单亲留守")
    BOTH_AWAY = "2", _("双亲留守")
