"""What every test may count on: the divisions of Gansu are in the database, the province's people are at hand
(tests/people.py), pages open in the machine's own Chromium (tests/browser.py), files go to a folder of the run.
"""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase, override_settings
from django.utils import translation

from gansu_care.accounts.allowances import ALLOWANCES
from gansu_care.pages.todo_count import forget_counts
from tests import standing
from tests.browser import (  # noqa: F401
    browser_type_launch_args,
    new_page,
    page_as,
    pytest_addoption,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_terminal_summary,
)
from tests.emptying import empty
from tests.people import (  # noqa: F401
    admin,
    auditor,
    county,
    leader,
    neighbour,
    officer,
    prefecture,
    province,
    security,
    system,
    township,
)
from tests.selection import pytest_choose_and_order, pytest_offer_of_the_database  # noqa: F401
from tests.worker_process import worker  # noqa: F401

# Playwright's own event loop would make Django take every query of a browser test for a mistake.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"


def pytest_collection_finish() -> None:
    """What stands is not looked over again and again for circles: a tenth of the run."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings) -> None:
    """The tables are made as the models have them, in a tenth of the time that the migrations take.

    That the migrations make the very same ones is a test of its own (tests/releases/test_forward.py).
    """
    connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """The divisions, once for each test database."""
    with django_db_blocker.unblock():
        standing.note_migrations()
        standing.load_once()


@pytest.fixture(scope="session", autouse=True)
def emptied_after_a_transaction() -> Iterator[None]:
    """A transactional test's rows are deleted, the trail's too, which the database refuses to everybody else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(autouse=True)
def standing_divisions() -> Iterator[None]:
    """What an earlier test did to the divisions was rolled back; the process must not remember it."""
    standing.hand_out()
    yield
    standing.keep_what_was_made()


@pytest.fixture(autouse=True)
def nobody_erased_before(own_settings: None) -> None:
    """Record numbers begin anew with each test: an earlier test's erased ones are other children's by now."""
    settings.ERASED_LIST.unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def no_counts_kept() -> None:
    """What waited for a user of an earlier test, who had the same number."""
    forget_counts()


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """Each test begins in Chinese: a page asked for in English leaves its language behind in the thread."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Files of the run in a folder of its own; passwords hashed quickly.

    Nobody is asked again who she is, and nobody does a thing too often: tests of these two set them as they are.
    """
    var = tmp_path_factory.mktemp("var")
    with override_settings(
        VAR_DIR=var,
        TRAIL_DIR=var / "trail",
        ERASED_LIST=var / "erased_records.txt",
        STORAGES=_storages(var),
        PASSWORD_HASHERS=[QUICK],
        CONFIRM_DANGEROUS_ACTS=False,
        ALLOWANCES=dict.fromkeys(ALLOWANCES, 1_000_000),
    ):
        yield


def _storages(var: Path) -> dict:
    return {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(var / "files"), "file_permissions_mode": 0o600},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
