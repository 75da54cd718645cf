"""Incoming webhooks made and ended, and what comes in through them."""

import secrets
from typing import Any

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import anyone, command, open_command, record, session
from collab.core.errors import Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.people.models import Organisation
from collab.people.organisation import members, parties

from ..events import WebhookEnded, WebhookMade
from ..forms import NewWebhook, Say
from ..hook_models import Webhook
from ..models import Conversation
from ..owners import Owner
from ..policy import conversations, may_hook
from .conversing import membership
from .saying import said

MOST_HOOKS = 20
TOO_MANY_HOOKS = N_("A conversation has at most %(limit)s addresses. End one first.")


@command(may_hook, on=conversations)
def make_hook(actor: Actor, talk: Conversation, form: NewWebhook, secret_hash: bytes, hint: str) -> int:
    """Make an address through which another system speaks here, as a bot of this name.

    Returns its id; the secret is known to the caller alone. Keepers of a group, and whoever heads the unit of a unit's
    conversation.
    """
    _refuse_unless_kept(actor, talk)
    standing = select(func.count()).where(Webhook.conversation_id == talk.id, Webhook.ended_at.is_(None))
    if (session().scalar(standing) or 0) >= MOST_HOOKS:
        raise wrong("name", _(TOO_MANY_HOOKS, limit=MOST_HOOKS))
    house = session().execute(select(Organisation.locale, Organisation.time_zone)).one()
    bot = members.NewPerson(
        email=f"bot-{secrets.token_hex(8)}@bots.invalid", naming=parties.Naming(form.name), locale=house.locale,
        time_zone=house.time_zone, kind="bot",
    )  # fmt: skip
    bot_id = members.add_people(session(), [bot])[0]
    made = Webhook(
        conversation_id=talk.id, bot_id=bot_id, secret_hash=secret_hash, hint=hint, made_by=actor.person_id,
        created_at=clock.now(),
    )  # fmt: skip
    session().add(made)
    session().flush()
    record(WebhookMade(subject=talk.id, hook=made.id, bot=bot_id))
    return made.id


@command(may_hook, on=conversations)
def end_hook(actor: Actor, talk: Conversation, hook_id: int) -> None:
    """End an address at once. What came through it stays."""
    _refuse_unless_kept(actor, talk)
    hook = session().scalar(select(Webhook).where(Webhook.id == hook_id, Webhook.conversation_id == talk.id))
    if hook is None:
        raise NotFound
    if hook.ended_at is None:
        hook.ended_at = clock.now()
        members.deactivate_bot(session(), hook.bot_id, hook.ended_at)
        record(WebhookEnded(subject=talk.id, hook=hook.id, bot=hook.bot_id))


@open_command(anyone)
def hear_hook(bot: Actor, hook_id: int, form: Say) -> dict[str, Any]:
    """Say in its conversation what came in through an address. Raises NotFound once it has ended."""
    row = session().execute(
        select(Conversation.id, Conversation.owner_kind, Conversation.owner_id)
        .join(Webhook, Webhook.conversation_id == Conversation.id)
        .where(Webhook.id == hook_id, Webhook.bot_id == bot.person_id, Webhook.ended_at.is_(None))
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound
    return said(bot, Owner(row.owner_kind or "", row.owner_id or 0), row.id, form)


def _refuse_unless_kept(actor: Actor, talk: Conversation) -> None:
    if talk.kind != "unit" and not membership(actor, talk.id):
        raise Forbidden
