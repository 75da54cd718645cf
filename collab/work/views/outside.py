"""Somebody outside who is named for the first time, in a short form: what is known of them, and that they are meant."""

from collections.abc import Collection, Mapping
from typing import Any

from collab.core.actor import Actor
from collab.core.errors import Invalid
from collab.core.i18n import N_, _, listed
from collab.core.text.fold import fold
from collab.people.queries.parties import find_parties

from .dialogs import Field, chosen

NEW, ANOTHER = "outsider_new", "outsider_another"
CONTACT = ("email", "phone", "address")
FOLD = N_("Somebody outside who is not on the list yet")
UNKNOWN = N_("Nobody is called so. Choose from the list; somebody outside who is new is put on it below.")
SIMILAR = N_("Nobody is called so. On the list are: %(names)s. Choose one; somebody else outside is put on it below.")
TWICE = N_("Somebody outside is on the list under this name already. Choose them above; tick this if another is meant.")
MOST_SIMILAR = 4


def outside_fields(typed: Mapping[str, Any], faults: Collection[str]) -> tuple[Field, ...]:
    """What may be said of somebody new beside their name; that another is meant only where the name is on the list,
    which `faults` tell, or where it was ticked already. It stands open where the name that was typed is wrong."""
    words = _(FOLD)
    unfolded = "of" in faults and bool(str(typed.get("of_name", "")).strip())
    fields = (
        Field(NEW, _("Put this name on the list of those outside"), "check", fold=words, unfolded=unfolded),
        Field("outsider_email", _("Mail"), "line", fold=words),
        Field("outsider_phone", _("Phone"), "line", fold=words),
        Field("outsider_address", _("Address"), "line", hint=_("Letters are addressed to it."), fold=words),
        Field(ANOTHER, _("Somebody else than the one on the list under this name"), "check", fold=words),
    )
    return fields if typed.get(ANOTHER) or ANOTHER in faults else fields[:-1]


def awaited(actor: Actor, typed: Mapping[str, Any], name: str, kinds: str) -> dict[str, Any]:
    """What was typed, with the party called `name` by id, or as `outsider` where somebody new is meant. Raises Invalid
    at the field when nobody is called so and nobody new is meant."""
    ours = (NEW, ANOTHER, *(f"outsider_{part}" for part in CONTACT))
    about = {part: str(typed.get(f"outsider_{part}", "")).strip() for part in CONTACT}
    rest = {key: value for key, value in typed.items() if key not in ours}
    called = str(typed.get(f"{name}_name", "")).strip()
    if rest.get(name) or not called:
        return chosen(actor, rest, name, kinds)
    if typed.get(NEW) or typed.get(ANOTHER):
        if not typed.get(ANOTHER) and _is_known(actor, called[:200]):
            raise Invalid(fields={ANOTHER: [_(TWICE)]})
        given = {part: said for part, said in about.items() if said}
        values = {key: value for key, value in rest.items() if key not in (name, f"{name}_name")}
        return {**values, "outsider": {"name": called, **given, "another": bool(typed.get(ANOTHER))}}
    if not find_parties(actor, called[:200], kinds.split(","), 1):
        raise Invalid(fields={name: [_unknown(actor, called)]})
    return chosen(actor, rest, name, kinds)


def _is_known(actor: Actor, called: str) -> bool:
    """Whether somebody outside is on the list under just this name."""
    return any(fold(one.name) == fold(called) for one in find_parties(actor, called, ("outsider",)))


def _unknown(actor: Actor, called: str) -> str:
    """Nobody is called so; those outside whose names begin alike are offered first."""
    found = find_parties(actor, called.split()[0][:4], ("outsider",), MOST_SIMILAR)
    return _(SIMILAR, names=listed(f"“{one.name}”" for one in found)) if found else _(UNKNOWN)


def at_fields(problem: Invalid) -> Invalid:
    """Reasons against what was said of somebody new, at the fields in which it was typed."""
    names = {"outsider.name": "of", **{f"outsider.{part}": f"outsider_{part}" for part in CONTACT}}
    return Invalid(problem.detail, fields={names.get(name, name): said for name, said in problem.fields.items()})
