"""A decision as its page shows it: every word chosen and every date written here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from collab.core import clock, markdown
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _, ngettext
from collab.core.venue import Venue
from collab.work.queries.parties import Names
from collab.work.views.marks import When, Words

from . import policy
from .arithmetic import rule_words, scales_of
from .aside_words import MINE, YOURS, plain, said_of
from .counting.words.speaking import number
from .hands import BY_HANDS, by_hands, settled_words
from .presets import abstentions_apart, quorum_of, rule_name
from .queries import About, Found, Mine, Option, Turnout
from .shown_options import explained
from .words import COUNTED, FROZEN, LEVELS, STAGE_ICONS, STAGE_STATES, SUBSTITUTES, UNOPENED, stage_word

TABS = {"question": N_("Question"), "vote": N_("Vote"), "result": N_("Result"), "talk": N_("Talk")}
CONSENT = N_("Consent")


@dataclass(frozen=True, slots=True)
class MayDecide:
    run: bool
    open: bool
    argue: bool
    cast: bool
    hands: bool = False
    correct: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """The head of a decision's page and what all its tabs need."""

    found: Found
    href: str
    unit: str
    stage: str
    icon: str
    state: str
    level: str
    rule: str
    body: Markup
    opener: str
    holder: str
    chair: str
    chair_was: str
    closes: When | None
    opened: When | None
    closed: When | None
    may: MayDecide
    preparing: bool
    tab: str
    tabs: list[tuple[str, str, str]]
    turnout: Turnout
    quorum: int
    reached: bool | None
    revisit: str
    words: list[str]
    scales: list[str]
    budget: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    revises: str = ""
    unopened: str = ""
    venue: Venue | None = None
    outcome: Markup | None = None


def _reached(found: Found, turnout: Turnout) -> bool | None:
    """Whether enough took part. None where that would tell before the close how many abstained."""
    part, needed = turnout.cast, quorum_of(found.rule, turnout.entitled, turnout.recused)
    if abstentions_apart(found.rule):
        if not found.result:
            return None
        part -= found.result.get("abstained", 0)
    return part >= needed


def may_do(actor: Actor, found: Found, venue: Venue | None = None) -> MayDecide:
    """Over the decision as it was read; the commands ask again."""
    it: Any = found
    types = by_hands(found.rule) and policy.may_type_hands(actor, it, found.chair_id, venue)
    return MayDecide(
        policy.may_run(actor, it), policy.may_open(actor, it), policy.may_argue(actor, it), policy.may_cast(actor, it),
        types, types and found.stage in COUNTED and not settled_words(found.stage, venue),
    )  # fmt: skip


def tab_of(found: Found, wanted: str) -> str:
    """The tab that was asked for, else the one on which the next thing is to be done."""
    if wanted in TABS and (wanted != "result" or found.stage in COUNTED):
        return wanted
    return "vote" if found.stage == "open" else "result" if found.stage in COUNTED else "question"


def shown(
    actor: Actor,
    found: Found,
    names: Names,
    turnout: Turnout,
    wanted: str,
    revises: str = "",
    venue: Venue | None = None,
    texts: markdown.Texts | None = None,
) -> Shown:
    """Everything the head and the facts of the page say. `revises`: the decision whose place it is to take; `venue`:
    the meeting in which the vote was begun; `texts`: draws the explanation, where it is shown. The outcome is drawn
    where the result is."""
    words, href, tab = Words(actor), f"/decisions/{found.reference}", tab_of(found, wanted)
    preparing = found.stage not in FROZEN
    labels = TABS | ({"vote": CONSENT} if found.rule["form"] == "consent" else {})
    tabs = [
        (code, _(label), f"{href}?tab={code}")
        for code, label in labels.items()
        if code != "result" or found.stage in COUNTED
    ]
    return Shown(
        found=found,
        href=href,
        unit=names.one(found.unit_id).name,
        stage=_(stage_word(found.stage, found.unopened)),
        icon=STAGE_ICONS[found.stage],
        state=STAGE_STATES[found.stage],
        level=_(BY_HANDS if by_hands(found.rule) else LEVELS[found.level]),
        rule=_(rule_name(found.preset, found.rule["base"])),
        body=explained(texts, found.body),
        opener=names.one(found.opened_by).name if found.opened_by else "",
        holder=names.one(found.holder_id).name if found.holder_id else "",
        chair=names.one(found.chair_id).name if found.chair_id else "",
        chair_was=names.one(found.chair_was_id).name if found.chair_was_id else "",
        closes=words.when(found.closes_at) if found.closes_at else None,
        opened=words.when(found.opened_at) if found.opened_at else None,
        closed=words.when(found.closed_at) if found.closed_at else None,
        may=may_do(actor, found, venue),
        preparing=preparing,
        tab=tab,
        tabs=tabs,
        turnout=turnout,
        quorum=quorum_of(found.rule, turnout.entitled, turnout.recused),
        reached=_reached(found, turnout),
        revisit=words.day(found.revisit_on),
        scales=scales_of(found.rule),
        budget=number(found.rule["budget"], grouped=True) if found.rule.get("budget") is not None else "",
        words=rule_words(found.rule, turnout.entitled, turnout.recused),
        facts=_facts(found),
        revises=revises,
        unopened=_(UNOPENED[found.unopened]) if found.unopened else "",
        venue=venue,
        outcome=markdown.render(found.outcome or "") if tab == "result" else None,
    )


def _facts(found: Found) -> list[tuple[str, str]]:
    if found.rule["form"] == "consent":
        return []
    said = [] if by_hands(found.rule) else [(_("Who is away"), _(SUBSTITUTES[found.substitutes]))]
    if found.proxies:
        most = ngettext(
            "one person votes for at most %(most)s other", "one person votes for at most %(most)s others",
            found.proxies, most=digits(found.proxies),
        )  # fmt: skip
        said.append((_("Proxies"), most))
    return said


def asked_aside(mine: Mine, options: list[Option], abouts: Mapping[int, About]) -> tuple[list[str], str]:
    """Why the reader is asked whether they stand aside, and that as their own reason would say it; empty where they are
    not asked, or have stood aside."""
    if mine.recused_at is not None:
        return [], ""
    titles, seen = {one.id: one.title for one in options}, {id_: about.reference for id_, about in abouts.items()}
    reasons = said_of(mine.proposed, titles, seen, MINE)
    return said_of(mine.proposed, titles, seen, YOURS), plain(" ".join(reasons))


@dataclass(frozen=True, slots=True)
class BallotShown:
    """One ballot that the reader may fill in: their own, or that of somebody for whom they vote."""

    principal: int
    name: str
    cast: When | None
    said: dict[str, Any]
    receipt: str


def ballots_shown(actor: Actor, found: Found, mine: Mine, names: Names) -> list[BallotShown]:
    """The ballots the reader may fill in now, their own first."""
    words, made = Words(actor), []
    own = mine.listed and mine.left_out is None and mine.recused_at is None and not mine.accepted
    if own:
        made.append(
            BallotShown(
                0, "", words.when(mine.cast_at) if mine.cast_at else None, mine.choice or {}, _hex(mine.receipt)
            )
        )
    made += [
        BallotShown(
            one.person_id, names.one(one.person_id).name, words.when(one.cast_at) if one.cast_at else None,
            one.choice or {}, _hex(one.receipt),
        )
        for one in mine.principals
        if one.accepted
    ]  # fmt: skip
    if by_hands(found.rule):
        return []
    return made if found.stage == "open" and found.closes_at and found.closes_at > clock.now() else []


def _hex(receipt: bytes | None) -> str:
    return receipt.hex() if receipt else ""
