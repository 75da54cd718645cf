"""Whoever's rights are others now sits elsewhere at once: open pages hear nothing more of what they may not read."""

from collab.core import realtime
from collab.core.reactions import Told, reacts

from .events import (
    AbsenceCancelled,
    AbsenceRecorded,
    BotEnded,
    MembershipBegan,
    MembershipEnded,
    PasswordSet,
    PeopleBroughtIn,
    PersonDeactivated,
    PostChanged,
    PostClosed,
    RolesChanged,
    SessionEnded,
    SignedOut,
    TokenRevoked,
    TreeTurned,
    UnitClosed,
    UnitMoved,
    UnitSplitCarried,
)


@reacts(
    MembershipBegan, MembershipEnded, RolesChanged, PersonDeactivated, BotEnded, SignedOut, SessionEnded, PasswordSet,
    TokenRevoked, AbsenceRecorded, AbsenceCancelled, lane="now",
)  # fmt: skip
def reseat_person(told: Told) -> None:
    """What one person may read, or whether they are signed in at all. Of an absence: whoever stands in."""
    named = (getattr(told.fact, name, None) for name in ("substitute", "person", "bot"))
    realtime.reseat(next(filter(None, named), None))


@reacts(UnitMoved, UnitClosed, UnitSplitCarried, TreeTurned, PostChanged, PostClosed, PeopleBroughtIn, lane="now")
def reseat_all(_told: Told) -> None:
    """The tree itself, or a list of people: that may be anybody."""
    realtime.reseat(None)
