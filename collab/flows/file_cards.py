"""Files that messages name by their addresses, as they stand now: as far as the reader may see them, in one query."""

import re
from typing import Any, Final

from sqlalchemy import and_, case
from sqlalchemy.orm import aliased

from collab.core.actor import Actor
from collab.core.db import db
from collab.core.i18n import N_, _, in_language
from collab.core.package import HOLDS, Card, FileFacts
from collab.decisions.evidence import OPTION, QUESTION
from collab.decisions.models import DecisionOption
from collab.files.models import Attachment
from collab.files.policy import visible_on
from collab.files.queries import as_files, newest_of
from collab.files.shown import line
from collab.messaging.models import Message
from collab.messaging.owners import MESSAGE
from collab.people.certificates import CERTIFIED
from collab.people.models import Party, PersonSkill, Skill
from collab.work.models import WorkItem
from collab.work.reactions import ITEM

MOST: Final = 200
STANDS_ON: Final = (ITEM, QUESTION, OPTION, MESSAGE, CERTIFIED)
"""What files hang on of which a card knows the place; of any other it says nothing."""
FILE: Final = re.compile(r"/files/([0-9]+)")
SAID_BY = N_("What %(name)s said")


def unfurl_files(actor: Actor, named: set[str], _ids: list[int]) -> tuple[dict[str, Card], dict[int, list[Card]]]:
    """The files behind these addresses. A version that others followed is shown as the newest of them."""
    wanted = sorted(int(match[1]) for match in map(FILE.fullmatch, named) if match)[:MOST]
    if not wanted:
        return {}, {}
    # Under names of their own, so that what the rules ask of the same tables stays apart from this.
    item, message, author = aliased(WorkItem), aliased(Message), aliased(Party)
    held, skill, option = aliased(PersonSkill), aliased(Skill), aliased(DecisionOption)
    of_item = case((Attachment.owner_kind.in_((ITEM, QUESTION)), Attachment.owner_id), else_=option.item_id)
    rows = db.session.execute(
        newest_of(actor, wanted)
        .add_columns(
            item.id.label("item_id"), item.reference, item.title,
            skill.label.label("skill"), skill.names.label("skill_names"),
            author.label.label("author"), author.names.label("author_names"),
        )
        .outerjoin(option, and_(Attachment.owner_kind == OPTION, option.id == Attachment.owner_id))
        .outerjoin(item, item.id == of_item)
        .outerjoin(message, and_(Attachment.owner_kind == MESSAGE, message.id == Attachment.owner_id))
        .outerjoin(author, author.id == message.author_id)
        .outerjoin(held, and_(Attachment.owner_kind == CERTIFIED, held.id == Attachment.owner_id))
        .outerjoin(skill, skill.id == held.skill_id)
        .where(visible_on(actor, HOLDS), Attachment.owner_kind.in_(STANDS_ON))
    ).all()  # fmt: skip
    return {f"/files/{row.asked}": _card(actor, row) for row in rows}, {}


def _card(actor: Actor, row: Any) -> Card:
    [file] = as_files([row])
    shown = line(actor, file)
    of, of_href = _owner(row)
    version = _("version")
    return Card(
        reference="", href=f"/files/{file.id}/versions", title=file.name,
        icon=shown.icon, state="", word=_("File"), holder=file.giver,
        subject=f"{ITEM}:{row.item_id}" if row.item_id else f"{file.owner_kind}:{file.owner_id}",
        file=FileFacts(f"{version} {shown.version}", shown.size, shown.at, shown.iso, of, of_href),
    )  # fmt: skip


def _owner(row: Any) -> tuple[str, str]:
    """How that is called on which a file hangs, and where it stands."""
    if row.owner_kind == ITEM:
        return f"{row.reference} {row.title}", f"/work-items/{row.reference}"
    if row.owner_kind in (QUESTION, OPTION):
        option = f"?option={row.owner_id}" if row.owner_kind == OPTION else ""
        return f"{row.reference} {row.title}", f"/decisions/{row.reference}/evidence{option}"
    if row.owner_kind == MESSAGE:
        return _(SAID_BY, name=in_language(row.author_names, row.author)), f"/messages/{row.owner_id}/place"
    return in_language(row.skill_names, row.skill), f"/person-skills/{row.owner_id}"
