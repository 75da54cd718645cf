"""What came out of a vote, in sentences: its outcome, the chair's word, objections, what somebody said on a ballot.

Below pages and papers alike, so that the job which prints them needs no page.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from collab.core.dates import digits
from collab.core.i18n import N_, _, listed, ngettext

from .advice_words import OBJECTION_STATES
from .counted import words_of
from .counting.reading_results import read_result
from .counting.words import apart, result_in_words
from .pictures import written
from .presets import QUESTION_FORMS, abstentions_apart
from .queries import Found
from .shortened import names_in_order
from .words import COUNTED

PASSED = N_("It passes: %(yes)s yes, %(no)s no.")
REJECTED = N_("It does not pass: %(yes)s yes, %(no)s no.")
NEEDED = N_("It took %(needed)s yes.")
CHAIR_FOR = N_("It was even, and the chair decided for it.")
CHAIR_AGAINST = N_("It was even, and the chair decided against it.")
WON = N_("“%(name)s” wins.")
SEVERAL = N_("These are chosen: %(names)s.")
NOBODY = N_("None of the options wins.")
NO_QUORUM = N_("No quorum: %(cast)s of %(entitled)s voted, %(quorum)s were needed. Nothing is decided.")
NO_QUORUM_APART = N_(
    "No quorum: %(part)s of %(entitled)s voted without abstaining, %(quorum)s were needed. Nothing is decided."
)
NO_VOTES = N_("Nobody voted for anything. Nothing is decided.")
EVEN = N_("It is even between: %(names)s.")
DROPS_OUT = N_("Who drops out is even between: %(names)s.")
SURE = N_("In any case chosen: %(names)s.")
CHAIRED = N_("The chair decided for “%(name)s”: %(reason)s")
BRIEF = {
    "rejected": N_("did not pass"),
    "tie": N_("even"),
    "no-quorum": N_("no quorum"),
    "no-valid-votes": N_("nobody voted for anything"),
}
NAMED = 3
"""Of the options that win, a line of a list names so many, and says how many more there are."""
YES_NO = {"yes": N_("Yes"), "no": N_("No")}


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
        if abstentions_apart(found.rule):
            numbers["part"] = digits(sums.get("taking_part", 0))
            return [_(NO_QUORUM_APART, quorum=digits(sums.get("quorum", 0)), **numbers)]
        return [_(NO_QUORUM, quorum=digits(sums.get("quorum", 0)), **numbers)]
    if outcome == "no-valid-votes":
        return [_(NO_VOTES)]
    if outcome == "tie":
        return _even(found, count, names)
    if found.rule["form"] == "consent":
        return result_in_words(read_result(count))[:1]
    if found.rule["form"] == "yes-no":
        numbers = {"yes": digits(sums.get("yes", 0)), "no": digits(sums.get("no", 0))}
        said = [_(PASSED if outcome == "decided" else REJECTED, **numbers)]
        if any("chair" in tie["broken"] for tie in count.get("ties", ())):
            return [*said, _(CHAIR_FOR if outcome == "decided" else CHAIR_AGAINST)]
        return [*said, _(NEEDED, needed=digits(sums["needed"]))] if "needed" in sums else said
    if not names:
        return [_(NOBODY)]
    return [
        _(WON, name=apart(names[0])) if len(names) == 1 else _(SEVERAL, names=listed(apart(name) for name in names))
    ]


def in_brief(form: str, outcome: str, winners: Sequence[str]) -> str:
    """What came out, for a line of a list."""
    if outcome in BRIEF and (outcome != "rejected" or form in QUESTION_FORMS):
        return _(BRIEF[outcome])
    if form in QUESTION_FORMS:
        return _("passed")
    if not winners:
        return _("none of the options won")
    names = _first([apart(name) for name in winners[:NAMED]], list(winners))
    return ngettext("chosen: %(names)s", "chosen: %(names)s", len(winners), names=names)


def _even(found: Found, count: Mapping[str, Any], sure: list[str]) -> list[str]:
    """Between whom it is even, and who is chosen however that ends; in a run-off that others lead, who drops out."""
    tied = (found.result or {})["tied"]
    leaving = any(tie["open"] and tie["step"] == "exclusion" for tie in count.get("ties", ()))
    votes = [(name, Fraction(str(has))) for name, has in (count["rounds"][-1]["votes"].items() if leaving else ())]
    behind = max((has for name, has in votes if name in tied), default=Fraction(0))
    led = any(has > behind for name, has in votes if name not in tied)
    said = [_(DROPS_OUT if led else EVEN, names=listed(apart(called(found, name)) for name in tied))]
    return [*said, _(SURE, names=listed(apart(name) for name in sure))] if sure else said


def points_word(method: str) -> str:
    """What an option has more of than the others: the heading of a column."""
    if method == "dots":
        return _("Dots")
    if method == "copeland":
        return _("Duels won")
    return _("Points") if method in ("score", "borda", "weighted-sum", "ahp") else _("Votes")


def objections_in_words(objections: list[list[str]], names: Sequence[str] = ()) -> list[str]:
    """Each objection by the name of its author, with how it ended: what the result keeps of them. `names`: of the
    authors in the same order, in the reader's language."""
    said = []
    known = names if len(names) == len(objections) else [by for by, _state, _reason in objections]
    for by, (_label, state, reason) in zip(known, objections, strict=True):
        word = OBJECTION_STATES[state]
        sentence = _("Objection of %(name)s: %(state)s.", name=apart(by), state=_(word))
        said.append(f"{sentence} {apart(reason)}" if reason else sentence)
    return said


