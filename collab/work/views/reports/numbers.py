"""Numbers in words, as the head's pages say them."""

from collab.core.i18n import _

from ..marks import Words


def counted(number: int, words: Words, most: int = 0) -> str:
    """A number; where counting stopped, as 99+."""
    return f"{words.number(most - 1)}+" if most and number >= most else words.number(number)


def effort(minutes: int, words: Words) -> str:
    """Effort in hours, empty where none is given."""
    if not minutes:
        return ""
    hours = max(1, round(minutes / 60))
    return _("%(hours)s h", hours=words.number(hours))
