"""How conversations are called: after their unit or item, the others in a direct talk, or by their own title."""

from collections.abc import Iterable

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import N_, _, in_language, listed
from collab.core.package import READABLE
from collab.people.models import Party
from collab.people.queries.tree import tree

from .queries import About, Entry, about, members_of
from .queries.conversations import Member

ALONE = N_("Notes to myself")

Names = dict[int, tuple[str, str]]
Members = dict[int, list[Member]]


def names_of(actor: Actor, entries: Iterable[Entry], members: Members | None = None) -> Names:
    """Conversation id → what it is called and where its page is; two queries, three when there are closed units.

    `members` of its direct talks, where they are known already.
    """
    found: Names = {}
    talks = list(entries)
    units = {entry.owner_id: entry.id for entry in talks if entry.kind == "unit"}
    here = tree().nodes
    found |= {id_: (here[unit].name(), page(id_)) for unit, id_ in units.items() if unit in here}
    gone = [unit for unit in units if unit not in here]
    if gone:
        rows = db.session.execute(select(Party.id, Party.label, Party.names).where(Party.id.in_(gone)))
        found |= {units[row.id]: (in_language(row.names, row.label), page(units[row.id])) for row in rows}
    if members is None:
        members = members_of([entry.id for entry in talks if entry.kind == "direct"])
    for entry in talks:
        if entry.kind in ("group", "announcement"):
            found[entry.id] = (entry.title or "", page(entry.id))
        elif entry.kind == "direct":
            others = [one.name for one in members.get(entry.id, []) if one.id != actor.person_id]
            found[entry.id] = (listed(others) or _(ALONE), page(entry.id))
    return found | _owned(actor, talks)


def name_of(actor: Actor, conversation_id: int) -> str:
    """What one conversation is called for this reader."""
    return title_of(actor, about(actor, conversation_id))


def title_of(actor: Actor, talk: About) -> str:
    entry = Entry(talk.id, talk.kind, talk.owner_id, talk.title)
    return names_of(actor, [entry]).get(talk.id, ("", ""))[0]


def address_of(actor: Actor, talk: About) -> tuple[str, str] | None:
    """What a talk of another package's thing belongs to: its name and the address of its page."""
    rule = READABLE.get(talk.owner_kind)
    if talk.owner_kind in ("unit", "group") or rule is None or rule.named is None:
        return None
    return rule.named(actor, [talk.owner_id]).get(talk.owner_id)


def page(conversation_id: int) -> str:
    """The page of a conversation."""
    return f"/conversations/{conversation_id}"


def _owned(actor: Actor, talks: list[Entry]) -> Names:
    """The names of talks that belong to things of other packages."""
    found: Names = {}
    for kind, rule in READABLE.items():
        owners = {entry.owner_id: entry.id for entry in talks if entry.kind == "item"}
        if kind in ("unit", "group") or rule.named is None or not owners:
            continue
        for owner_id, (name, _address) in rule.named(actor, list(owners)).items():
            found[owners[owner_id]] = (name, page(owners[owner_id]))
    return found
