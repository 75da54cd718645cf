"""The ledger of facts as a page, for auditors alone: everybody else finds nothing here."""

from datetime import date

from flask import Response, request
from pydantic_core import to_jsonable_python

from collab.core.errors import NotFound
from collab.core.forms import parse
from collab.core.i18n import N_, _, ngettext
from collab.people.views.entry import picked
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import show

from ..events.readings import LedgerRead
from ..forms import LedgerFilter
from ..ledger_reading import read_ledger
from ..queries.ledger import Entry, Ledger
from ..queries.parties import Names
from . import pages
from .ledger_kinds import kinds_in_groups
from .looks import address
from .marks import Words

SEALED = N_("Sealed up to %(when)s")


@door(pages, "GET /facts", query=LedgerFilter)
def facts() -> Response:
    """Everything that happened, newest first, by person, kind, item and day; and how far it is sealed."""
    who, wanted = actor(), parse(LedgerFilter, picked(request.args, person="person"))
    words, unknown = Words(who), ""
    try:
        found = read_ledger(who, wanted)
    except NotFound:  # what was typed into the filter stands there still
        unknown = _("No item that you may read has this reference.")
        found = read_ledger(who, wanted.model_copy(update={"item": None, "limit": 1}))
    said = to_jsonable_python(wanted.model_dump(exclude_unset=True))
    rest = said | {"after": None}
    page, kinds = found.page, kinds_in_groups()
    labels = {code: label for _group, each in kinds for code, label in each}
    return show(
        "work/ledger.html",
        wanted=wanted,
        person=found.names.one(wanted.person).name if wanted.person else "",
        kinds=kinds,
        entries=[
            (each, words.when(each.at), words.number(each.id), each.about or _asked(each, found.names, words, labels))
            for each in page.items
            if not unknown
        ],
        unknown=unknown,
        status=404 if unknown else 200,
        seal=_seal(found, words),
        head=found.head.line() if found.head else "",
        previous_href=address("/facts", rest | {"after": page.previous}) if page.previous and not unknown else None,
        next_href=address("/facts", rest | {"after": page.next}) if page.next and not unknown else None,
    )


def _asked(entry: Entry, names: Names, words: Words, labels: dict[str, str]) -> str:
    """What somebody who read the ledger asked for, in words; empty for any other line, and for who asked nothing."""
    if entry.kind != LedgerRead.kind:
        return ""
    said = entry.payload
    # What was typed may be any number: people are known to everybody, somebody outside is not.
    person = names.known.get(said.get("person") or 0)
    named = person.name if person and person.kind == "person" else ""
    days = [words.day(date.fromisoformat(said[name])) if said.get(name) else "" for name in ("since", "until")]
    asked = [said.get("item"), named, labels.get(said.get("of_kind", "")), "–".join(days)]
    return " · ".join(one for one in asked if one and one != "–")


def _seal(found: Ledger, words: Words) -> str:
    head = found.head
    if head is None:
        return ""
    count = words.number(head.size)
    many = ngettext("%(count)s fact", "%(count)s facts", head.size, count=count)
    return f"{_(SEALED, when=words.when(head.at).whole)} · {many}"
