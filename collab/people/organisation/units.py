"""Units and their posts. Every unit has a head's post from its first day, named after it in every language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from collab.core.i18n import LOCALES, N_, _, speaking

from ..models import Membership, Party, Post, Unit, UnitSplit, UnitSplitPart
from ..tree import Edge
from .parties import Naming, add_parties, rename_parties
from .tree import add_edges, cut_edges

HEAD_OF = N_("Head of %(unit)s")
CODE_TAKEN = N_("Another unit has this code.")


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to be made. `parent_id` is its first place in the tree; None puts it at the top."""

    code: str
    naming: Naming
    valid_from: date
    parent_id: int | None = None
    valid_to: date | None = None
    level: str = "department"
    calendar_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to be made. `kind`: head, deputy or member."""

    unit_id: int
    kind: str
    naming: Naming
    valid_from: date
    valid_to: date | None = None


def add_units(session: Session, units: Sequence[NewUnit], locale: str, *, in_tree: bool = True) -> list[int]:
    """New units with their head's posts, in the order given. `locale`: the organisation's own language.

    With `in_tree=False` the caller adds the edges (an import, whose parents are made in the same breath).
    """
    if not units:
        return []
    ids = add_parties(session, "unit", [_found_by_code(unit.naming, unit.code) for unit in units])
    rows = [
        {
            "id": id_,
            "code": unit.code,
            "level": unit.level,
            "calendar_id": unit.calendar_id,
            "valid_from": unit.valid_from,
            "valid_to": unit.valid_to,
        }
        for id_, unit in zip(ids, units, strict=True)
    ]
    session.execute(insert(Unit), rows)
    heads = [
        NewPost(id_, "head", head_naming(unit.naming, locale), unit.valid_from, unit.valid_to)
        for id_, unit in zip(ids, units, strict=True)
    ]
    add_posts(session, heads)
    if in_tree:
        placed = [
            Edge(id_, unit.parent_id, unit.valid_from, unit.valid_to) for id_, unit in zip(ids, units, strict=True)
        ]
        add_edges(session, placed)
    return ids


def has_code(session: Session, code: str, but: int | None = None) -> bool:
    """Whether a unit other than `but` has this code: capital and small letters are one, for people type either."""
    same = func.lower(Unit.code) == func.lower(code)
    query = select(Unit.id).where(same if but is None else same & (Unit.id != but)).limit(1)
    return session.scalar(query) is not None


def code_is_taken(session: Session, code: str, but: int | None = None) -> bool:
    """The same, or whether a planned split keeps the code for a unit that it will make."""
    reserved = (
        select(UnitSplitPart.id)
        .join(UnitSplit)
        .where(func.lower(UnitSplitPart.code) == func.lower(code))
        .where(UnitSplit.carried_at.is_(None), UnitSplit.taken_back_at.is_(None))
        .limit(1)
    )
    return has_code(session, code, but) or session.scalar(reserved) is not None


def _found_by_code(naming: Naming, code: str) -> Naming:
    return Naming(naming.label, naming.names, code)


def head_naming(unit: Naming, locale: str) -> Naming:
    """The name of the head's post in every language, made of the unit's name in that language."""
    names = {}
    for code in LOCALES:
        with speaking(code):
            names[code] = _(HEAD_OF, unit=unit.names.get(code) or unit.label)
    return Naming(names[locale], names)


def add_posts(session: Session, posts: Sequence[NewPost]) -> list[int]:
    """New posts, in the order given."""
    if not posts:
        return []
    ids = add_parties(session, "post", [post.naming for post in posts])
    rows = [
        {
            "id": id_,
            "unit_id": post.unit_id,
            "kind": post.kind,
            "valid_from": post.valid_from,
            "valid_to": post.valid_to,
        }
        for id_, post in zip(ids, posts, strict=True)
    ]
    session.execute(insert(Post), rows)
    return ids


def rename_unit(session: Session, unit_id: int, code: str, naming: Naming, locale: str) -> None:
    """Another name for a unit, and for its head's post as long as that was named after it."""
    before = session.execute(select(Party.label, Party.names).where(Party.id == unit_id)).one()
    was = head_naming(Naming(before.label, before.names), locale)
    renamed = [(unit_id, _found_by_code(naming, code))]
    head = session.execute(
        select(Post.id, Party.label)
        .join(Party, Party.id == Post.id)
        .where(Post.unit_id == unit_id, Post.kind == "head")
    ).all()
    renamed += [(post.id, head_naming(naming, locale)) for post in head if post.label == was.label]
    rename_parties(session, renamed)


def close_unit(session: Session, unit_id: int, on: date, into: int | None) -> None:
    """The unit's last day is the one before `on`: it leaves the tree, its posts and memberships end with it."""
    session.execute(update(Unit).where(Unit.id == unit_id).values(valid_to=on, into_id=into))
    cut_edges(session, [unit_id], on)
    close_posts(session, Post.unit_id == unit_id, on)
    end_memberships(session, Membership.unit_id == unit_id, on)


def close_posts(session: Session, which: object, on: date) -> None:
    """Posts end on `on`; those not yet begun never begin."""
    running = or_(Post.valid_to.is_(None), Post.valid_to > on)
    session.execute(update(Post).where(which, running, Post.valid_from <= on).values(valid_to=on))  # type: ignore[arg-type]
    session.execute(update(Post).where(which, Post.valid_from > on).values(valid_to=Post.valid_from))  # type: ignore[arg-type]


def end_memberships(session: Session, which: object, on: date) -> list[int]:
    """Memberships end on `on`; those not yet begun go. Returns the people whose rights change."""
    future = delete(Membership).where(which, Membership.valid_from >= on).returning(Membership.person_id)  # type: ignore[arg-type]
    running = or_(Membership.valid_to.is_(None), Membership.valid_to > on)
    ending = update(Membership).where(which, running, Membership.valid_from < on).values(valid_to=on)  # type: ignore[arg-type]
    touched = list(session.scalars(future)) + list(session.scalars(ending.returning(Membership.person_id)))
    return sorted(set(touched))
