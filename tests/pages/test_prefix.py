"""The look-up `prefix` finds what begins so, and treats no character as a wildcard."""

import pytest

from children.models import Child
from tests.records import make_child

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "found"),
    [("张", {"张小明", "张%明"}), ("张%", {"张%明"}), ("张_", set()), ("明", set()), ("王\\", {"王\\二"})],
)
def test_prefix(typed: str, found: set[str]) -> None:
    for name in ("张小明", "张%明", "李小明", "王\\二"):
        make_child(name=name)

    assert set(Child.objects.filter(name__prefix=typed).values_list("name", flat=True)) == found
