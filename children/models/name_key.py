"""How a child's name is spelled in letters: what the search by pinyin and initials looks through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from children.models.child import Child
from children.querysets import NameKeyQuerySet
from gansu_care.divisions.models import Division
from gansu_care.pages.prefix import First


class NameKey(models.Model):
    """One reading of a child's name; a surname of several readings has several.

    It repeats the child's place and sort key, so that an index gives the keys of a county that begin with a letter in
    the order of the list of children. Written anew with the child (children/facts.py).
    """

    child = models.ForeignKey(
        Child, models.CASCADE, related_name="name_keys", db_index=False, verbose_name=_("留守儿童")
    )
    # Without constraints: what they hold is the child's, which has them.
    county = models.ForeignKey(
        Division, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False,
        verbose_name=_("县区"),
    )  # fmt: skip
    prefecture = models.ForeignKey(
        Division, models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False,
        verbose_name=_("市州"),
    )  # fmt: skip
    name_sort = models.CharField(_("姓名拼音"), max_length=300)
    pinyin = models.CharField(_("全拼"), max_length=300)
    initials = models.CharField(_("首字母"), max_length=100)

    objects = NameKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("姓名拼音索引")
        verbose_name_plural = _("姓名拼音索引")
        constraints = (models.UniqueConstraint(fields=("child", "pinyin"), name="one_key_a_reading"),)
        # First letter, then the order of the list; behind it all that a search asks, so that the index alone answers.
        indexes = (
            models.Index(
                "county", First("pinyin"), "name_sort", "child", "pinyin", "initials", name="name_key_county"
            ),
            models.Index(
                First("pinyin"),
                "name_sort",
                "child",
                "prefecture",
                "pinyin",
                "initials",
                name="name_key_letter",
            ),
        )

    def __str__(self) -> str:
        return self.initials
