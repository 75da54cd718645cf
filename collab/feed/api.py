"""The inbox over the API."""

from typing import Any

from collab.core.i18n import in_language
from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint, listed
from collab.work.kinds import kinds

from . import commands, queries
from .forms import Hearing, InboxFilter, Mark, Snooze
from .queries import Heard

api = api_blueprint("feed")


@endpoint(api, "GET /notifications", query=InboxFilter, gives="NotificationList")
def notifications(query: InboxFilter) -> Any:
    """What you heard of, unread first."""
    page = queries.find_page(actor(), query.which, query.after, query.limit)
    return listed([as_json(heard) for heard in page.items], page.next)


@endpoint(api, "GET /notifications/<id:notification_id>", gives="Notification")
def notification(notification_id: int) -> Any:
    """One line of your inbox."""
    return as_json(queries.find(actor(), notification_id))


@endpoint(api, "PATCH /notifications/<id:notification_id>", takes=Mark, gives="Notification")
def patch_notification(notification_id: int, form: Mark) -> Any:
    """Mark a line of your inbox as read or unread, archived or not, muted or not."""
    queries.find(actor(), notification_id)
    return as_json(queries.find(actor(), commands.mark(actor(), notification_id, form)))


@endpoint(api, "DELETE /notifications/<id:notification_id>")
def delete_notification(notification_id: int) -> Any:
    """Archive a line of your inbox."""
    commands.mark(actor(), notification_id, Mark(archived=True))
    return None, 204


@endpoint(api, "PUT /notifications/<id:notification_id>/snooze", takes=Snooze, gives="Notification")
def put_snooze(notification_id: int, form: Snooze) -> Any:
    """Put a line of your inbox off until the morning of a day, or until one of the usual moments."""
    queries.find(actor(), notification_id)
    return as_json(queries.find(actor(), commands.snooze(actor(), notification_id, form)))


@endpoint(api, "DELETE /notifications/<id:notification_id>/snooze")
def delete_snooze(notification_id: int) -> Any:
    """Bring a line back into your inbox before its time."""
    queries.find(actor(), notification_id)
    commands.bring_back(actor(), notification_id)
    return None, 204


@endpoint(api, "DELETE /notifications/read")
def delete_read_notifications() -> Any:
    """Archive every line of your inbox that you have read."""
    commands.clear(actor())
    return None, 204


@endpoint(api, "GET /me/notification-preferences", gives="NotificationPreferences")
def notification_preferences() -> Any:
    """How you want to hear: when letters may come, and by which way of each topic on each kind of item."""
    return _preferences()


@endpoint(api, "PATCH /me/notification-preferences", takes=Hearing, gives="NotificationPreferences")
def patch_notification_preferences(form: Hearing) -> Any:
    """Choose how you want to hear. What is not said stays."""
    commands.choose(actor(), form)
    return _preferences()


def _preferences() -> dict[str, Any]:
    who = actor()
    manner = queries.manner(who)
    return {
        "mails": manner.mails,
        "digest_hour": manner.digest_hour,
        "quiet_from": manner.quiet_from,
        "quiet_until": manner.quiet_until,
        "working_days": manner.working_days,
        "choices": queries.choices(who, kinds()),
    }


def as_json(heard: Heard) -> dict[str, Any]:
    """A line of the inbox as the API shows it. `reasons` are codes, `count` the events since it was last read."""
    return {
        "id": heard.id,
        "subject": {
            "kind": heard.subject_kind,
            "id": heard.subject_id,
            "reference": heard.reference,
            "title": heard.title,
            "state_kind": heard.state_kind,
        },
        "reasons": heard.reasons,
        "count": heard.times,
        "actor": {"id": heard.actor_id, "name": in_language(heard.actor_names, heard.actor_label or "Collab")},
        "at": heard.at.isoformat(),
        "read": heard.read_at is not None,
        "archived": heard.archived_at is not None,
        "muted": heard.muted_at is not None,
        "snoozed_until": heard.snoozed_until.isoformat() if heard.snoozed_until else None,
        "for": {"id": heard.for_id, "name": in_language(heard.for_names, heard.for_label or "")}
        if heard.for_id
        else None,
    }
