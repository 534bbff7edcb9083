"""The module that knows how to copy and load the database at hand."""

import sqlite3
from types import ModuleType

import psycopg2
from django.db import connection

from gansu_care.keeping.backups import postgresql, sqlite

# What copying and loading may end with; nothing was changed then.
FAILURES = (postgresql.ToolFailed, psycopg2.Error, sqlite3.Error, OSError)


def engine() -> ModuleType:
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
