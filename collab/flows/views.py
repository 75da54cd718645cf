"""From what was said to work: a short form that knows the message."""

import re
from json import dumps
from typing import Any, Final

from flask import Blueprint, Response, make_response

from collab.core.errors import Conflict, Forbidden, Invalid, NotFound
from collab.core.forms import Form, parse
from collab.core.i18n import N_, _, in_language
from collab.files.queries import files_on
from collab.messaging import queries as talks
from collab.messaging.mentions import called, excerpt, spoken, titled
from collab.messaging.owners import MESSAGE
from collab.messaging.pages import SAID, is_part
from collab.people.queries.parties import party_called
from collab.tasks.queries.choices import units_for
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, go, reasons_of, show
from collab.work.queries.handovers import handovers_of, window_of
from collab.work.views.marks import Words

from . import commands, queries
from .for_named import NOT_ON_AGENDA
from .forms import PointOfMessage, WorkOfMessage
from .meetings.policy import may_plan
from .policy import makes_work

flows = Blueprint("flows", "collab.flows", template_folder="templates")

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>&!~|]")
_ESCAPED: Final = r"\\\g<0>"
"""The signs of Markdown in the name of a file, as what they are."""
MADE = N_("%(reference)s was made of the message.")
OFFERED = N_("%(reference)s was made of the message and offered to %(name)s. It is yours until they accept.")
GIVEN = N_("%(reference)s was made of the message and given to %(name)s.")
POINT_MADE = N_("The message is a point of %(reference)s.")
UNIT_READS = N_(
    "Everybody in the unit and its heads will read what stands here. Nothing else of this conversation is copied."
)
INVITED_READ = N_(
    "Everybody invited to the meeting will read what stands here. Nothing else of this conversation is copied."
)
UNIT_READS_ANSWER = N_("Everybody in the unit and its heads will read the message and the reply to it.")
TITLES = {
    "task": N_("Make a task of it"),
    "pending": N_("Make a pending item of it"),
    "answer": N_("Want an answer by a day"),
}


class Wanted(Form):
    """What is to be made: a task, a pending item, or a pending item that waits for somebody's answer."""

    kind: str = "task"


@door(flows, "GET /messages/<id:message_id>/work/new", query=Wanted)
def new_work(message_id: int) -> Response:
    """A form for a task or a pending item, filled in from a message."""
    found = to_make_of(message_id)
    wanted = asked(Wanted).kind
    typed = {
        "kind": wanted,
        "title": title_for(found),
        "body": "" if closed(message_id) else "\n\n".join(filter(None, (quoted(found), _files_of(message_id)))),
    }
    if wanted == "answer":
        typed |= _awaited(found.said)
    return _form(message_id, typed, {}, 200)


@door(flows, "POST /messages/<id:message_id>/work", takes=WorkOfMessage)
def make_work(message_id: int) -> Response:
    """Make work of a message."""
    typed = entered()
    try:
        form = parse(WorkOfMessage, _named(typed))
        made = commands.make_work(actor(), message_id, form)
    except Invalid as problem:
        return _form(message_id, typed, reasons_of(problem), 422)
    return arrived(f"/work-items/{made['reference']}", _told(made, form.holder))


def _told(made: dict[str, Any], holder: int | None) -> str:
    """What was made, and whose it is where somebody else was named: theirs at once, or offered."""
    who = actor()
    name = talks.names_called([holder]).get(holder) if holder is not None and holder != who.person_id else None
    if name is None:
        return _(MADE, reference=made["reference"])
    offered = handovers_of(who, made["id"], window_of(limit=1)).items
    return _(OFFERED if offered else GIVEN, reference=made["reference"], name=name)


@door(flows, "GET /messages/<id:message_id>/points/new")
def new_point(message_id: int) -> Response:
    """A form for a point of an agenda, filled in from a message."""
    found = to_make_of(message_id)
    return _point(message_id, {"title": title_for(found), "minutes": "10"}, {}, 200)


@door(flows, "POST /messages/<id:message_id>/points", takes=PointOfMessage)
def make_point(message_id: int) -> Response:
    """Put what was said on the agenda of a meeting, or propose it there."""
    typed = entered()
    try:
        made = commands.make_point(actor(), message_id, parse(PointOfMessage, typed))
    except Invalid as problem:
        return _point(message_id, typed, reasons_of(problem), 422)
    except Conflict as problem:
        return _point(message_id, typed, {"meeting": [problem.sentence()]}, problem.status)
    href = f"/meetings/{made['reference']}#point-{made['id']}"
    return arrived(href, _(POINT_MADE, reference=made["reference"]))


