"""Which tests run, and which of them first.

The long ones wait more than they work: begun first, they leave no process alone with them at the end.

`--of-the-database`: only the tests that the database has a part in. The others are the same whichever database there
is; a run on a second one need not repeat them. A test is apart from it if it uses none of the fixtures that open one,
or says so itself (`apart`): it makes its own, or looks at what stands around the rows (headers, scripts, contrasts).

The hooks are taken over by conftest.py.
"""

import pytest

OPENS_IT = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(specname="pytest_addoption")
def pytest_offer_of_the_database(parser: pytest.Parser) -> None:
    parser.addoption(
        "--of-the-database",
        action="store_true",
        help="leave out the tests that are the same on every database",
    )


@pytest.hookimpl(specname="pytest_collection_modifyitems", trylast=True)
def pytest_choose_and_order(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not config.getoption("--of-the-database"):
        return
    kept, left = [], []
    for item in items:
        (left if _is_apart(item) else kept).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def _is_apart(item: pytest.Item) -> bool:
    if item.get_closest_marker("apart"):
        return True
    fixtures = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is None and OPENS_IT.isdisjoint(fixtures)
