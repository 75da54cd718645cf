"""Advice and objections over the API."""

from collab.web.actors import actor
from collab.web.api import Answer, endpoint, listed

from . import commands, queries
from .advice_forms import AskAdvice, GiveAdvice, MakeObjection, SettleObjection, UseAdvice
from .advice_shapes import advice_json, objection_json, proposed_json
from .api import api
from .queries import Found


@endpoint(api, "GET /decisions/<ref:item>/affected-units", gives="AffectedUnits")
def affected_units(item: str) -> Answer:
    """The units whose advice one may want, each with the reason: a proposal by the tree."""
    found = queries.find_decision(actor(), item)
    asked = queries.advice_on(actor(), found)
    return listed([proposed_json(one) for one in queries.proposed_for(actor(), found, asked)], None)


@endpoint(api, "GET /decisions/<ref:item>/advice", gives="AdviceList")
def advice(item: str) -> Answer:
    """Who was asked for advice, who answered what, who is silent, and what became of it."""
    found = queries.find_decision(actor(), item)
    return listed([advice_json(one) for one in queries.advice_on(actor(), found)], None)


@endpoint(api, "POST /decisions/<ref:item>/advice", takes=AskAdvice, gives="AdviceList")
def ask_advice(item: str, form: AskAdvice) -> Answer:
    """Ask advice of units, posts or people, by a day."""
    found = queries.find_decision(actor(), item)
    made = set(commands.ask_advice(actor(), found.id, form))
    asked = [advice_json(one) for one in queries.advice_on(actor(), found) if one.id in made]
    return listed(asked, None), 201


@endpoint(api, "PUT /decisions/<ref:item>/advice/<id:advice_id>/answer", takes=GiveAdvice, gives="Advice")
def give_advice(item: str, advice_id: int, form: GiveAdvice) -> Answer:
    """Give the advice that was asked, or word it otherwise until the vote opens."""
    found = queries.find_decision(actor(), item)
    return _advice(found, commands.give_advice(actor(), found.id, advice_id, form))


@endpoint(api, "PUT /decisions/<ref:item>/advice/<id:advice_id>/use", takes=UseAdvice, gives="Advice")
def use_advice(item: str, advice_id: int, form: UseAdvice) -> Answer:
    """Say what became of an advice."""
    found = queries.find_decision(actor(), item)
    return _advice(found, commands.use_advice(actor(), found.id, advice_id, form))


@endpoint(api, "DELETE /decisions/<ref:item>/advice/<id:advice_id>")
def take_back_advice(item: str, advice_id: int) -> Answer:
    """No longer ask somebody for advice."""
    commands.take_back_advice(actor(), queries.find_decision(actor(), item).id, advice_id)
    return None, 204


def _advice(found: Found, advice_id: int) -> Answer:
    return next(advice_json(one) for one in queries.advice_on(actor(), found) if one.id == advice_id)


@endpoint(api, "GET /decisions/<ref:item>/objections", gives="Objections")
def objections(item: str) -> Answer:
    """The objections to what is proposed by consent, each with how it ended."""
    found = queries.find_decision(actor(), item)
    return listed([objection_json(one) for one in queries.objections_to(actor(), found)], None)


@endpoint(api, "POST /decisions/<ref:item>/objections", takes=MakeObjection, gives="Objection")
def object_(item: str, form: MakeObjection) -> Answer:
    """Object to what is proposed by consent, with the reason."""
    found = queries.find_decision(actor(), item)
    return _objection(found, commands.object_(actor(), found.id, form)), 201


@endpoint(api, "DELETE /decisions/<ref:item>/objections/<id:objection_id>")
def withdraw_objection(item: str, objection_id: int) -> Answer:
    """Take one's objection back."""
    commands.withdraw_objection(actor(), queries.find_decision(actor(), item).id, objection_id)
    return None, 204


@endpoint(
    api, "PUT /decisions/<ref:item>/objections/<id:objection_id>/integration", takes=SettleObjection, gives="Objection"
)
def integrate(item: str, objection_id: int, form: SettleObjection) -> Answer:
    """Say how the proposal was changed for an objection."""
    found = queries.find_decision(actor(), item)
    return _objection(found, commands.integrate(actor(), found.id, objection_id, form))


@endpoint(
    api, "PUT /decisions/<ref:item>/objections/<id:objection_id>/overruling", takes=SettleObjection, gives="Objection"
)
def overrule(item: str, objection_id: int, form: SettleObjection) -> Answer:
    """Overrule an objection as chair, with reasons, where the rule says that one may."""
    found = queries.find_decision(actor(), item)
    return _objection(found, commands.overrule(actor(), found.id, objection_id, form))


def _objection(found: Found, objection_id: int) -> Answer:
    return next(objection_json(one) for one in queries.objections_to(actor(), found) if one.id == objection_id)
