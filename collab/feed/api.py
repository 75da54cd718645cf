"""The inbox over the API."""

from typing import Any

from collab.core.i18n import in_language
from collab.web.actors import actor
from collab.web.api import api_blueprint, endpoint, listed
from collab.work.asked_words import asked_words
from collab.work.kinds import kinds
from collab.work.queries.waits import find_wait

from . import commands, putting_off, queries
from .forms import Hearing, InboxFilter, Mark, PutOff, Snooze
from .queries import Heard, PutOffWait

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


@endpoint(api, "GET /snoozes", gives="SnoozeList")
def snoozes() -> Any:
    """What you put off of that which is expected of you, what comes back first standing first."""
    return listed([snooze_json(one) for one in queries.put_off(actor())], None)


@endpoint(api, "PUT /waits/<id:wait_id>/snooze", takes=PutOff, gives="Snooze")
def put_wait_off(wait_id: int, form: PutOff) -> Any:
    """Put something off that is expected of you, until a day, one of the usual moments, or until somebody else touches
    the item. Others on whose day it stands still see it."""
    find_wait(actor(), wait_id)
    putting_off.put_off(actor(), wait_id, form)
    return snooze_json(queries.put_off_wait(actor(), wait_id))


@endpoint(api, "DELETE /waits/<id:wait_id>/snooze")
def take_wait_up(wait_id: int) -> Any:
    """Put something back on your day before its time."""
    putting_off.take_up(actor(), wait_id)
    return None, 204


def snooze_json(one: PutOffWait) -> dict[str, Any]:
    """Something put off. `until` null: until somebody else touches the item."""
    return {
        "wait": one.id,
        "sense": one.sense,
        "what": asked_words(one.sense, one.what),
        "reference": one.reference,
        "title": one.title,
        "until": one.until.isoformat() if one.until else None,
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
