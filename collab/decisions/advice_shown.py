"""Advice and objections as the page of a decision shows them: every word chosen and every date written here."""

from dataclasses import dataclass
from typing import Final

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext
from collab.work.views.marks import When, Words

from .advice_words import (
    ADVISED_BECAUSE,
    OBJECTION_LOOKS,
    OBJECTION_STATES,
    STANCE_ICONS,
    STANCE_LOOKS,
    STANCES,
    USES,
)
from .queries import Advised, Found, Mine, Objected
from .shown import MayDecide
from .stages import UNOPENED

SILENT: Final = {
    "silent": N_("has not answered yet"),
    "no-longer": N_("is no longer asked"),
    "unanswered": N_("did not answer before the vote opened"),
}


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """One who was asked. `silence`: why there is no advice; `spoken`: who wrote it, where a unit or post was asked."""

    id: int
    of: str
    because: str
    what: str
    asked: When
    until: str
    over: bool
    silence: str
    waiting: bool
    mine: bool
    stance: str
    stance_word: str
    icon: str
    look: str
    text: str
    given: When | None
    spoken: str
    used: str
    used_word: str
    used_note: str
    nudged: str
    wait_id: int


@dataclass(frozen=True, slots=True)
class Advices:
    """All advice on a decision. `mine`: what the reader is asked, first; `line` says how many answered."""

    all: list[AdviceShown]
    mine: list[AdviceShown]
    line: str
    may_ask: bool
    may_use: bool
    stances: list[tuple[str, str, str]]
    uses: dict[str, str]


def advices_shown(actor: Actor, found: Found, asked: list[Advised], may: MayDecide) -> Advices:
    """Ready for the tab of the question."""
    words = Words(actor)
    lines = [_advice(words, one) for one in asked]
    counted = [one for one in asked if one.state != "no-longer"]
    given = sum(one.state == "given" for one in counted)
    line = ngettext(
        "%(given)s of %(asked)s answered", "%(given)s of %(asked)s answered", len(counted), given=digits(given),
        asked=digits(len(counted)),
    )  # fmt: skip
    return Advices(
        all=lines,
        mine=[line for line in lines if line.mine],
        line=line if counted else "",
        may_ask=may.run and found.stage in UNOPENED,
        may_use=may.run and found.stage in ("draft", "discussion", "open", "closed", "decided"),
        stances=[(code, _(label), STANCE_ICONS[code]) for code, label in STANCES.items()],
        uses={code: _(label) for code, label in USES.items()},
    )


def _advice(words: Words, one: Advised) -> AdviceShown:
    because, stance = ADVISED_BECAUSE[one.because], STANCES[one.stance] if one.stance else ""
    silence = SILENT.get(one.state, "")
    used = USES[one.used] if one.used else ""
    return AdviceShown(
        id=one.id, of=one.of, because=_(because), what=one.what, asked=words.when(one.since),
        until=words.near(one.until), over=one.state == "silent" and one.until is not None and one.until < words.today,
        silence=_(silence) if silence else "", waiting=one.state == "silent", mine=one.mine, stance=one.stance or "",
        stance_word=_(stance) if stance else "", icon=STANCE_ICONS.get(one.stance or "", ""),
        look=STANCE_LOOKS.get(one.stance or "", ""), text=one.text,
        given=words.when(one.given_at) if one.given_at else None,
        spoken=one.given_by if one.given_by_id not in (None, one.of_id) else "", used=one.used or "",
        used_word=_(used) if used else "", used_note=one.used_note,
        nudged=words.number(one.nudges) if one.nudges else "", wait_id=one.wait_id,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ObjectionShown:
    """`settled`: how the proposal was changed, or why it was overruled; by whom. What the reader may do with it."""

    id: int
    by: str
    reason: str
    when: When
    state: str
    state_word: str
    look: str
    settled: str
    settled_by: str
    settled_when: When | None
    withdraw: bool
    again: bool
    integrate: bool
    overrule: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """How a decision by consent stands. `may`: whether the reader may object now; `mine`: object, consent or nothing;
    `changes`: what the proposal was changed to since it opened."""

    all: list[ObjectionShown]
    standing: str
    stands: bool
    heard: str
    may: bool
    mine: str
    changes: list[ObjectionShown]


def consent_shown(
    actor: Actor, found: Found, objections: list[Objected], mine: Mine, may: MayDecide, cast: int, entitled: int
) -> Consent | None:
    """Ready for its tab; None where the decision is not by consent."""
    if found.rule["form"] != "consent":
        return None
    words, is_open = Words(actor), found.stage == "open"
    entitled_here = mine.listed and mine.left_out is None and mine.recused_at is None
    chairs = is_open and bool(found.rule.get("overruling")) and found.chair_id == actor.person_id
    lines = []
    for one in objections:
        stands, word = one.state == "open", OBJECTION_STATES[one.state]
        lines.append(
            ObjectionShown(
                id=one.id, by=one.by, reason=one.reason, when=words.when(one.at), state=one.state, state_word=_(word),
                look=OBJECTION_LOOKS[one.state], settled=one.settled, settled_by=one.settled_by,
                settled_when=words.when(one.settled_at) if one.settled_at else None,
                withdraw=is_open and stands and one.by_id == actor.person_id,
                again=is_open and entitled_here and one.state == "integrated" and one.by_id == actor.person_id,
                integrate=is_open and stands and may.run,
                overrule=chairs and stands and one.by_id != actor.person_id,
            )
        )  # fmt: skip
    standing = sum(one.state == "open" for one in objections)
    said = mine.choice or {}
    return Consent(
        all=lines,
        standing=ngettext(
            "%(count)s objection stands.", "%(count)s objections stand.", standing, count=digits(standing)
        ) if standing else _("No objection stands."),
        stands=bool(standing),
        heard=ngettext(
            "%(cast)s of %(entitled)s entitled has said something; who says nothing consents.",
            "%(cast)s of %(entitled)s entitled have said something; who says nothing consents.", cast,
            cast=digits(cast), entitled=digits(entitled),
        ),
        may=is_open and entitled_here,
        mine="object" if "object" in said else "consent" if "consent" in said else "",
        changes=[line for line in lines if line.state == "integrated"],
    )  # fmt: skip
