"""Children as a workbook, in and out. Read in this order:

child.py        the columns of a child's row, and what each step does with them
column_sets.py  the columns that come twice (father, mother) or four times (grandparents)
settling.py     values that settle each other before a record is looked for
finding.py      which child a row means
merged.py       rows that name a record which was merged into another
judging.py      the rules between fields
family.py       parents, grandparents, carer: attached when read, written in bulk
register.py     episodes, consent, status, search keys: likewise
"""

from django.utils.translation import gettext_lazy as _

from children.resources.child import ChildResource
from gansu_care.spreadsheets.kinds import Kind, register

__all__ = ["ChildResource"]

register(
    Kind(
        "children",
        _("留守儿童登记表"),
        _("儿童、父母、照护人"),
        (ChildResource,),
        list_route="children:list",
        asks_consent=True,
        has_persons=True,
    )
)
