"""The page of one decision in four tabs, and its roll."""

from typing import Any

from flask import Response, request

from collab.core import markdown
from collab.core.i18n import _
from collab.messaging.owners import Owner
from collab.messaging.pages import talk_of
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import asked, show
from collab.work.queries.parties import names_of
from collab.work.reactions import ITEM
from collab.work.views.attached import files_of

from .. import queries
from ..advice_shown import advices_shown, consent_shown
from ..arithmetic import rule_words
from ..aside_words import did, said_of
from ..forms import ElectoratePart
from ..policy import leads
from ..queries import Found, Mine, Turnout
from ..queries.revisits import Around, around, is_to_revise
from ..queries.roll import as_if_opened, is_frozen, with_those
from ..shown import asked_aside, ballots_shown, shown, tab_of
from ..shown_again import again_shown
from ..shown_options import NO_EVIDENCE, evidence_shown, options_shown, question_shown
from ..words import BECAUSE, COUNTED, LEFT_OUT
from . import pages
from .answers import is_part, words_sent
from .results import result_of


@door(pages, "GET /decisions/<ref:item>")
def decision(item: str) -> Response:
    """One decision: its question, the vote, the result, the talk."""
    return full(queries.find_decision(actor(), item), request.args.get("tab", ""), {}, {}, 200)


@door(pages, "GET /decisions/<ref:item>/turnout")
def turnout(item: str) -> Response:
    """How many have voted, for the open page that asks again."""
    who = actor()
    found = queries.find_decision(who, item)
    counts = queries.turnout_of(found.id)
    page = shown(who, found, names_of(who, []), counts, "vote")
    return show("decisions/turnout.html", fragment="decisions/_turnout_now.html", page=page)


def full(found: Found, wanted: str, typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    """The page with what was typed, where something was wrong."""
    who = actor()
    if is_frozen(found):
        counts, mine = queries.turnout_and_mine(who, found, running=found.stage == "open")
    else:
        found, entitled = as_if_opened(who, found)
        counts, mine = Turnout(entitled, 0, 0), Mine()
    tab = tab_of(found, wanted)
    options, abouts = queries.options_seen(who, found.id) if tab != "talk" else ([], {})
    arguments = queries.arguments_of(found.id) if tab == "question" else []
    evidence = queries.evidence_on(who, found, options) if tab == "question" else NO_EVIDENCE
    ids: list[int | None] = [found.unit_id, found.holder_id, found.opened_by, found.chair_id, found.outcome_by]
    ids.append(found.chair_was_id)
    ids += [one.by_id for one in arguments] + [one.person_id for one in mine.principals]
    ids += [mine.holder_id, mine.cast_by, found.looked_by]
    names = names_of(who, ids)
    texts = markdown.Texts() if tab == "question" else None  # no other tab shows an explanation
    of_question = tab == "question" and (found.has_origins or bool(evidence and found.opened_at))
    lies = tab == "result" or is_to_revise(found) or found.has_venue or of_question
    beside = around(who, found) if lies else Around()
    later = queries.later_among(found, evidence, beside.stood)
    page = shown(who, found, names, counts, wanted, beside.revises, beside.venue, texts)
    more: dict[str, Any] = {}
    objections = queries.objections_to(who, found) if page.tab != "talk" else []
    if page.tab == "talk":
        base = f"/work-items/{found.reference}"
        more = {"talk": talk_of(who, Owner(ITEM, found.id), f"{base}/messages"), "files": files_of(who, found.id, base)}
    if page.tab == "result":
        more = result_of(who, found, options, objections, mine) | {
            "again": again_shown(who, found, names, beside),
            "successor": beside.successor,
        }
    if page.tab == "question":
        more = {
            "advice": advices_shown(who, found, queries.advice_on(who, found), page.may),
            "proposal": question_shown(who, found, arguments, names),
            "evidence": evidence_shown(who, evidence, None, later),
            "origins": beside.origins,
        }
    sent, written = words_sent() if errors else ("", "")
    consent = None
    if page.tab != "talk":
        consent = consent_shown(who, found, objections, mine, page.may, counts.cast, counts.entitled)
    return show(
        "decisions/decision.html",
        status=status,
        page=page,
        options=options_shown(who, options, arguments, names, abouts, texts, evidence, later)
        if page.tab != "result"
        else [],
        mine=mine,
        aside=asked_aside(mine, options, abouts),
        ballots=ballots_shown(who, found, mine, names),
        proxy_holder=names.one(mine.holder_id).name if mine.holder_id else "",
        cast_by=names.one(mine.cast_by).name if mine.cast_by and mine.cast_by != who.person_id else "",
        asked_by=[(one.person_id, names.one(one.person_id).name) for one in mine.principals if not one.accepted],
        typed=typed,
        errors=errors,
        sent=sent,
        written=written,
        consent=consent,
        **more,
    )


@door(pages, "GET /decisions/<ref:item>/electorate", query=ElectoratePart)
def electorate(item: str) -> Response:
    """Who is entitled and why, who is left out and why; before the opening as it would be now."""
    who, part = actor(), asked(ElectoratePart)
    found = queries.find_decision(who, item)
    following, shown_all = None, leads(who, found)
    options = queries.options_of(found.id) if shown_all else []
    titles, abouts = {one.id: one.title for one in options}, queries.abouts_of(who, options)
    seen = {option: about.reference for option, about in abouts.items()}
    if is_frozen(found):
        page = queries.roll_of(who, found, part)
        voters, counts = list(page.items), queries.turnout_of(found.id)
        following = f"/decisions/{found.reference}/electorate?after={page.next}" if page.next else None
    else:
        voters = queries.previewed(who, found, options)
        found = with_those(found, voters)
        counts = Turnout(sum(one.left_out is None for one in voters), 0, 0)
    return show(
        "decisions/electorate.html",
        fragment="decisions/_voters.html",
        found=found,
        frozen=is_frozen(found),
        entitled=[(one, _(BECAUSE[one.because], of=one.of)) for one in voters if one.left_out is None],
        asked={
            one.person_id: (
                said_of(one.proposed, titles, seen),
                _(
                    did(
                        recused=one.recused,
                        stays=one.stays,
                        over=found.stage in COUNTED,
                        opened=is_frozen(found),
                    )
                ),
            )
            for one in voters
            if shown_all and one.proposed
        },
        left_out=[(one, _(LEFT_OUT[one.left_out])) for one in voters if one.left_out is not None],
        words=rule_words(found.rule, counts.entitled, counts.recused),
        counts=counts,
        following=following,
        part=is_part(),
    )
