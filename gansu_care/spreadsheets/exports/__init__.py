"""Files with children leave on request. Read in this order:

sources.py      which lists may be asked for, and their groups of columns
asking.py       a request: purpose, recipient, fields, filter, count, masked or full
deciding.py     another person of the same or a higher unit agrees, or not; the password is hers to pass on
making.py       the file is made by a job, through release.py, and kept sealed
protecting.py   the password on the file
handing_out.py  one download within 24 hours; then, and when time is up, the file is gone
"""
