"""Opening the vote, casting ballots, standing aside, proxies, receipts."""

from typing import Any

from flask import Response, request

from collab.core import markdown
from collab.core.errors import Conflict, Forbidden, Invalid, Stale
from collab.core.forms import parse
from collab.core.i18n import N_, _
from collab.core.venue import attendances_of
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show
from collab.work.queries.parties import names_of

from .. import commands, queries
from ..forms import AskProxy, CastBallot, CorrectHands, CountHands, OpenVote, Recuse
from ..policy import leads
from ..present import taken_from
from ..presets import of_present
from ..queries import Turnout
from ..queries.receipts import is_published, published
from ..queries.roll import with_those
from ..shown import shown
from ..stages import UNOPENED
from . import pages
from .amiss import amiss
from .answers import done, reasons, seen_by
from .page import full
from .several import one_named
from .typing_in import ballot_typed

OPENED = N_("The vote is open. Everybody entitled has it on their day.")
VOTED = N_("Your vote is in. You can change it until the vote closes.")
VOTED_FOR = N_("The vote is in. It can be changed until the vote closes.")
ASIDE = N_("You stand aside.")
CLOSED_NOW = N_("The vote is closed.")
COUNTED = N_("The numbers are in, and the vote is closed.")
CORRECTED = N_("The numbers are corrected and counted again. What they were before stands in the minutes.")
STAYS = N_("You take part. That you were asked stands in the minutes.")
PROXY_ASKED, PROXY_TAKEN, PROXY_OVER = N_("They were asked."), N_("You vote for them."), N_("The proxy is over.")


@door(pages, "GET /decisions/<ref:item>/opening")
def opening(item: str) -> Response:
    """What opening the vote means, before it is done."""
    return _opening(item, {}, 200)


