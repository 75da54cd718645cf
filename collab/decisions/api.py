"""Decisions over the API: question, options, electorate, ballot and outcome as nouns."""

from collab.core.errors import NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.web.actors import actor
from collab.web.api import Answer, api_blueprint, endpoint, listed, seen

from . import commands, queries
from .comparing import Comparisons, weighing
from .forms import (
    AskProxy,
    BreakTie,
    CarriedOut,
    CastBallot,
    DecisionList,
    Dissent,
    EditDecision,
    ElectoratePart,
    EndVote,
    LookAgain,
    NewArgument,
    NewDecision,
    NewOption,
    OpenVote,
    Outcome,
    Recuse,
    Supersede,
)
from .policy import leads
from .queries import Found, Mine, Turnout
from .queries.receipts import published
from .queries.roll import is_frozen
from .shapes import argument_json, decision_json, line_json, option_json, voter_json

api = api_blueprint("decisions")


def _whole(found: Found) -> Answer:
    who, frozen = actor(), is_frozen(found)
    counts, mine = queries.turnout_and_mine(who, found) if frozen else (Turnout(0, 0, 0), Mine())
    options = queries.options_of(found.id)
    return decision_json(found, options, queries.abouts_of(who, options), counts, mine, who.time_zone)


def whole(item: str | int) -> Answer:
    return _whole(queries.find_whole(actor(), item))


@endpoint(api, "GET /decisions", query=DecisionList, gives="Decisions")
def decisions(query: DecisionList) -> Answer:
    """The decisions, a page at a time."""
    page = queries.decisions(actor(), query)
    return listed([line_json(line) for line in page.items], page.next)


@endpoint(api, "POST /decisions", takes=NewDecision, gives="Decision")
def create_decision(form: NewDecision) -> Answer:
    """Draft a decision in a unit of one's own."""
    made = commands.create_decision(actor(), form)
    return whole(made["id"]), 201, {"Location": f"/api/v1/decisions/{made['reference']}"}


@endpoint(api, "GET /decisions/<ref:item>", gives="Decision")
def decision(item: str) -> Answer:
    """One decision."""
    return whole(item)


@endpoint(api, "PUT /decisions/<ref:item>", takes=EditDecision, gives="Decision")
def edit_decision(item: str, form: EditDecision) -> Answer:
    """Change what a draft says, as a whole."""
    found = queries.find_decision(actor(), item)
    commands.edit_decision(actor(), seen(found.id), form)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/discussion", gives="Decision")
def discuss(item: str) -> Answer:
    """Put a draft up for discussion."""
    found = queries.find_decision(actor(), item)
    commands.discuss(actor(), found.id)
    return whole(found.id)


@endpoint(api, "GET /decisions/<ref:item>/options", gives="Options")
def options(item: str) -> Answer:
    """The options of a decision."""
    found = queries.find_decision(actor(), item)
    known = queries.options_of(found.id)
    abouts = queries.abouts_of(actor(), known)
    return listed([option_json(one, abouts) for one in known], None)


@endpoint(api, "POST /decisions/<ref:item>/options", takes=NewOption, gives="Decision")
def add_option(item: str, form: NewOption) -> Answer:
    """Add an option to a draft."""
    found = queries.find_decision(actor(), item)
    made = commands.add_option(actor(), found.id, form)
    return {"id": made, **form.model_dump()}, 201


@endpoint(api, "PUT /decisions/<ref:item>/options/<id:option_id>", takes=NewOption, gives="Option")
def change_option(item: str, option_id: int, form: NewOption) -> Answer:
    """Change an option of a draft."""
    found = queries.find_decision(actor(), item)
    commands.change_option(actor(), seen(found.id), option_id, form)
    return {"id": option_id, **form.model_dump()}


@endpoint(api, "DELETE /decisions/<ref:item>/options/<id:option_id>")
def remove_option(item: str, option_id: int) -> Answer:
    """Take an option of a draft away."""
    found = queries.find_decision(actor(), item)
    commands.remove_option(actor(), found.id, option_id)
    return None, 204