def _point(message_id: int, typed: dict[str, Any], reasons: dict[str, list[str]], status: int) -> Response:
    who = actor()
    words, named = Words(who), queries.only_for_named(message_id)
    return show(
        "flows/make.html", fragment="flows/_make.html", status=status, message_id=message_id, typed=typed,
        reasons=reasons, title=_("Put it on an agenda"), address=f"/messages/{message_id}/points",
        fields="flows/_point_fields.html", may_plan=may_plan(who, None),
        read_by=read_by(message_id, "point"), not_here=_(NOT_ON_AGENDA) if named is not None else "",
        meetings=[(one, words.when(one.starts_at)) for one in queries.agendas(who, only=named)],
    )  # fmt: skip


def to_make_of(message_id: int) -> talks.Found:
    """The message of which something is to be made. Raises NotFound where it is gone, Forbidden where the reader may
    make nothing of it."""
    found = talks.message(actor(), message_id)
    if found.said.gone:
        raise NotFound
    if not makes_work(actor()):
        raise Forbidden
    return found


def arrived(href: str, said: str) -> Response:
    """What was made is told where the message stands; without scripts its own page follows."""
    if is_part():
        told = dumps({SAID: True, "toast": {"text": said, "href": href, "act": _("Open")}})
        return make_response("", 204, {"HX-Trigger": told})
    return go(href, said)


def closed(message_id: int) -> bool:
    """Whether a message was said between a few: its words are not copied to where others read what is made of it."""
    return queries.talk_kind(message_id) == "direct"


def read_by(message_id: int, kind: str = "") -> str:
    """Who will read what is entered for something that is made of a message, where that is not plain."""
    talk = queries.talk_kind(message_id)
    if talk == "direct":
        return _(INVITED_READ) if kind == "point" else _(UNIT_READS)
    return _(UNIT_READS_ANSWER) if talk == "group" and kind == "answer" else ""


def quoted(found: talks.Found) -> str:
    """The words of a message as the description of what is made of it; where they stand, the item says itself."""
    said = found.said
    return f"> {excerpt(spoken(said.text, said.called_names), 1_500, said.file_names)}"


def _files_of(message_id: int) -> str:
    """The files of a message as links, each opening for whoever may read it where it was sent."""
    files = files_on(actor(), MESSAGE, [message_id]).get(message_id, [])
    return "\n".join(f"- [{_SIGNS.sub(_ESCAPED, one.name)}](/files/{one.id}/versions)" for one in files)


def title_for(found: talks.Found) -> str:
    """The title proposed for what is made of a message, and none of one that a few said to each other."""
    said = found.said
    return "" if closed(said.id) else titled(said.text, said.called_names, 120, said.file_names)


def _awaited(said: talks.Said) -> dict[str, str]:
    """Whose answer is likely wanted: whom the message calls, else who wrote it; never one's own."""
    mine = actor().person_id
    whom = {id_: name for id_, name in talks.names_called(called(said.text)).items() if id_ != mine}
    if not whom and said.author_id != mine:
        whom = {said.author_id: in_language(said.names, said.label)}
    return next(({"awaited": str(id_), "awaited_name": name} for id_, name in whom.items()), {})


def _named(typed: dict[str, Any]) -> dict[str, Any]:
    """Parties by name, for whoever typed one without choosing from the list."""
    values = dict(typed)
    for field in ("holder", "awaited"):
        name = str(values.pop(f"{field}_name", "")).strip()
        if name and not values.get(field):
            values[field] = party_called(actor(), name, field, ("person", "unit", "post"))
    return values


def _form(message_id: int, typed: dict[str, Any], reasons: dict[str, list[str]], status: int) -> Response:
    who = actor()
    said = str(typed.get("kind"))
    kind = said if said in TITLES else "task"
    units = units_for(who)
    if not reasons and "holder" not in typed and kind != "answer":
        typed = typed | {"holder": str(who.person_id), "holder_name": who.name}
    return show(
        "flows/make.html", fragment="flows/_make.html", status=status, message_id=message_id, typed=typed, kind=kind,
        reasons=reasons, units=units, unit_id=str(typed.get("unit") or (units[0].id if units else "")),
        title=_(TITLES[kind]), address=f"/messages/{message_id}/work",
        fields="flows/_fields.html", for_named=queries.only_for_named(message_id) is not None,
        read_by=read_by(message_id, kind),
    )  # fmt: skip
