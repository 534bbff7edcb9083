"""The table knows every route, and no route has two meanings."""

import pytest

from tests.routes.table import OPEN_TO_ALL, TABLE
from tests.routes.visiting import OURS, ROUTES

pytestmark = pytest.mark.django_db


def test_every_route_stands_in_the_table_and_every_line_has_its_route() -> None:
    assert OURS - OPEN_TO_ALL - set(TABLE) == set(), "routes that the table does not know"
    assert set(TABLE) - OURS == set(), "lines of the table without a route"


def test_no_route_has_two_meanings() -> None:
    """A fixed path stands before a pattern that would swallow it; so no two routes share a name either."""
    names = [name for name, _pattern, _route in ROUTES if not name.endswith(":")]
    assert len(names) == len(set(names))
