"""The minutes of a decision that has closed, filled in from what is kept of it."""

from dataclasses import replace
from typing import Any, Final

from collab.core.actor import Actor
from collab.core.dates import Calendar, digits
from collab.core.i18n import N_, _, speaking
from collab.people.queries.tree import tree
from collab.work.queries.parties import Names, names_of

from .arithmetic import rule_words
from .aside_words import did, said_of
from .bundled import refuse_unclosed
from .counting.reading_results import read_result
from .counting.words import apart, renamed, result_in_words, tie_in_words
from .exhibits import Told
from .hands import by_hands, hands_words, typists
from .minutes import Asked, Counted, Entitled, Evidence, Filed, Minutes, Reasoned, Weighed, minutes_sheet
from .otherwise import own_word
from .pictures import first_of, matrix_of, ordered, rounds_of, written
from .presets import QUESTION_FORMS, abstentions_apart, quorum_of
from .queries import Found, Option, abouts_of, evidence_told, options_of
from .queries.objections import objections_to
from .queries.papers import RollLine, whole_roll
from .result_words import called, chaired_words, choice_words, objections_in_words, outcome_words
from .shortened import PAPER
from .weights import weight_words
from .words import BECAUSE, LEFT_OUT

CHAIRED_AFTER: Final = N_("%(name)s, after %(before)s, who left")
NOT_VOTED: Final = N_("did not vote")
BY: Final = N_("%(choice)s (cast by %(name)s)")


def sheet_of_minutes(who: Actor, found: Found, language: str) -> dict[str, Any]:
    """What stands on the paper. Raises Conflict before the close. Seven queries at most."""
    refuse_unclosed(found)
    with speaking(language):
        return minutes_sheet(_minutes(who, found, language))


def _minutes(who: Actor, found: Found, language: str) -> Minutes:
    options = options_of(found.id)
    roll = whole_roll(who, found)
    ids = [found.unit_id, found.chair_id, found.chair_was_id, found.holder_id, found.outcome_by, found.closed_by]
    hands = by_hands(found.rule)
    ids += typists(found.result)
    names = names_of(replace(who, locale=language), ids)
    result, able = found.result or {}, [line for line in roll if line.left_out is None and not line.recused]
    titles = {option.id: option.title for option in options}
    entitled, recused = result.get("entitled", len(able)), result.get("recused", 0)
    kept = renamed(read_result(result["count"]), lambda name: apart(called(found, name)))
    return Minutes(
        language=language,
        organisation=tree().name(),
        unit=names.one(found.unit_id).name,
        reference=found.reference,
        question=apart(found.title),
        explanation=found.body,
        time_zone=tree().time_zone,
        calendar=calendar_in(who, language),
        chair=_chair(found, names),
        opened_at=found.opened_at,
        closed_at=found.closed_at,
        entitled=entitled,
        cast=result.get("cast", 0),
        quorum=quorum_of(found.rule, entitled, recused),
        taking_part=result.get("cast", 0) - (result.get("abstained", 0) if abstentions_apart(found.rule) else 0),
        roll=tuple(_entitled(line, titles, found.level == "open" and not hands) for line in able),
        recused=tuple(Reasoned(line.name, line.reason) for line in roll if line.recused),
        asked=_asked(who, options, roll),
        left_out=tuple(Reasoned(line.name, _(LEFT_OUT[line.left_out])) for line in roll if line.left_out),
        options=tuple(apart(option.title) for option in options),
        evidence=_evidence(evidence_told(who, found, options), options),
        rule=tuple(rule_words(found.rule, entitled, recused)),
        rounds=_rounds(who, found),
        weighed=_weighed(found),
        ties=tuple(" ".join(tie_in_words(tie)) for tie in kept.ties),
        outcome="\n\n".join(
            part
            for part in (
                *_hands(found, names, calendar_in(who, language)),
                *outcome_words(found),
                chaired_words(found),
                found.outcome or "",
            )
            if part
        ),
        dissents=tuple(Reasoned(line.name, line.dissent) for line in roll if line.dissent),
        own_word=own_word(found.rule, found.level),
        facts=_early(found, names) + _facts(found),
        signatures=_signatures(found, names),
    )


def _hands(found: Found, names: Names, calendar: Calendar) -> list[str]:
    """Of a show of hands its numbers, who typed them in, and when; what was corrected, and why."""
    return hands_words(found.rule, found.result, lambda by: names.one(by).name, tree().time_zone, calendar)


def _chair(found: Found, names: Names) -> str:
    if found.chair_id is None:
        return ""
    chair = names.one(found.chair_id).name
    if found.chair_was_id is None:
        return chair
    return _(CHAIRED_AFTER, name=apart(chair), before=apart(names.one(found.chair_was_id).name))


def calendar_in(who: Actor, language: str) -> Calendar:
    """The reader's own calendar in their own language; else the one that goes with the language."""
    own = who.calendar == "jalali" if language == who.locale else language == "fa"
    return "jalali" if own else "gregorian"


