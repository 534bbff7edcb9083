"""Two officers at the same moment: the same file eight times, and two files with half their children in common.

Each round, with children of its own:

    eight    one file handed in eight times by two officers, all checked at once, all confirmed and applied at once
    halves   two files of which half the children are the same, in opposite order, applied at once; then again what was
             sent back to be looked at anew

Afterwards every child stands in the register once, no more and no fewer, nobody saw an error ("locked", a deadlock),
and every upload has come to an end.
"""

import random
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from children.models import Child
from gansu_care.spreadsheets.models import Upload, UploadState
from gansu_care.spreadsheets.uploads import apply_upload, check_upload, confirm, receive
from tests.long.ground import faults_of_the_database, file_of
from tests.people import person
from tests.uploading import fresh, no_progress

ROWS, TIMES = 24, 8


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=100, help="of each of the two (100)")
    parser.add_argument("--rows", type=int, default=ROWS, help=f"children in each file ({ROWS})")


def run(options: Namespace) -> dict[str, Any]:
    violations: list[str] = []
    for number in range(options.rounds):
        first = number * 3 * options.rows
        violations += eight(first, options.rows)
        violations += halves(first + options.rows, options.rows)
        if number % 10 == 9:
            print(number + 1, "rounds,", len(violations), "violations", flush=True)
    return {
        "rounds": options.rounds,
        "applications": options.rounds * (TIMES + 2),
        "children": Child.objects.count(),
        "violations": violations + faults_of_the_database(),
    }


def eight(first: int, rows: int) -> list[str]:
    data = file_of(range(first, first + rows))
    officers = [person("officer"), person("county")] * (TIMES // 2)
    uploads = [receive(data, "同.xlsx", "children", who, again=True, queue=False).upload for who in officers]
    faults = at_once([lambda one=one: check_upload(one.pk, no_progress) for one in uploads])
    before = Child.objects.count()
    faults += at_once([lambda one=one: confirm_and_apply(one) for one in uploads])
    return faults + added(before, rows) + ended(uploads, first)


def halves(first: int, rows: int) -> list[str]:
    half = rows // 2
    places = list(range(first, first + rows + half))
    sent = ((person("officer"), places[:rows]), (person("county"), places[: half - 1 : -1]))
    uploads = [
        receive(file_of(own), "半.xlsx", "children", who, again=True, queue=False).upload for who, own in sent
    ]
    faults = at_once([lambda one=one: check_upload(one.pk, no_progress) for one in uploads])
    before = Child.objects.count()
    faults += at_once([lambda one=one: confirm_and_apply(one) for one in uploads])
    for upload in uploads:  # whoever came second looks at the new result, and says yes
        if fresh(upload).can_apply:
            confirm_and_apply(upload)
    return faults + added(before, len(places)) + ended(uploads, first)


def confirm_and_apply(upload: Upload) -> None:
    confirm(upload, upload.user, warnings_acknowledged=True, queue=False)
    apply_upload(upload.pk, no_progress)


def added(before: int, wanted: int) -> list[str]:
    found = Child.objects.count() - before
    return [] if found == wanted else [f"{found} children were added, not {wanted}"]


def ended(uploads: Sequence[Upload], first: int) -> list[str]:
    """Applied, or looked at again with nothing left to write."""
    held = [fresh(upload) for upload in uploads]
    return [
        f"{first}: {one.number} is {one.state} {one.refusal}, {one.good} rows to write"
        for one in held
        if not (one.state == UploadState.APPLIED or (one.state == UploadState.CHECKED and not one.good))
    ]


def at_once(acts: Sequence[Callable[[], Any]]) -> list[str]:
    """All at the same moment, each on a connection of its own; what any of them raised."""
    barrier, errors = threading.Barrier(len(acts)), []

    def go(act: Callable[[], Any]) -> None:
        try:
            barrier.wait(30)
            act()
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(act,)) for act in acts]
    random.shuffle(threads)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
