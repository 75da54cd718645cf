"""Whom a message calls: by what names, and who is called in vain, for they may not read the talk it stands in."""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import ARRAY, BigInteger, any_, bindparam, false, or_, select, text

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import in_language
from collab.people.models import Party, Person
from collab.people.queries.today import today
from collab.people.standing import compute

from ..mentions import called, rewritten
from ..owners import Owner, reads

CALLED: Final = ("person", "unit", "post")
MOST: Final = 60
"""Whoever lies beyond these is not looked at: one question each."""
MOST_BEHIND: Final = 250
"""So many people of units and posts are looked at. Of one with more than are left it is not known, and nothing said."""
AT_ONCE: Final = 25
"""People in one question."""


def names_called(parties: Iterable[int]) -> dict[int, str]:
    """Party id → the name under which the reader reads whoever is called. One query, none for nobody."""
    ids = list(parties)
    if not ids:
        return {}
    among = select(Party.id, Party.label, Party.names).where(Party.id.in_(ids), Party.kind.in_(CALLED))
    return {row.id: in_language(row.names, row.label) for row in db.session.execute(among)}


def named_in_languages(party_id: int) -> tuple[str, dict[str, str]]:
    """What somebody is called, and the names they have in each language."""
    named = db.session.execute(select(Party.label, Party.names).where(Party.id == party_id)).one()
    return named.label, named.names or {}


def as_read(texts: Sequence[str]) -> list[str]:
    """Texts as their reader reads them: whoever is called stands there under their name in the reader's language. One
    query, none where nobody is called."""
    names = names_called({party for text in texts for party in called(text)})
    return [rewritten(text, names) for text in texts]


def unheard(owner: Owner, parties: Iterable[int]) -> dict[int, str]:
    """Id → name of those among `parties` who may not read the talk of `owner` today: people, and units and posts of
    which nobody may.
    """
    named = {row.id: row for row in db.session.execute(_NAMED, {"ids": list(parties)})}
    actors = compute(db.session(), [id_ for id_, row in named.items() if row.kind == "person"], today())
    alone = {id_: actors.get(id_) or _as_such(id_, row.kind) for id_, row in named.items()}
    deaf = [id_ for id_ in named if not _any_reads([alone[id_]], owner)]
    heard = _with_a_reader(owner, [id_ for id_ in deaf if named[id_].kind != "person"])
    return {id_: in_language(named[id_].names, named[id_].label) for id_ in deaf if id_ not in heard}


def _with_a_reader(owner: Owner, parties: list[int]) -> set[int]:
    """Those of these units and posts of which somebody reads the talk, or of which it is not known."""
    left, heard = MOST_BEHIND, set()
    for id_, people in _people_behind(parties).items():
        if len(people) > left:
            heard.add(id_)
            continue
        for start in range(0, len(people), AT_ONCE):
            some = compute(db.session(), people[start : start + AT_ONCE], today())
            left -= len(some)
            if _any_reads(list(some.values()), owner):
                heard.add(id_)
                break
    return heard


def _any_reads(readers: list[Actor], owner: Owner) -> bool:
    """One question for them all."""
    return bool(db.session.scalar(select(or_(false(), *(reads(one, owner) for one in readers)))))


_NAMED: Final = (
    select(Party.id, Party.kind, Party.label, Party.names)
    .outerjoin(Person, Person.id == Party.id)
    .where(Party.id == any_(bindparam("ids", type_=ARRAY(BigInteger))), Party.kind.in_(CALLED))
    .where(Person.id.is_(None) | Person.active)
    .order_by(Party.kind, Party.id)
    .limit(MOST)
)

_BEHIND: Final = text(
    """
    select p.id as party, m.person_id as person from unnest(cast(:ids as bigint[])) p(id)
    left join post on post.id = p.id
    join membership m on (m.unit_id = p.id or m.post_id = p.id
        or (post.kind = 'head' and m.unit_id = post.unit_id and m.kind in ('head', 'deputy', 'acting')))
      and m.valid_from <= :day and (m.valid_to is null or m.valid_to > :day)
    join person on person.id = m.person_id and person.active
    group by 1, 2 order by 1, 2
    """
)


def _people_behind(parties: list[int]) -> dict[int, list[int]]:
    """Unit or post → the people who belong to it or hold it today."""
    found: dict[int, list[int]] = {}
    for row in db.session.execute(_BEHIND, {"ids": parties, "day": today()}) if parties else ():
        found.setdefault(row.party, []).append(row.person)
    return found


def _as_such(id_: int, kind: str) -> Actor:
    """Somebody who is nothing but of this unit, or holds nothing but this post."""
    alone = frozenset({id_})
    unit = alone if kind == "unit" else frozenset()
    return Actor(person_id=id_, units=unit, reach=unit, parties=alone, named_parties=alone)


def called_in_vain(owner: Owner, parties: Iterable[int]) -> list[str]:
    """The names of those among `parties` who may not read the talk of `owner` today."""
    return list(unheard(owner, parties).values())