def chaired_words(found: Found) -> str:
    """The chair's word and its reason, where it was given; each of them, where ties came up one after another."""
    return " ".join(
        _(CHAIRED, name=apart(called(found, word["choice"])), reason=apart(word["reason"]))
        for word in words_of(found.chosen)
    )


def choice_words(choice: dict[str, Any], titles: dict[int, str], most: int | None = None) -> str:
    """What somebody said on an open ballot; of a ballot with very many options the first `most`, and how many more."""
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
        return _first([apart(titles.get(id_, "?")) for id_ in _cut(choice["options"], most)], choice["options"])
    if "sheet" in choice:
        return _sheet_words(choice["sheet"], titles)
    if "ranks" in choice:
        order = sorted(choice["ranks"].items(), key=lambda pair: pair[1])
        said = [f"{digits(rank)}. {apart(titles.get(int(id_), '?'))}" for id_, rank in _cut(order, most)]
        return _first(said, order)
    given = list(choice["scores"].items())
    if most is not None and len(given) > 2 * most:
        given.sort(key=lambda pair: -pair[1])
    return _first([f"{apart(titles.get(int(id_), '?'))}: {digits(points)}" for id_, points in _cut(given, most)], given)


def _cut(given: list[Any], most: int | None) -> list[Any]:
    """The first `most` where there are more than twice as many."""
    return given if most is None or len(given) <= 2 * most else given[:most]


def _first(said: list[str], of: list[Any]) -> str:
    more = len(of) - len(said)
    return listed([*said, ngettext("%(count)s more", "%(count)s more", more, count=digits(more))] if more else said)


def _sheet_words(sheet: dict[str, dict[str, int]], titles: dict[int, str]) -> str:
    """By option the scores on each criterion, in the order of the criteria."""
    options = dict.fromkeys(id_ for row in sheet.values() for id_ in row)
    said = []
    for id_ in options:
        scores = " · ".join(digits(row[id_]) if id_ in row else "–" for _of, row in sorted(sheet.items()))
        said.append(f"{apart(titles.get(int(id_), '?'))}: {scores}")
    return listed(said)


def places_of(found: Found) -> list[tuple[str, str, str]]:
    """(place, option, its votes or points where the count gives any) of every option; those that stand equal share a
    place. Nothing before the close, and where there are no options. `found`: with its whole result."""
    count = (found.result or {}).get("count") or {}
    if found.rule["form"] in QUESTION_FORMS or found.stage not in COUNTED or not count:
        return []
    rounds, scores = count.get("rounds") or [], count.get("scores") or {}
    numbers = scores or (rounds[0]["votes"] if len(rounds) == 1 else {})
    rows, placed = [], 0
    groups = [group if isinstance(group, list) else [group] for group in count.get("order") or []]
    left = [name for name in names_in_order(count) if not any(name in group for group in groups)]
    for group in [*groups, *([left] if left else [])]:
        place = "" if group is left else digits(placed + 1)
        rows += [(place, name, written(numbers[name]) if name in numbers else "") for name in group]
        placed += len(group)
    return rows
