"""Time goes over the items for which nothing came: the letter is made ready, then what the rule says happens."""

import logging
import time
from typing import Final

from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Invalid, NotFound
from collab.core.i18n import N_, _, speaking
from collab.people.models import Organisation
from collab.work.queries.items import find_item
from collab.work.queries.shapes import Item

from .commands.silence import Ready, fall_silent
from .letters.drafting import Draft, drafted, letter_saying
from .queries.details import details_of
from .queries.silence import perhaps_silent
from .silence import Silence

log = logging.getLogger(__name__)

LONGEST: Final = 3.0
"""Seconds in one go; the rest at the next."""
WORDS: Final = {
    "approved": N_("Approved by silence: nothing came in time."),
    "refused": N_("Refused by silence: nothing came in time."),
    "closed": N_("Closed: the counterpart did not answer in time."),
}
LETTERS: Final = {
    "approved": N_(
        "Your application counts as approved, since the time within which we had to decide on it is over. You need do "
        "nothing more."
    ),
    "refused": N_(
        "Your application counts as refused, since the time within which we had to decide on it is over. You may "
        "appeal against it."
    ),
    "closed": N_(
        "We asked you for what was missing from your application and received nothing within the time given. We have "
        "closed it. You may apply again."
    ),
}


def sweep_silence() -> None:
    """Every minute: is the last day of some item over, without anything having come?"""
    begun, after = time.monotonic(), 0
    while time.monotonic() - begun < LONGEST:
        ids = list(perhaps_silent(after))
        db.session.rollback()
        if not ids:
            return
        for item_id in ids:
            try:
                fall_silent(SYSTEM, item_id, ready_for(item_id))
            except NotFound:
                continue
            except Exception:
                log.exception("what follows from silence on item %s failed", item_id)
            finally:
                db.session.rollback()
        after = ids[-1]


def ready_for(item_id: int) -> Ready:
    """The letter and the words for an item, in the organisation's language. Raises NotFound where no rule says any."""
    item = find_item(SYSTEM, item_id)
    details = details_of(SYSTEM, [item.id]).get(item.id)
    silence = details.rule.silence if details is not None and details.rule is not None else None
    if silence is None:
        raise NotFound
    own = db.session.scalar(select(Organisation.locale)) or "en"
    with speaking(own):
        words = " ".join(each for each in (_(WORDS[silence.outcome]), silence.basis) if each)
        draft = _draft(item, silence)
    return Ready(draft.language, draft.to_id, draft.text, words)


def _draft(item: Item, silence: Silence) -> Draft:
    """From the rule's template; where there is none, or it is gone by now, plain words."""
    if silence.template_id is not None:
        try:
            return drafted(SYSTEM, item, silence.template_id, None)
        except (Invalid, NotFound):
            pass
    basis = f" ({silence.basis})" if silence.basis else ""
    return letter_saying(SYSTEM, item, _(LETTERS[silence.outcome]) + basis)
