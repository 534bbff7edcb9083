"""The admin in a browser."""

import pytest

from tests.pages.admin.screens import CHILDREN
from tests.records import make_child

pytestmark = pytest.mark.django_db


def test_admin_pages_keep_to_the_content_security_policy(admin, page_as) -> None:
    child = make_child()
    page = page_as("admin")

    for path in ("/admin/", CHILDREN, f"{CHILDREN}{child.pk}/change/", f"{CHILDREN}{child.pk}/history/",
                 f"{CHILDREN}export/", "/admin/funding/source/add/", "/admin/children/"):  # fmt: skip
        response = page.goto(path)
        assert response.status == 200, path
        assert page.locator("h1").count() == 1, path
