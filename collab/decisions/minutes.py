"""Minutes of a vote on paper: plain values in, a sheet for the house's press out, in the language they are kept in.

Names, options and reasons stand as they were written; everything around them is said in the language of the minutes.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from collab.core.dates import Calendar, digits, shown_instant
from collab.core.i18n import N_, _, ngettext, speaking
from collab.core.print import parts, sheet_data, typeset

Section = dict[str, Any]
ROLL_WIDTHS: Final = (0, 3, 3, 2)
LONG_ROLL_WIDTHS: Final = (0, 2, 2, 4)
SHORT_PART: Final = 30
"""What somebody voted; a whole ranking is longer and gets more room."""
ASKED_WIDTHS: Final = (2, 4, 3)
TWO_WIDTHS: Final = (2, 5)
VOTES_WIDTHS: Final = (4, 2)
LONGEST: Final = 8

OTHERWISE: Final = N_("Reasons of those who voted otherwise")
OWN_WORD: Final = N_("Reasons of those who say that they voted otherwise")
FILED: Final = N_("%(name)s, version %(version)s, %(hash)s")
FILED_LATER: Final = N_("%(name)s, version %(version)s, %(hash)s, added after the vote had opened")
SHOWN_OF_HASH: Final = 16
"""So many digits tell files apart, and a reader can compare them; all of them stand in the bundle."""
NO_BREAK: Final = "\u00a0"
LONG_WORD: Final = re.compile(r"\S{30,}")


@dataclass(frozen=True, slots=True)
class Entitled:
    """A line of the roll. `because`: why they are on it; `part`: what they did (voted, did not, who for them)."""

    name: str
    because: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Somebody and their reason: for standing aside, for being left out, for voting otherwise."""

    name: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked whether they stand aside: for what, and what they did."""

    name: str
    why: str
    did: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A file of evidence. `later`: it came after the vote had opened."""

    name: str
    version: int
    sha256: str
    later: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """The files beside the question or an option, and how many of the opening were taken away since."""

    files: tuple[Filed, ...] = ()
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """One round of the count: each option with its votes (or `points`) as they are to be read, and what was done."""

    title: str
    votes: tuple[tuple[str, str], ...] = ()
    said: tuple[str, ...] = ()
    points: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """What each criterion adds to each option: the criteria, and by option its sum and its shares."""

    title: str
    criteria: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """All that minutes say. Texts are in `language`, or as people wrote them; instants are shown in `time_zone`.

    `cast` of `entitled` voted, those who stand aside not among them; `quorum`: how many had to. `facts`: what else
    stands at the head, as label and value (the hash of the rule, the seed of the lot). `evidence`: beside the question
    first, then beside each option.
    """

    language: str
    organisation: str
    unit: str
    reference: str
    question: str
    time_zone: str
    calendar: Calendar = "gregorian"
    explanation: str = ""
    chair: str = ""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    entitled: int = 0
    cast: int = 0
    quorum: int = 0
    taking_part: int = 0
    roll: tuple[Entitled, ...] = ()
    recused: tuple[Reasoned, ...] = ()
    left_out: tuple[Reasoned, ...] = ()
    asked: tuple[Asked, ...] = ()
    weighed: Weighed | None = None
    options: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rule: tuple[str, ...] = ()
    rounds: tuple[Counted, ...] = ()
    ties: tuple[str, ...] = ()
    outcome: str = ""
    dissents: tuple[Reasoned, ...] = ()
    own_word: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    signatures: tuple[tuple[str, str], ...] = ()


def minutes_pdf(minutes: Minutes) -> bytes:
    """The minutes as PDF; takes a while, so ask for it in a job. Raises collab.core.print.Unprintable."""
    return typeset("report", minutes_sheet(minutes))


def minutes_sheet(minutes: Minutes) -> dict[str, Any]:
    """What the sheet `report` is told."""
    with speaking(minutes.language):
        title = _("Minutes of the vote %(reference)s", reference=minutes.reference)
        sections = [*_question(minutes), *_electorate(minutes), *_rule(minutes), *_count(minutes), *_outcome(minutes)]
        signatures = [{"label": label, "name": name, "when": ""} for label, name in minutes.signatures]
        return sheet_data(
            minutes.language,
            title,
            head={"organisation": minutes.organisation, "lines": [minutes.unit] if minutes.unit else []},
            facts=[],
            sections=sections,
            signatures=signatures,
            footer=title,
        )


def _question(minutes: Minutes) -> list[Section]:
    pairs = [(_("Question"), minutes.question), *_evidence(minutes, 0)]
    for at, each in enumerate(minutes.options, 1):
        pairs += [(_("Option %(number)s", number=_number(minutes, at)), each), *_evidence(minutes, at)]
    if minutes.opened_at:
        pairs.append((_("The vote opened"), _when(minutes, minutes.opened_at)))
    if minutes.closed_at:
        pairs.append((_("The vote closed"), _when(minutes, minutes.closed_at)))
    if minutes.chair:
        pairs.append((_("Chair"), minutes.chair))
    pairs += [(label, _breakable(value)) for label, value in minutes.facts]
    found: list[Section] = [{"title": "", "pairs": [list(pair) for pair in pairs]}]
    if minutes.explanation:
        found.append({"title": "", "parts": parts(minutes.explanation, minutes.language)})
    return found


