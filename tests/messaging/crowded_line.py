"""The patient line, to which already one reader is a crowd: what is told next is gathered."""

from collab.web import broadcasting

from .patient_line import app

broadcasting.CROWD = 0  # type: ignore[misc]

__all__ = ["app"]
