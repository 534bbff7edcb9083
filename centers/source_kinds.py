"""The twelve kinds of money source: what equipment declares of itself, and what `funding.Source` is one of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    ACWF = "acwf", _("全国妇联")
    CCTF = "cctf", _("中国儿童少年基金会")
    PROVINCE = "province", _("省级财政")
    PROVINCE_LOTTERY = "province_lottery", _("省福利彩票公益金")
    CENTRAL_LOTTERY = "central_lottery", _("中央专项彩票公益金")
    GANSU_FOUNDATION = "gansu_foundation", _("甘肃妇女儿童发展基金会")
    PREFECTURE = "prefecture", _("市州财政")
    COUNTY = "county", _("县区财政")
    ENTERPRISE = "enterprise", _("企业捐赠")
    SOCIAL = "social", _("社会组织")
    PERSON = "person", _("个人捐赠")
    OTHER = "other", _("其他")
