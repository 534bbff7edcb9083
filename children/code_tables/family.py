"""Parents, relations and the family's means."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ParentCondition(TextChoices):
    """父/母状态: facts about one parent, from which every definition of "left behind" is computed."""

    AT_HOME = "home", _("在家")
    AWAY = "away", _("外出务工")
    DECEASED = "deceased", _("去世")
    MISSING = "missing", _("失联")
    DETAINED = "detained", _("服刑或强制戒毒")
    ILL_OR_DISABLED = "ill", _("重病重残")
    DIVORCED_APART = "divorced", _("离异未共同生活")
    UNKNOWN = "unknown", _("不详")


class ReturnFrequency(TextChoices):
    """返乡频率."""

    MONTHLY = "monthly", _("每月")
    QUARTERLY = "quarterly", _("每季")
    HALF_YEARLY = "half_yearly", _("每半年")
    YEARLY = "yearly", _("每年")
    RARER = "rarer", _("一年以上")
    NEVER = "never", _("从未")


class ContactFrequency(TextChoices):
    """联系频率: the Minors Protection Law, Art. 23, asks for once a week at least."""

    DAILY = "daily", _("每天")
    WEEKLY = "weekly", _("每周")
    MONTHLY = "monthly", _("每月")
    RARER = "rarer", _("更少")
    NONE = "none", _("无联系")


class IncomeSource(TextChoices):
    """家庭经济来源, several."""

    WAGES = "wages", _("打工收入")
    FARMING = "farming", _("种养殖业")
    GOVERNMENT_AID = "government", _("政府救助")
    RELATIVES = "relatives", _("亲朋接济")
    OTHER = "other", _("其他")


class EconomicStatus(TextChoices):
    """家庭经济状况."""

    ORDINARY = "ordinary", _("一般")
    MINIMUM_LIVING = "minimum_living", _("低保")
    DESTITUTE = "destitute", _("特困")
    OUT_OF_POVERTY = "out_of_poverty", _("脱贫户")
    MONITORED = "monitored", _("防返贫监测对象")


class Relation(TextChoices):
    """Family relations of GB/T 4761-2008, the part that a child's carer can be."""

    SELF = "01", _("本人")
    HEAD = "02", _("户主")
    FATHER = "51", _("父亲")
    MOTHER = "52", _("母亲")
    STEPFATHER = "57", _("继父或养父")
    STEPMOTHER = "58", _("继母或养母")
    OTHER_PARENT = "59", _("其他父母关系")
    GRANDFATHER = "61", _("祖父")
    GRANDMOTHER = "62", _("祖母")
    MATERNAL_GRANDFATHER = "63", _("外祖父")
    MATERNAL_GRANDMOTHER = "64", _("外祖母")
    GREAT_GRANDFATHER = "66", _("曾祖父")
    GREAT_GRANDMOTHER = "67", _("曾祖母")
    OTHER_GRANDPARENT = "69", _("其他祖父母或外祖父母")
    ELDER_BROTHER = "71", _("兄")
    ELDER_BROTHERS_WIFE = "72", _("嫂")
    YOUNGER_BROTHER = "73", _("弟")
    ELDER_SISTER = "75", _("姐姐")
    ELDER_SISTERS_HUSBAND = "76", _("姐夫")
    YOUNGER_SISTER = "77", _("妹妹")
    OTHER_SIBLING = "79", _("其他兄弟姐妹")
    FATHERS_ELDER_BROTHER = "81", _("伯父")
    FATHERS_ELDER_BROTHERS_WIFE = "82", _("伯母")
    FATHERS_YOUNGER_BROTHER = "83", _("叔父")
    FATHERS_YOUNGER_BROTHERS_WIFE = "84", _("婶母")
    MOTHERS_BROTHER = "85", _("舅父")
    MOTHERS_BROTHERS_WIFE = "86", _("舅母")
    MOTHERS_SISTERS_HUSBAND = "87", _("姨夫")
    MOTHERS_SISTER = "88", _("姨母")
    FATHERS_SISTERS_HUSBAND = "89", _("姑父")
    FATHERS_SISTER = "90", _("姑母")
    OTHER_RELATIVE = "97", _("其他亲属")
    NO_RELATIVE = "99", _("非亲属")


# The four whom the official form asks for.
GRANDPARENTS = (
    Relation.GRANDFATHER,
    Relation.GRANDMOTHER,
    Relation.MATERNAL_GRANDFATHER,
    Relation.MATERNAL_GRANDMOTHER,
)
# Words people write, Gansu's own among them.
RELATION_WORDS: dict[str, str] = {
    "爷爷": "61", "爷": "61", "奶奶": "62", "奶": "62",
    "外公": "63", "姥爷": "63", "外爷": "63", "外婆": "64", "姥姥": "64", "外奶": "64", "外奶奶": "64",
    "爸爸": "51", "爸": "51", "爹": "51", "父": "51", "妈妈": "52", "妈": "52", "娘": "52", "母": "52",
    "继父": "57", "养父": "57", "继母": "58", "养母": "58", "太爷": "66", "太奶": "67",
    "哥哥": "71", "哥": "71", "嫂子": "72", "弟弟": "73", "姐": "75", "妹": "77",
    "大伯": "81", "大爹": "81", "伯伯": "81", "伯": "81", "大妈": "82", "伯娘": "82",
    "叔": "83", "叔叔": "83", "小爸": "83", "婶婶": "84", "婶": "84", "婶子": "84",
    "舅": "85", "舅舅": "85", "舅妈": "86", "舅母": "86", "姨父": "87", "姨": "88", "姨娘": "88", "姨妈": "88",
    "姑夫": "89", "姑": "90", "姑姑": "90", "娘娘": "90", "姑妈": "90",
    "邻居": "99", "老师": "99", "教师": "99", "朋友": "99",
}  # fmt: skip
# These name a kind of relation and no person: ask which one.
VAGUE_RELATIONS: dict[str, tuple[str, ...]] = {
    "祖孙": ("61", "62", "63", "64"),
    "隔代": ("61", "62", "63", "64"),
    "祖父母": ("61", "62"),
    "爷爷奶奶": ("61", "62"),
    "外祖父母": ("63", "64"),
    "父母": ("51", "52"),
    "亲属": ("81", "83", "85", "90"),
    "亲戚": ("81", "83", "85", "90"),
}


class CareClass(TextChoices):
    """Who looks after a child, as reports count it."""

    PARENT = "parent", _("父或母")
    GRANDPARENT = "grandparent", _("隔代")
    RELATIVE = "relative", _("亲属")
    NO_RELATIVE = "no_relative", _("非亲属")
    NOBODY = "nobody", _("无人")


# Ranges of relation codes, both ends included; every other code is no relative.
CARE_CLASS_RANGES = (
    (CareClass.PARENT, "51", "59"),
    (CareClass.GRANDPARENT, "61", "69"),
    (CareClass.RELATIVE, "71", "97"),
)


def care_class(relation: str) -> CareClass:
    """The report's class of a relation code; an empty code is NOBODY."""
    if not relation:
        return CareClass.NOBODY
    classes = (name for name, low, high in CARE_CLASS_RANGES if low <= relation <= high)
    return next(classes, CareClass.NO_RELATIVE)
