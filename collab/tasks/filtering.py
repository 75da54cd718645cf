"""What may be asked of pending items beyond every work item: source, protocol number, counterpart."""

from typing import Any, Final

from sqlalchemy import Text, bindparam, exists, select

from collab.core.i18n import N_
from collab.core.text.fold import fold
from collab.people.models import Party
from collab.work.filters.asking import Asking
from collab.work.filters.fields import Field
from collab.work.filters.holds import Facts
from collab.work.filters.sql import Part
from collab.work.filters.tree import Leaf
from collab.work.filters.words import said
from collab.work.models import WorkItem

from .forms import SOURCES, latin_digits
from .models import PendingItem

_SOURCES: Final = {
    "citizen": said("citizen", "πολίτης πολίτη", "شهروند"),
    "council": said("council", "συμβούλιο", "شورا"),
    "unit": said("unit another-unit", "μονάδα άλλη-μονάδα", "واحد"),
    "electronic": said("electronic", "ηλεκτρονική ηλεκτρονικά", "الکترونیک الکترونیکی"),
    "authority": said("authority", "αρχή", "مرجع"),
    "other": said("other", "άλλη άλλο", "دیگر"),
}


def _of_case(*criteria: Any) -> Any:
    return exists(select(PendingItem.item_id).where(PendingItem.item_id == WorkItem.id, *criteria))


def _source(_asking: Asking, leaf: Leaf, name: str) -> Part:
    return Part(_of_case(PendingItem.source == bindparam(name, type_=Text)), {name: leaf.value}, "source")


def _protocol(_asking: Asking, leaf: Leaf, name: str) -> Part:
    numbered = select(PendingItem.item_id).where(PendingItem.protocol_number == bindparam(name, type_=Text))
    return Part(WorkItem.id.in_(numbered), {name: latin_digits(leaf.value)}, "protocol", ("few", ()))


def _counterpart(_asking: Asking, leaf: Leaf, name: str) -> Part:
    """The counterpart's names begin with what was typed, or one of their words does."""
    begins, within = f"{name}_begins", f"{name}_within"
    words = fold(leaf.value).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    called = Party.folded.like(bindparam(begins, type_=Text)) | Party.folded.like(bindparam(within, type_=Text))
    case = (
        select(PendingItem.item_id)
        .join(Party, Party.id == PendingItem.counterpart_id)
        .where(PendingItem.item_id == WorkItem.id, called)
    )
    return Part(exists(case), {begins: f"{words}%", within: f"% {words}%"}, "counterpart")


def _said(facts: Facts, name: str) -> Any:
    return (facts.more or {}).get(name)


def _holds_counterpart(_asked: Asking, leaf: Leaf, facts: Facts) -> bool:
    known, typed = _said(facts, "counterpart"), fold(leaf.value)
    return known is not None and (known.startswith(typed) or f" {typed}" in known)


fields: Final = (
    Field(
        "source", N_("Source"), "choice", choices=_SOURCES, labels=SOURCES, kind="pending", example="citizen",
        words=said("source", "προέλευση πηγή", "منبع"), sql=_source,
        holds=lambda _asked, leaf, facts: _said(facts, "source") == leaf.value,
    ),
    Field(
        "protocol", N_("Protocol number"), "text", kind="pending", example="2026/11873",
        words=said("protocol", "πρωτόκολλο", "شماره-ثبت ثبت"), sql=_protocol,
        holds=lambda _asked, leaf, facts: _said(facts, "protocol") == latin_digits(leaf.value),
    ),
    Field(
        "counterpart", N_("Counterpart"), "text", kind="pending", example='"…"',
        words=said("counterpart", "συναλλασσόμενος ενδιαφερόμενος", "طرف-مقابل طرف"), sql=_counterpart,
        holds=_holds_counterpart,
    ),
)  # fmt: skip
