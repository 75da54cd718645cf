"""What happened, written down: facts, their texts and what follows from them, in as few statements as can be."""

import json
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from . import clock
from .actor import Actor
from .facts import Fact, new_salt, seal
from .prepared import Fixed
from .reactions import REGISTRY, Reaction, Told


class Happened(NamedTuple):
    """A fact in the making: whether it is told to anybody, and for whom the actor stood in when they did it."""

    fact: Fact
    quiet: bool
    on_behalf_of: int | None


def write_facts(session: Session, actor: Actor, facts: list[Happened], *, hushed: bool) -> list[tuple[Reaction, Told]]:
    """Facts, their texts and their outbox rows: three statements whatever their number. Gives what follows at once."""
    if not facts:
        return []
    at = clock.now()
    rows, texts = [], []
    for fact, _quiet, behalf_of in facts:
        words = [(name, text, new_salt()) for name, text in fact.texts().items()]
        texts.append(words)
        rows.append(
            {
                "at": at,
                "kind": fact.kind,
                "subject_kind": fact.subject_kind,
                "subject_id": fact.subject,
                "actor_id": actor.person_id,
                "on_behalf_of": behalf_of,
                "via": actor.via,
                "payload": fact.payload(),
                "text_hash": seal(words) if words else None,
            }
        )
    if len(rows) == 1:
        return _write_one(facts[0], rows[0], texts[0], hushed)
    ledger = session.connection()
    made = json.dumps([{name: row[name] for name in _COLUMNS} for row in rows], default=bytes.hex)
    ids = sorted(ledger.scalars(_WRITE, {"made": made, "at": at, "via": actor.via, "actor_id": actor.person_id}))
    erasable = [(id_, *word) for id_, words in zip(ids, texts, strict=True) for word in words]
    if erasable:
        spoken = zip(("facts", "names", "texts", "salts"), map(list, zip(*erasable, strict=True)), strict=True)
        ledger.execute(_SAY, dict(spoken))
    following = [
        (reaction, Told(id_, happened.fact, at, actor.person_id, happened.on_behalf_of))
        for id_, happened in zip(ids, facts, strict=True)
        for reaction in _heard(happened, hushed)
    ]
    due = [(told, (each.name, each.lane, told.fact.subject_kind)) for each, told in following if each.lane != "now"]
    if due:
        ways = {way: place for place, way in enumerate(dict.fromkeys(way for _told, way in due), 1)}
        names, lanes, kinds = map(list, zip(*ways, strict=True))
        ledger.execute(_DUE, {
            "at": at, "facts": [told.id for told, _way in due], "subjects": [told.fact.subject for told, _way in due],
            "ways": [ways[way] for _told, way in due], "reactions": names, "lanes": lanes, "kinds": kinds,
        })  # fmt: skip
    return [(reaction, told) for reaction, told in following if reaction.lane == "now"]


def _heard(happened: Happened, hushed: bool) -> list[Reaction]:
    """What follows from something that happened here."""
    if happened.quiet:
        return []
    return [each for each in REGISTRY.following(happened.fact.kind) if not (hushed and each.notifies)]


# All rows in one value: a row after the other costs as much again as all that a sweep or a bulk verb does, and so does
# an array of words, each of which the driver looks through for what is to be quoted. Numbers are drawn in the order of
# the rows, as the rows are sorted before.
_COLUMNS: Final = ("kind", "subject_kind", "subject_id", "on_behalf_of", "payload", "text_hash")
_WRITE: Final = text(
    """
    insert into facts (at, kind, subject_kind, subject_id, actor_id, on_behalf_of, via, payload, text_hash)
    select cast(:at as timestamptz), kind, subject_kind, subject_id, cast(:actor_id as bigint), on_behalf_of,
      cast(:via as text), payload, decode(text_hash, 'hex')
    from rows from (json_to_recordset(cast(:made as json)) as (
        kind text, subject_kind text, subject_id bigint, on_behalf_of bigint, payload jsonb, text_hash text)
      ) with ordinality as made(kind, subject_kind, subject_id, on_behalf_of, payload, text_hash, place)
    order by place
    returning id
    """
)
_SAY: Final = text(
    """
    insert into fact_text (fact_id, name, text, salt)
    select * from unnest(cast(:facts as bigint[]), cast(:names as text[]), cast(:texts as text[]),
                         cast(:salts as bytea[]))
    """
)
# The words of what follows are few and the facts are many, so facts point to them by number.
_DUE: Final = text(
    """
    insert into outbox (fact_id, reaction, lane, subject_kind, subject_id, next_at)
    select due.fact, said.reaction, said.lane, said.kind, due.subject, cast(:at as timestamptz)
    from unnest(cast(:facts as bigint[]), cast(:subjects as bigint[]), cast(:ways as bigint[]))
      as due(fact, subject, way)
    join unnest(cast(:reactions as text[]), cast(:lanes as text[]), cast(:kinds as text[]))
      with ordinality as said(reaction, lane, kind, way) on said.way = due.way
    """
)

_WRITE_ONE: Final = Fixed(
    lambda: text(
        """
        with made as (
          insert into facts (at, kind, subject_kind, subject_id, actor_id, on_behalf_of, via, payload, text_hash)
          values (cast(:at as timestamptz), cast(:kind as text), cast(:subject_kind as text),
                  cast(:subject_id as bigint), cast(:actor_id as bigint), cast(:on_behalf_of as bigint),
                  cast(:via as text), cast(:payload as jsonb), cast(:text_hash as bytea))
          returning id
        ), said as (
          insert into fact_text (fact_id, name, text, salt)
          select made.id, prose.name, prose.text, prose.salt
          from made, unnest(cast(:names as text[]), cast(:texts as text[]), cast(:salts as bytea[]))
            as prose(name, text, salt)
        ), due as (
          insert into outbox (fact_id, reaction, lane, subject_kind, subject_id, next_at)
          select made.id, told.reaction, told.lane, cast(:subject_kind as text), cast(:subject_id as bigint),
            cast(:at as timestamptz)
          from made, unnest(cast(:reactions as text[]), cast(:lanes as text[])) as told(reaction, lane)
        )
        select id from made
        """
    )
)


def _write_one(
    happened: Happened, row: dict[str, Any], words: list[tuple[str, str, bytes]], hushed: bool
) -> list[tuple[Reaction, Told]]:
    """The same for one fact, as most commands have it: one statement."""
    heard = _heard(happened, hushed)
    due = [each for each in heard if each.lane != "now"]
    [made] = _WRITE_ONE.rows(
        **{**row, "payload": json.dumps(row["payload"])},
        names=[name for name, _text, _salt in words], texts=[said for _name, said, _salt in words],
        salts=[salt for _name, _text, salt in words],
        reactions=[each.name for each in due], lanes=[each.lane for each in due],
    )  # fmt: skip
    told = Told(made.id, happened.fact, row["at"], row["actor_id"], row["on_behalf_of"])
    return [(each, told) for each in heard if each.lane == "now"]
