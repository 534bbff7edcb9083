from tests.routes.examples import examples  # noqa: F401
