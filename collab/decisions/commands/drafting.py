"""Preparing a decision: the question, its options, the rule, who is entitled, until when."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.envelope import command, open_command, record, session
from collab.core.errors import Conflict, Forbidden, NotFound
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.text.fold import fold
from collab.files.placing import take_off
from collab.people.models import Party, Person, Unit
from collab.work.ball import settle
from collab.work.forms import ItemFields
from collab.work.models import WorkItem
from collab.work.opening import Opening, open_item
from collab.work.policy import items
from collab.work.taking_part import join

from ..comparing import kept
from ..events import DecisionEdited, OptionAdded, OptionChanged, OptionRemoved, StageChanged
from ..evidence import OPTION
from ..forms import MOST_OPTIONS, DecisionFields, EditDecision, NewDecision, NewOption
from ..having import decision_of, item_named, preparing, touch
from ..models import Decision, DecisionArgument, DecisionOption
from ..particulars import HANDS_ALIKE, particulars, refuse_contradictions
from ..policy import KIND, may_create, may_create_in, may_run
from ..present import refuse_present
from ..presets import PRESETS, card_of
from ..weights import card_weights, refuse_weights
from .reading import let_entitled_read
from .revisiting import revise

NOT_YOURS = N_("You prepare decisions in your own units.")
FOR_NAMED = N_("What it revises is for named people only, and so is this: its explanations go along.")
NO_SUCH = N_("Choose one from the list.")
AUDITS = N_("Whoever audits reads and does nothing else. Choose somebody else.")
TWICE = N_("An option of this name is there already.")
TOO_MANY = N_("A decision has at most %(most)s options.")
NO_OPTIONS = N_("A vote by yes or no is about the question itself; it has no options.")


@open_command(may_create)
def create_decision(actor: Actor, form: NewDecision, *, in_meeting: bool = False) -> dict[str, Any]:
    """Draft a decision in a unit of one's own. Returns its id and reference. `in_meeting`: it is begun in one."""
    if not may_create_in(actor, form.unit):
        raise wrong("unit", _(NOT_YOURS))
    _refuse_unknown(form)
    if not in_meeting:
        refuse_present(actor, form, None)
    closes = closes_at(actor, form)
    entered = ItemFields(title=form.title, body=form.body, reach=form.reach, due_on=form.closes_on)
    item = open_item(actor, entered, Opening(KIND, form.unit, actor.person_id or None))
    row = Decision(item_id=item.id, closes_at=closes, stage="draft", **_settled(form))
    session().add(row)
    session().flush()
    _refuse_twins([option.title for option in form.options])
    for position, option in enumerate(form.options, start=1):
        _add(actor, item, row, option, position)
    if form.revises:
        _revise(actor, form.revises, item)
    elif form.again:
        _refuse_wider(actor, form.again, item, "again")
    return {"id": item.id, "reference": item.reference}


def _revise(actor: Actor, reference: str, by: WorkItem) -> None:
    """What is drafted is to take the place of another decision. Raises Invalid where that one is not to be revised, or
    is for named people only and this one is not: its explanations go along."""
    known = _refuse_wider(actor, reference, by, "revises")
    try:
        revise(actor, known, by.id)
    except (NotFound, Forbidden, Conflict) as problem:
        raise wrong("revises", problem.sentence()) from None


def _refuse_wider(actor: Actor, reference: str, by: WorkItem, field: str) -> int:
    """The id of the decision that is named. Raises Invalid where it is for named people only and what is drafted after
    it is not."""
    known = item_named(actor, reference, None, field)
    assert known is not None  # a name that names nothing was refused
    if by.reach != "named" and session().get_one(WorkItem, known).reach == "named":
        raise wrong("reach", _(FOR_NAMED))
    return known


@command(may_run, on=items)
def edit_decision(actor: Actor, item: WorkItem, form: EditDecision) -> int:
    """Change what a draft says."""
    row = preparing(item)
    _refuse_unknown(form)
    refuse_present(actor, form, item.id)
    said = {
        "title": form.title, "body": form.body, "reach": form.reach, "due_on": form.closes_on,
    }  # fmt: skip
    settled = _settled(form) | {"closes_at": closes_at(actor, form)}
    settled["rule"] = kept(row.rule, settled["rule"])
    changed = [name for name, value in said.items() if getattr(item, name) != value and name != "due_on"]
    changed += [_NAMES.get(name, name) for name, value in settled.items() if getattr(row, name) != value]
    for name, value in said.items():
        setattr(item, name, value)
    for name, value in settled.items():
        setattr(row, name, value)
    if form.reach == "named":
        join(item.id, actor.person_id, "named", clock.now())
    if "electorate" in changed and row.stage == "discussion":
        let_entitled_read(item, row)
    if changed:
        touch(item)
        settle(item, actor.person_id, clock.now())
        record(DecisionEdited(subject=item.id, fields=",".join(dict.fromkeys(changed))))
    return item.id


_NAMES = {"preset": "rule", "chair_id": "chair"}


@command(may_run, on=items)
def discuss(actor: Actor, item: WorkItem) -> int:
    """Show a draft to everybody who may see it, and to whoever is to be entitled, as something to be argued about."""
    row = preparing(item)
    if row.stage == "draft":
        row.stage = "discussion"
        let_entitled_read(item, row)
        if item.state_kind == "new":
            item.state_kind = "active"
        settle(item, actor.person_id, clock.now())
        record(StageChanged(subject=item.id, stage="discussion"))
    return item.id


