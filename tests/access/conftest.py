"""One record of each kind, as the table of routes has them."""

from tests.routes.examples import examples  # noqa: F401
