"""Preparing a decision: a new one, changing a draft, its options and arguments."""

from typing import Any, TypeVar

from flask import Response, request

from collab.core.dates import clock as wall
from collab.core.dates import local_day
from collab.core.errors import Conflict, Invalid, NotFound, Stale
from collab.core.forms import parse, typed_id
from collab.core.i18n import N_, _
from collab.core.venue import venue_of
from collab.people.queries.tree import tree
from collab.web.actors import actor
from collab.web.doors import door
from collab.web.pages import entered, show
from collab.work.lines import REACHES
from collab.work.queries.parties import Names, names_typed
from collab.work.views.naming_items import with_item

from .. import commands, queries
from ..counted import countable
from ..finer import OF_PRESENT, choices, finer_of, stated, without_present
from ..forms import EditDecision, Electorate, NewArgument, NewDecision, NewOption
from ..hands import BY_HANDS, by_hands
from ..presets import PRESETS, QUORUM_SHARES, QUORUMS, TIES
from ..queries import Found
from ..shown import may_do
from ..weights import weights_of
from ..words import LEVELS, SUBSTITUTES, WHO
from . import pages
from .answers import arrived, done, reasons, seen_by, version_again
from .several import chips, named_in, several
from .typing_in import CRITERION, criteria_typed, decision_typed, weights_typed

CREATED = N_("%(reference)s was created. Look at it, then open the vote.")
CREATED_TO_DISCUSS = N_("%(reference)s was created. Look at it, then put it up for discussion.")
CHANGED, ADDED, REMOVED = N_("Changed."), N_("The option was added."), N_("The option was removed.")
DISCUSSED = N_("It is up for discussion.")
ARGUED, TAKEN_BACK = N_("Your argument stands there."), N_("The argument was taken back.")
ROWS = 4
NAMED_SO = ("also", "only")
"""How people who are named by hand decide: with those chosen above them, or alone."""
F = TypeVar("F", NewDecision, EditDecision)


@door(pages, "GET /decisions/new")
def new_decision() -> Response:
    """A form for a new decision."""
    known: dict[str, Any] = {name: request.args[name][:200] for name in ("title", "unit") if name in request.args}
    if request.args.get("revises"):
        known = _as_before(queries.find_decision(actor(), request.args["revises"][:60])) | known
    elif request.args.get("again"):
        found = queries.find_decision(actor(), request.args["again"][:60])
        known = _as_before(found) | {"revises": "", "again": found.reference} | known
    return _new(known, {}, 200)


def _as_before(found: Found) -> dict[str, Any]:
    """The form filled in as a decision that is to be revised was, to be asked anew."""
    options = "\n".join(option.title for option in queries.options_of(found.id))
    anew = {"closes_on": "", "unit": str(found.unit_id), "revises": found.reference, "option_lines": options}
    return without_present(stands(found)) | anew


@door(pages, "POST /decisions", takes=NewDecision)
def create_decision() -> Response:
    """Draft a decision."""
    typed = entered()
    try:
        form = _asked_for(NewDecision, typed)
        made = commands.create_decision(actor(), form)
    except Invalid as problem:
        return _new(typed, reasons(problem), 422)
    opens = may_do(actor(), queries.find_decision(actor(), made["reference"])).open
    said = _(CREATED if opens else CREATED_TO_DISCUSS, reference=made["reference"])
    return arrived(f"/decisions/{made['reference']}", said)


def _asked_for(form: type[F], typed: dict[str, Any]) -> F:
    """What was typed, with whoever was typed by name and not chosen. Raises Invalid with all that is wrong at once."""
    said, faults = named_in(typed)
    if typed.get("named") not in (None, "", *NAMED_SO):
        faults["named"] = [_(N_("Choose one from the list."))]
    try:
        found = parse(form, decision_typed(said, frozenset(form.model_fields)))
    except Invalid as problem:
        raise Invalid(fields={**problem.fields, **faults}) from None
    if faults:
        raise Invalid(fields=faults)
    return found


@door(pages, "GET /decisions/<ref:item>/editing")
def edit_form(item: str) -> Response:
    """A draft, to be changed."""
    found = queries.find_decision(actor(), item)
    return _edit(found, stands(found), {}, 200)


@door(pages, "PUT /decisions/<ref:item>", takes=EditDecision)
def edit_decision(item: str) -> Response:
    """Change a draft."""
    found, typed = queries.find_decision(actor(), item), entered()
    seen = seen_by(found, typed)
    try:
        form = _asked_for(EditDecision, typed | {"unit": str(found.unit_id)})
        commands.edit_decision(actor(), seen, form)
    except (Invalid, Conflict, Stale) as problem:
        now = queries.find_decision(actor(), item)
        again = version_again(problem, seen.version, now.version)
        return _edit(now, typed, reasons(problem), problem.status, again)
    return arrived(f"/decisions/{found.reference}", _(CHANGED))


