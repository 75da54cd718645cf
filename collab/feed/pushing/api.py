"""Pop-ups over the API."""

from typing import Any

from collab.core.errors import NotFound
from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint

from . import commands, queries
from .forms import Subscribe
from .sending import application_key

api = api_blueprint("pushing")


@endpoint(api, "GET /me/push-subscriptions", gives="PushSubscriptions")
def push_subscriptions() -> Any:
    """The browsers and programs that show what you hear of, and the key of this house for one that wants to."""
    return {"application_key": application_key(), "items": [_json(one) for one in queries.browsers(actor())]}


@endpoint(api, "POST /me/push-subscriptions", takes=Subscribe, gives="PushSubscription")
def post_push_subscription(form: Subscribe) -> Any:
    """Show what you hear of in this browser or program, as long as its session or token is good. Saying so again
    changes nothing. With `again`, for a browser that tells of itself after signing in, what was turned off stays off:
    that is a conflict."""
    made = commands.subscribe(actor(), form)
    for one in queries.browsers(actor()):
        if one.id == made:
            return _json(one), 201
    raise NotFound


@endpoint(api, "DELETE /me/push-subscriptions/<id:subscription_id>")
def delete_push_subscription(subscription_id: int) -> Any:
    """Show nothing more there."""
    commands.unsubscribe(actor(), subscription_id)
    return None, 204


def _json(one: queries.Browser) -> dict[str, Any]:
    return {"id": one.id, "service": one.service, "created_at": one.created_at.isoformat(), "here": one.here}
