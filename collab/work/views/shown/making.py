"""An item as its page shows it, for one reader."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from collab.core import markdown
from collab.core.actor import Actor
from collab.core.dates import local_day
from collab.core.i18n import N_, _

from ...effort import short
from ...events import STATES
from ...kinds import kinds
from ...lines import ICONS, PRIORITIES, REACHES, URGENT, Due, due_of
from ...queries.history import Line
from ...queries.shapes import Item, PartyRef, WaitLine
from ...queries.time import held_by_one, holder_bar
from ..marks import Words
from ..may import May, acts_of, expected_of, may_do, may_put_off, may_with_wait
from ..readers import shown_readers
from .chips import chip
from .offers import offer_of, returned_of
from .values import Asked, Happened, Legend, NamedOne, Off, Shown, Tie

BALL_WITH = N_("With %(holder)s")
BALL_IN_TRAY = N_("In the tray of %(unit)s")
BALL_OUTSIDE = N_("Waiting for %(awaited)s, the clock stands still")
BALL_WAITS = N_("Waiting, the clock stands still")
CLOSED = {"done": N_("Finished %(when)s"), "cancelled": N_("Cancelled %(when)s")}
RELATIONS = {
    "parent": N_("Part of"), "child": N_("Parts"), "awaited": N_("Waits for the end of"), "blocks": N_("Blocks"),
    "blocks-by": N_("Blocked by"), "relates": N_("Related"), "relates-by": N_("Related"),
    "duplicates": N_("Same as"), "duplicates-by": N_("Same as"), "follows": N_("Follows"),
    "follows-by": N_("Followed by"), "merged": N_("Merged into"), "merged-by": N_("Merged here"),
}  # fmt: skip
SENSES = {
    "answer": N_("Answer"), "vote": N_("Vote"), "assessment": N_("Assessment"),
    "acknowledgement": N_("Acknowledgement"), "approval": N_("Approval"), "handover": N_("Handover"),
    "task": N_("Task"), "lapse": N_("Overdue"), "advice": N_("Advice"),
    "invitation": N_("Invitation"), "tie": N_("Break the tie"), "revisit": N_("Look at it again"),
}  # fmt: skip
REMINDED_EVERY = N_("reminded every %(days)s")
ASKER_REMINDED = N_("%(name)s is reminded every %(days)s to ask again")
OFF_UNTIL = N_("You put it off: it comes back %(when)s.")
OFF_TOUCHED = N_("You put it off until somebody else does something with it.")
SINCE_TODAY = N_("since today")
SINCE_DAY = N_("since %(day)s")
"""Of somebody who has it since a day before, with no working day between."""
SINCE = N_("for %(days)s")
MARKED = frozenset({"item-opened", "handover-accepted", "item-completed", "item-cancelled", "item-reopened"})


def shown_item(actor: Actor, item: Item, history: list[Line], earlier: str | None) -> Shown:
    """Make ready what the template shows. No query."""
    words = Words(actor)
    kind = kinds().get(item.kind)
    bar, totals = holder_bar(item)
    current = item.intervals[-1] if item.intervals else None
    stopped = current is not None and current.stopped and item.is_open
    asked = [
        _asked(actor, wait, item, words)
        for wait in item.waits
        if wait.is_open and wait.sense not in ("task", "handover", "acknowledgement", "invitation")
    ]
    href, ties, may = f"/work-items/{item.reference}", _ties(item), may_do(actor, item)
    return Shown(
        item=item,
        href=href,
        kind=_(kind.name) if kind else item.kind,
        kind_icon=kind.icon if kind else "circle-dashed",
        state_word=_(STATES[item.state_kind]),
        state_icon=ICONS[item.state_kind],
        urgent=_(PRIORITIES[item.priority]) if item.priority >= URGENT and item.is_open else "",
        body=markdown.render(item.body) if item.body else Markup(""),
        due=_due(actor, item, stopped, words),
        ball=_ball(item, stopped, words),
        ball_chip=chip(item.holder or item.desk),
        ball_since=_since(item, words),
        stopped=stopped,
        segments=bar if any(part.days for part in bar) and not (item.is_open and held_by_one(item)) else [],
        legend=[
            Legend(total.name, words.working_days(total.days), _look(total.stopped, total.now and item.is_open))
            for total in totals
        ],
        may=may,
        next=_next(may, item, asked),
        escalate=_escalate(actor, item),
        offer=offer_of(actor, item, words),
        returned=returned_of(actor, item, words, hands_over=may.hand_over),
        off=_off(actor, item, words),
        mine=[each for each in asked if each.mine],
        others=[each for each in asked if not each.mine],
        readers=shown_readers(actor, item, words),
        ties=ties,
        merged=next((tie for tie in ties if tie.kind == "merged"), None),
        unit=chip(item.unit),
        desk=item.desk.name if item.desk.id not in (item.unit.id, (item.holder or item.desk).id) else "",
        creator=chip(item.creator),
        priority=_(PRIORITIES[item.priority]),
        start=words.day(item.start_on),
        reach=_(REACHES[item.reach]),
        created=words.when(item.created_at),
        changed=words.when(item.changed_at),
        effort=short(item.effort_minutes, actor.locale),
        spent=short(item.spent_minutes, actor.locale),
        overspent=item.effort_minutes is not None and (item.spent_minutes or 0) > item.effort_minutes,
        watching=item.watched_by(actor.person_id),
        watchers=[chip(part.party) for part in item.participants if part.role == "watcher" and part.until is None],
        named=_named(actor, item),
        history=happened(history, words),
        earlier=f"{href}/history?after={earlier}" if earlier else None,
    )


def happened(lines: Iterable[Line], words: Words) -> list[Happened]:
    """Lines of a history, with where the last of them can be undone."""
    return [
        Happened(
            line.parts, words.when(line.at), line.kind in MARKED, f"/facts/{line.id}/undo" if line.undoable else ""
        )
        for line in lines
    ]


def _look(stopped: bool, now: bool) -> str:
    return "stopped" if stopped else "now" if now else "held"


def _ball(item: Item, stopped: bool, words: Words) -> str:
    if not item.is_open and item.closed_at is not None:
        return _(CLOSED[item.state_kind], when=words.when(item.closed_at).text)
    if stopped:
        awaited = item.intervals[-1].holder
        return _(BALL_OUTSIDE, awaited=awaited.name) if awaited else _(BALL_WAITS)
    if item.holder is None or item.holder.id == item.desk.id:
        return _(BALL_IN_TRAY, unit=item.desk.name)
    return _(BALL_WITH, holder=item.holder.name)


def _due(actor: Actor, item: Item, stopped: bool, words: Words) -> Due:
    """The due day; while the clock of a deadline stands, which the ball says, it is not near: that is added to it."""
    due = due_of(actor, item.due_on, words.today, closed=not item.is_open)
    kind = kinds().get(item.kind)
    if not (stopped and due.text and kind and kind.stops_clock):
        return due
    return replace(due, look="muted", icon="pause")


def _next(may: May, item: Item, asked: list[Asked]) -> str:
    """take, answer-ID (what somebody outside answered came), begin or finish."""
    if may.take:
        return "take"
    if item.offer is not None or any(each.mine for each in asked):
        return ""
    for each in asked:
        if each.may.answer and each.of is not None and each.of.kind == "outsider":
            return f"answer-{each.id}"
    return "begin" if may.begin else "finish" if may.close else ""


def _since(item: Item, words: Words) -> str:
    """How long the party that `_ball` names has had it: what lay in the tray of a unit before was nobody's."""
    if not item.is_open or not item.intervals:
        return ""
    key, days, first = None, 0, item.intervals[-1].from_at
    for each in reversed(item.intervals):
        here = ((each.holder or each.unit or PartyRef(0, "", "")).id, each.stopped)
        if key is not None and here != key:
            break
        key, days, first = here, days + each.days, each.from_at
    if days:
        return _(SINCE, days=words.working_days(days))
    day = local_day(first, words.actor.time_zone)
    return _(SINCE_TODAY) if day >= words.today else _(SINCE_DAY, day=words.day(day))


