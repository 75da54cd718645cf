"""Linking items: related, one before the other, the same."""

from sqlalchemy import and_, delete, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.work.models import Link, WorkItem
from collab.work.policy import items, may_change, visible_to
from collab.work.queries.items import named_by

from ..link_events import ItemLinked, ItemUnlinked
from ..link_forms import NewLink

NO_SUCH_ITEM = N_("There is no such item, or it is not for you to see.")
ITSELF = N_("An item is not linked with itself.")
EACH_OTHER = N_("That item waits for this one already; two items cannot both come first.")
IN_A_CIRCLE = N_("That item waits for this one already, through others; nothing in a circle could come first.")
BLOCKING = 0x_B1_0C_4E  # held while items are put before others
# Breadth first and each item once, so that a knot of links costs no more than its items.
_WAY_BACK = text("""
    with recursive way(item, depth) as (
      select cast(:start as bigint), 0
      union
      (select l.to_id, way.depth + 1 from way join link l on l.from_id = way.item and l.kind = 'blocks'
       where way.depth < 50 limit 5000))
    select min(depth) from way where item = :goal
""")
INVERSE = {"blocks": "blocked-by", "blocked-by": "blocks"}
KEPT = ("relates", "blocks", "duplicates")


@command(may_change, on=items, lock=False)
def link(actor: Actor, item: WorkItem, form: NewLink) -> int:
    """Link an item with another that one sees. The same link twice is one. Returns the other's id."""
    other = session().scalar(select(WorkItem.id).where(named_by(form.item.strip()), visible_to(actor)))
    if other is None:
        raise wrong("item", _(NO_SUCH_ITEM))
    if other == item.id:
        raise wrong("item", _(ITSELF))
    first, second = (other, item.id) if form.kind == "blocked-by" else (item.id, other)
    kind = "blocks" if form.kind == "blocked-by" else form.kind
    # Two that link the same pair at once meet at the rows of both items, always in the same order: neither is locked
    # before. What the rule saw may have changed until then, so it is asked again.
    both = select(WorkItem).where(WorkItem.id.in_((first, second))).order_by(WorkItem.id)
    session().scalars(both.with_for_update(key_share=True).execution_options(populate_existing=True)).all()
    if not may_change(actor, item):
        raise Forbidden
    if kind == "blocks":
        _refuse_circle(first, second)
    back = session().scalar(select(Link.id).where(Link.from_id == second, Link.to_id == first, Link.kind == kind))
    if back is not None:
        return other
    made = session().scalar(
        insert(Link)
        .values(from_id=first, to_id=second, kind=kind, created_by=actor.person_id, created_at=clock.now())
        .on_conflict_do_nothing()
        .returning(Link.id)
    )
    if made is not None:
        record(ItemLinked(subject=item.id, relation=form.kind, other=other))
        record(ItemLinked(subject=other, relation=INVERSE.get(form.kind, form.kind), other=item.id))
    return other


def _refuse_circle(first: int, second: int) -> None:
    """Items of which each must come before the next cannot end where they began. One at a time looks, since two at
    once could close a circle of which neither sees the other half."""
    session().execute(select(func.pg_advisory_xact_lock(BLOCKING)))
    steps = session().scalar(_WAY_BACK, {"start": second, "goal": first})
    if steps is not None:
        raise wrong("kind", _(EACH_OTHER if steps == 1 else IN_A_CIRCLE))


@command(may_change, on=items)
def unlink(actor: Actor, item: WorkItem, other: str) -> int:
    """Take every link between two items away. Raises NotFound when there is none to an item that one sees."""
    seen = session().scalar(select(WorkItem.id).where(named_by(other), visible_to(actor)))
    between = or_(and_(Link.from_id == item.id, Link.to_id == seen), and_(Link.from_id == seen, Link.to_id == item.id))
    gone = session().scalars(delete(Link).where(between, Link.kind.in_(KEPT)).returning(Link.id)).all()
    if seen is None or not gone:
        raise NotFound
    record(ItemUnlinked(subject=item.id, other=seen))
    record(ItemUnlinked(subject=seen, other=item.id))
    return seen
