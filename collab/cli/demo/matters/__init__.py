"""What the sample town is busy with: matters in three languages, each with what is said and asked about it."""

from typing import Final

from . import green, office, service, streets
from .matter import LAW, PLACES, Matter

MATTERS: Final = (*green.MATTERS, *streets.MATTERS, *service.MATTERS, *office.MATTERS)

__all__ = ["LAW", "MATTERS", "PLACES", "Matter"]
