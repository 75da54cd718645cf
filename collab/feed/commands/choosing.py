"""How somebody wants to hear: of what, by which way, and when."""

from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anonymous, anyone, open_command, session
from collab.core.errors import Invalid, NotFound
from collab.core.i18n import N_, _
from collab.people.models import Person
from collab.work.kinds import kinds

from ..forms import Hearing
from ..hearing import CONVERSATION
from ..manner import Manner, next_digest
from ..models import HearingChoice, HearingManner, Notification
from ..pushing.policy import with_browsers
from ..topics import IN_TALKS, KEPT, usual

NO_KIND: Final = N_("There is no such kind of item.")
NEVER: Final = N_("This cannot be left out: mentions, handovers and what is expected of you always reach your inbox.")
HOURS: Final = ("mails", "digest_hour", "quiet_from", "quiet_until", "working_days")


@open_command(anyone)
def choose(actor: Actor, form: Hearing) -> None:
    """Say how one wants to hear. What is not said stays. Raises Invalid for what cannot be left out."""
    _refuse(form)
    common = usual(pops=bool(with_browsers(session(), [actor.person_id]))) if form.choices else {}
    for topic, ways in (form.choices or {}).items():
        for kind, channel in ways.items():
            _choose(actor.person_id, topic, kind, None if channel == common[topic] else channel)
    given = {name: getattr(form, name) for name in HOURS if getattr(form, name) is not None}
    if given:
        row = {"person_id": actor.person_id, **given}
        session().execute(
            insert(HearingManner).values(row).on_conflict_do_update(index_elements=["person_id"], set_=given)
        )
        _follow(actor.person_id)


def _refuse(form: Hearing) -> None:
    known, wrong = kinds(), {}
    for topic, ways in (form.choices or {}).items():
        for kind, channel in ways.items():
            if kind not in known and not (kind == CONVERSATION and topic in IN_TALKS):
                wrong[f"choices.{topic}.{kind}"[:100]] = [_(NO_KIND)]
            elif channel == "never" and topic in KEPT:
                wrong[f"choices.{topic}.{kind}"] = [_(NEVER)]
    if wrong:
        raise Invalid(fields=wrong)


def _choose(person_id: int, topic: str, kind: str, channel: str | None) -> None:
    """The usual way is kept as no row, so that people who chose nothing follow it when it changes."""
    mine = {"person_id": person_id, "topic": topic, "kind": kind}
    if channel is None:
        session().execute(delete(HearingChoice).filter_by(**mine))
        return
    statement = insert(HearingChoice).values({**mine, "channel": channel})
    session().execute(
        statement.on_conflict_do_update(index_elements=["person_id", "topic", "kind"], set_={"channel": channel})
    )


def _follow(person_id: int) -> None:
    """What still waits for a digest waits for its new hour; what waits for a letter that nobody wants is let go."""
    writing = session()
    zone = writing.scalar(select(Person.time_zone).where(Person.id == person_id)) or "UTC"
    columns = (HearingManner.mails, HearingManner.digest_hour)
    mails, hour = writing.execute(select(*columns).where(HearingManner.person_id == person_id)).one()
    waiting = (Notification.person_id == person_id) & Notification.mail_at.is_not(None)
    values: dict[str, Any] = {"mail_at": None, "untold": [], "at_once": False}
    if mails:
        waiting &= Notification.at_once.is_(False)
        values = {"mail_at": next_digest(Manner(digest_hour=hour), clock.now(), zone)}
    writing.execute(update(Notification).where(waiting).values(**values))


@open_command(anonymous)
def stop_mails(_actor: Actor, person_id: int) -> None:
    """Send somebody no more letters about what they hear of. Whoever asks holds a signed address from such a letter.

    Raises NotFound when there is no such person.
    """
    if session().scalar(select(Person.id).where(Person.id == person_id)) is None:
        raise NotFound
    row = {"person_id": person_id, "mails": False}
    session().execute(
        insert(HearingManner).values(row).on_conflict_do_update(index_elements=["person_id"], set_={"mails": False})
    )
    _follow(person_id)