def _escalate(actor: Actor, item: Item) -> str:
    """Where the item itself is taken up to the head above: over what is expected of its holder."""
    for wait in item.waits:
        if wait.is_open and wait.sense == "task":
            return f"/waits/{wait.id}/escalations/new" if may_with_wait(actor, wait, item).escalate else ""
    return ""


def _late(item: Item, wait: WaitLine) -> str:
    """Of whom that is expected which went up."""
    over = next((each for each in item.waits if each.id == wait.over_id), None)
    party = (over.taker or over.of) if over is not None else None
    return party.name if party is not None else ""


def _asked(actor: Actor, wait: WaitLine, item: Item, words: Words) -> Asked:
    may = may_with_wait(actor, wait, item)
    first, rest = acts_of(may, wait)
    return Asked(
        id=wait.id,
        what=wait.what,
        of=chip(wait.of) if wait.of else None,
        by=chip(wait.by) if wait.by else None,
        since=words.when(wait.since),
        due=due_of(actor, wait.until, words.today),
        stops=wait.stops_clock,
        nudges=words.number(wait.nudges) if wait.nudges else "",
        mine=expected_of(actor, wait),
        may=may,
        sense=_(SENSES[wait.sense]),
        href=f"/waits/{wait.id}",
        rhythm=_rhythm(wait, words),
        level=words.number(wait.level) if wait.sense == "lapse" else "",
        late=_late(item, wait),
        first=first,
        rest=rest,
    )


