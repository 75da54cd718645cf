"""Looking at a decision again, as its page shows it: when it comes back, that it has, what was found last."""

from dataclasses import dataclass
from typing import Final

from collab.core.actor import Actor
from collab.core.i18n import N_, _
from collab.work.queries.parties import Names
from collab.work.views.marks import Words

from .policy import leads
from .queries import Found
from .queries.revisits import Around
from .stages import STANDING

LOOKED: Final = N_("%(name)s looked at it again, %(when)s, and found that it stands.")
ONCE: Final = N_("once %(item)s is finished")
UNSEEN: Final = N_("once a matter is finished that is not for you to see")


@dataclass(frozen=True, slots=True)
class Again:
    """`note`: when it comes back, if it does; `due`: its time has come; `after`: the reference of what it waits for, as
    the form has it; `looked`: what was found last; `revised`: the decision in preparation that is to take its place;
    `before`: reference and title of those whose place it took."""

    note: str
    due: bool
    may: bool
    after: str
    looked: str
    revised: str
    before: tuple[tuple[str, str], ...]


def again_shown(actor: Actor, found: Found, names: Names, around: Around) -> Again:
    """Every word chosen here. `may`: whoever runs or chairs it, and whoever is asked."""
    words = Words(actor)
    after = around.after
    waits = (_(ONCE, item=after) if after else _(UNSEEN)) if found.revisit_after_id else ""
    parts = [words.day(found.revisit_on) if found.revisit_on else "", waits, found.revisit_when or ""]
    standing = found.stage in STANDING
    looked = ""
    if found.looked_at is not None:
        name = names.one(found.looked_by).name if found.looked_by else "Collab"
        looked = _(LOOKED, name=name, when=words.when(found.looked_at).text)
    return Again(
        note=" · ".join(part for part in parts if part) if found.superseded_by is None else "",
        due=standing and found.revisit_wait_id is not None,
        may=standing and (leads(actor, found) or actor.acts_for(around.asked)),
        after=after,
        looked=looked,
        revised=around.revised if standing else "",
        before=around.before,
    )
