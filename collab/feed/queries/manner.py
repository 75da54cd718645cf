"""How somebody wants to hear."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from collab.core.actor import Actor
from collab.core.db import db

from ..hearing import CONVERSATION
from ..manner import Manner
from ..models import HearingChoice, HearingManner
from ..pushing.policy import with_browsers
from ..topics import IN_TALKS, usual

COLUMNS: Final = (
    HearingManner.mails, HearingManner.digest_hour, HearingManner.quiet_from, HearingManner.quiet_until,
    HearingManner.working_days, HearingManner.inbox_by,
)  # fmt: skip


def manner(actor: Actor) -> Manner:
    """When letters may come to this person, and how their inbox stands."""
    return manner_of(db.session(), actor.person_id)


def manner_of(reading: Session, person_id: int) -> Manner:
    """The same within the session of a command."""
    row = reading.execute(select(*COLUMNS).where(HearingManner.person_id == person_id)).one_or_none()
    return Manner(*row) if row else Manner()


def choices(actor: Actor, kinds: Iterable[str]) -> dict[str, dict[str, str]]:
    """Topic → kind of item → way of hearing: what this person chose, else the usual. Topics that arise in
    conversations that are no item's have the kind `conversation` as well."""
    pops = bool(with_browsers(db.session(), [actor.person_id]))
    kinds = list(kinds)
    found: dict[str, dict[str, str]] = {
        topic: dict.fromkeys((*kinds, *([CONVERSATION] if topic in IN_TALKS else [])), way)
        for topic, way in usual(pops=pops).items()
    }
    columns = (HearingChoice.topic, HearingChoice.kind, HearingChoice.channel)
    for topic, kind, channel in db.session.execute(select(*columns).where(HearingChoice.person_id == actor.person_id)):
        if kind in found.get(topic, {}):
            found[topic][kind] = channel
    return found
