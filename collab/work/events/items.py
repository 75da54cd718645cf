"""What happens to a work item itself"""

from typing import Any

from collab.core.facts import Fact, code, day, fact, item, party, prose
from collab.core.i18n import N_

STATES = {
    "new": N_("new"),
    "active": N_("in progress"),
    "waiting": N_("waiting"),
    "done": N_("done"),
    "cancelled": N_("cancelled"),
}
FIELD_NAMES = {
    "title": N_("title"), "body": N_("description"), "priority": N_("priority"), "start_on": N_("start"),
    "due_on": N_("due date"), "reach": N_("who may see it"), "labels": N_("labels"), "parent": N_("parent"),
    "details": N_("details"), "effort_minutes": N_("planned time"), "spent_minutes": N_("spent time"),
}  # fmt: skip
UNDONE_NAMES = {
    "item-completed": N_("finishing it"), "item-cancelled": N_("cancelling it"), "item-taken": N_("taking it"),
    "item-assigned": N_("giving it"), "item-merged": N_("the merging"), "item-begun": N_("beginning it"),
    "item-edited": N_("the change"), "handover-offered": N_("the offer"),
}  # fmt: skip
KIND_NAMES = {"task": N_("task"), "pending": N_("pending item"), "decision": N_("decision"), "meeting": N_("meeting")}


@fact("item-opened", of="work-item", says=N_("%(actor)s created it in %(unit)s"))
class ItemOpened(Fact):
    item_kind: str = code(labels=KIND_NAMES)
    unit: int = party()
    holder: int | None = party()


@fact("item-edited", of="work-item", says=N_("%(actor)s changed: %(fields)s"))
class ItemEdited(Fact):
    fields: str = code(labels=FIELD_NAMES)
    due_on: str | None = day()
    was: dict[str, Any] | None = None  # what stood in the fields that can be undone (collab.work.undoing)
    now: dict[str, Any] | None = None  # and what stands there since
    title_was: str = prose()
    title_now: str = prose()


@fact("item-assigned", of="work-item", says=N_("%(actor)s gave it to %(holder)s"))
class ItemAssigned(Fact):
    holder: int | None = party()
    before: int | None = party()
    unit: int | None = party()
    left: int | None = party()  # the unit in which it lay before
    was: str = ""  # its state before
    offer: int | None = None  # the offer that ended with it
    decided: list[int] | None = None  # the questions to a superior that ended with it


@fact("item-taken", of="work-item", says=N_("%(actor)s took it"))
class ItemTaken(Fact):
    before: int | None = party()
    unit: int | None = party()
    was: str = ""


@fact("item-begun", of="work-item", says=N_("%(actor)s began it"))
class ItemBegun(Fact):
    was: str = ""


@fact("item-completed", of="work-item", says=N_("%(actor)s finished it: %(outcome)s"))
class ItemCompleted(Fact):
    outcome: str = prose()
    was: str = ""
    waits: list[int] | None = None  # the questions that ended with it
    offer: int | None = None


@fact("item-cancelled", of="work-item", says=N_("%(actor)s cancelled it: %(reason)s"))
class ItemCancelled(Fact):
    reason: str = prose()
    was: str = ""
    waits: list[int] | None = None
    offer: int | None = None


@fact("item-merged", of="work-item", says=N_("%(actor)s merged it into another item, which goes on"))
class ItemMerged(Fact):
    other: int = item()
    was: str = ""
    waits: list[int] | None = None  # the questions that ended with it
    moved: list[int] | None = None  # and those that went along
    ending: list[int] | None = None  # what waited for its end and waits for the other's since
    met: list[int] | None = None  # what waited for the end of one on the other, and ended
    joined: list[int] | None = None  # who reads the other because of it
    again: list[int] | None = None  # and who had done so before
    role: str = ""  # as what they do
    offer: int | None = None


@fact("item-merged-here", of="work-item", says=N_("%(actor)s merged another item into this one"))
class ItemMergedHere(Fact):
    other: int = item()


@fact("item-parted", of="work-item", says=N_("%(actor)s took the merging of another item back"))
class ItemParted(Fact):
    other: int = item()


@fact("item-reopened", of="work-item", says=N_("%(actor)s opened it again"))
class ItemReopened(Fact):
    holder: int | None = party()  # these where whoever had it is no longer here
    before: int | None = party()
    unit: int | None = party()
    left: int | None = party()


@fact("item-undone", of="work-item", says=N_("%(actor)s undid: %(what)s"))
class ItemUndone(Fact):
    undone: int  # the fact
    what: str = code(labels=UNDONE_NAMES)
    holder: int | None = party()
    before: int | None = party()
    unit: int | None = party()
    left: int | None = party()


@fact("item-kind-changed", of="work-item", says=N_("%(actor)s made it a %(item_kind)s"))
class ItemKindChanged(Fact):
    item_kind: str = code(labels=KIND_NAMES)


@fact("item-watched", of="work-item", says=N_("%(actor)s follows it"))
class ItemWatched(Fact):
    pass


@fact("item-unwatched", of="work-item", says=N_("%(actor)s no longer follows it"))
class ItemUnwatched(Fact):
    pass


@fact("person-taken-off", of="work-item", says=N_("%(actor)s took %(person)s off the people who see it"))
class PersonTakenOff(Fact):
    person: int = party()


@fact("file-added", of="work-item", says=N_("%(actor)s added the file %(name)s"))
class FileAdded(Fact):
    file: int
    name: str = prose()


@fact("file-replaced", of="work-item", says=N_("%(actor)s added version %(version)s of the file %(name)s"))
class FileReplaced(Fact):
    file: int
    version: int
    name: str = prose()


@fact("file-removed", of="work-item", says=N_("%(actor)s removed the file %(name)s"))
class FileRemoved(Fact):
    version: int
    name: str = prose()


@fact("items-imported", of="organisation", says=N_("%(actor)s brought in %(number)s items"))
class ItemsImported(Fact):
    number: int = 0


@fact("items-edited", of="organisation", says=N_("%(actor)s changed %(number)s items at once"))
class ItemsEdited(Fact):
    number: int = 0
    items: list[int] | None = None  # those that changed, for the way back
    job: int | None = None  # the change of a whole list of which this is a part
    handle: int | None = None  # by which it is undone
