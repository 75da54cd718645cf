"""What is for people alone, refused to programs."""

from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..models import Person

NO_BOT = N_("This is a bot: it has no password and no roles, and heads nothing.")


def refuse_bot(person: Person, field: str = "") -> None:
    """Raise Invalid at `field` for a program."""
    if person.kind == "bot":
        raise wrong(field, _(NO_BOT))
