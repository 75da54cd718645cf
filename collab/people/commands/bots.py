"""Bots: programs with an account that an administrator makes, changes and ends."""

import secrets

from sqlalchemy import select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _

from ..events import BotChanged, BotEnded, BotMade, TokenRevoked
from ..forms.bots import BotForm, NewBotForm
from ..forms.doors import TokenForm
from ..forms.organisation import MembershipForm
from ..models import AccessToken, Bot, Organisation, Person
from ..organisation import founding, members, parties
from ..policy import bots, may_administer
from .doors import add_token
from .members import begin_membership

ENDED = N_("This bot was ended.")


@open_command(may_administer)
def make_bot(actor: Actor, form: NewBotForm) -> int:
    """Give a program an account. It speaks and reads with tokens alone. Returns its id."""
    house = session().execute(select(Organisation.locale, Organisation.time_zone)).one()
    new = members.NewPerson(
        email=f"bot-{secrets.token_hex(8)}@bots.invalid",
        naming=parties.Naming(form.name),
        locale=house.locale,
        time_zone=house.time_zone,
        kind="bot",
    )
    id_ = members.add_people(session(), [new])[0]
    made = Bot(id=id_, purpose=form.purpose, holds=form.holds, made_by=actor.person_id or None, made_at=clock.now())
    session().add(made)
    session().flush()
    record(BotMade(subject=id_, bot=id_))
    if form.unit_id is not None:
        belongs = MembershipForm(unit_id=form.unit_id, valid_from=founding.today(session()), main=True)
        begin_membership(actor, id_, belongs)
    return id_


@command(may_administer, on=bots)
def change_bot(_actor: Actor, bot: Bot, form: BotForm) -> None:
    """Call it otherwise, say what it is for, let it hold work or not."""
    _standing(bot)
    parties.rename_parties(session(), [(bot.id, parties.Naming(form.name))])
    bot.purpose, bot.holds = form.purpose, form.holds
    members.touch_people(session(), [bot.id])
    record(BotChanged(subject=bot.id, bot=bot.id, holds=form.holds))


@command(may_administer, on=bots)
def end_bot(_actor: Actor, bot: Bot) -> None:
    """It speaks and reads no more: its tokens end at once, and what it said stays."""
    person = session().get_one(Person, bot.id)
    if not person.active:
        return
    now = clock.now()
    members.revoke_tokens(session(), bot.id, now)
    members.deactivate_bot(session(), bot.id, now)
    record(BotEnded(subject=bot.id, bot=bot.id))


@command(may_administer, on=bots)
def give_token(actor: Actor, bot: Bot, form: TokenForm, secret_hash: bytes, hint: str) -> int:
    """A token for a bot, with scope and expiry. Returns its id; the secret is known to the caller alone."""
    _standing(bot)
    return add_token(actor, bot.id, form, secret_hash, hint)


@command(may_administer, on=bots)
def end_token(_actor: Actor, bot: Bot, token_id: int) -> None:
    """End one token of a bot, and those made with it, at once."""
    token = session().scalar(select(AccessToken).where(AccessToken.id == token_id, AccessToken.person_id == bot.id))
    if token is None:
        raise NotFound
    for one in members.revoke_with_made(session(), token, clock.now()):
        record(TokenRevoked(subject=bot.id, person=bot.id, token=one))


def _standing(bot: Bot) -> None:
    if not session().get_one(Person, bot.id).active:
        raise wrong("", _(ENDED))
