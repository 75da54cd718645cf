"""What the tab of the result shows: the outcome in a sentence, the votes, who voted what where the vote was open."""

from collections.abc import Callable, Mapping
from typing import Any

from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import LOCALES, N_, _
from collab.core.paging import Page

from ..advice_words import OBJECTION_STATES
from ..counted import words_of
from ..counting.reading_results import read_firmness, read_result
from ..counting.words import apart, firmness_in_words, renamed, renamed_firmness, result_in_words
from ..counting.words.speaking import names as listed
from ..differing import differ_of
from ..forms import BallotsPart
from ..pictures import Rounds, duels_of, matrix_of, rounds_of, written
from ..queries import Found, Option
from ..queries.results import Successor, dissents_of, follow_ups_of, named_ballots, successor_of

PASSED = N_("It passes: %(yes)s yes, %(no)s no.")
REJECTED = N_("It does not pass: %(yes)s yes, %(no)s no.")
NEEDED = N_("It took %(needed)s yes.")
WON = N_("“%(name)s” wins.")
SEVERAL = N_("These are chosen: %(names)s.")
NOBODY = N_("None of the options wins.")
NO_QUORUM = N_("No quorum: %(cast)s of %(entitled)s voted, %(quorum)s were needed. Nothing is decided.")
NO_VOTES = N_("Nobody voted for anything. Nothing is decided.")
EVEN = N_("It is even between: %(names)s.")
CHAIRED = N_("The chair decided for “%(name)s”: %(reason)s")
BESIDE = 50
"""So many ballots stand under the result itself; the rest are a page further."""
YES_NO = {"yes": N_("Yes"), "no": N_("No")}


def result_of(who: Actor, found: Found, options: list[Option]) -> dict[str, Any]:
    """The result of a closed vote, ready for its template; at most four queries."""
    result = found.result or {}
    titles = {option.id: option.title for option in options}
    ballots = named_ballots(who, found, BallotsPart(limit=BESIDE)) if found.level == "open" else Page([], None, None)
    rounds = _pictured(found, rounds_of)
    return {
        "result": result,
        "said": outcome_words(found),
        "votes": [] if rounds else votes_of(found),
        "order": order_of(found),
        "rounds": rounds,
        "wide": _is_wide(found, rounds),
        "duels": _pictured(found, duels_of),
        "even": [(name, called(found, name)) for name in result.get("tied") or []],
        "leaving": any(
            tie["open"] and tie["step"] == "exclusion" for tie in (result.get("count") or {}).get("ties", ())
        ),
        "chaired": chaired_words(found),
        "chairs": found.chair_id == who.person_id,
        "named": [(one, choice_words(one.choice, titles)) for one in ballots.items],
        "named_more": ballots.next is not None,
        "languages": languages(who),
        "receipts": found.level == "confidential",
        "dissents": dissents_of(who, found),
        "follow_ups": follow_ups_of(who, found),
        "successor": successor_of(who, found),
        "steps": steps_of(found),
        "matrix": matrix_of((found.result or {}).get("count") or {}),
        "differ": differ_of(found.result or {}),
        "firm": firm_of(found),
    }


def languages(who: Actor) -> list[tuple[str, str, bool]]:
    """(code, its own name, whether it is the reader's) of the languages in which minutes can be had."""
    return [(code, name, code == who.locale) for code, name in LOCALES.items()]


def called(found: Found, name: str) -> str:
    """An option as people read it: yes and no are words of the house."""
    return _(YES_NO[name]) if found.rule["form"] == "yes-no" and name in YES_NO else name


