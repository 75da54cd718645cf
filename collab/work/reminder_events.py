"""A reminder's time came. It is private to one person, so it is no fact of the item and stands in no history of it."""

from collab.core.facts import Fact, fact, item, party
from collab.core.i18n import N_


@fact("reminder-came", of="reminder", says=N_("The time came of which %(person)s wanted to be reminded"))
class ReminderCame(Fact):
    person: int | None = party()
    about: int = item()
