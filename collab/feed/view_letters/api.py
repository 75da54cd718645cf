"""Lists by mail over the API."""

from typing import Any

from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint, listed
from collab.work.queries.saved import find_view

from . import commands, queries
from .forms import ByMail

api = api_blueprint("view_letters")


@endpoint(api, "GET /me/view-subscriptions", gives="ViewSubscriptionList")
def view_subscriptions() -> Any:
    """The views that come to you by mail, and when each comes next."""
    return listed([_json(one) for one in queries.subscriptions(actor())], None)


@endpoint(api, "GET /views/<id:view_id>/subscription", gives="ViewSubscription")
def view_subscription(view_id: int) -> Any:
    """How a view comes to you by mail. 404 where it does not."""
    known = queries.subscription_of(actor(), find_view(actor(), view_id).id)
    if known is None:
        raise NotFound
    return _json(known)


@endpoint(api, "PUT /views/<id:view_id>/subscription", takes=ByMail, gives="ViewSubscription")
def put_view_subscription(view_id: int, form: ByMail) -> Any:
    """Have a view sent to you by mail: each working day, on the first day of each week (in the Persian calendar that is
    Saturday) or of each month, at an hour of your own clock; `empties`: also when nothing is in it."""
    return view_subscription(commands.subscribe(actor(), view_id, form))


@endpoint(api, "DELETE /views/<id:view_id>/subscription")
def delete_view_subscription(view_id: int) -> Any:
    """Have a view sent no more."""
    commands.unsubscribe(actor(), view_id)
    return None, 204


def _json(one: queries.Subscription) -> dict[str, Any]:
    return {
        "view": one.view_id,
        "name": one.name,
        "rhythm": one.rhythm,
        "hour": one.hour,
        "empties": one.empties,
        "next_at": one.next_at.isoformat(),
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
    }
