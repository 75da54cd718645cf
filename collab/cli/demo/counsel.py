"""What is said beside a vote in the sample: advice asked before a decision, and a decision by consent that is open."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from collab.core.actor import SYSTEM
from collab.decisions.advice_forms import AskAdvice, GiveAdvice, MakeObjection, SettleObjection, UseAdvice
from collab.decisions.commands import (
    ask_advice,
    cast_ballot,
    close_vote,
    create_decision,
    discuss,
    give_advice,
    integrate,
    object_,
    open_vote,
    use_advice,
)
from collab.decisions.forms import CastBallot, JudgementOf, NewDecision, NewOption
from collab.decisions.rule_forms import CriterionFields

from .plots import Story
from .votes import options_in_order
from .world import World

SHEETS: Final = {
    "pappas": ((14, 19, 22), (2, 9, 9), (8, 8, 3)),
    "markou": ((15, 18, 20), (1, 10, 9), (7, 8, 5)),
    "kalfa": ((12, 20, 24), (6, 8, 7), (9, 9, 1)),
    "amini": ((14, 17, 18), (1, 9, 10), (3, 8, 8)),
}
"""Who: for each criterion the scores of the three mowers."""
QUESTION: Final = "Τι θα σήμαινε για τη δουλειά σας; Πόσες αιτήσεις κλάδεμα βλέπετε τον χρόνο;"


def stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """Each step at its hour and in the name of whoever took it."""
    yield world.at(6, 10, 5), _advised(world)
    yield world.at(9, 11, 40), _weighed(world)
    yield world.at(2, 9, 20), _consented(world)


def _advised(world: World) -> Story:
    """Greek: the Legal Service asks those it affects; Parks have not answered yet."""
    head, people = world.actor("rigas"), world.town.people
    form = NewDecision(
        title="Να καταργηθεί η γραπτή άδεια για κλάδεμα έως τρία μέτρα;",
        body="Οι δημότες θα δηλώνουν το κλάδεμα ηλεκτρονικά, χωρίς να περιμένουν άδεια. Η αυτοψία μένει για τα προστατευόμενα δέντρα.",
        unit=world.party("LEGAL"), closes_on=world.due(12), closes_clock="14:00",
    )  # fmt: skip
    made = create_decision(head, form)["id"]
    discuss(head, made)
    whom = [world.party("PARKS"), people["vouli"], people["simou"]]
    _parks, registry, simou = ask_advice(head, made, AskAdvice(of=whom, what=QUESTION, until=world.due(5)))
    yield 1
    give_advice(
        world.actor("vouli"), made, registry,
        GiveAdvice(stance="supports", text="Τετρακόσιες αιτήσεις τον χρόνο. Με δήλωση θα μας έμενε ένα άτομο δύο μέρες τον μήνα."),
    )  # fmt: skip
    yield 1
    give_advice(
        world.actor("simou"), made, simou,
        GiveAdvice(stance="concerns", text="Without a written permit nobody can prove what was allowed. Keep a receipt with a number."),
    )  # fmt: skip
    yield 1
    use_advice(head, made, simou, UseAdvice(used="taken-up", note="Η δήλωση θα δίνει απόδειξη με αριθμό πρωτοκόλλου."))


def _consented(world: World) -> Story:
    """English: the Parks decide by consent; one objection was integrated, one stands, Eleni has not spoken."""
    head = world.actor("pappas")
    form = NewDecision(
        title="From June to August the crews start at six",
        body="Work ends at two, before the heat. The depot opens at a quarter to six, and watering is done first.",
        unit=world.party("PARKS"), closes_on=world.due(6), closes_clock="12:00", preset="consent",
    )  # fmt: skip
    made = create_decision(head, form)["id"]
    open_vote(head, made)
    yield 1
    first = object_(
        world.actor("kalfa"),
        made,
        MakeObjection(
            reason="Το πρώτο λεωφορείο φτάνει στις έξι και τέταρτο. Όσοι δεν έχουν αυτοκίνητο θα αργούν κάθε μέρα."
        ),
    )
    cast_ballot(world.actor("ioannou"), made, CastBallot(consent=True))
    yield 0.2
    integrate(
        head,
        made,
        first,
        SettleObjection(text="Whoever comes by bus starts at half past six and ends at half past two."),
    )
    object_(
        world.actor("amini"),
        made,
        MakeObjection(reason="در مرداد ساعت یک هم برای کار در آفتاب دیر است. پایان کار باید ساعت یک باشد."),
    )


def _weighed(world: World) -> Story:
    """English: which mower, weighed by three criteria; closed, with what people differ about first."""
    head = world.actor("pappas")
    form = NewDecision(
        title="Which mower for the large lawns?",
        body="All three were tried for a week in the Park of the Pines.",
        unit=world.party("PARKS"), closes_on=world.due(3), closes_clock="14:00", preset="criteria",
        options=[NewOption(title=title) for title in ("Petrol, ride-on", "Battery, ride-on", "Battery, two small ones")],
        criteria=[
            CriterionFields(name="Cost", weight=5, worst=30, best=5, worst_means="thousand euros over five years"),
            CriterionFields(name="Noise and fumes", weight=3, worst_means="complaints every day", best_means="nobody notices"),
            CriterionFields(name="Easy on the back", weight=2, best_means="whoever is sixty can do it all day"),
        ],
    )  # fmt: skip
    made = create_decision(head, form)["id"]
    open_vote(head, made)
    options = options_in_order(SYSTEM, made)
    yield 1
    for who, sheet in SHEETS.items():
        judged = [
            JudgementOf(criterion=criterion, option=option, points=points)
            for criterion, row in enumerate(sheet, start=1)
            for option, points in zip(options, row, strict=True)
        ]
        cast_ballot(world.actor(who), made, CastBallot(sheet=judged))
    yield 3
    close_vote(SYSTEM, made)
