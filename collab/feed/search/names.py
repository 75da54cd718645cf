"""People, units, posts and outsiders by name, slips forgiven. The directory is open to everybody who has signed in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import text

from collab.core.actor import Actor
from collab.core.prepared import Fixed
from collab.core.text.slipped import slipped_in
from collab.core.text.stem import words
from collab.people.queries.parties import Choice, choices_of

from .asking import Asked, asked_names
from .documents import FILE, MESSAGE
from .models import PARTY_KINDS
from .queries import newest_of

MOST: Final = 8
"""Of each kind."""
MOST_NEAR: Final = 200
"""Names in which slips are counted."""
_OF_PARTIES: Final = f"search_entry.kind in ({','.join(map(repr, PARTY_KINDS))})"
_CALLED: Final = f"""
select id, place, array_position(array['person', 'unit', 'post', 'outsider'], kind) as kind from (
  select id, kind, row_number() over (partition by kind order by score desc, id) as place from (
    select subject_id as id, kind, ts_rank(vector, (select cast(:q as tsquery))) as score
    from search_entry where {_OF_PARTIES} and vector @@ (select cast(:q as tsquery)) limit 5000) found) placed
where place <= :most
"""  # noqa: S608 only constants of this file
# A question in a select of its own is not weighed beforehand: of one with hundreds of words PostgreSQL thinks that it
# finds much, and reads every name.
_SLIPPED: Final = f"""
select p.id, p.folded from search_entry join party p on p.id = subject_id
where {_OF_PARTIES} and vector @@ (select cast(:near as tsquery))
"""  # noqa: S608 only constants of this file
_NEAR: Final = Fixed(lambda: text(f"{_SLIPPED} and search_entry.kind = any(:kinds) limit {MOST_NEAR}"))
# The newest of a kind are asked first: of a word that many have all would be gathered to know that there is one.
_THERE: Final = """
exists (select from search_entry where kind = '{0}' and vector @@ (select cast(:words as tsquery))
        and scopes && (select cast(:newest_{0} as bigint[])))
or exists (select from search_entry where kind = '{0}' and vector @@ (select cast(:words as tsquery)))
"""
_LOOK: Final = Fixed(
    lambda: text(
        f"""
        with called as materialized ({_CALLED}),
        slipped as materialized ({_SLIPPED} and not exists (select from called) limit {MOST_NEAR})
        select 'called' as what, id, null as folded, kind, place from called
        union all select 'slipped', id, folded, null, null from slipped
        union all select 'message', null, null, null, null where {_THERE.format(MESSAGE)}
        union all select 'file', null, null, null, null where {_THERE.format(FILE)}
        order by kind, place
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
    return found or _by_slips(typed, _NEAR.rows(near=near, kinds=list(kinds)))[:most]


@dataclass(frozen=True, slots=True)
class Look:
    """Who is called so, or nearly so where nobody is; and whether there are `messages` and `files` with the words at
    all, whoever may see them."""

    parties: list[Choice] = field(default_factory=list)
    near: list[Choice] = field(default_factory=list)
    messages: bool = False
    files: bool = False


def look(actor: Actor, asked: Asked, most: int) -> Look:
    """Those of today whose names have every word, by kind, the best first; those whose names are a slip or two of the
    keyboard away from what was typed, the fewest slips first; and what else is worth looking for."""
    # Some are not there today, or not for this person: so a few more are looked for than are shown.
    rows = _LOOK.rows(
        q=asked.names, near=asked.near, most=3 * most, words=asked.all_words,
        newest_message=newest_of(MESSAGE), newest_file=newest_of(FILE),
    )  # fmt: skip
    there, called = {row.what for row in rows}, [row.id for row in rows if row.what == "called"]
    parties = _most_of_each(choices_of(actor, called), most)
    near: list[Choice] = []
    if not parties:
        slipped = _NEAR.rows(near=asked.near, kinds=list(PARTY_KINDS)) if called else rows
        ids = _by_slips(asked.typed, [row for row in slipped if row.folded])
        near = choices_of(actor, ids[: 3 * MOST])[:MOST]
    return Look(parties, near, MESSAGE in there, FILE in there)


def _most_of_each(choices: Sequence[Choice], most: int) -> list[Choice]:
    left = dict.fromkeys(PARTY_KINDS, most)
    found = []
    for choice in choices:
        left[choice.kind] -= 1
        if left[choice.kind] >= 0:
            found.append(choice)
    return found


def _by_slips(typed: str, rows: Sequence[Any]) -> list[int]:
    """Ids of those a slip or two away, the fewest slips first."""
    said = [word.folded for word in words(typed)]
    counted = [(slipped, row.id) for row in rows if (slipped := slipped_in(said, row.folded.split())) is not None]
    return [id_ for _slips, id_ in sorted(counted)]
