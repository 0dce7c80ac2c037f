"""A world for each test, as the services have it."""

from tests.services.conftest import world

__all__ = ["world"]
