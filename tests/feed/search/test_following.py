"""The index follows the ledger: quiet facts too, once, and made anew it says the same."""

from sqlalchemy import select, text

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.feed.search.indexing import follow, rebuild
from collab.feed.search.models import SearchEntry, SearchPlace
from collab.work.commands import watch
from tests.work.making import make


def entries(app):
    with app.app_context():
        rows = db.session.execute(
            select(SearchEntry.kind, SearchEntry.subject_id, SearchEntry.vector, SearchEntry.scopes)
        ).all()
        found = {(row.kind, row.subject_id): (row.vector, tuple(sorted(row.scopes))) for row in rows}
        db.session.remove()
    return found


def test_what_follows_the_ledger_says_the_same_as_what_is_made_anew(app, directory, item, write, indexed, still):
    write("Nikos", item, "Please look, @everybody")
    indexed()
    followed = entries(app)
    assert {kind for kind, _id in followed} == {"item", "message", "person", "unit", "post", "outsider"}
    with app.app_context():
        rebuild()
        db.session.remove()
    assert entries(app) == followed


def test_following_twice_changes_nothing(app, item, indexed, still):
    indexed()
    before = entries(app)
    with app.app_context():
        place = db.session.scalars(select(SearchPlace.fact_id)).one()
        db.session.remove()
        assert follow(SYSTEM) == 0
        assert db.session.scalars(select(SearchPlace.fact_id)).one() == place
        db.session.remove()
    assert entries(app) == before


def test_a_quiet_fact_is_followed_as_well(app, item, indexed, do, cast):
    """Following an item leaves a quiet fact, and lets somebody see it."""
    indexed()
    do(watch, "Yannis", item)
    indexed()
    assert cast.Yannis in entries(app)["item", item][1]


def test_what_was_undone_leaves_no_trace(app, cast, actor_of, indexed):
    """A command that fails after its fact was written is not in the ledger, so not in the index."""
    with app.app_context():
        try:
            make(actor_of("Nikos"), cast.PARKS, None, "Never", parent_id=10**9)
        except Exception:
            db.session.rollback()
        db.session.remove()
    indexed()
    assert not [key for key in entries(app) if key[0] == "item"]


def test_a_message_stands_in_the_scopes_of_its_item(app, item, write, indexed, do, cast):
    said = write("Nikos", item, "Two trees are down")
    indexed()
    assert cast.Maria not in entries(app)["message", said["id"]][1]
    write("Nikos", item, f"@[Maria](party:{cast.Maria}) look")
    indexed()
    assert cast.Maria in entries(app)["message", said["id"]][1]


def test_what_a_restore_brought_along_is_read_once_however_far_this_server_has_counted(app, item, opened, indexed):
    """Its numbers lie ahead, and come by a second time as transactions are counted here."""
    indexed()
    late = opened("Nikos", "PARKS", "Late before the restore")
    with app.app_context(), writing() as session:
        session.execute(text("set local session_replication_role = replica"))  # the ledger's trigger is off
        for table, column in (("facts", "xid8"), ("search_place", "text")):
            session.execute(
                text(f"update {table} set xid = cast((cast(cast(xid as text) as bigint) + 100) as text)::{column}")
            )
    new = opened("Nikos", "PARKS", "New after it")
    indexed()
    indexed()
    assert {late, new} <= {id_ for kind, id_ in entries(app) if kind == "item"}
    with app.app_context():
        for _time in range(300):
            with writing() as session:
                session.execute(text("select pg_current_xact_id()"))
        assert follow(SYSTEM) == 0
        db.session.remove()
    newest = opened("Nikos", "PARKS", "Newest")
    indexed()
    assert ("item", newest) in entries(app)