def _rhythm(wait: WaitLine, words: Words) -> str:
    """How reminders go out by themselves, while some are left."""
    if not wait.nudge_every or wait.nudges >= (wait.nudge_most or 0):
        return ""
    days = words.working_days(wait.nudge_every)
    if wait.of is not None and wait.of.kind == "outsider":
        return _(ASKER_REMINDED, name=wait.by.name, days=days) if wait.by else ""
    return _(REMINDED_EVERY, days=days)


def _off(actor: Actor, item: Item, words: Words) -> Off | None:
    waits = [wait for wait in item.waits if may_put_off(actor, wait)]
    if not waits:
        return None
    own = {each.wait_id: each for each in item.snoozes if each.person_id == actor.person_id}
    for wait in waits:
        if wait.id in own:
            until = own[wait.id].until
            said = _(OFF_UNTIL, when=words.when(until).text) if until else _(OFF_TOUCHED)
            return Off(f"/waits/{wait.id}/snooze", said)
    return Off(f"/waits/{waits[0].id}/snooze", "")


def _ties(item: Item) -> list[Tie]:
    found: list[Tie] = []
    for each in item.relatives:
        if each.relation == "child":  # the parts stand in a list of their own
            continue
        word = _(STATES[each.state_kind])
        label: Any = _(RELATIONS.get(each.relation, each.relation))
        icon = ICONS[each.state_kind]
        found.append(
            Tie(
                label,
                f"/work-items/{each.reference}",
                each.reference,
                each.title,
                each.state_kind,
                icon,
                word,
                each.relation,
            )
        )
    return found


def _named(actor: Actor, item: Item) -> list[NamedOne]:
    """Who sees an item for named people, and where those are taken off who may be."""
    if item.reach != "named":
        return []
    people = {part.party.id: part.party for part in item.participants if part.until is None}
    asked = {party for wait in item.waits if wait.is_open for party in (wait.of_id, wait.taken_by)}
    stay = {item.holder_id, item.created_by, actor.person_id, *asked} if may_do(actor, item).change else set(people)
    off = f"/work-items/{item.reference}/named-people"
    return [
        NamedOne(chip(party), "" if party.id in stay else f"{off}/{party.id}")
        for party in people.values()
        if party.kind == "person"
    ]
