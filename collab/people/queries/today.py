"""The day it is in the organisation."""

from datetime import date

from collab.core import clock

from .tree import tree


def today() -> date:
    """The organisation's own calendar day, which dated rights, absences and memberships go by."""
    return clock.today(tree().time_zone)
