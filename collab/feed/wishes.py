"""How each of several people wants to hear of an item, and what follows for what is told them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, bindparam, text
from sqlalchemy.orm import Session

from .manner import SETTLE, Manner, next_digest
from .pushing.policy import with_browsers
from .topics import IN_DIGEST, NEVER_LOST, POPS_UP, TOPIC_OF, URGENT, usual

_WISHES: Final = text(
    """
    select p.id, p.time_zone, p.kind = 'person' and coalesce(m.mails, true) as mails,
      coalesce(m.digest_hour, 8) as digest_hour, n.muted_at is not null as muted,
      exists (select 1 from push_subscription b where b.person_id = p.id) as pops,
      (select jsonb_object_agg(c.topic, c.channel) from hearing_choice c
       where c.person_id = p.id and c.kind = :kind) as choices
    from person p
    left join hearing_manner m on m.person_id = p.id
    left join notification n on n.person_id = p.id and n.subject_kind = :about and n.subject_id = :item
    where p.id = any(:people)
    """
).bindparams(bindparam("people", type_=ARRAY(BigInteger)))


@dataclass(frozen=True, slots=True)
class Wish:
    """How one person wants to hear of items of one kind; `muted`: of this one only what must not be lost; `pops`: there
    is a browser in which things pop up."""

    time_zone: str = "UTC"
    manner: Manner = field(default_factory=Manner)
    muted: bool = False
    pops: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)

    def channel(self, reason: str) -> str:
        """never, inbox, digest, push or mail; what is urgent comes at once to whoever lets calls come at all."""
        topic = TOPIC_OF[reason]
        wished = self.choices.get(topic) or usual(pops=self.pops)[topic]
        return "mail" if reason == URGENT and wished in IN_DIGEST else wished


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody is told: `reasons` in the inbox; of those `untold` by a letter at `mail_at`, alone if `at_once`; in
    their browsers at `push_at`."""

    reasons: frozenset[str]
    untold: frozenset[str] = frozenset()
    at_once: bool = False
    mail_at: datetime | None = None
    push_at: datetime | None = None


def plan(wish: Wish, reasons: Iterable[str], now: datetime) -> Plan:
    """What follows from a wish. Pure."""
    channels = {reason: wish.channel(reason) for reason in reasons}
    kept = {reason for reason, channel in channels.items() if channel != "never"}
    if wish.muted:
        kept &= NEVER_LOST
    untold = frozenset(reason for reason in kept if channels[reason] in IN_DIGEST)
    push_at = now if wish.pops and any(channels[reason] in POPS_UP for reason in kept) else None
    if not untold or not wish.manner.mails:
        # What is to be told by a pop-up alone still knows that it waits for no quiet hours.
        return Plan(frozenset(kept), frozenset(kept & {URGENT}) if push_at else frozenset(), push_at=push_at)
    at_once = any(channels[reason] == "mail" for reason in untold)
    moment = now + SETTLE if at_once else next_digest(wish.manner, now, wish.time_zone)
    return Plan(frozenset(kept), untold, at_once, moment, push_at)


def wishes(
    session: Session, item_id: int, kind: str, people: Iterable[int], *, about: str = "work-item"
) -> dict[int, Wish]:
    """Person → how they want to hear of this item (or of this conversation): one query, two where somebody has
    a browser in which things pop up."""
    given = {"item": item_id, "kind": kind, "people": sorted(people), "about": about}
    rows: Any = session.execute(_WISHES, given).all()
    perhaps = [row.id for row in rows if row.pops]
    pops = with_browsers(session, perhaps) if perhaps else frozenset()
    return {
        row.id: Wish(
            row.time_zone, Manner(mails=row.mails, digest_hour=row.digest_hour), row.muted, row.id in pops,
            row.choices or {},
        )
        for row in rows
    }  # fmt: skip
