"""What follows when something was said: open pages ask again."""

from collab.core import realtime
from collab.core.reactions import Told, reacts

from .events import MessageDeleted, MessageEdited, MessagePosted
from .owners import Owner, rooms


def talk_kind(owner_kind: str) -> str:
    """The kind of hint by which pages know the talk of an owner: `data-live="work-item-talk:7"`."""
    return f"{owner_kind}-talk"


@reacts(MessagePosted, MessageEdited, MessageDeleted)
def hint_readers(told: Told) -> None:
    """Everybody who has this talk open asks for what is new in it."""
    happened = told.fact
    assert isinstance(happened, MessagePosted | MessageEdited | MessageDeleted)
    if happened.owner_kind and happened.owner:
        owner = Owner(happened.owner_kind, happened.owner)
        realtime.hint(rooms(owner), talk_kind(owner.kind), owner.id)
