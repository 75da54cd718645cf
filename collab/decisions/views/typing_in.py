"""What a page sends, brought into the shapes of the forms."""

from itertools import zip_longest
from typing import Any

from collab.core.text.fold import fold

from ..choices import FIELDS
from ..finer import level_typed, without_unfit

_ELECTORATE = {"electorate_unit": "unit", "below": "below", "who": "who"}
NAMED = ("people", "without")
CRITERION = ("name", "weight", "worst", "best", "worst_means", "best_means")


def decision_typed(typed: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The fields of a decision: options one on a line, the electorate gathered, people by their boxes."""
    typed = without_unfit(level_typed(typed))
    given = {name: value for name, value in typed.items() if name in known and not _blank(value)}
    electorate: dict[str, Any] = {
        field: typed[name] for name, field in _ELECTORATE.items() if not _blank(typed.get(name))
    }
    for name in NAMED:
        chosen = [value for value in _several(typed.get(name)) if value.strip()]
        if chosen:
            electorate[name] = list(dict.fromkeys(chosen))
    given["electorate"] = _with_named(electorate, typed)
    criteria = criteria_typed(typed)
    if criteria:
        given["criteria"] = criteria
    more = weights_typed(typed)
    if more:
        given["weights"] = [{"person": row["person"] or row["name"], "weight": row["weight"]} for row in more]
    if "options" in known:
        lines = [line.strip() for line in str(typed.get("option_lines", "")).splitlines()]
        priced = typed.get("preset") == "budget"
        given["options"] = [_option(line) if priced else {"title": line} for line in lines if line]
    return given


def _with_named(electorate: dict[str, Any], typed: dict[str, Any]) -> dict[str, Any]:
    """People named decide together with those chosen above them, or alone. Of a query of people without a unit nobody
    else is found; so for `also` the unit of the decision is said."""
    if "people" not in electorate:
        return electorate
    if typed.get("named") == "only":
        return {name: value for name, value in electorate.items() if name in NAMED}
    if typed.get("named") == "also" and not _blank(typed.get("unit")):
        return {"unit": typed["unit"]} | electorate
    return electorate


def _option(line: str) -> dict[str, str]:
    """An option of a budget as it stands on a line, with what it costs after an equals sign: Benches = 1200."""
    title, sign, cost = (part.strip() for part in line.rpartition("="))
    return {"title": title, "cost": cost} if sign and title and fold(cost).isdigit() else {"title": line}


def ballot_typed(typed: dict[str, Any], form: str) -> dict[str, Any]:
    """A ballot from a page: ranks and points stand in a field for each option (`rank-7`, `points-7`)."""
    if form == "consent":
        given: dict[str, Any] = {"consent": True} if typed.get("consent") else {}
    elif typed.get("abstain") or typed.get("option") == "abstain":
        given = {"abstain": "on"}
    elif form == "approve":
        given = {"options": _several(typed.get("options"))}
    elif form == "criteria":
        given = {"sheet": [_judgement(name, value) for name, value in typed.items() if _is_judgement(name, value)]}
    elif form in ("rank", "score"):
        prefix, of = ("rank-", "rank") if form == "rank" else ("points-", "points")
        given = {
            FIELDS[form]: [
                {"option": name.removeprefix(prefix), of: str(value).strip()}
                for name, value in typed.items()
                if name.startswith(prefix) and not _blank(value)
            ]
        }
    else:
        given = {FIELDS[form]: typed[FIELDS[form]]} if not _blank(typed.get(FIELDS[form])) else {}
    if not _blank(typed.get("principal")):
        given["principal"] = typed["principal"]
    return given


def _is_judgement(name: str, value: Any) -> bool:
    return name.startswith("points-") and name.count("-") == 2 and not _blank(value)


def _judgement(name: str, value: Any) -> dict[str, Any]:
    """`points-2-7`: the second criterion, option 7."""
    _points, criterion, option = name.split("-")
    return {"criterion": criterion, "option": option, "points": str(value).strip()}


def criteria_typed(typed: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of criteria that have a name, out of lists of what stands in each column."""
    columns = {name: _several(typed.get(f"criterion_{name}")) for name in CRITERION}
    rows = [
        {name: column[at] if at < len(column) else "" for name, column in columns.items()}
        for at in range(max(map(len, columns.values())))
    ]
    return [{name: value for name, value in row.items() if value.strip()} for row in rows if row["name"].strip()]


def weights_typed(typed: dict[str, Any]) -> list[dict[str, str]]:
    """The rows of people with more than one vote in which anything was entered."""
    people, names, weights = (_several(typed.get(f"weighed_{name}")) for name in ("person", "name", "weight"))
    rows = [
        {"person": person.strip(), "name": name.strip(), "weight": weight.strip()}
        for person, name, weight in zip_longest(people, names, weights, fillvalue="")
    ]
    return [row for row in rows if any(row.values())]


def _several(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
