"""The address under which a calendar program reads a view: made, made anew, withdrawn."""

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, or_, update
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session, system
from collab.people.secrets import digest, new_secret

from ..events import FeedClosed, FeedOpened
from ..models import SavedView, ViewFeed
from ..policy import may_pin_view, views

NOTE_EVERY: Final = timedelta(hours=1)


@command(may_pin_view, on=views, lock=False)
def open_feed(actor: Actor, view: SavedView) -> str:
    """Make an address for one's own calendar program; the one there was before ends. Returns its secret, once."""
    secret = new_secret()
    row = {"view_id": view.id, "person_id": actor.person_id, "secret_hash": digest(secret), "created_at": clock.now()}
    fresh = {"secret_hash": row["secret_hash"], "created_at": row["created_at"], "read_at": None}
    session().execute(
        insert(ViewFeed).values(row).on_conflict_do_update(index_elements=["view_id", "person_id"], set_=fresh)
    )
    record(FeedOpened(subject=view.id, name=view.name), quiet=True)
    return secret


@command(may_pin_view, on=views, lock=False)
def close_feed(actor: Actor, view: SavedView) -> None:
    """Withdraw one's address of a view: nobody reads under it any more."""
    mine = (ViewFeed.view_id == view.id) & (ViewFeed.person_id == actor.person_id)
    if session().scalar(delete(ViewFeed).where(mine).returning(ViewFeed.view_id)) is not None:
        record(FeedClosed(subject=view.id, name=view.name), quiet=True)


def end_feeds(person_id: int) -> None:
    """No calendar program reads as this person any more. For the reaction."""
    session().execute(delete(ViewFeed).where(ViewFeed.person_id == person_id))


@open_command(system)
def note_feed_read(_actor: Actor, view_id: int, person_id: int) -> None:
    """Write down that somebody read under an address, once an hour."""
    now = clock.now()
    session().execute(
        update(ViewFeed)
        .where(ViewFeed.view_id == view_id, ViewFeed.person_id == person_id)
        .where(or_(ViewFeed.read_at.is_(None), ViewFeed.read_at < now - NOTE_EVERY))
        .values(read_at=now)
    )
