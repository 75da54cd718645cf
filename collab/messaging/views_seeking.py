"""Finding what was said, and catching up with what was missed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from flask import Response
from pydantic import Field

from collab.core import clock, dates
from collab.core.actor import Actor
from collab.core.forms import Form, PartyId, Search
from collab.core.i18n import ngettext
from collab.files.queries import files_on
from collab.files.shown import line as attached_line
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show
from collab.web.shell import counted

from . import queries
from .hits import Line, hit_line
from .list_shown import ICONS, apart, listed
from .meant import meant
from .named import names_of, page, title_of
from .owners import MESSAGE
from .places import places_of
from .queries import Hit, Said
from .seeking import asked_by
from .views import talks


class Seek(Form):
    """What is looked for: `q` as it is typed, `talk` the one conversation to look in."""

    q: Search = ""
    talk: PartyId | None = None
    after: Annotated[str, Field(max_length=400)] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A conversation with what was missed in it. `reference`: of the item whose talk it is; `more`: how many messages
    are unread beside those shown, `more_href`: where the first of the unread stands."""

    id: int
    reference: str
    name: str
    href: str
    icon: str
    unread: str
    last_seq: int
    calls: list[Line]
    first: list[Line]
    more: str
    more_href: str


@door(talks, "GET /conversations/search", query=Seek)
def search() -> Response:
    """Find messages in everything you may read."""
    who, form = actor(), asked(Seek)
    wanted = asked_by(who, form.q or "")
    about = queries.about(who, form.talk) if form.talk else None
    places = places_of(who, wanted, form.talk)
    found = queries.seek(who, wanted, places.ids, form.after)
    better = meant(who, wanted, places) if not (found.items or form.after) else ""
    unknown = wanted.place if places.ids == [] else ""
    nobody, no_unit = ("", "") if found.items else queries.unnamed(who, wanted)
    talk = {"talk": str(form.talk)} if form.talk else {}
    following = {"q": form.q or "", **talk, "after": found.next or ""}
    return show(
        "messaging/search.html", form=form, wanted=wanted, lines=_hits(who, found.items), list=listed(who, form.talk),
        within=title_of(who, about) if about else "",
        instead=queries.instead(who, wanted), places=places.instead, unknown=unknown, meant=better,
        nobody=nobody, no_unit=no_unit,
        meant_href=f"?{urlencode({'q': better, **talk})}",
        next_href=f"?{urlencode(following)}" if found.next else "",
    )  # fmt: skip


@door(talks, "GET /conversations/missed")
def missed() -> Response:
    """What you missed, conversation by conversation; what calls you first."""
    who = actor()
    found = queries.missed(who)
    names = names_of(who, [one.entry for one in found.talks])
    now, asking = clock.now(), _asking(who, [said for one in found.talks for said in one.calls + one.first])

    def line(said: Said) -> Line:
        return replace(hit_line(who, said, now), asks=said.id in asking)

    parts = [
        Part(
            one.entry.id, *apart(one.entry.kind, names[one.entry.id][0]), names[one.entry.id][1],
            ICONS[one.entry.kind], counted(one.entry.unread), one.entry.last_seq,
            [line(said) for said in one.calls], [line(said) for said in one.first],
            more=_more(one.more), more_href=f"{page(one.entry.id)}?at={(one.entry.read_seq or 0) + 1}",
        )
        for one in found.talks
        if one.entry.id in names
    ]  # fmt: skip
    return show("messaging/missed.html", parts=parts, more=found.more, list=listed(who))


def _asking(who: Actor, messages: list[Said]) -> frozenset[int]:
    """Which of them ask the reader to confirm them, and were not confirmed yet."""
    asking = [said.id for said in messages if said.asks_receipt and said.author_id != who.person_id]
    given = queries.confirmed(who, asking)
    return frozenset(id_ for id_ in asking if not given.get(id_, (0, False))[1])


def _more(unread: int) -> str:
    return (
        ngettext("%(count)s more message", "%(count)s more messages", unread, count=dates.digits(unread))
        if unread
        else ""
    )


def _hits(who: Actor, hits: Iterable[Hit]) -> list[Line]:
    found = list(hits)
    names = names_of(who, [hit.entry for hit in found])
    attached = files_on(who, MESSAGE, [hit.said.id for hit in found])
    now = clock.now()
    lines = []
    for hit in found:
        place = apart(hit.entry.kind, names.get(hit.entry.id, ("", ""))[0])
        line = hit_line(who, hit.said, now, place, ICONS[hit.entry.kind])
        files = tuple(attached_line(who, each) for each in attached.get(hit.said.id, []))
        # Files are named below the words, each a link.
        lines.append(replace(line, files=files, text=line.text if hit.said.text else ""))
    return lines
