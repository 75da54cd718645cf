"""A show of hands over the API."""

from collab.web.actors import actor
from collab.web.api import Answer, endpoint, seen

from . import commands, queries
from .api import api, whole
from .forms import CorrectHands, CountHands


@endpoint(api, "PUT /decisions/<ref:item>/hands", takes=CountHands, gives="Decision")
def count_hands(item: str, form: CountHands) -> Answer:
    """Type in the numbers of a show of hands, once; the vote closes with them. For its chair, whoever runs it,
    and whoever keeps the minutes of the meeting in which it was begun."""
    found = queries.find_decision(actor(), item)
    commands.count_hands(actor(), seen(found.id), form)
    return whole(found.id)


@endpoint(api, "PUT /decisions/<ref:item>/hands/correction", takes=CorrectHands, gives="Decision")
def correct_hands(item: str, form: CorrectHands) -> Answer:
    """Correct them with the reason, until the minutes of the meeting are approved (of a vote without a meeting, until
    its outcome is written down). It is counted again; what stood there stays in `result.hands.before`."""
    found = queries.find_decision(actor(), item)
    commands.correct_hands(actor(), seen(found.id), form)
    return whole(found.id)
