"""A unit that becomes several on a day: planned, carried out when the day has come, taken back before."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import insert, select

from collab.core import clock
from collab.core.actor import Actor
from collab.core.envelope import Reach, attempt, command, open_command, record, session, system
from collab.core.errors import Conflict, Invalid
from collab.core.forms import wrong
from collab.core.i18n import N_, _
from collab.core.package import WITH_UNIT

from ..events import MembershipBegan, PostCreated, UnitCreated, UnitSplitCarried, UnitSplitPlanned, UnitSplitTakenBack
from ..forms.reorganising import SplitForm, SplitPart
from ..models import Unit, UnitSplit, UnitSplitLine, UnitSplitPart
from ..organisation import founding, splitting, tree, units
from ..organisation.splitting import Plan
from ..policy import everyone_sees, may_administer
from ..policy import units as reach

splits = Reach(UnitSplit, everyone_sees)
NOT_THEN: Final = N_("This day must lie within the time the unit exists, and it must not be planned to close.")
TWICE: Final = N_("It is already planned that this unit is split. Take that back first.")
NO_LONGER: Final = N_("Something of this unit has changed meanwhile. Look at it again.")
NO_PART: Final = N_("There is no such part.")
TWO_PARTS: Final = N_("An item can go to one part alone; one of these stands at another part.")
REFUSED: Final = {
    "closed": N_("The unit was closed meanwhile."),
    "target": N_("A unit that was to take over a part is closed."),
    "code": N_("Another unit has the code that was meant for a new one."),
    "head": N_("Whoever was to lead a part no longer belongs to the unit, or that unit has a head by now."),
}
"""Why a split could not be carried out on its day."""


@command(may_administer, on=reach)
def plan_split(actor: Actor, unit: Unit, form: SplitForm) -> int:
    """Plan that a unit becomes several on a day; one of today is carried out at once. Returns the split's id."""
    house = tree.hold_tree(session())
    today = founding.today(session())
    if form.on < today:
        raise wrong("on", _(N_("Choose today or a later day.")))
    if form.on <= unit.valid_from or unit.valid_to is not None:
        raise wrong("on", _(NOT_THEN))
    standing = UnitSplit.carried_at.is_(None) & UnitSplit.taken_back_at.is_(None)
    if session().scalar(select(UnitSplit.id).where(UnitSplit.unit_id == unit.id, standing)) is not None:
        raise wrong("on", _(TWICE))
    split = UnitSplit(
        unit_id=unit.id,
        on_day=form.on,
        planned_by=actor.person_id or None,
        planned_at=clock.now(),
        followed_to=0,
        version=1,
    )
    parts = [_part(unit, each, position, form.on) for position, each in enumerate(form.parts)]
    _refuse_twice(form)
    lines = _lines(form)
    for position, each in enumerate(form.parts):
        if each.head_id is not None and lines.setdefault(("person", each.head_id), position + 1) != position + 1:
            raise wrong(f"parts.{position}.head_id", _(N_("Whoever leads a part has to go there.")))
    _refuse_unknown(unit.id, form, lines)
    session().add(split)
    session().flush()
    for part in parts:
        part.split_id = split.id
    session().add_all(parts)
    session().flush()
    session().add_all(
        UnitSplitLine(split_id=split.id, sort=sort, thing_id=id_, part_id=parts[number - 1].id if number else None)
        for (sort, id_), number in lines.items()
    )
    session().flush()
    if alone := _alone(actor, unit.id, form):
        rows = [{"split_id": split.id, "sort": "item", "thing_id": item, "part_id": parts[place].id}
                for item, place in alone.items()]  # fmt: skip
        session().execute(insert(UnitSplitLine), rows)
    record(UnitSplitPlanned(subject=unit.id, on=form.on.isoformat(), split=split.id))
    if form.on == today and (refused := _carry_out(split, house.locale)):
        raise wrong("on", _(REFUSED[refused]))
    return split.id


@command(may_administer, on=splits)
def take_back_split(actor: Actor, split: UnitSplit) -> int:
    """Before its day a planned split is taken back: nothing of it stays. Returns the unit."""
    tree.hold_tree(session())
    if split.taken_back_at is not None:
        return split.unit_id
    if split.carried_at is not None:
        raise Conflict(_(N_("This has been carried out and cannot be taken back any more.")))
    split.taken_back_at, split.taken_back_by = clock.now(), actor.person_id or None
    record(UnitSplitTakenBack(subject=split.unit_id, on=split.on_day.isoformat(), split=split.id))
    return split.unit_id


@open_command(system)
def carry_out_split(_actor: Actor, split_id: int) -> None:
    """The day has come. What stands in the way is written down, and nothing is half done."""
    house = tree.hold_tree(session())
    split = session().get_one(UnitSplit, split_id, with_for_update={"key_share": True}, populate_existing=True)
    if split.carried_at is None and split.taken_back_at is None:
        split.refused = _carry_out(split, house.locale)


class _RefusedError(Exception):
    """Ends what was begun: nothing of it stays."""


def _carry_out(split: UnitSplit, locale: str) -> str | None:
    """Why it cannot be, or None when it is done."""
    plan = Plan.of(session(), split)
    try:
        with attempt():
            if (reason := _in_the_way(plan)) is not None:
                raise _RefusedError(reason)
            _do(plan, locale)
    except _RefusedError as refused:
        return str(refused)
    return None


