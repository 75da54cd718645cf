"""Bots over the API: made, changed and ended by administrators."""

from typing import Any

from collab.web.actors import actor
from collab.web.api import endpoint, listed

from ..commands import bots
from ..forms.bots import BotForm, NewBotForm
from ..forms.doors import TokenForm
from ..policy import may_administer
from ..queries.bots import BotCard, bots_of, find_bot, secret_of_bot, tokens_of
from ..secrets import MARK, digest, new_secret
from . import api


def _administrator() -> Any:
    from collab.core.errors import NotFound

    who = actor()
    if not may_administer(who):
        raise NotFound
    return who


def _json(card: BotCard) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": card.name,
        "purpose": card.purpose,
        "holds": card.holds,
        "active": card.active,
        "unit_id": card.unit_id,
        "tokens": card.tokens,
        "used_at": card.used_at.isoformat() if card.used_at else None,
        "made_at": card.made_at.isoformat(),
    }


@endpoint(api, "GET /bots", gives="BotList")
def list_bots() -> Any:
    """Every bot that is in use, with when it last came in. For administrators."""
    return listed([_json(one) for one in bots_of(_administrator())], None)


@endpoint(api, "POST /bots", takes=NewBotForm, gives="Bot")
def make_bot(form: NewBotForm) -> Any:
    """Give a program an account; it comes in with tokens alone."""
    made = bots.make_bot(actor(), form)
    return _json(find_bot(actor(), made)), 201, {"Location": f"/api/v1/bots/{made}"}


@endpoint(api, "GET /bots/<id:bot_id>", gives="Bot")
def get_bot(bot_id: int) -> Any:
    """One bot."""
    return _json(find_bot(_administrator(), bot_id))


@endpoint(api, "PUT /bots/<id:bot_id>", takes=BotForm, gives="Bot")
def change_bot(form: BotForm, bot_id: int) -> Any:
    """Change what a bot is called and may do."""
    bots.change_bot(actor(), bot_id, form)
    return _json(find_bot(actor(), bot_id))


@endpoint(api, "DELETE /bots/<id:bot_id>")
def end_bot(bot_id: int) -> Any:
    """End a bot: its tokens end at once, and what it said stays."""
    bots.end_bot(actor(), bot_id)
    return None, 204


@endpoint(api, "GET /bots/<id:bot_id>/tokens", gives="TokenList")
def list_bot_tokens(bot_id: int) -> Any:
    """The tokens of a bot, without their secrets."""
    card = find_bot(_administrator(), bot_id)
    items = [
        {
            "id": one.id,
            "name": one.name,
            "hint": one.hint,
            "scopes": list(one.scopes),
            "created_at": one.created_at.isoformat(),
            "expires_at": one.expires_at.isoformat() if one.expires_at else None,
            "used_at": one.used_at.isoformat() if one.used_at else None,
        }
        for one in tokens_of(actor(), card.id)
    ]
    return listed(items, None)


@endpoint(api, "POST /bots/<id:bot_id>/tokens", takes=TokenForm)
def give_bot_token(form: TokenForm, bot_id: int) -> Any:
    """A token for a bot; `token` is shown this once, and is null when the same request is repeated."""
    secret = new_secret(MARK)
    id_ = bots.give_token(actor(), bot_id, form, digest(secret), secret[:12])
    shown = secret if secret_of_bot(bot_id, id_, digest(secret)) else None
    body = {"id": id_, "name": form.name, "scopes": sorted(set(form.scopes)), "token": shown}
    return body, 201, {"Cache-Control": "no-store"}


@endpoint(api, "DELETE /bots/<id:bot_id>/tokens/<id:token_id>")
def end_bot_token(bot_id: int, token_id: int) -> Any:
    """Revoke a token of a bot."""
    bots.end_token(actor(), bot_id, token_id)
    return None, 204
