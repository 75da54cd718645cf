"""Units: made, renamed, moved in the tree, closed; always from a day on, so that the past can still be seen."""

from datetime import date

from sqlalchemy import or_, select

from collab.core.actor import Actor
from collab.core.envelope import command, open_command, record, session, system
from collab.core.forms import wrong
from collab.core.i18n import N_, _, listed

from ..events import TreeTurned, UnitChanged, UnitClosed, UnitCreated, UnitMoved
from ..forms.organisation import CloseUnitForm, MergeForm, MoveForm, NewUnitForm, UnitForm
from ..models import Calendar, Unit, UnitEdge
from ..organisation import following, founding, members, parties, tree, units
from ..policy import may_administer
from ..policy import units as reach
from ..tree import Edge, circle, moved, uncovered
from .plans import written_down

MOST_MERGED = 50
TOO_MANY = N_("At most %(most)s units are merged at once.")
SAY_WHERE = N_("Still here: %(what)s. Say which unit takes them over.")


@open_command(may_administer)
def create_unit(_actor: Actor, form: NewUnitForm) -> int:
    """Make a unit that begins on a day, with its head's post. Returns its id."""
    house = tree.hold_tree(session())
    _refuse_known_code(form.code)
    _refuse_unknown_calendar(form.calendar_id)
    if form.valid_to is not None and form.valid_to <= form.valid_from:
        raise wrong("valid_to", _(N_("This day must come after the first day.")))
    _refuse_closed_parent(form.parent_id, form.valid_from, form.valid_to, "valid_from")
    new = units.NewUnit(
        code=form.code,
        naming=parties.Naming(form.name, form.names()),
        valid_from=form.valid_from,
        valid_to=form.valid_to,
        parent_id=form.parent_id,
        level=form.level,
        calendar_id=form.calendar_id,
    )
    unit_id = units.add_units(session(), [new], house.locale)[0]
    _tree_changed()
    record(UnitCreated(subject=unit_id, parent=form.parent_id, since=form.valid_from.isoformat()))
    return unit_id


@command(may_administer, on=reach)
def change_unit(_actor: Actor, unit: Unit, form: UnitForm) -> None:
    """Give a unit other names, another code, level or calendar."""
    house = tree.hold_tree(session())
    was, went_by = unit.code, unit.calendar_id
    if form.code != was:
        _refuse_known_code(form.code, unit.id)
    _refuse_unknown_calendar(form.calendar_id)
    unit.code, unit.level, unit.calendar_id = form.code, form.level, form.calendar_id
    unit.version += 1
    units.rename_unit(session(), unit.id, form.code, parties.Naming(form.name, form.names()), house.locale)
    tree.raise_tree_version(session())
    other = form.calendar_id != went_by
    record(UnitChanged(subject=unit.id, unit_code=form.code, was_code=was, calendar=other))


@command(may_administer, on=reach)
def move_unit(actor: Actor, unit: Unit, form: MoveForm) -> None:
    """Put a unit, with all below it, under another one from a day on. What was planned for it later is dropped."""
    tree.hold_tree(session())
    if form.on < unit.valid_from or (unit.valid_to is not None and form.on >= unit.valid_to):
        raise wrong("on", _(N_("The unit does not exist on that day.")))
    _refuse_closed_parent(form.parent_id, form.on, unit.valid_to, "on")
    edges = tree.edges(session())
    was = next((edge.parent for edge in edges if edge.unit == unit.id and edge.holds_on(form.on)), None)
    after = moved(edges, unit.id, form.parent_id, form.on, unit.valid_to)
    if circle(after, form.on) is not None:
        raise wrong("parent_id", _(N_("A unit cannot stand under itself or under a unit below it.")))
    with written_down(actor, unit, "move", form.on, form.parent_id):
        tree.cut_edges(session(), [unit.id], form.on)
        tree.add_edges(session(), [Edge(unit.id, form.parent_id, form.on, unit.valid_to)])
    unit.version += 1
    _tree_changed()
    record(UnitMoved(subject=unit.id, parent=form.parent_id, was_under=was, since=form.on.isoformat()))


