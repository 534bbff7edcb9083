"""The statistics office's code of a village: twelve digits."""

from centers.models import Center
from gansu_care.spreadsheets.columns import Context, Read, TextColumn, refused
from gansu_care.spreadsheets.columns.cell_text import squeezed


class VillageCodeColumn(TextColumn):
    ditto = False

    def read_text(self, text: str, context: Context) -> Read:
        code = squeezed(text).removesuffix(".0")
        whole = len(code) == Center._meta.get_field("village_code").max_length and code.isascii()
        return (code, ()) if whole and code.isdecimal() else refused("E_VILLAGE_CODE")
