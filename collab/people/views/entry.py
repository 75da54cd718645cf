"""Forms on pages: their fields with labels, what was typed, and the reason at each field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from collab.core.envelope import Seen
from collab.core.errors import Invalid, Problem, Stale
from collab.core.forms import Form, parse, typed_id
from collab.core.i18n import N_, _, listed
from collab.web.actors import actor
from collab.web.pages import entered

from ..queries.names import names
from ..queries.parties import party_called

F = TypeVar("F", bound=Form)
Options = Iterable[tuple[str, str]]
SUMMARY = N_("Some of what was entered needs to be mended.")


@dataclass(frozen=True)
class Field:
    """One field. `kind`: text, email, password, date, textarea, select, party, check, checks, hidden; or heading, which
    begins a group of fields.

    `said` is the name shown for a chosen party, `kinds` which parties may be chosen (person, unit, post, outsider).
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    error: str = ""
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    required: bool = False
    autocomplete: str = ""
    said: str = ""
    kinds: str = "person"
    id: str = ""
    on: bool = False


@dataclass(frozen=True)
class Both:
    """A field that reads otherwise now than what was typed: somebody else was quicker."""

    label: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Entry:
    """One form: where it goes, its fields, the words on its button, and what is wrong as a whole.

    `stale`: somebody else changed the thing since the form was opened; `both` are the fields that differ now.
    """

    action: str
    act: str
    fields: list[Field]
    problems: list[str]
    danger: bool = False
    quiet: bool = False
    both: tuple[Both, ...] = ()
    stale: bool = False


def entry(
    action: str,
    act: str,
    fields: Iterable[Field],
    values: Mapping[str, Any] | None = None,
    *,
    problem: Problem | None = None,
    typed: Mapping[str, Any] | None = None,
    key: str = "",
    danger: bool = False,
    quiet: bool = False,
    version: int | None = None,
) -> Entry:
    """A form holding `values`; after a refusal holding what was `typed`, with the reasons.

    `key` tells the fields of several forms on one page apart. With a `version` the form sends it back, so that of two
    who change the same thing the second is told; they read both texts and may save theirs over the other's.
    """
    fields = list(fields)
    shown: Mapping[str, Any] = typed if problem is not None and typed is not None else values or {}
    if version is not None:
        fields.append(Field("version", "", "hidden"))
        kept = shown.get("version") if isinstance(problem, Invalid) else None
        shown = {**shown, "version": kept or version}
    if isinstance(problem, Stale):
        filled = [_filled(field, shown, {}, key) for field in fields]
        return Entry(
            action, act, _with_names(filled), [], danger, quiet, _both(fields, values or {}, shown), stale=True
        )
    reasons = dict(problem.fields) if problem is not None else {}
    filled = [_filled(field, shown, reasons, key) for field in fields]
    known = {field.name for field in filled}
    others = [reason for name, found in reasons.items() if name.split(".")[0] not in known for reason in found]
    problems = ([_(SUMMARY)] if reasons and not others else []) + others
    if problem is not None and not problems:
        problems = [problem.sentence()]
    return Entry(action, act, _with_names(filled), problems, danger, quiet)


def _both(fields: Iterable[Field], now: Mapping[str, Any], typed: Mapping[str, Any]) -> tuple[Both, ...]:
    """The fields that somebody would overwrite, as words."""
    found = []
    for field in fields:
        theirs, yours = (_in_words(field, values.get(field.name)) for values in (now, typed))
        if field.kind not in ("hidden", "password", "heading") and theirs != yours:
            found.append(Both(field.label, theirs, yours))
    return tuple(found)


def _in_words(field: Field, given: Any) -> str:
    labels = dict(field.options)
    if isinstance(given, list | tuple | set | frozenset):
        return listed(sorted(labels.get(str(one), str(one)) for one in given))
    text = _text(given).strip()
    return labels.get(text, text)


def seen(id_: int) -> Seen:
    """The thing with the version that the form was opened with; without one for a client that sends none."""
    version = parse_id(entered().get("version"))
    return Seen(id_, version or None)


def sent(form: type[F]) -> F:
    """The form of this request's body without the version, which `seen` reads. Raises Invalid."""
    return parse(form, {name: given for name, given in entered().items() if name != "version"})


def picked(given: Mapping[str, Any], **kinds: str) -> dict[str, Any]:
    """What was sent, with each party that was only typed by its id: `picked(entered(), unit_id="unit")`. Raises Invalid
    at the field."""
    values = {name: value for name, value in given.items() if name.removesuffix("_name") not in kinds}
    for field, which in kinds.items():
        called = str(given.get(f"{field}_name", ""))
        if given.get(field):
            values[field] = given[field]
        elif called.strip():
            values[field] = party_called(actor(), called, field, which.split(","))
    return values


def status_of(problem: Invalid | Stale | None) -> int:
    """The status of a page that shows a form again."""
    return problem.status if problem is not None else 200


def _filled(field: Field, shown: Mapping[str, Any], reasons: Mapping[str, list[str]], key: str) -> Field:
    given = shown.get(field.name)
    error = " ".join(reason for name, found in reasons.items() if name.split(".")[0] == field.name for reason in found)
    chosen = tuple(str(one) for one in given) if isinstance(given, list | tuple | set | frozenset) else ()
    return replace(
        field,
        id=f"f-{key}{field.name}",
        error=error,
        value="" if field.kind == "password" else _text(given),
        chosen=chosen,
        said=_text(shown.get(f"{field.name}_name")) if field.kind == "party" else "",
        on=given in (True, "on", "true", "1"),
    )


def _text(given: Any) -> str:
    if given is None or isinstance(given, list | tuple | set | frozenset):
        return ""
    return given.isoformat() if isinstance(given, date) else str(given)


def _with_names(fields: list[Field]) -> list[Field]:
    """The names of chosen parties, for all fields in one query."""
    ids = {field.name: parse_id(field.value) for field in fields if field.kind == "party" and field.value}
    if not ids:
        return fields
    known = names(actor(), ids.values())
    return [
        replace(field, said=known[ids[field.name]].name) if ids.get(field.name) in known else field for field in fields
    ]


def parse_id(text: object) -> int:
    """The id that was typed or sent; 0, which nothing has, for anything else."""
    return typed_id(text) or 0


def naming_fields(*, hint: str = "") -> list[Field]:
    """The name in the organisation's own language and in the three others."""
    return [
        Field("name", _(N_("Name")), required=True, hint=hint),
        Field("name_en", _(N_("Name in English"))),
        Field("name_el", _(N_("Name in Greek"))),
        Field("name_fa", _(N_("Name in Persian"))),
    ]


def naming_values(label: str, names_: Mapping[str, str]) -> dict[str, str]:
    """The values of `naming_fields`."""
    return {"name": label, **{f"name_{code}": name for code, name in names_.items()}}