@command(may_administer, on=reach)
def close_unit(actor: Actor, unit: Unit, form: CloseUnitForm) -> None:
    """End a unit on a day: the units below and the people go to the unit named, the posts end."""
    tree.hold_tree(session())
    if form.on <= unit.valid_from or (unit.valid_to is not None and form.on >= unit.valid_to):
        raise wrong("on", _(N_("This day must lie within the time the unit exists.")))
    below = _units_below_after(unit.id, form.on)
    if form.into_id is None:
        stays = [each.says for each in following.lying(session(), unit.id, form.on) if each.number]
        if stays:
            raise wrong("into_id", _(SAY_WHERE, what=listed(stays)))
    touched = members.staying(session(), unit.id, form.on)
    with written_down(actor, unit, "close", form.on, form.into_id):
        if form.into_id is not None:
            _hand_over(unit, below, form.into_id, form.on)
        units.close_unit(session(), unit.id, form.on, form.into_id)
    session().refresh(unit)
    unit.version += 1
    members.touch_people(session(), touched)
    _tree_changed()
    record(UnitClosed(subject=unit.id, on=form.on.isoformat(), into=form.into_id))


@open_command(may_administer)
def merge_units(actor: Actor, form: MergeForm) -> list[int]:
    """Several units become part of another one on a day: each is closed into it, all or none. Returns their ids."""
    tree.hold_tree(session())
    merged = units_of_codes(form)
    for unit_id in merged:
        close_unit(actor, unit_id, CloseUnitForm(on=form.on, into_id=form.into_id))
    return merged


def units_of_codes(form: MergeForm) -> list[int]:
    """The units that are merged, in the order typed. Raises Invalid for a code that no unit has."""
    codes = list(dict.fromkeys(form.codes.replace(",", " ").replace("،", " ").split()))
    if len(codes) > MOST_MERGED:
        raise wrong("codes", _(TOO_MANY, most=MOST_MERGED))
    known = members.unit_ids(session(), codes)
    for code in codes:
        if code not in known:
            raise wrong("codes", _(N_("There is no unit with the code %(code)s."), code=code))
    if form.into_id in known.values():
        raise wrong("codes", _(N_("Leave out the unit that takes over.")))
    return [known[code] for code in codes]


def _hand_over(unit: Unit, below: list[Edge], into_id: int, on: date) -> None:
    """Units below and people of a closing unit go on in another one."""
    if into_id == unit.id:
        raise wrong("into_id", _(N_("Choose another unit.")))
    _refuse_closed_parent(into_id, on, None, "into_id")
    after = tree.edges(session())
    for edge in below:
        after = moved(after, edge.unit, into_id, max(on, edge.since), edge.until)
    if circle(after, on) is not None:
        raise wrong("into_id", _(N_("A unit cannot stand under itself or under a unit below it.")))
    for edge in below:
        tree.cut_edges(session(), [edge.unit], max(on, edge.since))
    tree.add_edges(session(), [Edge(edge.unit, into_id, max(on, edge.since), edge.until) for edge in below])
    members.go_along(session(), unit.id, into_id, on)


@open_command(system)
def turn_tree(_actor: Actor, day: date) -> None:
    """Bring the flat tree to `day`: changes planned for it come into force."""
    tree.hold_tree(session())
    if tree.closure_is_late(session(), day):
        _tree_changed(day)
        record(TreeTurned(subject=1, on=day.isoformat()))


def _tree_changed(day: date | None = None) -> None:
    tree.refresh_closure(session(), day or founding.today(session()))
    tree.raise_tree_version(session())


def _units_below_after(unit_id: int, on: date) -> list[Edge]:
    """The edges under a unit that still hold on `on` or later."""
    query = select(UnitEdge.unit_id, UnitEdge.parent_id, UnitEdge.valid_from, UnitEdge.valid_to).where(
        UnitEdge.parent_id == unit_id, or_(UnitEdge.valid_to.is_(None), UnitEdge.valid_to > on)
    )
    return [Edge(*row) for row in session().execute(query)]


def _refuse_known_code(code: str, but: int | None = None) -> None:
    if units.code_is_taken(session(), code, but):
        raise wrong("code", _(units.CODE_TAKEN))


def _refuse_unknown_calendar(calendar_id: int | None) -> None:
    if calendar_id is not None and session().get(Calendar, calendar_id) is None:
        raise wrong("calendar_id", _(N_("Choose one from the list.")))


def _refuse_closed_parent(parent_id: int | None, since: date, until: date | None, field: str) -> None:
    """The unit above must exist all the time."""
    if parent_id is None:
        return
    found = session().execute(select(Unit.valid_from, Unit.valid_to).where(Unit.id == parent_id)).one_or_none()
    if found is None:
        raise wrong("into_id" if field == "into_id" else "parent_id", _(N_("Choose one from the list.")))
    edge = Edge(0, parent_id, since, until)
    if uncovered([edge], {parent_id: (found.valid_from, found.valid_to)}):
        raise wrong(field, _(N_("The unit above does not exist all that time.")))
