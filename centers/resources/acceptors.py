"""Those who checked what arrived: two persons, 王秀英、李建国."""

import re

from gansu_care.spreadsheets.columns import INVALID, Context, NameColumn, Note, Read, refused

_APART = re.compile(r"[、,，;；/\n]+|\s{2,}")


class AcceptorsColumn(NameColumn):
    """Several names in one cell, each read as a name."""

    def read_text(self, text: str, context: Context) -> Read:
        names: list[str] = []
        notes: list[Note] = []
        for part in filter(None, map(str.strip, _APART.split(text))):
            name, said = super().read_text(part, context)
            if name is INVALID:
                return name, said
            names.append(name)
            notes += said
        joined = "、".join(dict.fromkeys(names))
        if self.max_length and len(joined) > self.max_length:
            return refused("E_TOO_LONG", limit=self.max_length)
        return joined, tuple(notes)
