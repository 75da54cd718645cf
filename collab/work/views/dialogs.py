"""Short forms that open over the page, or as pages of their own where there are no scripts: declared, not drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Response, request

from collab.core.actor import Actor
from collab.core.errors import Conflict, Invalid
from collab.people.queries.parties import KINDS, party_called
from collab.web.pages import entered, reasons_of, show


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `kind` is party, item, text, line, number, day, check or hidden; `kinds` narrows whom a party may be.

    Fields of one `fold` that follow each other stand folded away under its words until something but the `usual` value
    is entered, or something is wrong.
    `mine`: of the units alone that the reader heads. `over`: a day that has come; `ahead`: one to come. `inside`: of no
    use while somebody outside is awaited. `stopped_by`: a check that follows whoever is awaited. `optional`: it says
    that it may stay empty. `unfolded`: its fold stands open. `new`: what becomes of a name that is on no list.
    """

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    value: str = ""
    shown: str = ""
    error: str = ""
    required: bool = False
    kinds: str = ""
    mine: bool = False
    maxlength: int = 2_000
    fold: str = ""
    usual: str = ""
    over: bool = False
    ahead: bool = False
    inside: bool = False
    stopped_by: str = ""
    optional: bool = False
    unfolded: bool = False
    new: str = ""

    @property
    def is_entered(self) -> bool:
        return self.value != self.usual or bool(self.shown)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody to be chosen with one press: sent at once as `choice`. The first nine have a key of their own."""

    value: int
    name: str
    note: str
    initials: str
    hue: int


@dataclass(frozen=True, slots=True)
class Dialog:
    """A short form: where it is sent, by which method, and the verb on its button. `other`: what else may be wanted, as
    words and the address of its form."""

    title: str
    action: str
    verb: str
    back: str
    method: str = "POST"
    note: str = ""
    danger: bool = False
    fields: tuple[Field, ...] = ()
    errors: tuple[str, ...] = field(default=())
    choices: tuple[Choice, ...] = ()
    other: tuple[str, str] = ("", "")

    @property
    def folds(self) -> list[tuple[str, bool, list[Field]]]:
        """The fields in order, in groups: the words they are folded under (none: they are not), and whether open."""
        groups: list[tuple[str, list[Field]]] = []
        for each in self.fields:
            if not groups or groups[-1][0] != each.fold:
                groups.append((each.fold, []))
            groups[-1][1].append(each)
        return [
            (fold, any(one.is_entered or one.error or one.unfolded for one in found), found) for fold, found in groups
        ]

    @property
    def address(self) -> str:
        return self.action if self.method == "POST" else f"{self.action}?_method={self.method}"


def open_dialog(
    dialog: Dialog, problem: Invalid | Conflict | None = None, typed: Mapping[str, Any] | None = None
) -> Response:
    """The form, empty or with what was typed and the reasons at its fields."""
    if problem is not None:
        dialog = _mended(dialog, problem, typed if typed is not None else entered())
    elif request.args:
        dialog = _prefilled(dialog, request.args)
    status = problem.status if problem is not None else 200
    response = show("work/dialog.html", fragment="work/_dialog.html", status=status, dialog=dialog)
    if isinstance(problem, Conflict):
        response.headers["HX-Reswap"] = "innerHTML"  # what was typed stands in it, and why it was not done
    return response


def _prefilled(dialog: Dialog, asked: Mapping[str, str]) -> Dialog:
    fields = tuple(
        replace(each, value=asked[each.name][:200]) if each.name in asked and each.kind != "party" else each
        for each in dialog.fields
    )
    return replace(dialog, fields=fields)


def _mended(dialog: Dialog, problem: Invalid | Conflict, typed: Mapping[str, Any]) -> Dialog:
    reasons = reasons_of(problem)
    known = {each.name for each in dialog.fields}
    fields = tuple(
        replace(
            each,
            value=str(typed.get(each.name, "")),
            shown=str(typed.get(f"{each.name}_name", "")),
            error=" ".join(reasons.get(each.name, [])),
        )
        for each in dialog.fields
    )
    others = [reason for name, found in reasons.items() if name not in known for reason in found]
    return replace(dialog, fields=fields, errors=tuple(others or ([problem.detail] if problem.detail else [])))


def chosen(actor: Actor, typed: Mapping[str, Any], name: str, kinds: str = "") -> dict[str, Any]:
    """What was typed, with the party called `name` by id: chosen from the list, or by its name alone where there are
    no scripts. Raises Invalid at the field when nobody, or several, are called so."""
    values = {key: value for key, value in typed.items() if key != f"{name}_name"}
    called = typed.get(f"{name}_name")
    if values.get(name) or not isinstance(called, str) or not called.strip():
        return values
    return {**values, name: party_called(actor, called, name, kinds.split(",") if kinds else KINDS)}
