"""Bots as administrators make, change and end them."""

from dataclasses import replace

from flask import Response

from collab.core.dates import digits
from collab.core.errors import Invalid
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, entered, filled, go, show
from collab.web.shell import initials

from ..commands import bots
from ..forms.bots import BotForm, NewBotForm
from ..forms.doors import TokenForm
from ..queries.bots import bots_of, find_bot, secret_of_bot, tokens_of
from ..secrets import MARK, digest, new_secret
from ..words import SCOPES, hue, options, said
from . import administration_pages
from .access import site
from .entry import Entry, Field, entry, picked
from .listing import ListForm
from .when import Instants

BASE = "/administration/bots"
HOLDS = N_("It may hold work")
HOLDS_HINT = N_("Otherwise nothing can be assigned to it and nothing is awaited from it.")
PURPOSE = N_("What it is for")
PURPOSE_HINT = N_("Who runs it, and whom to ask when it goes wrong.")
UNIT_HINT = N_("It then sees what the people of this unit see. Without one it sees where it is let in, and no more.")


@door(administration_pages, "GET /bots")
def bot_list() -> Response:
    """Every bot, and the form for a new one."""
    return _list()


@door(administration_pages, "POST /bots")
def new_bot() -> Response:
    """Give a program an account."""
    try:
        made = bots.make_bot(actor(), parse(NewBotForm, picked(entered(), unit_id="unit")))
    except Invalid as problem:
        return _list(problem)
    return go(f"{BASE}/{made}", _(N_("The bot is made. Give it a token now.")))


@door(administration_pages, "GET /bots/<id:bot_id>")
def bot(bot_id: int) -> Response:
    """One bot: its tokens, what it may do, when it last came in."""
    return _page(bot_id)


@door(administration_pages, "PUT /bots/<id:bot_id>")
def change_bot(bot_id: int) -> Response:
    """Change what a bot is called and may do."""
    try:
        bots.change_bot(actor(), find_bot(actor(), bot_id).id, filled(BotForm))
    except Invalid as problem:
        return _page(bot_id, "change", problem)
    return go(f"{BASE}/{bot_id}", _(N_("The bot is changed.")))


@door(administration_pages, "DELETE /bots/<id:bot_id>")
def end_bot(bot_id: int) -> Response:
    """End a bot at once."""
    bots.end_bot(actor(), bot_id)
    return go(BASE, _(N_("The bot is ended. What it said stays.")))


@door(administration_pages, "POST /bots/<id:bot_id>/tokens")
def give_token(bot_id: int) -> Response:
    """A token for a bot; it is shown this once."""
    secret = new_secret(MARK)
    try:
        made = bots.give_token(actor(), bot_id, filled(TokenForm), digest(secret), secret[:12])
    except Invalid as problem:
        return _page(bot_id, "token", problem)
    return _page(bot_id, secret=secret if secret_of_bot(bot_id, made, digest(secret)) else "")


@door(administration_pages, "DELETE /bots/<id:bot_id>/tokens/<id:token_id>")
def end_token(bot_id: int, token_id: int) -> Response:
    """End one token of a bot at once."""
    bots.end_token(actor(), bot_id, token_id)
    return go(f"{BASE}/{bot_id}", _(N_("The token is revoked.")))


def _list(problem: Invalid | None = None) -> Response:
    who, form = actor(), asked(ListForm)
    fields = [*_fields(), Field("unit_id", _(N_("Unit")), "party", kinds="unit", hint=_(UNIT_HINT))]
    new = entry(BASE, _(N_("Make the bot")), fields, {}, problem=problem, typed=entered())
    found = bots_of(who, ended=form.closed)
    return show(
        "people/administration/bots.html",
        status=422 if problem else 200,
        bots=[(one, initials(one.name), hue(one.id), digits(one.tokens)) for one in found],
        ended=form.closed,
        form=new,
        when=Instants(who),
    )


def _page(bot_id: int, failed: str = "", problem: Invalid | None = None, secret: str = "") -> Response:
    who = actor()
    card = find_bot(who, bot_id)
    base = f"{BASE}/{card.id}"

    def made(key: str, action: str, act: str, fields: list[Field], values: dict[str, object]) -> Entry:
        wrong = problem if key == failed else None
        return entry(f"{base}{action}", act, fields, values, problem=wrong, typed=entered(), key=f"{key}-")

    about: dict[str, object] = {"name": card.label, "purpose": card.purpose, "holds": card.holds}
    token = [
        Field("name", _(N_("What it is for")), required=True),
        Field("scopes", _(N_("What it may do")), "checks", options=options(SCOPES)),
        Field("days", _(N_("Holds for how many days")), required=True, hint=_(N_("At most 366."))),
    ]
    start: dict[str, object] = {"scopes": ["read", "write"], "days": 90, "name": card.label}
    return show(
        "people/administration/bot.html",
        status=422 if problem else 200,
        bot=card,
        initials=initials(card.name),
        hue=hue(card.id),
        tokens=tokens_of(who, card.id),
        secret=secret,
        site=site(),
        scopes=said(SCOPES),
        when=Instants(who),
        change_form=made("change", "?_method=PUT", _(N_("Save")), _fields(), about),
        token_form=replace(made("token", "/tokens", _(N_("Make the token")), token, start), quiet=False),
    )


def _fields() -> list[Field]:
    return [
        Field("name", _(N_("Name")), required=True),
        Field("purpose", _(PURPOSE), "textarea", hint=_(PURPOSE_HINT)),
        Field("holds", _(HOLDS), "check", hint=_(HOLDS_HINT)),
    ]
