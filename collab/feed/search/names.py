"""People, units, posts and outsiders by name, slips forgiven. The directory is open to everybody who has signed in."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import text

from collab.core.actor import Actor
from collab.core.prepared import Fixed
from collab.core.text.slipped import slipped_in
from collab.core.text.stem import words
from collab.people.queries.parties import Choice, choices_of

from .asking import Asked, asked_names
from .models import PARTY_KINDS

MOST: Final = 8
"""Of each kind."""
MOST_NEAR: Final = 200
"""Names in which slips are counted."""
_OF_PARTIES: Final = f"search_entry.kind in ({','.join(map(repr, PARTY_KINDS))})"
_NAMED: Final = Fixed(
    lambda: text(
        f"""
        select id from (
          select id, kind, row_number() over (partition by kind order by score desc, id) as place from (
            select subject_id as id, kind, ts_rank(vector, cast(:q as tsquery)) as score
            from search_entry where {_OF_PARTIES} and vector @@ cast(:q as tsquery) limit 5000) found) placed
        where place <= :most
        order by array_position(array['person', 'unit', 'post', 'outsider'], kind), place
        """  # noqa: S608 only constants of this file
    )
)
# A question in a select of its own is not weighed beforehand: of one with hundreds of words PostgreSQL thinks that it
# finds much, and reads every name.
_NEAR: Final = Fixed(
    lambda: text(
        f"""
        select p.id, p.folded from search_entry join party p on p.id = subject_id
        where {_OF_PARTIES} and search_entry.kind = any(:kinds) and vector @@ (select cast(:q as tsquery))
        limit {MOST_NEAR}
        """  # noqa: S608 only constants of this file
    )
)

_FIELD: Final = Fixed(
    lambda: text(
        f"""
        select id from (
          select subject_id as id, kind, ts_rank(vector, cast(:q as tsquery)) as score from search_entry
          where {_OF_PARTIES} and kind = any(:kinds) and vector @@ (select cast(:q as tsquery)) limit 1000) found
        order by array_position(array['person', 'unit', 'post', 'outsider'], kind), score desc, id limit :most
        """  # noqa: S608 only constants of this file
    )
)


def named(typed: str, kinds: Sequence[str], most: int) -> list[int]:
    """For fields that choose a party: those whose names have every word or sound so, else those a slip or two away."""
    whole, near = asked_names(typed)
    if not whole:
        return []
    found = [row.id for row in _FIELD.rows(q=whole, kinds=list(kinds), most=most)]
    return found or _nearest(typed, near, kinds)[:most]


def find_parties(actor: Actor, asked: Asked, most: int = MOST) -> list[Choice]:
    """Those of today whose names have every word, by kind, the best first."""
    if not asked.names:
        return []
    # Some are not there today, or not for this person: so a few more are looked for than are shown.
    ids = [row.id for row in _NAMED.rows(q=asked.names, most=3 * most)]
    left = dict.fromkeys(PARTY_KINDS, most)
    found = []
    for choice in choices_of(actor, ids):
        left[choice.kind] -= 1
        if left[choice.kind] >= 0:
            found.append(choice)
    return found


def find_near(actor: Actor, asked: Asked, most: int = MOST) -> list[Choice]:
    """Those whose names are a slip or two of the keyboard away from what was typed, the fewest slips first."""
    if not asked.near:
        return []
    return choices_of(actor, _nearest(asked.typed, asked.near)[: 3 * most])[:most]


def _nearest(typed: str, near: str, kinds: Sequence[str] = PARTY_KINDS) -> list[int]:
    """Ids of those a slip or two away, the fewest slips first."""
    said = [word.folded for word in words(typed)]
    rows = _NEAR.rows(q=near, kinds=list(kinds))
    counted = [(slipped, row.id) for row in rows if (slipped := slipped_in(said, row.folded.split())) is not None]
    return [id_ for _slips, id_ in sorted(counted)]