@door(pages, "PUT /decisions/<ref:item>/opening", takes=OpenVote)
def open_vote(item: str) -> Response:
    """Open the vote."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        commands.open_vote(actor(), seen_by(found, typed), parse(OpenVote, typed))
    except (Invalid, Conflict, Stale) as problem:
        return _opening(item, reasons(problem), problem.status)
    return done(found.reference, _(OPENED), "vote")


def _opening(item: str, errors: dict[str, list[str]], status: int) -> Response:
    who = actor()
    found = queries.find_decision(who, item)
    options = queries.options_of(found.id)
    listed = queries.previewed(who, found, options if leads(who, found) and found.stage in UNOPENED else ())
    found = with_those(found, listed)
    able, out = (sum((one.left_out is None) == wanted for one in listed) for wanted in (True, False))
    names = names_of(who, [found.unit_id, found.holder_id, found.chair_id])
    running = attendances_of(who, found.id) if of_present(found.rule) else []
    page = shown(who, found, names, Turnout(able, 0, 0), "question", texts=markdown.Texts())
    return show(
        "decisions/opening.html",
        status=status,
        page=page,
        options=options,
        proposed=[one.name for one in listed if one.proposed],
        left_out=out,
        running=running,
        taken=taken_from(running),
        callers=names_of(who, [one.caller for one in running]),
        silent=[one.of for one in queries.advice_on(who, found) if one.state == "silent"],
        errors=errors,
    )


@door(pages, "PUT /decisions/<ref:item>/ballot", takes=CastBallot)
def cast_ballot(item: str) -> Response:
    """Vote, or vote again."""
    found, typed = queries.find_decision(actor(), item), entered()
    form = None
    try:
        form = parse(CastBallot, ballot_typed(typed, found.rule["form"]))
        commands.cast_ballot(actor(), found.id, form)
    except Invalid as problem:
        beside = amiss(typed, found.rule, queries.options_of(found.id))
        # What cannot even be read says less than the sentences beside the options.
        errors = {} if beside and form is None else reasons(problem)
        return full(found, "vote", typed | {"amiss": beside}, errors, problem.status)
    except (Conflict, Forbidden) as problem:
        return full(found, "vote", typed, reasons(problem), problem.status)
    return done(found.reference, _(VOTED_FOR if form.principal else VOTED), "vote")


@door(pages, "PUT /decisions/<ref:item>/closing")
def close_early(item: str) -> Response:
    """Close the vote before its hour, once nobody is missing."""
    found = queries.find_decision(actor(), item)
    try:
        commands.close_early(actor(), found.id)
    except Conflict as problem:
        return full(found, "vote", {}, reasons(problem), problem.status)
    return done(found.reference, _(CLOSED_NOW), "result")


@door(pages, "PUT /decisions/<ref:item>/hands", takes=CountHands)
def count_hands(item: str) -> Response:
    """Type in the numbers of a show of hands; the vote closes with them."""
    found, typed = queries.find_decision(actor(), item), entered()
    said = dict(typed)
    try:
        commands.count_hands(actor(), seen_by(found, said), parse(CountHands, said))
    except (Invalid, Conflict, Forbidden, Stale) as problem:
        return full(queries.find_decision(actor(), item), "vote", typed, reasons(problem), problem.status)
    return done(found.reference, _(COUNTED), "result")


@door(pages, "PUT /decisions/<ref:item>/hands/correction", takes=CorrectHands)
def correct_hands(item: str) -> Response:
    """Correct the numbers of a show of hands, with the reason."""
    found, typed = queries.find_decision(actor(), item), entered()
    said = dict(typed)
    try:
        commands.correct_hands(actor(), seen_by(found, said), parse(CorrectHands, said))
    except (Invalid, Conflict, Forbidden, Stale) as problem:
        again = {"at": "correction", "hands": typed}
        return full(queries.find_decision(actor(), item), "result", again, reasons(problem), problem.status)
    return done(found.reference, _(CORRECTED), "result")


@door(pages, "PUT /decisions/<ref:item>/recusal", takes=Recuse)
def recuse(item: str) -> Response:
    """Stand aside."""
    return _act(item, lambda found, typed: commands.recuse(actor(), found, parse(Recuse, typed)), _(ASIDE), "recusal")


@door(pages, "PUT /decisions/<ref:item>/participation")
def take_part(item: str) -> Response:
    """Having been asked whether one stands aside, take part all the same."""
    return _act(item, lambda found, _typed: commands.take_part(actor(), found), _(STAYS))


@door(pages, "POST /decisions/<ref:item>/proxies", takes=AskProxy)
def ask_proxy(item: str) -> Response:
    """Ask somebody to vote in one's place."""
    return _act(
        item,
        lambda found, typed: commands.ask_proxy(actor(), found, parse(AskProxy, _asked(typed))),
        _(PROXY_ASKED),
        "proxy",
    )


def _asked(typed: dict[str, Any]) -> dict[str, Any]:
    return {"holder": one_named(typed, "holder").get("holder", "")}


@door(pages, "PUT /decisions/<ref:item>/proxies/<id:person_id>")
def accept_proxy(item: str, person_id: int) -> Response:
    """Accept to vote for somebody."""
    return _act(item, lambda found, _typed: commands.accept_proxy(actor(), found, person_id), _(PROXY_TAKEN))


@door(pages, "DELETE /decisions/<ref:item>/proxies/<id:person_id>")
def end_proxy(item: str, person_id: int) -> Response:
    """Take a proxy back, decline or lay one down."""
    return _act(item, lambda found, _typed: commands.end_proxy(actor(), found, person_id), _(PROXY_OVER))


def _act(item: str, act: Any, said: str, at: str = "") -> Response:
    """`at`: which form of the page it is, where several have fields of the same name."""
    found, typed = queries.find_decision(actor(), item), entered()
    try:
        act(found.id, typed)
    except (Invalid, Conflict, Forbidden) as problem:
        return full(found, "vote", typed | {"at": at}, reasons(problem), problem.status)
    return done(found.reference, said, "vote")


@door(pages, "GET /decisions/<ref:item>/receipts")
def receipts(item: str) -> Response:
    """The receipts of a closed confidential vote: each voter looks whether theirs is among them."""
    found = queries.find_decision(actor(), item)
    wanted = request.args.get("receipt", "").strip().lower()[:64]
    listed = published(found)
    return show(
        "decisions/receipts.html",
        found=found,
        wanted=wanted,
        there=is_published(listed, wanted) if wanted else None,
        listed=listed,
    )
