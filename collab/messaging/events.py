"""What happens in talks, in the past tense. What was said is prose: kept apart, so that it can be erased."""

from dataclasses import field

from collab.core.facts import Fact, fact, prose
from collab.core.i18n import N_


@fact("message-posted", of="conversation", says=N_("%(actor)s wrote: %(text)s"))
class MessagePosted(Fact):
    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None
    called: list[int] = field(default_factory=list)
    asks: bool = False  # whoever is asked hears of the question itself
    text: str = prose()


@fact("message-edited", of="conversation", says=N_("%(actor)s changed a message: %(text)s"))
class MessageEdited(Fact):
    """`called` are only those who were not called before; `text` is the new one, so the history is whole."""

    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None
    called: list[int] = field(default_factory=list)
    text: str = prose()


@fact("message-deleted", of="conversation", says=N_("%(actor)s deleted a message"))
class MessageDeleted(Fact):
    message: int
    seq: int
    owner_kind: str | None = None
    owner: int | None = None


@fact("message-file-removed", of="conversation", says=N_("%(actor)s removed the file %(name)s"))
class MessageFileRemoved(Fact):
    message: int
    name: str = prose()
