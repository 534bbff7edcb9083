"""Workbooks of every kind, made here cell by cell: no test depends on a file that some program once saved."""
