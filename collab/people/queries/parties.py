"""Choosing a party by typing: people, units, posts, outsiders, found by the beginning of any word of their names, and
in the fields where one chooses by names with slips in them too."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Date,
    Select,
    and_,
    any_,
    bindparam,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.forms import wrong
from collab.core.i18n import N_, _, in_language, listed
from collab.core.package import NAMED
from collab.core.prepared import Fixed, Prepared
from collab.core.text.fold import fold

from ..models import Absence, Membership, Outsider, Party, Person, Post, Unit
from ..policy import finds_outsider
from ..standing import valid_on
from .today import today

KINDS: Final = ("person", "unit", "post", "outsider")
MOST: Final = 20
LEAST_FORGIVEN: Final = 3
"""Letters: with fewer nearly everything is a slip away."""
OUTSIDE: Final = N_("outside")
AWAY: Final = N_("away")
BOT: Final = N_("bot")
NOT_CHOSEN: Final = N_("Choose one from the list.")
NOBODY_CALLED_SO: Final = N_("Nobody is called “%(name)s”. Type the beginning of the name and choose from the list.")
SEVERAL_CALLED_SO: Final = N_("Several are called so: %(names)s. Choose one from the list.")


class Choice(NamedTuple):
    """A party to choose: `hint` says what tells it from others of its name."""

    id: int
    kind: str
    name: str
    hint: str
    away: bool


def folded_words(text: str) -> list[str]:
    """What was typed as the words it is looked for by."""
    return fold(text).split()[:8]


def found_by(words: Sequence[str]) -> ColumnElement[bool]:
    """The criterion "each word begins some word of the party's names"."""
    tests = []
    for word in words:
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        tests.append(or_(Party.folded.like(f"{escaped}%"), Party.folded.like(f"% {escaped}%")))
    return and_(*tests)


def find_parties(
    actor: Actor,
    text: str,
    kinds: Sequence[str] = KINDS,
    limit: int = MOST,
    *,
    mine: bool = False,
    near: Sequence[int] = (),
) -> list[Choice]:
    """The parties of today whose names begin with what was typed, best first; two queries. `mine`: those alone who hold
    work in the units that the actor heads. `near`: units of which whoever belongs to the first comes first of all, then
    whoever belongs to the second, and so on."""
    words = folded_words(text)
    query = _of_today(actor, today()).where(Party.kind.in_(kinds))
    if mine:
        query = query.where(_in_headed(actor))
    rank: Any = case({kind: place for place, kind in enumerate(KINDS)}, value=Party.kind)
    if near:
        nearness = case(*((_belongs_to([unit]), place) for place, unit in enumerate(near)), else_=len(near))
        query = query.order_by(nearness)
    if words:
        whole = " ".join(words)
        begins = Party.folded.startswith(whole, autoescape=True)
        query = query.where(found_by(words)).order_by(begins.desc(), rank, Party.sort_key, Party.id)
    else:
        query = query.order_by(rank, Party.sort_key, Party.id)
    return _choices(db.session.execute(query.limit(limit)).all())


def offer_parties(
    actor: Actor,
    text: str,
    kinds: Sequence[str] = KINDS,
    limit: int = MOST,
    *,
    mine: bool = False,
    near: Sequence[int] = (),
) -> list[Choice]:
    """As `find_parties`, and behind those whoever is called so by sound, in another alphabet or, where nobody is, with
    a slip of the keyboard: for those who choose from what they see. Six queries at most, two where many are found."""
    found = find_parties(actor, text, kinds, limit, mine=mine, near=near)
    if len(found) >= limit or len(fold(text)) < LEAST_FORGIVEN:
        return found
    known = {one.id for one in found}
    # Some are not there today, or not for this person: so a few more are looked for than are shown.
    ids = [id_ for search in NAMED for id_ in search(text, kinds, 2 * limit) if id_ not in known]
    return found + choices_of(actor, ids, mine=mine)[: limit - len(found)]


def party_called(actor: Actor, name: str, field: str, kinds: Sequence[str] = KINDS) -> int:
    """Who is meant by a name that was typed and not chosen: the one called exactly so in any language (or by the code
    of a unit), else the only one whose name begins so. Raises Invalid at `field` when it is nobody or several."""
    called = "".join(filter(str.isprintable, name)).strip()[:200]
    words, whole = folded_words(called), fold(called)
    asked = func.lower(Unit.code) == func.lower(called)
    if words:
        asked = or_(asked, found_by(words))
    query = _of_today(actor, today()).where(Party.kind.in_(kinds), asked)
    rows = db.session.execute(query.order_by(Party.sort_key, Party.id).limit(200)).all()
    exact = [
        row
        for row in rows
        if whole in {fold(each) for each in (row.label, row.code, *(row.names or {}).values()) if each}
    ]
    found = exact or rows
    if not called:
        raise wrong(field, _(NOT_CHOSEN))  # something was typed, and nothing of it can be seen
    if not found:
        raise wrong(field, _(NOBODY_CALLED_SO, name=called))
    if len(found) > 1:
        some = choices_of(actor, [row.id for row in found[:5]])
        named = listed(f"{one.name} ({one.hint})" if one.hint else one.name for one in some)
        raise wrong(field, _(SEVERAL_CALLED_SO, names=named))
    return int(found[0].id)


def choices_of(actor: Actor, ids: Sequence[int], *, mine: bool = False) -> list[Choice]:
    """Those of the parties with these ids who are there today, in the order of the ids; two queries."""
    if not ids:
        return []
    places = {id_: place for place, id_ in enumerate(ids)}
    if mine:
        query = _of_today(actor, today()).where(Party.id.in_(ids), _in_headed(actor))
        found = _choices(db.session.execute(query).all())
    else:
        found = _choices(KNOWN.rows(actor, ids=list(ids), day=today()))
    return sorted(found, key=lambda choice: places[choice.id])


def _in_headed(actor: Actor) -> ColumnElement[bool]:
    """Units that the actor heads, posts in them, and people who belong to one."""
    return _belongs_to(sorted(actor.headed))


def _belongs_to(units: Sequence[int]) -> ColumnElement[bool]:
    """These units, posts in them, and people who belong to one."""
    members = select(Membership.person_id).where(Membership.unit_id.in_(units), valid_on(Membership, today()))
    return or_(Party.id.in_(units), Post.unit_id.in_(units), Party.id.in_(members))


def _of_today(actor: Actor, day: Any) -> Select[Any]:
    return (
        select(Party.id, Party.kind, Party.label, Party.names, Unit.code)
        .outerjoin(Person, Person.id == Party.id)
        .outerjoin(Unit, Unit.id == Party.id)
        .outerjoin(Post, Post.id == Party.id)
        .outerjoin(Outsider, Outsider.id == Party.id)
        .where(finds_outsider(actor))
        .where(or_(Person.id.is_(None), Person.active))
        .where(or_(Unit.id.is_(None), and_(Unit.valid_from <= day, or_(Unit.valid_to.is_(None), Unit.valid_to > day))))
        .where(or_(Post.id.is_(None), valid_on(Post, day)))
    )


_DAY: Any = bindparam("day", type_=Date)
_AMONG: Any = Party.id == any_(bindparam("ids", type_=ARRAY(BigInteger)))
KNOWN: Final = Prepared(lambda actor: _of_today(actor, _DAY).where(_AMONG))
"""Those with these `ids` who are there on a `day`."""


def _choices(rows: Sequence[Any]) -> list[Choice]:
    hints = _hints([row.id for row in rows if row.kind != "unit"])
    return [
        Choice(
            row.id,
            row.kind,
            in_language(row.names, row.label),
            row.code or hints.get(row.id, ("", False))[0],
            hints.get(row.id, ("", False))[1],
        )
        for row in rows
    ]


def _hinting() -> Select[Any]:
    unit = aliased(Party)
    main = (
        select(Membership.unit_id)
        .where(Membership.person_id == Party.id, valid_on(Membership, _DAY))
        .order_by(Membership.main.desc(), Membership.id)
        .limit(1)
        .scalar_subquery()
    )
    away = (
        select(Absence.id)
        .where(Absence.person_id == Party.id, Absence.cancelled_at.is_(None))
        .where(Absence.first_day <= _DAY, Absence.last_day >= _DAY)
        .exists()
    )
    return (
        select(
            Party.id, Party.kind, unit.label, unit.names, away.label("away"), Outsider.email, Person.kind.label("sort")
        )
        .outerjoin(Post, Post.id == Party.id)
        .outerjoin(Outsider, Outsider.id == Party.id)
        .outerjoin(Person, Person.id == Party.id)
        .outerjoin(unit, unit.id == func.coalesce(Post.unit_id, main))
        .where(_AMONG)
    )


_HINTS: Final = Fixed(_hinting)


def _hints(ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """For people their main unit and whether they are away, for posts their unit, for outsiders where to reach them."""
    if not ids:
        return {}
    outside, bot = _(OUTSIDE), _(BOT)
    found = {}
    for row in _HINTS.rows(ids=list(ids), day=today()):
        where = in_language(row.names, row.label) if row.label else ""
        if row.sort == "bot":
            where = f"{bot} · {where}" if where else bot
        found[row.id] = (where if row.kind != "outsider" else row.email or outside, row.away)
    return found
