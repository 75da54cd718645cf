"""What the pages of an owner's package use to show its talk and to take what is said there.

talk = talk_of(actor(), Owner("work-item", 7), "/work-items/PARKS-7/messages")
# in the page of the item: {% include "messaging/_talk.html" %}
return stretch_of(actor(), owner, action)                                  # GET of that address
return said_in(actor(), owner, action, home="/work-items/PARKS-7#talk")    # POST to it
"""

import json
import re
from dataclasses import replace

from flask import Response, make_response, render_template, request

from collab.core.actor import Actor
from collab.core.errors import Conflict, Invalid, TooMany
from collab.core.i18n import N_, _, listed, ngettext
from collab.web.pages import asked, entered, filled, go

from . import commands, mentions, queries
from .forms import Draft, Say, Seq, Stretch
from .owners import Owner
from .queries import Head
from .quoting import Quote, quoted
from .talk import Talk, empty, new_nonce, talk

ARRIVED = N_("What you sent before has arrived. This is another text: send it once more to say it as well.")

DELETED = N_("This was sent before and has been deleted since. It was not sent again.")
NOBODY_CALLED = N_(
    "With %(names)s you called nobody. To call somebody, choose the name from the list that opens after @."
)
SAID = "talk-said"


class Place(Stretch):
    """A stretch of a talk on a page that is open: `new` is where its divider stands."""

    new: Seq | None = None


def talk_of(actor: Actor, owner: Owner, action: str) -> Talk:
    """The newest part of a talk, for the page it stands on, with what its reader began to write. Two queries."""
    head = queries.head_of(actor, owner)
    return replace(talk(actor, head, action, Stretch()), text=head.draft)


def stretch_of(actor: Actor, owner: Owner, action: str) -> Response:
    """The answer to GET: the part of the talk that the address asks for, as a fragment or as a page of its own."""
    place = asked(Place)
    found = talk(actor, queries.head_of(actor, owner), action, place, new=place.new)
    part = "_earlier" if place.before is not None else "_anew" if found.anew else "_messages"
    template = f"messaging/{part}.html" if is_part() else "messaging/talk.html"
    return make_response(render_template(template, talk=found))


def said_in(actor: Actor, owner: Owner, action: str, home: str, answers: int | None = None) -> Response:
    """The answer to POST: the message is in the talk, or the composer comes back with what was typed and why not.

    `answers`: the message under which a thread is open; what is said there answers it unless it names another.
    """
    try:
        form = filled(Say)
        sent = commands.say(
            actor, owner, form.model_copy(update={"reply_to": form.reply_to or answers}), thread=answers is not None
        )
    except Invalid as problem:
        reasons = [text for found in problem.fields.values() for text in found]
        return _again(actor, owner, action, reasons, 422, answers=answers)
    except Conflict as problem:
        known = problem.detail == _(commands.NONCE_TAKEN)
        reasons = [_(ARRIVED) if known else problem.sentence()]
        return _again(actor, owner, action, reasons, 409, nonce=new_nonce(), answers=answers)
    except TooMany as problem:
        response = _again(actor, owner, action, [problem.sentence()], 429, answers=answers)
        response.headers["Retry-After"] = str(problem.retry_after)
        return response
    vain = _(DELETED) if "deleted" in sent else _in_vain(owner, form.text or "")
    if not is_part():
        return go(home, vain)
    head = queries.head_of(actor, owner)
    # The open page asks for what is new from where it stands, as it does when a colleague writes.
    found = replace(
        empty(head, action, new_nonce()), key="thread" if answers else "talk", announces=queries.announces(owner)
    )
    return make_response(render_template("messaging/_composer.html", talk=found), 200, {"HX-Trigger": _told(vain)})


def draft_in(actor: Actor, owner: Owner) -> Response:
    """The answer to PUT of `…/messages/draft`: what is written so far is kept, also where nothing was said yet."""
    commands.keep_beginning(actor, owner, filled(Draft))
    return Response(status=204)


def _in_vain(owner: Owner, text: str) -> str:
    """Who was called and cannot read here, and what was written as a call and is none, in sentences for the writer."""
    typed = [f"\u2068{name}\u2069" for name in mentions.typed(text)]
    nobody = _(NOBODY_CALLED, names=listed(typed)) if typed else ""
    called = mentions.called(text)
    names = queries.called_in_vain(owner, called) if called else []
    deaf = ngettext(
        "%(names)s was called but may not read here, and hears nothing of it.",
        "%(names)s were called but may not read here, and hear nothing of it.",
        len(names), names=listed(names),
    ) if names else ""  # fmt: skip
    return " ".join(filter(None, (deaf, nobody)))


def _told(vain: str) -> str:
    return json.dumps({SAID: True, "toast": {"text": vain}}) if vain else SAID


def _again(
    actor: Actor, owner: Owner, action: str, reasons: list[str], status: int, nonce: str | None = None,
    answers: int | None = None,
) -> Response:  # fmt: skip
    """The composer once more, with what was typed; in a page with the talk above it where there was no page."""
    typed = entered()
    head = queries.head_of(actor, owner)
    keep = nonce or str(typed.get("nonce", ""))[:64] or new_nonce()
    part = is_part()
    found = empty(head, action, keep) if part or answers else talk(actor, head, action, Stretch(), nonce=keep)
    found = replace(
        found, text=str(typed.get("text", "")), reasons=reasons, key="thread" if answers else "talk",
        reply=None if answers else _answered(actor, head, typed.get("reply_to")),
        urgent=typed.get("urgent") not in (None, "", "false"), announces=queries.announces(owner),
    )  # fmt: skip
    page = "messaging/_composer.html" if part else "messaging/talk.html"
    return make_response(render_template(page, talk=found), status, {"HX-Reswap": "outerMorph"})


def is_part() -> bool:
    """Whether an open page asks for a part of itself."""
    return request.headers.get("HX-Request-Type") == "partial"


def _answered(actor: Actor, head: Head, message_id: object) -> Quote | None:
    """What was to be answered, as it is quoted above the composer."""
    if head.id is None or not isinstance(message_id, str) or not re.fullmatch(r"[1-9][0-9]{0,15}", message_id):
        return None
    found = queries.said_of(actor, int(message_id), head.id)
    return quoted(found) if found else None
