"""The list of children as it may be asked for: its columns in groups, so that nobody takes more than she needs."""

from django.utils.translation import gettext_lazy as _

from children.resources import ChildResource
from children.views import ChildList
from gansu_care.spreadsheets.exports.sources import ExportSource, Part

# (code, label, the first column of the group); a group goes on until the next one begins.
GROUPS = (
    ("identity", _("身份和住址"), "name"),
    ("school", _("就学"), "schooling"),
    ("health", _("健康情况"), "health"),
    ("family", _("父母和祖辈"), "father_name"),
    ("income", _("家庭经济"), "income_sources"),
    ("care", _("监护和照护人"), "both_away"),
    ("help", _("帮扶和困境类别"), "aid"),
    ("register", _("登记和退出"), "registered_on"),
    ("consent", _("监护人同意"), "consent_given"),
)


def parts() -> tuple[Part, ...]:
    names = [name for name in ChildResource().export_columns() if name not in ("number", "version")]
    starts = [names.index(first) for _code, _label, first in GROUPS]
    bounds = zip(starts, [*starts[1:], len(names)], strict=True)
    return tuple(
        Part(code, label, tuple(names[start:end]))
        for (code, label, _first), (start, end) in zip(GROUPS, bounds, strict=True)
    )


CHILDREN = ExportSource("children", _("留守儿童名单"), "children", ChildList, parts(), "children:list")
