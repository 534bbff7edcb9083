"""Every hostile file gets its one answer, from the reader's own process and in good time."""

import time

import pytest

from gansu_care.spreadsheets.reading import FILE_FAULTS, Unreadable, read_workbook_apart

from . import office_xml, old_excel, open_document, texts, xlsb, zips
from .table import HOSTILE, REMEDIES, Hostile

KINDS = (zips, office_xml, open_document, xlsb, old_excel, texts)
SECONDS = 30
FEWEST = 60


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.name)
def test_hostile_file(hostile: Hostile):
    data, begun = hostile.make(), time.monotonic()
    if hostile.rows is not None:
        assert read_workbook_apart(data).sheets[0].rows == hostile.rows
    else:
        with pytest.raises(Unreadable) as caught:
            read_workbook_apart(data)
        assert (caught.value.code, caught.value.message) == (hostile.code, hostile.sentence)
        assert caught.value.remedy == REMEDIES[hostile.code]
    assert time.monotonic() - begun < SECONDS


def test_every_kind_of_file_and_every_fault_has_its_hostile_files():
    assert {hostile.make.__module__ for hostile in HOSTILE} == {kind.__name__ for kind in KINDS}
    assert len(HOSTILE) >= FEWEST
    told = {hostile.code for hostile in HOSTILE if hostile.code}
    told.add(
        "E_TOO_MANY_ROWS_IN_ALL"
    )  # of good sheets that are too many together: tests/spreadsheets/test_limits.py
    assert told == set(FILE_FAULTS) == set(REMEDIES)
