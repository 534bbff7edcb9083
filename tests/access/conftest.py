"""One record of each kind, as the table of routes has them."""

from tests.test_routes import examples  # noqa: F401