@command(may_run, on=items)
def add_option(actor: Actor, item: WorkItem, form: NewOption) -> int:
    """Add an option at the end."""
    row = preparing(item)
    number, last = _count(item)
    if number >= MOST_OPTIONS:
        raise wrong("title", _(TOO_MANY, most=digits(MOST_OPTIONS)))
    _refuse_twin(item, form.title, None)
    return _add(actor, item, row, form, last + 1)


def _add(actor: Actor, item: WorkItem, row: Decision, form: NewOption, position: int) -> int:
    if not PRESETS[row.preset].has_options:
        raise wrong("title", _(NO_OPTIONS))
    about = item_named(actor, form.about, None, "about")
    option = DecisionOption(
        item_id=item.id, position=position, title=form.title, body=form.body, cost=form.cost, about_id=about
    )
    session().add(option)
    session().flush()
    touch(item)
    record(OptionAdded(subject=item.id, option=option.id, title=form.title))
    return option.id


@command(may_run, on=items)
def change_option(actor: Actor, item: WorkItem, option_id: int, form: NewOption) -> int:
    """Word an option otherwise, explain it, say what it costs and which item it is about."""
    preparing(item)
    option = _option(item, option_id)
    _refuse_twin(item, form.title, option_id)
    about = item_named(actor, form.about, option.about_id, "about")
    if (option.title, option.body, option.cost, option.about_id) != (form.title, form.body, form.cost, about):
        option.title, option.body, option.cost, option.about_id = form.title, form.body, form.cost, about
        touch(item)
        session().flush()
        record(OptionChanged(subject=item.id, option=option.id, title=form.title))
    return option.id


@command(may_run, on=items)
def remove_option(_actor: Actor, item: WorkItem, option_id: int) -> int:
    """Take an option away, with the arguments about it and the files beside it."""
    preparing(item)
    option = _option(item, option_id)
    record(OptionRemoved(subject=item.id, option=option.id, title=option.title))
    for argument in session().scalars(select(DecisionArgument).where(DecisionArgument.option_id == option_id)):
        session().delete(argument)
    take_off(OPTION, option_id)
    session().flush()
    session().delete(option)
    touch(item)
    session().flush()
    return item.id


def _option(item: WorkItem, option_id: int) -> DecisionOption:
    found = session().scalar(
        select(DecisionOption)
        .where(DecisionOption.id == option_id, DecisionOption.item_id == item.id)
        .with_for_update()
    )
    if found is None:
        raise NotFound
    return found


def _count(item: WorkItem) -> tuple[int, int]:
    decision_of(item)
    number, last = (
        session()
        .execute(
            select(func.count(), func.coalesce(func.max(DecisionOption.position), 0)).where(
                DecisionOption.item_id == item.id
            )
        )
        .one()
    )
    return int(number), int(last)


def _refuse_twin(item: WorkItem, title: str, but: int | None) -> None:
    others = select(DecisionOption.title).where(DecisionOption.item_id == item.id, DecisionOption.id != (but or 0))
    if fold(title) in {fold(other) for other in session().scalars(others)}:
        raise wrong("title", _(TWICE))


def _refuse_twins(titles: list[str]) -> None:
    """Names that differ in capitals or accents alone are no two options on a ballot."""
    if len({fold(title) for title in titles}) != len(titles):
        raise wrong("options", _(TWICE))


def closes_at(actor: Actor, form: DecisionFields) -> datetime | None:
    """The instant of closing, by the clock of whoever enters it."""
    if form.closes_on is None:
        return None
    hour, minute = (int(part) for part in form.closes_clock.split(":"))
    return datetime.combine(form.closes_on, time(hour, minute), ZoneInfo(actor.time_zone)).astimezone(ZoneInfo("UTC"))


def _settled(form: DecisionFields) -> dict[str, Any]:
    return {
        "preset": form.preset,
        "rule": card_of(PRESETS[form.preset], form.quorum, form.ties, form.seats, **particulars(form))
        | card_weights(form),
        "level": form.level,
        "electorate": form.electorate.model_dump(),
        "substitutes": form.substitutes,
        "proxies": form.proxies,
        "chair_id": form.chair,
    }


def _refuse_unknown(form: DecisionFields) -> None:
    """Units, people and posts that are named must be there, and the rule must not contradict itself."""
    refuse_contradictions(form)
    if form.hands and form.weights:
        raise wrong("weights", _(HANDS_ALIKE))
    refuse_weights(form)
    if form.chair is not None:
        chair = session().get(Person, form.chair)
        if chair is None or chair.kind != "person":
            raise wrong("chair", _(NO_SUCH))
        if "auditor" in chair.roles:
            raise wrong("chair", _(AUDITS))
    wanted = form.electorate
    if wanted.unit is not None and session().get(Unit, wanted.unit) is None:
        raise wrong("electorate.unit", _(NO_SUCH))
    for field, named, kinds in (
        ("people", wanted.people, ("person", "post", "unit")),
        ("without", wanted.without, ("person",)),
    ):
        found = set(session().scalars(select(Party.id).where(Party.id.in_(named), Party.kind.in_(kinds))))
        if named and found != set(named):
            raise wrong(f"electorate.{field}", _(NO_SUCH))
