"""Backups: one sealed file holds the database, the files beside it and a manifest of what is in them.

    measuring     counts and checksums of every table, head of the trail, key versions in use
    sqlite, postgresql    a copy of the database as it stands at one moment; and the way back
    archive       the sealed file: manifest.json, database, files/…, trail/…
    shelf         the folder of the backups: names, the newest, those too old
    making, restoring, drill    what the commands do

The keys are not in a backup. Nothing of one is used before the whole of it has been authenticated.
"""