@endpoint(api, "GET /decisions/<ref:item>/arguments", gives="Arguments")
def arguments(item: str) -> Answer:
    """What speaks for and against the options, or (`option` is null) the question itself."""
    found = queries.find_decision(actor(), item)
    return listed([argument_json(one) for one in queries.arguments_of(found.id)], None)


@endpoint(api, "POST /decisions/<ref:item>/arguments", takes=NewArgument, gives="Argument")
def add_argument(item: str, form: NewArgument) -> Answer:
    """Speak for or against an option; where a vote has none, without `option`, for or against the question itself."""
    found = queries.find_decision(actor(), item)
    made = commands.add_argument(actor(), found.id, form)
    return {"id": made, **form.model_dump()}, 201


@endpoint(api, "DELETE /decisions/<ref:item>/arguments/<id:argument_id>")
def withdraw_argument(item: str, argument_id: int) -> Answer:
    """Take an argument back."""
    found = queries.find_decision(actor(), item)
    commands.withdraw_argument(actor(), found.id, argument_id)
    return None, 204


@endpoint(api, "GET /decisions/<ref:item>/electorate", query=ElectoratePart, gives="Electorate")
def electorate(item: str, query: ElectoratePart) -> Answer:
    """Who is entitled and why, who is left out and why; before the opening as it would be now. To whoever runs or
    chairs it also who has to do with what an option is about, and is asked whether they stand aside."""
    found = queries.find_decision(actor(), item)
    shown = leads(actor(), found)
    if not is_frozen(found):
        options = queries.options_of(found.id) if shown else []
        return listed([voter_json(one, leads=shown) for one in queries.previewed(actor(), found, options)], None)
    page = queries.roll_of(actor(), found, query)
    return listed([voter_json(one, leads=shown) for one in page.items], page.next)


@endpoint(api, "PUT /decisions/<ref:item>/opening", query=OpenVote, gives="Decision")
def open_vote(item: str, query: OpenVote) -> Answer:
    """Open the vote: question, options, rule and electorate stand fast from here on."""
    found = queries.find_decision(actor(), item)
    commands.open_vote(actor(), seen(found.id), query)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/closing", gives="Decision")
def close_early(item: str) -> Answer:
    """Close a vote before its hour, once everybody entitled has voted or stands aside."""
    found = queries.find_decision(actor(), item)
    commands.close_early(actor(), found.id)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/ballot", takes=CastBallot, gives="Receipt")
def cast_ballot(item: str, form: CastBallot) -> Answer:
    """Vote, or vote again: the last ballot before the close counts. No key against repetition is needed."""
    found = queries.find_decision(actor(), item)
    return {"receipt": commands.cast_ballot(actor(), found.id, form) or None}


@endpoint(api, "PUT /decisions/<ref:item>/recusal", takes=Recuse)
def recuse(item: str, form: Recuse) -> Answer:
    """Stand aside, with the reason."""
    commands.recuse(actor(), queries.find_decision(actor(), item).id, form)
    return None, 204


@endpoint(api, "PUT /decisions/<ref:item>/participation")
def take_part(item: str) -> Answer:
    """Having been asked whether one stands aside (`mine.proposed`), take part all the same."""
    commands.take_part(actor(), queries.find_decision(actor(), item).id)
    return None, 204


@endpoint(api, "PUT /decisions/<ref:item>/proxy", takes=AskProxy)
def ask_proxy(item: str, form: AskProxy) -> Answer:
    """Ask somebody entitled to vote in one's place."""
    commands.ask_proxy(actor(), queries.find_decision(actor(), item).id, form)
    return None, 204


@endpoint(api, "PUT /decisions/<ref:item>/proxies/<id:person_id>")
def accept_proxy(item: str, person_id: int) -> Answer:
    """Accept to vote for somebody who asked."""
    commands.accept_proxy(actor(), queries.find_decision(actor(), item).id, person_id)
    return None, 204


