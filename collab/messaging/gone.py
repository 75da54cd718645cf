"""What stands in the place of a message that is gone, and why it is gone."""

from markupsafe import Markup, escape

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, in_language

from .queries import Said

DELETED = N_("This message was deleted.")
REMOVED = N_("Removed by the retention rule on %(day)s.")
NOTHING = Markup()
HIDDEN = N_("Hidden by %(name)s: %(reason)s")


def gone_how(said: Said) -> str:
    """deleted, removed (by a rule of retention) or hidden; nothing while it stands."""
    if said.removed_at is not None:
        return "removed"
    return "deleted" if said.deleted_at is not None else "hidden" if said.hidden_reason is not None else ""


def gone_says(actor: Actor, said: Said) -> Markup:
    """What stands in the place of a message that is gone; names and reasons in their own direction."""
    if said.removed_at is not None:
        day = dates.local_day(said.removed_at, actor.time_zone)
        shown = dates.shown(day, "long", calendar=actor.calendar)  # type: ignore[arg-type]
        return escape(_(REMOVED, day=shown))
    if said.deleted_at is not None:
        return escape(_(DELETED))
    by = Markup("<bdi>{}</bdi>").format(in_language(said.hidden_names, said.hidden_label or ""))
    reason = Markup("<bdi>{}</bdi>").format(said.hidden_reason or "")
    return escape(_(HIDDEN)) % {"name": by, "reason": reason}
