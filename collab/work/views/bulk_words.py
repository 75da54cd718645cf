"""What a change of many items would make of them, in words: of the first few each field as it is and as it will be,
of all how many get what."""

from collections.abc import Callable
from typing import Final, NamedTuple

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _, listed

from ..bulk import Planned, due_after, labels_after
from ..forms import BulkChange
from ..lines import PRIORITIES
from ..queries.parties import names_typed
from .marks import Words

MOST: Final = 12
NOTHING: Final = N_("none")
TRAY: Final = N_("nobody: the tray of its unit")
FIELDS: Final = {"due": N_("Due date"), "priority": N_("Priority"), "labels": N_("Labels"), "holder": N_("Holder")}
COUNTED: Final = N_("%(field)s: %(count)s")


class Change(NamedTuple):
    """A field that changes: its name, how it is, and how it will be."""

    field: str
    old: str
    new: str


class Line(NamedTuple):
    """What becomes of one item."""

    reference: str
    title: str
    changes: list[Change]


class Becomes(NamedTuple):
    """The first few items, and how often each field changes."""

    lines: list[Line]
    counts: list[str]
    more: str


def becomes(actor: Actor, form: BulkChange) -> Callable[[list[Planned]], Becomes]:
    """Says what the change makes of the items that it changes; one question, for names."""
    words = Words(actor)
    called = {code: _(word) for code, word in FIELDS.items()}
    priorities = {code: _(word) for code, word in PRIORITIES.items()}

    def said(plans: list[Planned]) -> Becomes:
        names = names_typed(actor, {form.holder} | {each.item.holder_id for each in plans})
        lines: list[Line] = []
        counts = dict.fromkeys(FIELDS, 0)
        for each in plans:
            item, found = each.item, dict[str, tuple[str, str]]()
            if form.act == "fields":
                found = {
                    "due": (words.day(item.due_on), words.day(due_after(item, form))),
                    "priority": (
                        priorities[item.priority],
                        priorities[item.priority if form.priority is None else form.priority],
                    ),
                    "labels": (listed(sorted(item.labels or [])), listed(sorted(labels_after(item, form)))),
                }
            elif form.act == "holder":
                old, new = names.maybe(item.holder_id), names.maybe(form.holder)
                found = {"holder": (old.name if old else _(TRAY), new.name if new else _(TRAY))}
            changes = [Change(called[code], *pair) for code, pair in found.items() if pair[0] != pair[1]]
            for code, pair in found.items():
                counts[code] += pair[0] != pair[1]
            if len(lines) < MOST:
                lines.append(Line(item.reference, item.title, [
                    Change(one.field, one.old or _(NOTHING), one.new or _(NOTHING)) for one in changes
                ]))  # fmt: skip
        left = len(plans) - len(lines)
        summed = [_(COUNTED, field=called[code], count=digits(many)) for code, many in counts.items() if many]
        return Becomes(lines, summed, digits(left) if left > 0 else "")

    return said
