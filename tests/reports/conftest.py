import pytest

from tests.reports.people_and_places import make_small_province


@pytest.fixture
def small_province(db: None) -> None:
    make_small_province()
