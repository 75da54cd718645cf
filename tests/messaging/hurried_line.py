"""A web process that waits nine seconds for a body, longer than for a connection and shorter than others."""

from collab.web import bodies

from .quick_line import app

bodies.GRACE = 9.0  # type: ignore[misc]

__all__ = ["app"]
