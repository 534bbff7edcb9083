"""A column of a workbook: which headings it answers to, how its cells are cleaned, how a value is written back.

Cleaning goes column by column: equal cells are looked at once. A cell gives a value and notes (code, parameters); the
upload turns notes into Problems, as it knows sheet and row.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone
from import_export.fields import Field

from ..limits import CELL_CHARACTERS
from ..reading.cells import EmptyFormula, ErrorValue
from .cell_text import CLEAR_WORDS, DITTO_WORDS, EMPTY_WORDS, SPECIAL_WORDS, tidy
from .values import CLEAR, INVALID, UNSET, Context, Masked, Note, Read

EMPTY: Read = (UNSET, ())
_DITTO: Read = (object(), ())
Notes = dict[int, list[Note]]
_OWN_KEYS = frozenset({str, type(None)})


def refused(code: str, **params: Any) -> Read:
    """A cell that is kept out, and why."""
    return INVALID, ((code, params),)


class Column(Field):
    """The base of all columns; its own cells are taken as they are.

    `attribute`: a path such as "name" or "father.name". `headings`: the first is the one we write, all are
    understood; `group` is the upper heading of the template. `label`: what pages call it. `mask`: function from the
    stored text to its mask, for columns that are shown masked. `sealed`: stored encrypted. `required`: a new row
    must have it (the upload checks, for a row that changes a record may leave it empty). `clearable`: 清空 is
    allowed.
    """

    ditto = True
    cell_limit = CELL_CHARACTERS

    def __init__(
        self,
        attribute: str,
        headings: Sequence[str],
        *,
        label: Any = None,
        required: bool = False,
        group: str = "",
        example: Any = "",
        hint: Any = "",
        sealed: bool = False,
        mask: Callable[[str], str] | None = None,
        clearable: bool = True,
        max_length: int | None = None,
        readonly: bool = False,
    ):
        super().__init__(attribute=attribute, column_name=headings[0], readonly=readonly)
        self.headings = tuple(headings)
        self.label = label if label is not None else headings[0]
        self.required, self.group, self.example, self.hint = required, group, example, hint
        self.sealed, self.mask, self.max_length = sealed, mask, max_length
        self.clearable = clearable and not required

    # --- in

    def clean_column(self, values: Sequence[Any], context: Context) -> tuple[list[Any], Notes]:
        """Cleaned values in the same order, and the notes of those cells that have any."""
        keys = [value if value.__class__ in _OWN_KEYS else (value.__class__, value) for value in values]
        memo: dict[Any, Read] = {
            key: EMPTY if value is None else self.read(value, context)
            for key, value in dict(zip(keys, values, strict=True)).items()
        }
        if not any(found is _DITTO or found[1] for found in memo.values()):
            return [memo[key][0] for key in keys], {}
        return self._with_notes([memo[key] for key in keys])

    def _with_notes(self, read: Iterable[Read]) -> tuple[list[Any], Notes]:
        cleaned: list[Any] = []
        notes: Notes = {}
        for index, found in enumerate(read):
            if found is _DITTO:
                found = self._above(cleaned, notes, index)
            cleaned.append(found[0])
            if found[1]:
                notes[index] = list(found[1])
        return cleaned, notes

    def read(self, value: Any, context: Context) -> Read:
        """One cell that is not None."""
        if value.__class__ is str:
            return self._read_string(value, context)
        if value is EmptyFormula:
            return refused("E_FORMULA_EMPTY")
        if value.__class__ is ErrorValue:
            return refused("E_FORMULA_ERROR", error=value.text)
        return self.read_value(value, context)

    def _read_string(self, value: str, context: Context) -> Read:
        if len(value) > self.cell_limit:
            return refused("E_TOO_LONG", limit=self.cell_limit)
        text = tidy(value)
        if not text:
            return EMPTY
        if text in SPECIAL_WORDS and (special := self.read_special(text)) is not None:
            return special
        if self.mask is not None and self.is_mask(text):
            return Masked(text.replace("＊", "*")), ()
        return self.read_text(text, context)

    def read_special(self, text: str) -> Read | None:
        """清空, 同上 and the words for nothing; None if this column takes the word as a value."""
        if text in CLEAR_WORDS:
            return (CLEAR, ()) if self.clearable else refused("E_CLEAR_FORBIDDEN")
        if text in DITTO_WORDS:
            return _DITTO if self.ditto else refused("E_DITTO_FORBIDDEN")
        return EMPTY if text in EMPTY_WORDS else None

    def is_mask(self, text: str) -> bool:
        """Whether a text can only be a mask."""
        return "*" in text or "＊" in text

    def read_text(self, text: str, context: Context) -> Read:
        """A tidy text that is neither empty nor special."""
        return text, ()

    def read_value(self, value: Any, context: Context) -> Read:
        """A number, date or truth value."""
        return value, ()

    def _above(self, cleaned: list[Any], notes: Notes, index: int) -> Read:
        above = cleaned[-1] if cleaned else UNSET
        if above is UNSET or above is CLEAR:
            return refused("E_DITTO_NO_SOURCE")
        return above, tuple(notes.get(index - 1, ()))

    def clean(self, row: Any, **kwargs: Any) -> Any:
        """django-import-export's way in, for a single row. Raises ValueError with the codes of what is refused."""
        context = kwargs.get("context") or Context(on_date=timezone.localdate())
        (value,), notes = self.clean_column([row[self.column_name]], context)
        if value is INVALID:
            raise ValueError(", ".join(code for code, _params in notes[0]))
        return None if value is UNSET or value is CLEAR else value

    # --- out and compare

    def render(self, value: Any) -> Any:
        """The cell of an export that `clean_column` reads back as the same value; None for nothing."""
        return None if is_nothing(value) else value

    def same(self, stored: Any, read: Any) -> bool:
        """Whether a cell changes nothing: an empty one never does, a mask not if it is that of the stored value."""
        if read is UNSET:
            return True
        if read is CLEAR:
            return is_nothing(stored)
        if isinstance(read, Masked):
            return self.mask is not None and not is_nothing(stored) and self.mask(str(stored)) == read.text
        return self.equal(stored, read)

    def equal(self, stored: Any, read: Any) -> bool:
        """Whether two true values are the same."""
        return stored == read

    def get_value(self, instance: Any) -> Any:
        """The value of an instance along the path; None where a step is missing."""
        value = instance
        for step in self.attribute.replace("__", ".").split("."):
            value = value.get(step) if isinstance(value, dict) else getattr(value, step, None)
            if value is None:
                return None
        return value

    def export(self, instance: Any, **kwargs: Any) -> Any:
        """django-import-export's way out."""
        return self.render(self.get_value(instance))


def is_nothing(value: Any) -> bool:
    """Stored or read, there is nothing in it."""
    return value is None or value is UNSET or value is CLEAR or value is INVALID or value == "" or value == []


def vocabulary(columns: Iterable[tuple[str, Column]] | dict[str, Column]) -> dict[str, str]:
    """Heading -> field name for `find_header`, each grouped column also as 上级/下级."""
    known: dict[str, str] = {}
    for name, column in dict(columns).items():
        for heading in column.headings:
            known.setdefault(heading, name)
            if column.group:
                known.setdefault(f"{column.group}/{heading}", name)
    return known
