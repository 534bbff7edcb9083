"""Events are added and read; nothing else. The log has no personal data."""

import json
import logging

import pytest

from gansu_care.trail.events import record_event
from gansu_care.trail.log_lines import JsonLine
from gansu_care.trail.models import Action, Event

pytestmark = pytest.mark.django_db


def test_an_event_is_never_changed_or_deleted(officer) -> None:
    event = record_event(Action.READ, officer, kind="child", number="GC0000000019", rows=1)

    for attempt in (
        lambda: event.save(),
        lambda: event.delete(),
        lambda: Event.objects.update(reason=""),
        lambda: Event.objects.all().delete(),
    ):
        with pytest.raises(TypeError):
            attempt()
    assert Event.objects.get().username == "officer"


def test_an_event_outlives_the_account(officer) -> None:
    record_event(Action.READ, officer)
    officer.delete()

    assert (Event.objects.get().username, Event.objects.get().division_code) == ("officer", "621124")


def test_a_log_line_says_where_but_not_what_the_row_held() -> None:
    try:
        raise ValueError("张小明 620100201009010013")
    except ValueError as error:
        record = logging.LogRecord(
            "x",
            logging.ERROR,
            "f.py",
            1,
            "failed for %s",
            ("张小明",),
            (type(error), error, error.__traceback__),
        )
    line = JsonLine().format(record)

    assert "张小明" not in line
    assert "6201" not in line
    assert json.loads(line)["error"] == "ValueError"