@endpoint(api, "DELETE /decisions/<ref:item>/proxies/<id:person_id>")
def end_proxy(item: str, person_id: int) -> Answer:
    """Take a proxy back, decline or lay one down."""
    commands.end_proxy(actor(), queries.find_decision(actor(), item).id, person_id)
    return None, 204


@endpoint(api, "GET /decisions/<ref:item>/receipts", gives="Receipts")
def receipts(item: str) -> Answer:
    """The receipts of a closed confidential vote, in their own order."""
    return listed([{"receipt": each} for each in published(queries.find_decision(actor(), item))], None)


@endpoint(api, "PUT /decisions/<ref:item>/outcome", takes=Outcome, gives="Decision")
def take_decision(item: str, form: Outcome) -> Answer:
    """Write down the outcome in words."""
    found = queries.find_decision(actor(), item)
    commands.take_decision(actor(), found.id, form)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/review", takes=LookAgain, gives="Decision")
def look_again(item: str, form: LookAgain) -> Answer:
    """Having looked at a decision again: it stands, or it comes back on a later day. To revise it, draft another with
    `revises`."""
    found = queries.find_decision(actor(), item)
    commands.look_again(actor(), found.id, form)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/tie", takes=BreakTie, gives="Decision")
def break_tie(item: str, form: BreakTie) -> Answer:
    """Break a tie, as chair: with the `option` that goes ahead, by its id as on a ballot; of yes or no in `choice`."""
    found = queries.find_decision(actor(), item)
    commands.break_tie(actor(), seen(found.id), form)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/comparisons", takes=Comparisons, gives="Decision")
def compare_criteria(item: str, form: Comparisons) -> Answer:
    """Set the weights of the criteria by comparing each two; the consistency ratio stands in `rule_words`."""
    found = queries.find_decision(actor(), item)
    commands.compare_criteria(actor(), found.id, form)
    return whole(found.id)


@endpoint(api, "POST /decisions/<ref:item>/comparisons/preview", takes=Comparisons, gives="Weights")
def preview_comparisons(item: str, form: Comparisons) -> Answer:
    """The weights that would follow, and Saaty's consistency ratio. Nothing is kept."""
    found = queries.find_decision(actor(), item)
    names = [one["name"] for one in found.rule.get("criteria", ())]
    if not names:
        raise NotFound
    weights = weighing(len(names), form)
    return {
        "weights": [{"criterion": name, "weight": one} for name, one in zip(names, weights.weights, strict=True)],
        "ratio": float(weights.ratio), "contradicts": weights.contradicts,
    }  # fmt: skip


@endpoint(api, "PUT /decisions/<ref:item>/dissent", takes=Dissent)
def dissent(item: str, form: Dissent) -> Answer:
    """Have one's reasons for voting otherwise written into the minutes; an empty text takes them back."""
    if "text" not in form.model_fields_set:  # of a page an emptied field; here something that was forgotten
        raise wrong("text", _(N_("This is needed.")))
    commands.dissent(actor(), queries.find_decision(actor(), item).id, form)
    return None, 204


@endpoint(api, "PUT /decisions/<ref:item>/cancellation", takes=EndVote, gives="Decision")
def cancel_decision(item: str, form: EndVote) -> Answer:
    """Give a decision up, with the reason."""
    found = queries.find_decision(actor(), item)
    commands.cancel_decision(actor(), found.id, form)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/completion", takes=CarriedOut, gives="Decision")
def carry_out(item: str, form: CarriedOut) -> Answer:
    """Note that it was carried out. Refused while tasks that follow from it are open, unless `tasks_stay`."""
    found = queries.find_decision(actor(), item)
    commands.carry_out(actor(), found.id, form)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/successor", takes=Supersede, gives="Decision")
def supersede(item: str, form: Supersede) -> Answer:
    """Note which decision took its place."""
    found = queries.find_decision(actor(), item)
    commands.supersede(actor(), found.id, form)
    return whole(found.id)