@door(pages, "PUT /decisions/<ref:item>/discussion")
def discuss(item: str) -> Response:
    """Put a draft up for discussion."""
    found = queries.find_decision(actor(), item)
    commands.discuss(actor(), found.id)
    return done(found.reference, _(DISCUSSED))


@door(pages, "POST /decisions/<ref:item>/options", takes=NewOption)
def add_option(item: str) -> Response:
    """Add an option."""
    found, typed = queries.find_decision(actor(), item), entered()
    typed.pop("version", None)  # one more option undoes nobody's
    try:
        commands.add_option(actor(), found.id, parse(NewOption, with_item(typed, "about")))
    except Invalid as problem:
        return _option(found, None, typed, reasons(problem), 422)
    return done(found.reference, _(ADDED), "question")


@door(pages, "GET /decisions/<ref:item>/options/<id:option_id>")
def option_form(item: str, option_id: int) -> Response:
    """An option, to be explained or worded otherwise."""
    found = queries.find_decision(actor(), item)
    known = next((one for one in queries.options_of(found.id) if one.id == option_id), None)
    if known is None:
        raise NotFound
    about = queries.abouts_of(actor(), [known]).get(option_id)
    typed = {
        "title": known.title, "body": known.body, "cost": "" if known.cost is None else str(known.cost),
        "about": about.reference if about else "",
    }  # fmt: skip
    return _option(found, option_id, typed, {}, 200)


@door(pages, "PUT /decisions/<ref:item>/options/<id:option_id>", takes=NewOption)
def change_option(item: str, option_id: int) -> Response:
    """Change an option."""
    found, typed = queries.find_decision(actor(), item), entered()
    seen = seen_by(found, typed)
    try:
        commands.change_option(actor(), seen, option_id, parse(NewOption, with_item(typed, "about")))
    except (Invalid, Stale) as problem:
        now = queries.find_decision(actor(), item)
        again = version_again(problem, seen.version, now.version)
        return _option(now, option_id, typed, reasons(problem), problem.status, again)
    return done(found.reference, _(CHANGED), "question")


@door(pages, "DELETE /decisions/<ref:item>/options/<id:option_id>")
def remove_option(item: str, option_id: int) -> Response:
    """Take an option away."""
    found = queries.find_decision(actor(), item)
    commands.remove_option(actor(), found.id, option_id)
    return done(found.reference, _(REMOVED), "question")


@door(pages, "POST /decisions/<ref:item>/arguments", takes=NewArgument)
def add_argument(item: str) -> Response:
    """Speak for or against an option."""
    from .page import full

    found, typed = queries.find_decision(actor(), item), entered()
    try:
        commands.add_argument(actor(), found.id, parse(NewArgument, typed))
    except Invalid as problem:
        return full(found, "question", typed, reasons(problem), 422)
    return done(found.reference, _(ARGUED), "question")


@door(pages, "DELETE /decisions/<ref:item>/arguments/<id:argument_id>")
def withdraw_argument(item: str, argument_id: int) -> Response:
    """Take an argument back."""
    found = queries.find_decision(actor(), item)
    commands.withdraw_argument(actor(), found.id, argument_id)
    return done(found.reference, _(TAKEN_BACK), "question")


def stands(found: Found) -> dict[str, Any]:
    """A decision as its form would have been filled in."""
    query, who = Electorate.model_validate(found.electorate), actor()
    closes = found.closes_at
    return {
        "title": found.title, "body": found.body, "reach": found.reach, "preset": stated(found.rule),
        "level": "hands" if by_hands(found.rule) else found.level,
        "quorum": found.rule["quorum"], "ties": found.rule["ties"], "seats": str(found.rule["seats"]),
        "chair": str(found.chair_id or ""), "substitutes": found.substitutes, "proxies": str(found.proxies),
        "closes_on": local_day(closes, who.time_zone).isoformat() if closes else "",
        "closes_clock": wall(closes, who.time_zone, locale="en") if closes else "16:00",
        "overruling": "on" if found.rule.get("overruling") else "", "extension": str(found.rule.get("extension", 0)),
        "most": str(found.rule["most"] or 10), "dots": str(found.rule.get("dots", 5)),
        "budget": str(found.rule["budget"]) if found.rule.get("budget") is not None else "",
        **{name: said if said is False else str(said) for name, said in finer_of(found.rule).items()},
        **{f"criterion_{name}": [str(one[name]) for one in found.rule.get("criteria", ())] for name in CRITERION},
        "named": "only" if query.people and query.unit is None else "also",
        "electorate_unit": str(query.unit or ""), "below": "on" if query.below else "", "who": query.who,
        "weighed_person": [str(person) for person in weights_of(found.rule)],
        "weighed_weight": [str(weight) for weight in weights_of(found.rule).values()],
        "people": [str(id_) for id_ in query.people], "without": [str(id_) for id_ in query.without],
    }  # fmt: skip