def _evidence(minutes: Minutes, place: int) -> list[tuple[str, str]]:
    """The files beside the question (0) or an option, one a line; nothing where there are none."""
    if place >= len(minutes.evidence):
        return []
    beside = minutes.evidence[place]
    said = [
        _(
            FILED_LATER if one.later else FILED,
            name=f"\u2068{LONG_WORD.sub(lambda found: _breakable(found[0]), one.name)}\u2069",
            version=_number(minutes, one.version),
            hash=_grouped(one.sha256),
        )
        for one in beside.files
    ]
    if beside.gone:
        said.append(
            ngettext(
                "%(count)s file that stood here when the vote opened was taken away since.",
                "%(count)s files that stood here when the vote opened were taken away since.",
                beside.gone,
                count=_number(minutes, beside.gone),
            )
        )
    return [(_("Evidence") if at == 0 else "", each) for at, each in enumerate(said)]


def _grouped(digest: str) -> str:
    """The beginning of a hash in groups of four that stay together, from left to right in any text (LRI … PDI)."""
    groups = (digest[at : at + 4] for at in range(0, SHOWN_OF_HASH, 4))
    return f"\u2066SHA-256 {NO_BREAK.join(groups)}…\u2069"


def _electorate(minutes: Minutes) -> list[Section]:
    pairs = [
        [_("Entitled to vote"), _number(minutes, minutes.entitled)],
        [_("Voted"), _number(minutes, minutes.cast)],
        [_("Stood aside"), _number(minutes, len(minutes.recused))],
    ]
    if minutes.quorum:
        reached = _("reached") if minutes.taking_part >= minutes.quorum else _("not reached")
        pairs.append([_("Quorum"), f"{_number(minutes, minutes.quorum)} ({reached})"])
    found: list[Section] = [{"title": _("Who could vote"), "pairs": pairs}]
    if minutes.roll:
        rows = [[_number(minutes, at), each.name, each.because, each.part] for at, each in enumerate(minutes.roll, 1)]
        columns = [_("No."), _("Name"), _("Entitled as"), _("Their vote")]
        longest = max(len(each.part) for each in minutes.roll)
        widths: tuple[int, ...] = LONG_ROLL_WIDTHS if longest > SHORT_PART else ROLL_WIDTHS
        if not longest:  # of a confidential vote it is not told
            columns, widths, rows = columns[:3], widths[:3], [row[:3] for row in rows]
        found.append({"title": "", "columns": columns, "widths": widths, "rows": rows})
    if minutes.asked:
        rows = [[each.name, each.why, each.did] for each in minutes.asked]
        asked: Section = {"title": _("Who was asked whether they stand aside"), "widths": ASKED_WIDTHS, "rows": rows}
        found.append(asked | {"columns": [_("Name"), _("They"), _("What they did")]})
    found += _reasoned(minutes.recused, _("Who stood aside"))
    found += _reasoned(minutes.left_out, _("Who was left out"))
    return found


def _reasoned(lines: tuple[Reasoned, ...], title: str) -> list[Section]:
    if not lines:
        return []
    rows = [[each.name, each.reason] for each in lines]
    return [{"title": title, "columns": [_("Name"), _("Reason")], "widths": TWO_WIDTHS, "rows": rows}]


def _rule(minutes: Minutes) -> list[Section]:
    return _said(minutes, _("The rule"), minutes.rule)


def _count(minutes: Minutes) -> list[Section]:
    found: list[Section] = []
    for each in minutes.rounds:
        section: Section = {"title": each.title, "parts": parts("\n\n".join(each.said), minutes.language)}
        if each.votes:
            section |= {"columns": [_("Option"), _("Points") if each.points else _("Votes")], "widths": VOTES_WIDTHS}
            section["rows"] = [[name, votes] for name, votes in each.votes]
        found.append(section)
    if minutes.weighed:
        shown = minutes.weighed
        widths = (3, 2, *(2 for _each in shown.criteria))
        table: Section = {"title": shown.title, "columns": [_("Option"), _("Sum"), *shown.criteria], "widths": widths}
        found.append(table | {"rows": [[name, total, *shares] for name, total, shares in shown.rows]})
    return found + _said(minutes, _("Ties"), minutes.ties)


def _outcome(minutes: Minutes) -> list[Section]:
    found = _said(minutes, _("The outcome"), (minutes.outcome,) if minutes.outcome else ())
    return found + _reasoned(minutes.dissents, _(OWN_WORD if minutes.own_word else OTHERWISE))


def _said(minutes: Minutes, title: str, sentences: tuple[str, ...]) -> list[Section]:
    if not sentences:
        return []
    return [{"title": title, "parts": parts("\n\n".join(sentences), minutes.language)}]


def _number(minutes: Minutes, number: int) -> str:
    return digits(number, minutes.language)


def _when(minutes: Minutes, at: datetime) -> str:
    return shown_instant(at, minutes.time_zone, "long", calendar=minutes.calendar, locale=minutes.language)


def _breakable(value: str) -> str:
    """A hash is longer than a line; it may be broken wherever the line ends."""
    return (
        "\u200b".join(value[at : at + LONGEST] for at in range(0, len(value), LONGEST)) if " " not in value else value
    )
