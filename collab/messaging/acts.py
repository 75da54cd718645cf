"""What one may do with a message, for its menu and for the page it has without scripts."""

from dataclasses import dataclass, field, replace

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import _, comma
from collab.core.package import MESSAGE_ACTS, MessageAct

from . import queries
from .events import SIGN_NAMES
from .queries import Found
from .signs import ICONS, ORDER


@dataclass(frozen=True, slots=True)
class Choice:
    """A sign that may be put or taken off, and who put it."""

    sign: str
    icon: str
    word: str
    mine: bool
    who: str


@dataclass(frozen=True, slots=True)
class Acts:
    """What the menu of a message offers."""

    id: int
    seq: int
    conversation: int
    mine: bool
    stands: bool
    answers: bool
    pinned: bool
    edited: bool
    hides: bool = False
    hidden: bool = False
    makes: list[MessageAct] = field(default_factory=list)
    signs: list[Choice] = field(default_factory=list)


def acts_of(actor: Actor, found: Found) -> Acts:
    """What `actor` may do with a message they read. Three queries."""
    said = found.said
    may_write = queries.about(actor, found.conversation_id).head.may_write
    stands = not said.gone
    return Acts(
        id=said.id,
        seq=said.seq,
        conversation=found.conversation_id,
        mine=stands and said.author_id == actor.person_id,
        stands=stands,
        answers=may_write and stands,
        pinned=said.pinned_at is not None,
        edited=said.edited_at is not None and stands,
        hides=said.deleted_at is None and queries.keeps_order(actor, found.owner),
        hidden=said.hidden,
        makes=_makes(actor, said.id) if stands else [],
        signs=_choices(actor, said.id) if stands else [],
    )


def _makes(actor: Actor, message_id: int) -> list[MessageAct]:
    if actor.is_auditor:
        return []
    return [replace(act, label=_(act.label), address=act.address.format(id=message_id)) for act in MESSAGE_ACTS]


def _choices(actor: Actor, message_id: int) -> list[Choice]:
    by_sign: dict[str, list[str]] = {}
    mine = set()
    for one in queries.signed(message_id):
        by_sign.setdefault(one.sign, []).append(one.name)
        if one.person_id == actor.person_id:
            mine.add(one.sign)
    between = comma(actor.locale)
    return [
        Choice(sign, ICONS[sign], _(SIGN_NAMES[sign]), sign in mine, _names(by_sign.get(sign, []), between))
        for sign in ORDER
    ]


def _names(names: list[str], between: str) -> str:
    shown = between.join(names[:8])
    return f"{shown} +{dates.digits(len(names) - 8)}" if len(names) > 8 else shown