def _new(typed: dict[str, Any], errors: dict[str, list[str]], status: int) -> Response:
    who = actor()
    nodes = tree().nodes
    own = [nodes[id_] for id_ in sorted(who.units | who.heads) if id_ in nodes]
    chosen = next((node for node in own if typed.get("unit") in (str(node.id), node.code)), own[0] if own else None)
    return _form(
        _("New decision"), "/decisions", "POST", {node.id: node.name() for node in own},
        typed | {"unit": str(chosen.id) if chosen else ""}, errors, status, "/decisions",
    )  # fmt: skip


def _edit(
    found: Found, typed: dict[str, Any], errors: dict[str, list[str]], status: int, version: int | None = None
) -> Response:
    href = f"/decisions/{found.reference}"
    head = _("Change %(reference)s", reference=found.reference)
    meets = venue_of(actor(), found.id) is not None
    return _form(head, href, "PUT", {}, typed, errors, status, href, version or found.version, meets)


def _form(
    head: str, action: str, method: str, units: dict[int, str], typed: dict[str, Any],
    errors: dict[str, list[str]], status: int, back_href: str, version: int | None = None, meets: bool = False,
) -> Response:  # fmt: skip
    who, in_meeting = actor(), meets or any(typed.get(name) == "present" for name in OF_PRESENT)
    ready = countable().values()
    usual = [preset for preset in ready if preset.usual]
    rest = [preset for preset in ready if not preset.usual]
    named = [value for name in ("people", "without") for value in several(typed, name)] + [typed.get("chair") or ""]
    weighed = weights_typed(typed)
    named += [row["person"] for row in weighed]
    names = names_typed(who, [id_ for value in named if (id_ := typed_id(value)) is not None])
    chair = typed_id(typed.get("chair"))
    everywhere = {str(node.id): "· " * node.depth + node.name() for node in tree().walk()}
    return show(
        "decisions/form.html",
        status=status,
        head=head,
        action=action,
        method=method,
        version=version,
        units=units,
        everywhere=everywhere,
        typed=typed,
        errors=_together(errors, "weights"),
        usual=usual,
        rest=rest,
        quorums={code: _(name) for code, name in (QUORUM_SHARES if in_meeting else QUORUMS).items()},
        ties={code: _(name) for code, name in TIES.items()},
        levels={code: _(name) for code, name in (LEVELS | {"hands": BY_HANDS}).items()},
        reaches={code: _(name) for code, name in REACHES.items()},
        whos={code: _(name) for code, name in WHO.items()},
        substitutes={code: _(name) for code, name in SUBSTITUTES.items()},
        criteria=_rows(typed),
        finer=choices(in_meeting),
        people=chips(typed, "people", names),
        without=chips(typed, "without", names),
        weighed=[row | {"name": row["name"] or _called(names, row["person"])} for row in weighed] + [{}, {}, {}],
        chair_name=typed.get("chair_name") or (names.one(chair).name if chair is not None else ""),
        back_href=back_href,
    )


def _together(errors: dict[str, list[str]], field: str) -> dict[str, list[str]]:
    """What is wrong in single rows of a list (`weights.0.person`), said once at the list."""
    rows = [said for name, reasons in errors.items() if name.split(".")[0] == field for said in reasons]
    others = {name: said for name, said in errors.items() if name.split(".")[0] != field}
    return others | {field: list(dict.fromkeys(rows))} if rows else errors


def _called(names: Names, person: str) -> str:
    known = typed_id(person)
    return names.one(known).name if known is not None else ""


def _rows(typed: dict[str, Any]) -> list[dict[str, str]]:
    """The criteria as typed, and room for more."""
    known = criteria_typed(typed)
    return known + [{} for _row in range(max(1, ROWS - len(known)))]


def _option(
    found: Found, option_id: int | None, typed: dict[str, Any], errors: dict[str, list[str]], status: int,
    version: int | None = None,
) -> Response:  # fmt: skip
    href = f"/decisions/{found.reference}/options"
    return show(
        "decisions/option.html",
        status=status,
        head=_("Change the option") if option_id else _("New option"),
        costs=PRESETS[found.preset].costs,
        action=f"{href}/{option_id}" if option_id else href,
        method="PUT" if option_id else "POST",
        typed=typed,
        errors=errors,
        version=version or found.version,
        back_href=f"/decisions/{found.reference}?tab=question",
    )
