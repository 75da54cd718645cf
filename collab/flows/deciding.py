"""From what was said to a decision: a draft whose question is the message, each knows of the other."""

from typing import Any

from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.forms import Form, Line, PartyId, Prose
from collab.decisions.commands import create_decision
from collab.decisions.forms import Electorate, NewDecision
from collab.messaging.models import Message

from .events import ItemMadeOfMessage
from .for_named import named_item_of
from .policy import may_make_work, messages
from .tying import tie


class DecisionOfMessage(Form):
    """The question, what voters should know, and the unit whose decision it is. How it is decided is chosen in the
    draft."""

    title: Line
    body: Prose = ""
    unit: PartyId


@command(may_make_work, on=messages, lock=False)
def make_decision(actor: Actor, message: Message, form: DecisionOfMessage) -> dict[str, Any]:
    """Draft a decision of a message; both know of each other from then on. Gives id and reference.

    What was said of an item for named people only stays with them: nobody but whoever drafts it is entitled until
    others are named, since whoever is entitled reads the decision.
    """
    fields: dict[str, Any] = {"title": form.title, "body": form.body, "unit": form.unit}
    if session().scalar(named_item_of(message.id)) is not None:
        fields |= {"reach": "named", "electorate": Electorate(people=[actor.person_id])}
    made = create_decision(actor, NewDecision(**fields))
    kind, owner_id = tie(message, item_id=made["id"])
    record(ItemMadeOfMessage(subject=made["id"], message=message.id, owner_kind=kind, owner=owner_id))
    return made
