"""Verbs that join a talk and its work."""

from typing import Any

from sqlalchemy import select

from collab.core.actor import Actor
from collab.core.envelope import command, record, session
from collab.core.errors import Conflict, Invalid, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _, in_language
from collab.messaging.mentions import excerpt
from collab.messaging.models import Message
from collab.people.models import Party
from collab.tasks.commands import create_pending_item, create_task
from collab.tasks.forms import NewPendingItem, NewTask
from collab.work.answering import ask_with
from collab.work.forms import Ask
from collab.work.models import WorkItem
from collab.work.policy import visible_to
from collab.work.queries.items import named_by

from .events import ItemMadeOfMessage, PointMadeOfMessage
from .for_named import NOT_ON_AGENDA, kept_to, kind_of_talk, named_item_of
from .forms import OF_WHOM, PointOfMessage, WorkOfMessage
from .meetings.commands import add_point
from .meetings.forms import PointForm
from .meetings.policy import KIND
from .models import MessageWork
from .policy import may_make_work, messages
from .tying import tie

THERE_ALREADY = N_("The message is a point of this meeting already.")


@command(may_make_work, on=messages, lock=False)
def make_work(actor: Actor, message: Message, form: WorkOfMessage) -> dict[str, Any]:
    """Make a task or a pending item of a message; both know of each other from then on. Gives id and reference.

    With `awaited` an answer is expected of somebody: the wait stands on the item and is ended by a reply; whoever wants
    it holds the item, unless somebody else is named. What was said of an item for named people only stays with them,
    and the words of a direct talk stay there: what is asked is the title.
    """
    holder = form.holder if form.awaited is None or form.holder is not None else actor.person_id
    named = session().scalar(named_item_of(message.id)) is not None
    fields = {
        "title": form.title, "body": form.body, "unit": form.unit, "holder": holder, "due_on": form.due_on,
        "reach": kept_to("named" if named else "unit", holder),
    }  # fmt: skip
    if form.kind != "task" or form.awaited is not None:
        source = "unit" if form.awaited is not None else "other"
        made = create_pending_item(actor, NewPendingItem(**fields, source=source))  # type: ignore[arg-type]
    else:
        made = create_task(actor, NewTask(**fields))  # type: ignore[arg-type]
    wait = _ask(actor, made["id"], message, form) if form.awaited is not None else None
    kind, owner_id = tie(message, item_id=made["id"], wait_id=wait)
    record(ItemMadeOfMessage(subject=made["id"], message=message.id, owner_kind=kind, owner=owner_id))
    return {"id": made["id"], "reference": made["reference"], "wait": wait}


@command(may_make_work, on=messages, lock=False)
def make_point(actor: Actor, message: Message, form: PointOfMessage) -> dict[str, Any]:
    """Put what was said on the agenda of a meeting, or propose it there; both know of each other from then on.

    Gives the id of the point and the reference of the meeting. Raises Forbidden for whoever sees the meeting and is
    not invited, NotFound for whoever does not see it, Conflict for what was said of an item for named people only:
    others read the agenda, unless it is the meeting's own talk.
    """
    meeting = session().execute(
        select(WorkItem.id, WorkItem.reference).where(
            named_by(form.meeting.upper()), WorkItem.kind == KIND, visible_to(actor)
        )
    )
    found = meeting.one_or_none()
    if found is None:
        raise NotFound
    if session().scalar(named_item_of(message.id)) not in (None, found.id):
        raise Conflict(_(NOT_ON_AGENDA))
    point = add_point(actor, found.id, PointForm(title=form.title, minutes=form.minutes))
    if session().get(MessageWork, (message.id, found.id)) is not None:  # asked while the meeting is locked
        raise wrong("meeting", _(THERE_ALREADY))
    kind, owner_id = tie(message, item_id=found.id, point_id=point)
    record(PointMadeOfMessage(subject=found.id, message=message.id, point=point, owner_kind=kind, owner=owner_id))
    return {"id": point, "reference": found.reference}


def _ask(actor: Actor, item_id: int, message: Message, form: WorkOfMessage) -> int:
    what = form.title
    closed = session().scalar(kind_of_talk(message.id)) == "direct"
    if not closed:
        what = excerpt(message.text, 300) or what
    if not closed and message.author_id != actor.person_id:  # whoever asks does not say another's words as their own
        author = session().execute(select(Party.names, Party.label).where(Party.id == message.author_id)).one()
        what = f"{in_language(author.names, author.label)}: “{what}”"
    try:
        return ask_with(actor, item_id, Ask(of=form.awaited, what=what, until=form.until))
    except Invalid as problem:
        fields = {"awaited" if name == "of" else name: reasons for name, reasons in problem.fields.items()}
        raise Invalid(problem.detail, fields=fields or {"awaited": [_(OF_WHOM)]}) from problem