def _entitled(line: RollLine, titles: dict[int, str], is_open: bool) -> Entitled:
    part = ""
    if is_open:
        part = choice_words(line.choice, titles) if line.choice else _(NOT_VOTED)
        part = _(BY, choice=part, name=line.by) if line.choice and line.by else part
    if line.weight > 1:
        part = " · ".join(each for each in (weight_words(line.weight), part) if each)
    return Entitled(line.name, _(BECAUSE[line.because], of=line.of), part)


def _asked(who: Actor, options: list[Option], roll: list[RollLine]) -> tuple[Asked, ...]:
    """Who had to do with what an option is about, for what, and what they did; an item that the reader of the paper
    does not see is not named."""
    titles = {option.id: option.title for option in options}
    seen = {id_: about.reference for id_, about in abouts_of(who, options).items()}
    return tuple(
        Asked(line.name, "; ".join(said_of(line.proposed, titles, seen)), _(did(
            recused=line.recused, stays=line.stays, over=True,
        )))
        for line in roll
        if line.proposed
    )  # fmt: skip


def _evidence(told: Told, options: list[Option]) -> tuple[Evidence, ...]:
    """Beside the question, then beside each option."""
    return tuple(
        Evidence(
            tuple(Filed(one.name, one.version, one.sha256, not then) for one, then in told.beside(place)),
            told.gone_beside(place),
        )
        for place in (None, *(option.id for option in options))
    )


def _rounds(who: Actor, found: Found) -> tuple[Counted, ...]:
    """Every round with its votes, then what the duels said."""
    if found.rule["form"] == "consent":
        objections = objections_in_words(
            (found.result or {}).get("objections") or [], [one.by for one in objections_to(who, found)]
        )
        return (Counted(_("Objections"), (), tuple(objections)),) if objections else ()
    count: dict[str, Any] = (found.result or {}).get("count") or {}
    made: list[Counted] = []
    shown = rounds_of(count, most=PAPER)
    for each in shown.rounds if shown else ():
        votes = tuple((_marked(apart(called(found, bar.name)), bar.mark), bar.votes) for bar in each.bars)
        points = found.rule["form"] in ("score", "criteria")
        made.append(Counted(each.title, votes, tuple(part for part in (each.left,) if part), points))
    if count.get("scores") and not made:
        made.append(
            Counted(_("Points"), tuple((apart(name), written(points)) for name, points in count["scores"].items()))
        )
    table = count.get("pairwise")
    if table:
        order = ordered(count, PAPER)
        pairs = tuple(
            (_("%(one)s against %(other)s", one=apart(one), other=apart(other)),
             _("%(mine)s to %(theirs)s", mine=digits(table[one][other]), theirs=digits(table[other][one])))
            for place, one in enumerate(order) for other in order[place + 1 :]
        )  # fmt: skip
        part = (first_of(len(order), len(table)),) if len(order) < len(table) else ()
        made.append(Counted(_("Every two options compared"), pairs, (*part, *_duels_said(count))))
    return tuple(made)


def _weighed(found: Found) -> Weighed | None:
    shown = matrix_of((found.result or {}).get("count") or {})
    if shown is None:
        return None
    rows = tuple((apart(name), total, tuple(share for share, _level in cells)) for name, cells, total in shown.rows)
    return Weighed(shown.caption, tuple(apart(name) for name in shown.columns), rows)


def _marked(name: str, mark: str) -> str:
    return f"{name} ({mark})" if mark else name


def _duels_said(count: dict[str, Any]) -> list[str]:
    return result_in_words(renamed(read_result(count | {"rounds": [], "ties": []}), apart))[1:]


def _early(found: Found, names: Names) -> tuple[tuple[str, str], ...]:
    """Who closed it before its hour, nobody being missing."""
    return ((_("Closed before its hour by"), names.one(found.closed_by).name),) if found.closed_by else ()


def _facts(found: Found) -> tuple[tuple[str, str], ...]:
    """The fingerprints; of a lot only where the rule has one, or one was drawn."""
    said = [(_("Fingerprint of what stands fast since the opening (SHA-256)"), found.rule_hash)]
    ties = ((found.result or {}).get("count") or {}).get("ties", ())
    by_rule = found.rule["ties"] == "lot" and found.rule["form"] not in QUESTION_FORMS
    if by_rule or any("lot" in tie["broken"] for tie in ties):
        said.append((_("Seed of a lot"), found.seed))
        said.append((_("Its fingerprint, published at the opening"), found.seed_hash))
    return tuple((label, value.hex()) for label, value in said if value)


def _signatures(found: Found, names: Names) -> tuple[tuple[str, str], ...]:
    said = [(_("Chair"), found.chair_id), (_("Written down by"), found.outcome_by or found.holder_id)]
    return tuple((label, names.one(id_).name) for label, id_ in said if id_)
