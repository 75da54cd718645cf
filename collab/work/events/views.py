"""Saved views and their feeds."""

from collab.core.facts import Fact, fact, party, prose
from collab.core.i18n import N_


@fact("view-saved", of="saved-view", says=N_("%(actor)s saved the view %(name)s"))
class ViewSaved(Fact):
    name: str = prose()
    unit: int | None = party()


@fact("view-changed", of="saved-view", says=N_("%(actor)s changed the view %(name)s"))
class ViewChanged(Fact):
    name: str = prose()
    unit: int | None = party()


@fact("view-deleted", of="saved-view", says=N_("%(actor)s deleted the view %(name)s"))
class ViewDeleted(Fact):
    name: str = prose()


@fact("feed-opened", of="saved-view", says=N_("%(actor)s made a calendar address for the view %(name)s"))
class FeedOpened(Fact):
    name: str = prose()


@fact("feed-closed", of="saved-view", says=N_("%(actor)s withdrew the calendar address of the view %(name)s"))
class FeedClosed(Fact):
    name: str = prose()
