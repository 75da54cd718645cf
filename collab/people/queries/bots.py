"""Bots as administrators see them: what each is for, where it belongs, when it last came in."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from collab.core import clock
from collab.core.actor import Actor
from collab.core.db import db
from collab.core.errors import NotFound
from collab.core.i18n import in_language

from ..models import AccessToken, Bot, Membership, Party, Person
from ..policy import sees_bots
from ..standing import valid_on
from .doors import Token
from .today import today

MOST = 200


class BotCard(NamedTuple):
    """A bot. `used_at`: when any of its tokens was last used; `tokens`: how many open something."""

    id: int
    name: str
    label: str
    purpose: str | None
    holds: bool
    active: bool
    unit_id: int | None
    unit: str
    tokens: int
    used_at: datetime | None
    made_at: datetime
    made_by: str


def bots_of(actor: Actor, *, ended: bool = False) -> list[BotCard]:
    """Every bot that stands, or those that were ended, by name."""
    return [_card(row) for row in db.session.execute(_cards(actor).where(Person.active.is_(not ended)).limit(MOST))]


def find_bot(actor: Actor, bot_id: int) -> BotCard:
    """One bot. Raises NotFound."""
    row = db.session.execute(_cards(actor).where(Bot.id == bot_id)).one_or_none()
    if row is None:
        raise NotFound
    return _card(row)


def tokens_of(_actor: Actor, bot_id: int) -> list[Token]:
    """The tokens of a bot that still open something, the newest first."""
    rows = db.session.execute(
        select(
            AccessToken.id, AccessToken.name, AccessToken.hint, AccessToken.scopes, AccessToken.created_at,
            AccessToken.expires_at, AccessToken.used_at,
        )
        .join(Bot, Bot.id == AccessToken.person_id)
        .where(Bot.id == bot_id, *_open())
        .order_by(AccessToken.id.desc())
        .limit(MOST)
    )  # fmt: skip
    return [Token(row.id, row.name, row.hint, tuple(row.scopes), *row[4:]) for row in rows]


def secret_of_bot(bot_id: int, token_id: int, secret_hash: bytes) -> bool:
    """Whether this is the secret of that token: not so when a request that made one is repeated."""
    mine = select(AccessToken.id).where(AccessToken.id == token_id, AccessToken.person_id == bot_id)
    return db.session.scalar(mine.where(AccessToken.secret_hash == secret_hash)) is not None


def _open() -> list[Any]:
    until = or_(AccessToken.expires_at.is_(None), AccessToken.expires_at > clock.now())
    return [AccessToken.revoked_at.is_(None), until]


def _cards(actor: Actor) -> Any:
    unit, maker = aliased(Party), aliased(Party)
    counted = select(func.count()).where(AccessToken.person_id == Bot.id, *_open()).correlate(Bot).scalar_subquery()
    used = select(func.max(AccessToken.used_at)).where(AccessToken.person_id == Bot.id).scalar_subquery()
    place = (
        select(Membership.unit_id)
        .where(Membership.person_id == Bot.id, valid_on(Membership, today()))
        .order_by(Membership.main.desc(), Membership.id)
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            Bot.id, Party.label, Party.names, Bot.purpose, Bot.holds, Person.active, unit.id.label("unit_id"),
            unit.label.label("unit"), unit.names.label("unit_names"), counted.label("tokens"), used.label("used_at"),
            Bot.made_at, maker.label.label("maker"), maker.names.label("maker_names"),
        )
        .join(Person, Person.id == Bot.id)
        .join(Party, Party.id == Bot.id)
        .outerjoin(unit, unit.id == place)
        .outerjoin(maker, maker.id == Bot.made_by)
        .where(sees_bots(actor))
        .order_by(Party.sort_key, Party.id)
    )  # fmt: skip


def _card(row: Any) -> BotCard:
    return BotCard(
        id=row.id,
        name=in_language(row.names, row.label),
        label=row.label,
        purpose=row.purpose,
        holds=row.holds,
        active=row.active,
        unit_id=row.unit_id,
        unit=in_language(row.unit_names or {}, row.unit) if row.unit else "",
        tokens=row.tokens,
        used_at=row.used_at,
        made_at=row.made_at,
        made_by=in_language(row.maker_names or {}, row.maker) if row.maker else "",
    )
