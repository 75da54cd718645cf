"""Doors of incoming webhooks: their page, the same over the API, and the address itself."""

import re
import secrets as random
from typing import Any

from flask import Response, current_app, request

from collab.core.actor import Actor
from collab.core.errors import Forbidden, Invalid, NotFound, TooLarge
from collab.core.forms import parse
from collab.people.recognise import note_wrong_secret, person_as_actor
from collab.people.secrets import digest, new_secret
from collab.web.actors import actor
from collab.web.api import endpoint
from collab.web.doors import door
from collab.web.pages import entered, filled, go, reasons_of, show

from . import commands, queries
from .api import api
from .forms import HookBody, NewWebhook, Say
from .named import page, title_of
from .policy import may_hook
from .queries.hooks import Hook, hook_by, hooks_of
from .views import talks

MARK = "hook_"
_LINK = re.compile(r"<(https?://[^\s<>|]{1,2000})(?:\|([^<>\n]{1,500}))?>")


@door(talks, "GET /conversations/<id:conversation_id>/webhooks")
def webhooks(conversation_id: int) -> Response:
    """The addresses through which other systems speak in a conversation."""
    return _page(conversation_id, {}, 200)


@door(talks, "POST /conversations/<id:conversation_id>/webhooks", takes=NewWebhook)
def make_webhook(conversation_id: int) -> Response:
    """Make an address for another system; it is shown this once."""
    secret = new_secret(MARK)
    try:
        commands.make_hook(actor(), conversation_id, filled(NewWebhook), digest(secret), secret[:9])
    except Invalid as problem:
        return _page(conversation_id, reasons_of(problem), 422)
    made = _made(secret)
    return _page(conversation_id, {}, 200, made=made or "", repeated=made is None)


@door(talks, "DELETE /conversations/<id:conversation_id>/webhooks/<id:webhook_id>")
def end_webhook(conversation_id: int, webhook_id: int) -> Response:
    """End an address at once."""
    commands.end_hook(actor(), conversation_id, webhook_id)
    return go(f"{page(conversation_id)}/webhooks")


@endpoint(api, "GET /conversations/<id:conversation_id>/webhooks", gives="WebhookList")
def list_webhooks(conversation_id: int) -> Any:
    """The addresses through which other systems speak in a conversation, without their secrets."""
    return {"items": [_json(one) for one in _kept(actor(), conversation_id)]}


@endpoint(api, "POST /conversations/<id:conversation_id>/webhooks", takes=NewWebhook, gives="NewWebhook")
def create_webhook(conversation_id: int, form: NewWebhook) -> Any:
    """Make an address for another system; `address` is told this once, and is null when the request is repeated."""
    secret = new_secret(MARK)
    made = commands.make_hook(actor(), conversation_id, form, digest(secret), secret[:9])
    return {"id": made, "address": _made(secret)}, 201, {"Cache-Control": "no-store"}


@endpoint(api, "DELETE /conversations/<id:conversation_id>/webhooks/<id:webhook_id>")
def delete_webhook(conversation_id: int, webhook_id: int) -> Any:
    """End an address at once."""
    commands.end_hook(actor(), conversation_id, webhook_id)
    return None, 204


@endpoint(api, "POST /hooks/<secret>", takes=HookBody, gives="Sent", public=True)
def hook(secret: str, form: HookBody) -> Any:
    """Say something through a secret address: `{"text": "…"}` in Markdown, or what Slack's webhooks take.

    With a `nonce` the same message again says nothing twice.
    """
    found = hook_by(secret) if secret.startswith(MARK) and len(secret) <= 100 else None
    bot = person_as_actor(found[1]) if found else None
    if found is None or bot is None:
        note_wrong_secret(request)
        raise NotFound
    said = parse(Say, {"text": words(form), "nonce": form.nonce or random.token_urlsafe(16)}, typed=True)
    return commands.hear_hook(bot, found[0], said), 201


def words(form: HookBody) -> str:
    """The text of what came in; Slack's links become links, and attachments without a text give theirs."""
    parts = [form.text or ""]
    if not form.text:
        for one in form.attachments or []:
            given = one.get("text") or one.get("fallback") if isinstance(one, dict) else None
            parts.append(given if isinstance(given, str) else "")
    text = "\n\n".join(part for part in parts if part)
    if len(text) > 100_000:
        raise TooLarge
    return _LINK.sub(lambda found: f"[{found[2]}]({found[1]})" if found[2] else found[1], text)


def _made(secret: str) -> str | None:
    """The address with this secret; None where the request was one that had made its address before."""
    return f"{current_app.config['COLLAB_URL']}/api/v1/hooks/{secret}" if hook_by(secret) else None


def _json(one: Hook) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "hint": one.hint, "created_at": one.created_at.isoformat()}


def _kept(who: Actor, conversation_id: int) -> list[Hook]:
    """The addresses, for those who may make them. Raises NotFound and Forbidden."""
    about = queries.about(who, conversation_id)
    thing: Any = about
    members = queries.members_of([about.id]).get(about.id, [])
    keeps = any(one.keeper for one in members if one.id in who.named_parties | who.reach)
    if not may_hook(who, thing) or (about.kind != "unit" and not keeps):
        raise Forbidden
    return hooks_of(about.id)


def _page(
    conversation_id: int, reasons: dict[str, list[str]], status: int, made: str = "", repeated: bool = False
) -> Response:
    who = actor()
    hooks = _kept(who, conversation_id)
    about = queries.about(who, conversation_id)
    return show(
        "messaging/webhooks.html", status=status, about=about, name=title_of(who, about), hooks=hooks, made=made,
        repeated=repeated, reasons=reasons, typed=entered() if status == 422 else {},
    )  # fmt: skip
