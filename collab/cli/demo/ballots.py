"""Votes of the sample that show every kind of ballot: open ones to cast, one whose criteria are weighed, and a tie."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from collab.core.actor import SYSTEM
from collab.decisions.commands import (
    break_tie,
    cast_ballot,
    close_vote,
    compare_criteria,
    create_decision,
    discuss,
    open_vote,
)
from collab.decisions.comparing import ComparedPair, Comparisons
from collab.decisions.forms import BreakTie, CastBallot, Electorate, NewDecision, NewOption
from collab.decisions.rule_forms import CriterionFields

from .plots import Story
from .votes import options_in_order
from .world import World

VOTERS: Final = ("markou", "pappas", "rigas", "kosta", "moradi", "farzan", "amini", "fotiou")
"""They come from many units and read in three languages."""
ROOMS: Final = (
    ("Αίθουσα συνεδριάσεων", "Ο προβολέας δεν λειτουργεί από τον Μάρτιο."),
    ("Κουζίνα του 2ου ορόφου", ""),
    ("Είσοδος και αναμονή κοινού", "Χωρίς ράμπα και με τέσσερα καθίσματα."),
    ("Αποδυτήρια του αμαξοστασίου", ""),
)
SMALL: Final = (
    ("Bicycle stands at the Town Hall", 4_200), ("Drinking fountain in the Park of the Pines", 6_500),
    ("Two defibrillators", 3_800), ("Shade over the bus stop", 9_000), ("Hearing loop at the counter", 2_600),
)  # fmt: skip
THEMES: Final = ("موسیقی", "خوشنویسی", "آشپزی", "قصه‌گویی برای کودکان")
SLOGANS: Final = ("دو شهر، یک سفره", "از نارون تا دریا", "همسایه‌های دور")


def stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """Each step at its hour and in the name of whoever took it."""
    yield world.at(7, 10, 20), _even(world)
    yield world.at(3, 10, 10), _ranked(world)
    yield world.at(3, 12, 5), _budget(world)
    yield world.at(2, 11, 15), _dots(world)
    yield world.at(2, 12, 40), _compared(world)


def _form(world: World, title: str, body: str, unit: str, days: int, **also: Any) -> NewDecision:
    voters = Electorate(people=[world.town.people[who] for who in VOTERS])
    return NewDecision(
        title=title, body=body, unit=world.party(unit), closes_on=world.due(days), closes_clock="14:00",
        **({"electorate": voters} | also),
    )  # fmt: skip


def _cast(world: World, made: int, ballots: dict[str, dict[str, Any]]) -> None:
    for who, said in ballots.items():
        cast_ballot(world.actor(who), made, CastBallot.model_validate(said))


def _ranked(world: World) -> Story:
    """Greek: in which order rooms are renovated, by duels; three have voted."""
    form = _form(
        world, "Ποιος χώρος ανακαινίζεται πρώτος;", "Τα χρήματα φτάνουν για έναν χώρο τον χρόνο. Η σειρά ισχύει για τα επόμενα τέσσερα.",
        "CITY", 5, preset="rank", ties="lot", options=[NewOption(title=title, body=body) for title, body in ROOMS],
    )  # fmt: skip
    made = create_decision(world.actor("stathi"), form)["id"]
    options = options_in_order(SYSTEM, made)
    open_vote(world.actor("stathi"), made)
    yield 0.5
    for who, order in (("pappas", (2, 0)), ("kosta", (0, 2, 1)), ("farzan", (2, 3, 0, 1))):
        ranks = [{"option": options[place], "rank": rank} for rank, place in enumerate(order, 1)]
        _cast(world, made, {who: {"ranks": ranks}})


def _budget(world: World) -> Story:
    """English: what is left of a budget is shared out."""
    form = _form(
        world, "What do we buy with the 15,000 € that are left over?", "It has to be ordered before the end of the year. What is not taken now is proposed again in spring.",
        "ADMIN", 6, preset="budget", budget=15_000, ties="lot", options=[NewOption(title=title, cost=cost) for title, cost in SMALL],
    )  # fmt: skip
    made = create_decision(world.actor("simou"), form)["id"]
    options = options_in_order(SYSTEM, made)
    open_vote(world.actor("simou"), made)
    yield 0.5
    for who, ticks in (("kosta", (0, 2)), ("fotiou", (2, 4)), ("amini", (1, 2, 4))):
        _cast(world, made, {who: {"options": [options[place] for place in ticks]}})


def _dots(world: World) -> Story:
    """Persian: five dots each over what the week of the twin town is about."""
    form = _form(
        world, "هفتهٔ فرهنگی نارون بر کدام موضوع‌ها تکیه کند؟", "هر کس پنج نقطه دارد و می‌تواند چند نقطه را روی یک موضوع بگذارد.",
        "TWIN", 5, preset="dots", dots=5, level="confidential", options=[NewOption(title=title) for title in THEMES],
    )  # fmt: skip
    made = create_decision(world.actor("tehra"), form)["id"]
    options = options_in_order(SYSTEM, made)
    open_vote(world.actor("tehra"), made)
    yield 0.5
    for who, dots in (("farzan", (3, 0, 2, 0)), ("amini", (1, 2, 1, 1))):
        points = [{"option": option, "points": many} for option, many in zip(options, dots, strict=True) if many]
        _cast(world, made, {who: {"scores": points}})


def _compared(world: World) -> Story:
    """English: criteria are weighed by comparing each two, before anybody scores."""
    form = _form(
        world, "Which project goes into the European call first?", "One application can be written well before February. Say what is missing among the criteria.",
        "PLAN", 9, preset="criteria", options=[NewOption(title=title) for title in ("Flood meadow at the stream", "Energy of three schools", "Bicycle path to the harbour")],
        criteria=[
            CriterionFields(name="Use for people", best_means="thousands every day"),
            CriterionFields(name="Own share", worst=200, best=0, worst_means="thousand euros"),
            CriterionFields(name="Ready to begin", worst_means="no study yet", best_means="permits are here"),
        ],
    )  # fmt: skip
    head, made = world.actor("ergou"), create_decision(world.actor("ergou"), form)["id"]
    discuss(head, made)
    yield 0.3
    pairs = [(1, 2, "3"), (1, 3, "5"), (2, 3, "1")]
    compare_criteria(
        head, made, Comparisons(pairs=[ComparedPair.model_validate({"first": a, "second": b, "value": v}) for a, b, v in pairs])
    )  # fmt: skip


def _even(world: World) -> Story:
    """Persian: two slogans stood even, and the chair decided."""
    people = world.town.people
    form = _form(
        world, "شعار هفتهٔ فرهنگی چه باشد؟", "شعار روی پوسترها و کارت‌های دعوت می‌آید.", "TWIN", 2, preset="one",
        ties="chair", chair=people["tehra"], options=[NewOption(title=title) for title in SLOGANS],
        electorate=Electorate(people=[people[who] for who in ("moradi", "farzan", "amini", "rigas", "markou")], unit=world.party("TWIN")),
    )  # fmt: skip
    head = world.actor("tehra")
    made = create_decision(head, form)["id"]
    options = options_in_order(SYSTEM, made)
    open_vote(head, made)
    yield 0.5
    chosen = {"tehra": 0, "omid": 1, "moradi": 0, "farzan": 1, "amini": 2}
    _cast(world, made, {who: {"option": options[place]} for who, place in chosen.items()})
    yield 3
    close_vote(SYSTEM, made)
    yield timedelta(hours=1)
    break_tie(head, made, BreakTie(choice=SLOGANS[0], reason="کوتاه‌تر است و به هر دو زبان خوب ترجمه می‌شود."))
