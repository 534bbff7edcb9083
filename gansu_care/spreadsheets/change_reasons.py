"""Why rows of the register change by uploads: the codes that their history keeps, and their words.

Each stands before the number of the upload, which the history shows beside the words.
"""

from django.utils.translation import gettext as _

UPLOAD, UNDO = "upload", "undo"
WORDS = {
    UPLOAD: lambda number: _("表格导入"),
    UNDO: lambda number: _("撤销导入"),
}
