"""Who a child is: sex, ethnic group, document, household."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    """GB/T 2261.1-2003. 0 and 9 may be stored from other systems; nobody enters them."""

    UNKNOWN = "0", _("未知的性别")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
    UNSTATED = "9", _("未说明的性别")

    @classmethod
    def for_entry(cls) -> list[tuple[str, Any]]:
        """The choices an officer may enter."""
        return [(cls.MALE.value, cls.MALE.label), (cls.FEMALE.value, cls.FEMALE.label)]


class DocumentType(TextChoices):
    """证件类型: 1 the citizen's ID number, Z none yet (not registered in a household)."""

    RESIDENT_ID = "1", _("居民身份证")
    OTHER = "Z", _("其他（未上户口）")


class HouseholdType(TextChoices):
    """户口性质: found in old data only."""

    AGRICULTURAL = "1", _("农业户口")
    NON_AGRICULTURAL = "2", _("非农业户口")


class DatePrecision(TextChoices):
    """How much of a date is known; the unknown part is stored as 1."""

    DAY = "day", _("到日")
    MONTH = "month", _("到月")
    YEAR = "year", _("到年")


class EthnicGroup(TextChoices):
    """GB/T 3304-1991. 97 and 98 are usage; other systems write 57 and 58, so text decides, never a number."""

    HAN = "01", _("汉族")
    MONGOL = "02", _("蒙古族")
    HUI = "03", _("回族")
    TIBETAN = "04", _("藏族")
    UYGUR = "05", _("维吾尔族")
    MIAO = "06", _("苗族")
    YI = "07", _("彝族")
    ZHUANG = "08", _("壮族")
    BUYEI = "09", _("布依族")
    KOREAN = "10", _("朝鲜族")
    MANCHU = "11", _("满族")
    DONG = "12", _("侗族")
    YAO = "13", _("瑶族")
    BAI = "14", _("白族")
    TUJIA = "15", _("土家族")
    HANI = "16", _("哈尼族")
    KAZAK = "17", _("哈萨克族")
    DAI = "18", _("傣族")
    LI = "19", _("黎族")
    LISU = "20", _("傈僳族")
    VA = "21", _("佤族")
    SHE = "22", _("畲族")
    GAOSHAN = "23", _("高山族")
    LAHU = "24", _("拉祜族")
    SHUI = "25", _("水族")
    DONGXIANG = "26", _("东乡族")
    NAXI = "27", _("纳西族")
    JINGPO = "28", _("景颇族")
    KIRGIZ = "29", _("柯尔克孜族")
    TU = "30", _("土族")
    DAUR = "31", _("达斡尔族")
    MULAO = "32", _("仫佬族")
    QIANG = "33", _("羌族")
    BLANG = "34", _("布朗族")
    SALAR = "35", _("撒拉族")
    MAONAN = "36", _("毛南族")
    GELAO = "37", _("仡佬族")
    XIBE = "38", _("锡伯族")
    ACHANG = "39", _("阿昌族")
    PUMI = "40", _("普米族")
    TAJIK = "41", _("塔吉克族")
    NU = "42", _("怒族")
    UZBEK = "43", _("乌孜别克族")
    RUSSIAN = "44", _("俄罗斯族")
    EWENKI = "45", _("鄂温克族")
    DEANG = "46", _("德昂族")
    BONAN = "47", _("保安族")
    YUGUR = "48", _("裕固族")
    GIN = "49", _("京族")
    TATAR = "50", _("塔塔尔族")
    DERUNG = "51", _("独龙族")
    OROQEN = "52", _("鄂伦春族")
    HEZHEN = "53", _("赫哲族")
    MONBA = "54", _("门巴族")
    LHOBA = "55", _("珞巴族")
    JINO = "56", _("基诺族")
    OTHER = "97", _("其他民族")
    FOREIGN_BORN = "98", _("外国血统中国籍人士")

    @classmethod
    def gansu_first(cls) -> list[tuple[str, Any]]:
        """All groups, those long settled in Gansu on top."""
        top = [cls.HAN, cls.HUI, cls.TIBETAN, cls.DONGXIANG, cls.TU, cls.MANCHU, cls.YUGUR, cls.BONAN]
        top += [cls.MONGOL, cls.SALAR, cls.KAZAK]
        rest = [group for group in cls if group not in top]
        return [(group.value, group.label) for group in top + rest]
