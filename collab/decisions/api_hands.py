"""A show of hands over the API."""

from collab.web.actors import actor
from collab.web.api import Answer, endpoint, seen

from . import commands, queries
from .api import api, whole
from .forms import CountHands


@endpoint(api, "PUT /decisions/<ref:item>/hands", takes=CountHands, gives="Decision")
def count_hands(item: str, form: CountHands) -> Answer:
    """Type in the numbers of a show of hands, once; the vote closes with them. For its chair and whoever runs it."""
    found = queries.find_decision(actor(), item)
    commands.count_hands(actor(), seen(found.id), form)
    return whole(found.id)
