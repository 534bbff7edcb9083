"""Where the demo may be made: in development, on this machine, in a database that is empty."""

import pytest

from gansu_care.demo.preparing import is_empty, is_local, may_hold_demo

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "HOST": ""}
POSTGRES = {"ENGINE": "django.db.backends.postgresql"}


@pytest.mark.django_db
def test_an_empty_local_database_in_development_may_hold_the_demo(settings) -> None:
    settings.DEBUG = True
    assert may_hold_demo()


@pytest.mark.django_db
def test_production_never_holds_the_demo(settings) -> None:
    settings.DEBUG = False
    assert not may_hold_demo()


def test_a_database_with_one_account_is_not_empty(settings, system) -> None:
    settings.DEBUG = True
    assert not is_empty()
    assert not may_hold_demo()


@pytest.mark.parametrize(
    ("database", "local"),
    [
        (SQLITE, True),
        (POSTGRES | {"HOST": ""}, True),
        (POSTGRES | {"HOST": "/var/run/postgresql"}, True),
        (POSTGRES | {"HOST": "localhost"}, True),
        (POSTGRES | {"HOST": "127.0.0.1"}, True),
        (POSTGRES | {"HOST": "10.0.3.7"}, False),
        (POSTGRES | {"HOST": "db.example.org"}, False),
    ],
)
def test_only_this_machine_is_local(database: dict[str, str], local: bool) -> None:
    assert is_local(database) is local
