"""What tests of tasks have in common with those of talks: an open page of somebody."""

from tests.messaging.conftest import line

__all__ = ["line"]
