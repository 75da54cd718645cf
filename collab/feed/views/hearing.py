"""How one wants to hear, as a page of the profile."""

from typing import Any, Final

from flask import Response

from collab.core.dates import digits
from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.people.views.me import browser_of
from collab.people.views.when import Instants
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, go, show
from collab.work.kinds import kinds

from .. import commands, queries
from ..forms import Hearing
from ..hearing import CONVERSATION
from ..pushing.queries import browsers
from ..pushing.sending import application_key
from ..topics import KEPT, WORDS
from ..view_letters.lines import lines
from . import feed

CHANNELS: Final = {
    "mail": N_("By mail at once"),
    "push": N_("Pop-up, then daily mail"),
    "digest": N_("In the daily mail"),
    "inbox": N_("Only in the inbox"),
    "never": N_("Never"),
}
SWITCHES: Final = ("mails", "working_days")


@door(feed, "GET /profile/hearing")
def hearing() -> Response:
    """Choose of what you hear, by which way and when."""
    return _page()


@door(feed, "PATCH /profile/hearing")
def choose() -> Response:
    """Keep how you want to hear."""
    typed = entered()
    try:
        commands.choose(actor(), parse(Hearing, _nested(typed)))
    except Invalid as problem:
        return _page(problem, typed)
    return go("/profile/hearing", _(N_("Saved. It holds from now on.")))


def _nested(typed: dict[str, Any]) -> dict[str, Any]:
    """`choices.called.task` of the page as the form knows it; a switch that is not sent is off."""
    given: dict[str, Any] = dict.fromkeys(SWITCHES, "false")
    choices: dict[str, dict[str, Any]] = {}
    for name, value in typed.items():
        parts = name.split(".")
        if len(parts) == 3 and parts[0] == "choices":
            choices.setdefault(parts[1], {})[parts[2]] = value
        else:
            given[name] = int(value) if _is_short_number(value) else value
    return {**given, "choices": choices} if choices else given


def _is_short_number(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4


def _page(problem: Invalid | None = None, typed: dict[str, Any] | None = None) -> Response:
    who, known = actor(), kinds()
    manner, chosen = queries.manner(who), queries.choices(who, known)
    words = {code: _(word) for code, word in CHANNELS.items()}
    topics = [
        {
            "code": topic,
            "name": _(name),
            "note": _(note),
            "ways": [code for code in CHANNELS if not (code == "never" and topic in KEPT)],
            "chosen": chosen[topic],
        }
        for topic, (name, note) in WORDS.items()
    ]
    return show(
        "feed/hearing.html",
        status=problem.status if problem else 200,
        topics=topics,
        kinds=[*((code, _(kind.many)) for code, kind in known.items()), (CONVERSATION, _("Conversations"))],
        words=words,
        manner=manner,
        typed=typed or {},
        hours=[(hour, digits(f"{hour:02d}:00")) for hour in range(24)],
        problems=sorted({reason for found in problem.fields.values() for reason in found}) if problem else [],
        mail=who.email,
        push_key=application_key(),
        browsers=[(one, browser_of(one.agent) or one.service) for one in browsers(who)],
        when=Instants(who),
        lists=lines(who),
    )