def _in_the_way(plan: Plan) -> str | None:
    on, split = plan.split.on_day, plan.split
    unit = session().get_one(Unit, split.unit_id, populate_existing=True)
    if unit.valid_to is not None:
        return "closed"
    for part in plan.parts:
        if part.new:
            if part.code is not None and units.has_code(session(), part.code):
                return "code"
            continue
        target = session().get_one(Unit, part.unit_id, populate_existing=True)
        if target.valid_from > on or target.valid_to is not None:
            return "target"
    there = splitting.standing(session(), split.unit_id, on)["person"]
    if any(part.head_id is not None and part.head_id not in there for part in plan.parts):
        return "head"
    return None


def _do(plan: Plan, locale: str) -> None:
    split, since = plan.split, plan.split.on_day.isoformat()
    for part in splitting.make_units(session(), plan, locale):
        record(UnitCreated(subject=part.unit_id or 0, parent=None, since=since))
    posts = splitting.move_posts(session(), plan)
    for old, new in posts.items():
        record(PostCreated(subject=new, unit=plan.unit("post", old), since=since))
    for one in splitting.move_people(session(), plan, posts):
        record(
            MembershipBegan(
                subject=one.person,
                person=one.person,
                unit=one.unit,
                role=one.kind,
                post=None,
                since=one.since.isoformat(),
            )
        )
    split.carried_at = clock.now()
    session().flush()
    tree.refresh_closure(session(), founding.today(session()))
    tree.raise_tree_version(session())
    record(UnitSplitCarried(subject=split.unit_id, on=since, split=split.id))


def _part(unit: Unit, form: SplitPart, position: int, on: date) -> UnitSplitPart:
    at = f"parts.{position}"
    made = UnitSplitPart(position=position, new=form.unit_id is None, names={}, head_id=form.head_id)
    if form.unit_id is None:
        if form.code is None:
            raise wrong(f"{at}.code", _(N_("A new unit needs a code; or choose a unit there is.")))
        if form.name is None:
            raise wrong(f"{at}.name", _(N_("A new unit needs a name.")))
        if units.code_is_taken(session(), form.code):
            raise wrong(f"{at}.code", _(units.CODE_TAKEN))
        made.code, made.name, made.names = form.code, form.name, form.names()
        return made
    if form.code or form.name:
        raise wrong(f"{at}.code", _(N_("Choose a unit there is, or make a new one; not both.")))
    target = session().get(Unit, form.unit_id)
    if target is None or target.id == unit.id:
        raise wrong(f"{at}.unit_id", _(N_("Choose another unit.")))
    if target.valid_from > on or target.valid_to is not None:
        raise wrong(f"{at}.unit_id", _(N_("This unit does not exist on that day, or is to be closed.")))
    if form.head_id is not None:
        raise wrong(f"{at}.head_id", _(N_("Only a new unit is given a head here.")))
    made.unit_id = target.id
    return made


def _refuse_twice(form: SplitForm) -> None:
    for name in ("unit_id", "code", "head_id"):
        given = [getattr(each, name) for each in form.parts]
        for position, value in enumerate(given):
            if value is not None and value in given[:position]:
                raise wrong(f"parts.{position}.{name}", _(N_("This stands at another part already.")))


def _lines(form: SplitForm) -> dict[tuple[str, int], int]:
    """(sort, id) → number of the part, 0 for what is said to stay. Raises Invalid for a part that there is not."""
    lines: dict[tuple[str, int], int] = {}
    for each in form.goes:
        thing, number = each.rsplit(":", 1)
        sort, id_ = thing.split("-")
        if int(number) > len(form.parts):
            raise wrong("goes", _(NO_PART))
        lines[sort, int(id_)] = int(number)
    return {thing: number for thing, number in lines.items() if number}


def _alone(actor: Actor, unit_id: int, form: SplitForm) -> dict[int, int]:
    """Single item → the place of the part to which it goes: what is named by its reference before what a question
    finds, and of two questions the first. Raises Invalid at the field."""
    found: dict[int, int] = {}
    for place, part in enumerate(form.parts):
        if part.items:
            named = _chosen(actor, unit_id, f"parts.{place}.items", part.items, "")
            if any(found.get(item, place) != place for item in named):
                raise wrong(f"parts.{place}.items", _(TWO_PARTS))
            found |= dict.fromkeys(named, place)
    for place, part in enumerate(form.parts):
        if part.query:
            found = dict.fromkeys(_chosen(actor, unit_id, f"parts.{place}.query", (), part.query), place) | found
    return found


def _chosen(actor: Actor, unit_id: int, at: str, references: Sequence[str], question: str) -> list[int]:
    try:
        return [item for each in WITH_UNIT if each.chosen is not None
                for item in each.chosen(actor, unit_id, references, question)]  # fmt: skip
    except Invalid as problem:
        raise wrong(at, problem.sentence()) from None


def _refuse_unknown(unit_id: int, form: SplitForm, lines: dict[tuple[str, int], int]) -> None:
    """Everything that goes is still there."""
    there = splitting.standing(session(), unit_id, form.on)
    known = {("tray", 0)} | {(sort, id_) for sort, ids in there.items() for id_ in ids}
    known |= {(one.sort, one.id) for each in WITH_UNIT if each.kept for one in each.kept(session(), unit_id)}
    for position, part in enumerate(form.parts):
        if part.head_id is not None and ("person", part.head_id) not in known:
            raise wrong(f"parts.{position}.head_id", _(N_("Choose somebody of this unit.")))
    if not lines.keys() <= known:
        raise wrong("goes", _(NO_LONGER))
