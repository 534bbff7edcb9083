"""The look-up `prefix`: rows whose text begins with the value, by an index, on both databases.

`startswith` would scan on SQLite (its LIKE ignores case and so the index). A range in code point order finds the same
rows: from the value itself up to the value followed by the highest character. PostgreSQL has a pattern index.
"""

from typing import Any

from django.db import models
from django.db.models import Lookup

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
