"""What would follow if a unit were closed, moved or merged: done in full, counted, and taken back."""

from collab.core.actor import Actor
from collab.core.envelope import attempt, command, open_command, session
from collab.core.package import Lying

from ..forms.organisation import CloseUnitForm, MergeForm, MoveForm
from ..models import Unit
from ..organisation import following, tree
from ..policy import may_administer
from ..policy import units as reach
from .units import close_unit, merge_units, move_unit, units_of_codes


class _TakenBackError(Exception):
    """Ends a rehearsal: nothing of it stays."""


@command(may_administer, on=reach)
def rehearse_closing(actor: Actor, unit: Unit, form: CloseUnitForm) -> list[Lying]:
    """What goes along when the unit is closed like this, by number. Raises Invalid as closing it would."""
    tree.hold_tree(session())
    found = following.lying(session(), unit.id, form.on)
    found.insert(1, following.posts_ending(session(), unit.id, form.on))
    try:
        with attempt():
            close_unit(actor, unit.id, form)
            raise _TakenBackError
    except _TakenBackError:
        return found


@command(may_administer, on=reach)
def rehearse_moving(actor: Actor, unit: Unit, form: MoveForm) -> list[Lying]:
    """What goes along when the unit is moved like this, by number. Raises Invalid as moving it would."""
    tree.hold_tree(session())
    found = [each for each in following.lying(session(), unit.id, form.on) if each.sort != "units_arriving"]
    found.insert(1, following.posts_ending(session(), unit.id, form.on))
    try:
        with attempt():
            move_unit(actor, unit.id, form)
            raise _TakenBackError
    except _TakenBackError:
        return found


@open_command(may_administer)
def rehearse_merging(actor: Actor, form: MergeForm) -> list[Lying]:
    """What goes along when these units become one, by number. Raises Invalid as merging them would."""
    tree.hold_tree(session())
    units = units_of_codes(form)
    sums: dict[str, int] = {}
    for unit in units:
        for each in [*following.lying(session(), unit, form.on), following.posts_ending(session(), unit, form.on)]:
            sums[each.sort] = sums.get(each.sort, 0) + each.number
    try:
        with attempt():
            merge_units(actor, form)
            raise _TakenBackError
    except _TakenBackError:
        return [Lying(sort, number, "") for sort, number in sums.items()]
