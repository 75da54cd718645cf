"""What the names and references stand for that somebody typed into a query."""

from collections.abc import Mapping, Sequence, Set
from typing import Any, Final, NamedTuple

from sqlalchemy import select, text

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.text.fold import fold
from collab.people.queries.tree import tree

from ..models import WorkItem
from ..policy import visible_to

MOST: Final = 4
_FIND: Final = text(
    """
    select asked.typed, p.id, p.label, p.names, p.exact
    from unnest(cast(:typed as text[]), cast(:words as text[]), cast(:kinds as text[])) as asked(typed, words, kinds),
    lateral (
      select party.id, party.label, party.names, party.sort_key, lower(party.label) = lower(asked.typed)
        or party.folded = asked.words or exists (
          select 1 from jsonb_each_text(party.names) n where lower(n.value) = lower(asked.typed)) as exact
      from party left join person on person.id = party.id left join unit on unit.id = party.id
        left join post on post.id = party.id
      where party.kind = any(string_to_array(asked.kinds, ','))
        and (party.folded like asked.words || '%' or party.folded like '% ' || asked.words || '%')
        and (person.id is null or person.active)
        and (unit.id is null or unit.valid_to is null or unit.valid_to > current_date)
        and (post.id is null or post.valid_to is null or post.valid_to > current_date)
      order by exact desc, party.sort_key, party.id limit 4) p
    """
)


class Called(NamedTuple):
    """Whom a name stands for; several `names` when it is not clear."""

    id: int
    names: tuple[str, ...]


def called(actor: Actor, names: Mapping[str, Sequence[str]]) -> dict[str, Called]:
    """Typed name → who is called so; nobody where it is missing. `names` says which kinds of party each may be.

    A name is a unit's code, a number (#15) or the beginning of somebody's names. Codes and numbers cost nothing; all
    other names are looked up in one query.
    """
    here = tree()
    found: dict[str, Called] = {}
    asked: list[tuple[str, str, str]] = []
    for typed, kinds in names.items():
        folded = fold(typed)
        number = folded.removeprefix("#")
        if number != folded and number.isascii() and number.isdigit() and len(number) <= 15:
            found[typed] = Called(int(number), (typed,))
        elif "unit" in kinds and folded in (codes := here.by_folded_code):
            found[typed] = Called(codes[folded], (here.nodes[codes[folded]].name(),))
        else:
            asked.append((typed, folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"), ",".join(kinds)))
    if asked:
        typed_, words, kinds_ = zip(*asked, strict=True)
        rows = db.session.execute(_FIND, {"typed": list(typed_), "words": list(words), "kinds": list(kinds_)}).all()
        found |= _grouped(actor, rows)
    return found


def _grouped(actor: Actor, rows: Sequence[Any]) -> dict[str, Called]:
    many: dict[str, list[Any]] = {}
    for row in rows:
        many.setdefault(row.typed, []).append(row)
    found = {}
    for typed, alike in many.items():
        exact = [row for row in alike if row.exact]
        chosen = exact if len(exact) == 1 else alike
        names = tuple((row.names or {}).get(actor.locale) or row.label for row in chosen[:MOST])
        found[typed] = Called(chosen[0].id, names)
    return found


def seen(actor: Actor, references: Set[str]) -> dict[str, int]:
    """Reference → id of the items among these that the actor sees; one query, none for none."""
    if not references:
        return {}
    query = select(WorkItem.reference, WorkItem.id).where(WorkItem.reference.in_(sorted(references)))
    return {row.reference: row.id for row in db.session.execute(query.where(visible_to(actor)))}