def outcome_words(found: Found) -> list[str]:
    """What came out, as sentences."""
    result = found.result or {}
    count, names = result.get("count") or {}, [called(found, name) for name in result.get("winners") or []]
    sums, outcome = count.get("sums") or {}, result.get("outcome")
    if outcome == "no-quorum":
        numbers = {"cast": digits(result["cast"]), "entitled": digits(result["entitled"])}
        return [_(NO_QUORUM, quorum=digits(sums.get("quorum", 0)), **numbers)]
    if outcome == "no-valid-votes":
        return [_(NO_VOTES)]
    if outcome == "tie":
        return [_(EVEN, names=listed(apart(called(found, name)) for name in result["tied"]))]
    if found.rule["form"] == "consent":
        return result_in_words(read_result(count))[:1]
    if found.rule["form"] == "yes-no":
        numbers = {"yes": digits(sums.get("yes", 0)), "no": digits(sums.get("no", 0))}
        said = [_(PASSED if outcome == "decided" else REJECTED, **numbers)]
        return [*said, _(NEEDED, needed=digits(sums["needed"]))] if "needed" in sums else said
    if not names:
        return [_(NOBODY)]
    return [
        _(WON, name=apart(names[0])) if len(names) == 1 else _(SEVERAL, names=listed(apart(name) for name in names))
    ]


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


def steps_of(found: Found) -> list[str]:
    """Every round, what the duels said and every tie, as sentences; the outcome itself is said elsewhere."""
    count = (found.result or {}).get("count")
    steps = result_in_words(renamed(read_result(count), lambda name: apart(called(found, name))))[1:] if count else []
    return steps + objections_in_words((found.result or {}).get("objections") or [])


def objections_in_words(objections: list[list[str]]) -> list[str]:
    """Each objection by the name of its author, with how it ended: what the result keeps of them."""
    said = []
    for by, state, reason in objections:
        word = OBJECTION_STATES[state]
        sentence = _("Objection of %(name)s: %(state)s.", name=apart(by), state=_(word))
        said.append(f"{sentence} {apart(reason)}" if reason else sentence)
    return said


def firm_of(found: Found) -> list[str]:
    """Whether other rules agree, and how little would have changed it, as sentences."""
    firm = (found.result or {}).get("firm")
    return firmness_in_words(renamed_firmness(read_firmness(firm), apart)) if firm else []


def _value(number: Any) -> float:
    """A number of the count, which may be an exact fraction; only for drawing a bar."""
    over, _slash, under = str(number).partition("/")
    return float(over) / float(under or 1)


def chaired_words(found: Found) -> str:
    """The chair's word and its reason, where it was given; each of them, where ties came up one after another."""
    return " ".join(
        _(CHAIRED, name=apart(called(found, word["choice"])), reason=apart(word["reason"]))
        for word in words_of(found.chosen)
    )


def choice_words(choice: dict[str, Any], titles: dict[int, str]) -> str:
    """What somebody said on an open ballot."""
    if "abstain" in choice:
        return _("Abstain")
    if "consent" in choice or "object" in choice:
        return _("No objection") if "consent" in choice else _("Objected")
    if "vote" in choice:
        word = YES_NO[choice["vote"]]
        return _(word)
    if "option" in choice:
        return apart(titles.get(choice["option"], "?"))
    if "options" in choice:
        return listed(apart(titles.get(id_, "?")) for id_ in choice["options"])
    if "sheet" in choice:
        return _sheet_words(choice["sheet"], titles)
    if "ranks" in choice:
        order = sorted(choice["ranks"].items(), key=lambda pair: pair[1])
        return listed(f"{digits(rank)}. {apart(titles.get(int(id_), '?'))}" for id_, rank in order)
    return listed(f"{apart(titles.get(int(id_), '?'))}: {digits(points)}" for id_, points in choice["scores"].items())


def _sheet_words(sheet: dict[str, dict[str, int]], titles: dict[int, str]) -> str:
    """By option the scores on each criterion, in the order of the criteria."""
    options = dict.fromkeys(id_ for row in sheet.values() for id_ in row)
    said = []
    for id_ in options:
        scores = " · ".join(digits(row[id_]) if id_ in row else "–" for _of, row in sorted(sheet.items()))
        said.append(f"{apart(titles.get(int(id_), '?'))}: {scores}")
    return listed(said)


__all__ = ["Successor", "called", "choice_words", "outcome_words", "result_of", "votes_of"]
