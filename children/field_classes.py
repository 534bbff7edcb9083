"""Which values of a child and her family are personal and which are sensitive: the one table.

Personal and sensitive values are masked or hidden by default, in lists, records, history, exports, reports and the
admin. Whoever has the right opens one value of one child with a reason (children/unmasking.py); a file with all of them
leaves on a request that asked for full values (spreadsheets/exports/). Four rights tell apart what is opened without
asking: personal and sensitive, of one's own county and beyond it (accounts/roles.py).

                       personal                              sensitive
    the child          name, former name, birth date         ID number, addresses, health, disability, illness,
                       (in sight within the own county)      class of difficulty
    family, carer      names, phones                         ID numbers, address
    contacts           names, phone
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldClass(models.TextChoices):
    PERSONAL = "personal", _("个人信息")
    SENSITIVE = "sensitive", _("敏感个人信息")


# Hidden from everybody by default, within the own county too: no part of them may be seen.
HIDDEN = ("health", "disability_types", "disability_grade", "disease", "difficulty")
# In sight within the own county, masked beyond it.
NAMES = ("name", "former_name", "given_by", "village_contact", "teacher_contact")
BEYOND_ONLY = (*NAMES, "birth_date")

# By the name that a value has in the address of its unmasking page.
CLASSES: dict[str, FieldClass] = {
    **dict.fromkeys(("name", "birth_date"), FieldClass.PERSONAL),
    **dict.fromkeys(
        ("father_phone", "mother_phone", "carer_phone", "village_contact_phone"), FieldClass.PERSONAL
    ),
    **dict.fromkeys(
        ("id_number", "father_id_number", "mother_id_number", "carer_id_number"), FieldClass.SENSITIVE
    ),
    **dict.fromkeys(("address", "household_address", "carer_address"), FieldClass.SENSITIVE),
    **dict.fromkeys((*HIDDEN, "disability_card"), FieldClass.SENSITIVE),
}
