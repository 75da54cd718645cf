"""What the tab of the result shows: the outcome in a sentence, the votes, who voted what where the vote was open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from collab.core import clock
from collab.core.actor import Actor
from collab.core.dates import local_day
from collab.core.i18n import LOCALES, listed
from collab.core.paging import Page
from collab.work.queries.parties import names_of
from collab.work.views.marks import Words

from ..counting.reading_results import read_firmness
from ..counting.words import apart, firmness_in_words, renamed_firmness
from ..differing import differ_of
from ..forms import BallotsPart
from ..hands import by_hands, hands_in, hands_words, typists
from ..otherwise import own_word, until, voted_otherwise
from ..pictures import Rounds, duels_of, matrix_of, rounds_of, written
from ..pictures import steps_of as steps_told
from ..queries import Found, Mine, Option
from ..queries.objections import Objected
from ..queries.results import BESIDE, dissents_of, follow_ups_of, named_ballots
from ..result_words import YES_NO, called, chaired_words, choice_words, objections_in_words, outcome_words, points_word
from ..shortened import FEW, short_of


def result_of(
    who: Actor, found: Found, options: list[Option], objected: Sequence[Objected], mine: Mine
) -> dict[str, Any]:
    """The result of a closed vote, ready for its template; at most four queries. `objected`: the objections to it."""
    otherwise = _may_dissent(who, found, options, mine)
    if found.result:
        found = replace(found, result=short_of(found.result) or found.result)
    result = found.result or {}
    titles = {option.id: option.title for option in options}
    by_name = found.level == "open" and not by_hands(found.rule)
    ballots = named_ballots(who, found, BallotsPart(limit=BESIDE)) if by_name else Page([], None, None)
    rounds = _pictured(found, rounds_of)
    names = names_of(who, typists(result))
    said = hands_words(found.rule, result, lambda by: names.one(by).name, who.time_zone, who.calendar)
    return {
        "result": result,
        "said": [*said[:1], *outcome_words(found)],
        "corrected": said[1:],
        "hands": hands_in(result) or {},
        "votes": [] if rounds else votes_of(found),
        "points": points_word((result.get("count") or {}).get("method", "")),
        "order": order_of(found),
        "cut": (result.get("count") or {}).get("cut", 0),
        "every": (result.get("count") or {}).get("of", 0),
        "rounds": rounds,
        "wide": _is_wide(found, rounds),
        "duels": _pictured(found, duels_of),
        "even": [(name, called(found, name)) for name in result.get("tied") or []],
        "leaving": any(
            tie["open"] and tie["step"] == "exclusion" for tie in (result.get("count") or {}).get("ties", ())
        ),
        "chaired": chaired_words(found),
        "chairs": found.chair_id == who.person_id,
        "named": [(one, choice_words(one.choice, titles, FEW)) for one in ballots.items],
        "named_more": ballots.next is not None,
        "languages": languages(who),
        "receipts": found.level == "confidential" and bool(result.get("cast")),
        "dissents": dissents_of(who, found),
        "own_word": own_word(found.rule, found.level),
        "otherwise": otherwise is not None,
        "otherwise_until": Words(who).near(otherwise),
        "follow_ups": [(one, Words(who).near(one.due_on)) for one in follow_ups_of(who, found)],
        "steps": steps_of(found, [one.by for one in objected]),
        "matrix": matrix_of((found.result or {}).get("count") or {}),
        "differ": differ_of(found.result or {}),
        "firm": firm_of(found),
    }


def _may_dissent(who: Actor, found: Found, options: list[Option], mine: Mine) -> date | None:
    """Until when the reader may have reasons for voting otherwise written down, or take back what they gave."""
    if not mine.listed or mine.left_out or mine.recused_at or found.closed_at is None:
        return None
    ends, titles = until(found.closed_at, found.chosen), {option.id: option.title for option in options}
    result = found.result or {}
    said = mine.dissent or voted_otherwise(found.rule, found.level, result, mine.choice, mine.cast_at, titles)
    return local_day(ends, who.time_zone) if said and clock.now() <= ends else None


def languages(who: Actor) -> list[tuple[str, str, bool]]:
    """(code, its own name, whether it is the reader's) of the languages in which minutes can be had."""
    return [(code, name, code == who.locale) for code, name in LOCALES.items()]


def votes_of(found: Found) -> list[tuple[str, str, int]]:
    """(option, number as it is read, its share of the largest in per cent) of the last round, or the points."""
    if found.rule["form"] == "consent":
        return []
    count = (found.result or {}).get("count") or {}
    rounds = count.get("rounds") or []
    numbers = dict(count.get("scores") or {}) or (dict(rounds[-1]["votes"]) if rounds else {})
    values = {name: _value(number) for name, number in numbers.items()}
    most = max(values.values(), default=0.0) or 1.0
    of_options = found.rule["form"] != "yes-no"
    order = (
        sorted(values, key=lambda name: -values[name]) if of_options else [name for name in YES_NO if name in values]
    )
    return [(called(found, name), written(numbers[name]), round(100 * values[name] / most)) for name in order]


def order_of(found: Found) -> list[str]:
    """The options in the order that their duels gave, those that stand equal together; empty where votes say it."""
    count = (found.result or {}).get("count") or {}
    if not count.get("pairwise") or count.get("scores"):
        return []
    groups = [[group] if isinstance(group, str) else group for group in count.get("order") or []]
    return [listed(apart(name) for name in group) for group in groups]


def _is_wide(found: Found, rounds: Rounds | None) -> bool:
    """Whether the pictures take so much room that they wait until they are asked for."""
    count = (found.result or {}).get("count") or {}
    return len(count.get("pairwise") or ()) > 8 or (rounds is not None and len(rounds.rounds) > 5)


def _pictured(found: Found, made: Callable[[Mapping[str, Any]], Any]) -> Any:
    """A picture of the way there, where there was more than one step to it."""
    count = (found.result or {}).get("count") or {}
    return made(count) if len(count.get("rounds") or ()) > 1 or count.get("pairwise") else None


def steps_of(found: Found, objectors: Sequence[str] = ()) -> list[str]:
    """Every round, what the duels said and every tie, as sentences; the outcome itself is said elsewhere. `objectors`:
    who objected, in the reader's language."""
    count = (found.result or {}).get("count")
    steps = steps_told(count, lambda name: apart(called(found, name))) if count else []
    return steps + objections_in_words((found.result or {}).get("objections") or [], objectors)


def firm_of(found: Found) -> list[str]:
    """Whether other rules agree, and how little would have changed it, as sentences."""
    firm = (found.result or {}).get("firm")
    return firmness_in_words(renamed_firmness(read_firmness(firm), apart)) if firm else []


def _value(number: Any) -> float:
    """A number of the count, which may be an exact fraction; only for drawing a bar."""
    over, _slash, under = str(number).partition("/")
    return float(over) / float(under or 1)
