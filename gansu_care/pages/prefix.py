"""The look-up `prefix`: rows whose text begins with the value, by an index, on both databases; and `first`.

`startswith` would scan on SQLite (its LIKE ignores case and so the index). A range in code point order finds the same
rows: from the value itself up to the value followed by the highest character. PostgreSQL has a pattern index.

Neither index can give the rows in the order of another column: what many rows begin with would be found, and sorted,
whole. For that there is the first character: an index on (first character, sort key, id) holds in the order of the
list all that a search may find, and is read until the page is full. Being an equality it asks for no collation: a sort
key is compared in its column's own on both sides of the index, and `prefix` never by the index that sorts.
"""

from typing import Any

from django.db import models
from django.db.models import Lookup, Transform

HIGHEST = "\U0010ffff"


@models.CharField.register_lookup
class Prefix(Lookup):
    lookup_name = "prefix"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", [*params, self.rhs, *params, self.rhs + HIGHEST]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        return f"{column} LIKE %s", [*params, escaped + "%"]


@models.CharField.register_lookup
class First(Transform):
    """The first character: `name__first="王"`, `Index(First("name"), "name_sort", "id")`."""

    lookup_name = "first"
    function = "LEFT"
    # The figures stand in the text: SQLite takes an index only where the statement has its expression to the letter.
    template = "%(function)s(%(expressions)s, 1)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, function="SUBSTR", template="%(function)s(%(expressions)s, 1, 1)", **context
        )
