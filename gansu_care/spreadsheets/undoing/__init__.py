"""Taking back what an upload wrote, out of the history of the rows. Read it in this order:

    fields.py    the fields of a row that can be put back, and when two values are the same
    tracks.py    what the history says of a row: as it was before the upload, as that left it, what came after
    planning.py  what is to be done with each record: removed, put back, left as it is and why. Writes nothing
    writing.py   doing it, in the caller's transaction, with history

uploads/undoing.py asks for it, runs it as a job and keeps the three lists.
"""
