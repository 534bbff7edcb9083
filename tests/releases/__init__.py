"""A small register of each release, kept as its tables stood, and migrated forward by every later one.

From the first release on migrations are never rewritten: an office's register must come through every update whole.
`0.1.0.json.gz` holds the rows of a register that the release 0.1.0 itself had made; test_forward.py puts them into the
tables of that release, migrates, and looks whether every row, its history and the trail are still there. A release is
kept, with the release checked out, by `python -m tests.releases.keep`.
"""
