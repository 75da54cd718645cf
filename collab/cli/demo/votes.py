"""Decisions of the sample: a vote that is open, one that was decided and waits to be carried out, and a draft."""

# One row a line reads better than a line length here.
# ruff: noqa: E501

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from collab.core import clock
from collab.core.actor import SYSTEM, Actor
from collab.core.envelope import open_command, system
from collab.decisions.commands import (
    add_argument,
    carry_out,
    cast_ballot,
    close_vote,
    create_decision,
    open_vote,
    recuse,
    take_decision,
)
from collab.decisions.forms import (
    CarriedOut,
    CastBallot,
    Electorate,
    NewArgument,
    NewDecision,
    NewOption,
    Outcome,
    Recuse,
)
from collab.decisions.having import option_ids
from collab.tasks.commands import create_task
from collab.tasks.forms import NewTask

from .plots import Story
from .world import World

TREES: Final = (
    (
        "Plane trees",
        "Shade within ten years; their roots lift pavements.",
        ("for", "kalfa", "Σκιά σε δέκα χρόνια."),
        ("against", "markou", "Roots under Harbour Street already broke two pipes."),
    ),
    (
        "Bitter oranges",
        "Small, evergreen, fruit on the pavement in winter.",
        ("for", "amini", "ریشه‌اش پیاده‌رو را نمی‌شکند."),
        None,
    ),
    ("Jacarandas", "Blue in May, little water, thin shade.", None, None),
)

NAMES: Final = ("The Slipway", "Παιδική χαρά των Ανέμων", "باغ بادبادک", "Anchor Garden")
BALLOTS: Final = (
    ("pappas", (0, 3)),
    ("markou", (0, 1, 3)),
    ("ioannou", (1, 0)),
    ("kalfa", (1, 3, 0)),
    ("amini", (2, 0, 1)),
)


def stories(world: World) -> Iterator[tuple[datetime, Story]]:
    """The decisions of the sample, each step at its hour and in the name of whoever took it."""
    yield world.at(9, 9), _decided(world)
    yield world.at(8, 9, 30), _ranked(world)
    yield world.at(2, 8, 15), _open(world)
    yield world.at(1, 9, 40), _draft(world)


def _days_from(world: World, days: int) -> date:
    return (world.now + timedelta(days=days)).date()


def _form(title: str, body: str, unit: int, closes: date, **also: Any) -> NewDecision:
    return NewDecision(title=title, body=body, unit=unit, closes_on=closes, closes_clock="14:00", **also)


def _decided(world: World) -> Story:
    """Greek: the Legal Service agreed on a model contract; it waits to be carried out."""
    head, closes = world.actor("rigas"), (clock.now() + timedelta(days=5)).date()
    form = _form(
        "Να εγκριθεί το νέο υπόδειγμα σύμβασης συντήρησης;",
        "Το υπόδειγμα αντικαθιστά εκείνο του 2019 και περιέχει τις παρατηρήσεις της Διεύθυνσης Οικονομικών.",
        world.party("LEGAL"), closes, electorate=Electorate(people=[world.town.people["simou"]], unit=world.party("LEGAL")), quorum="half",
    )  # fmt: skip
    made = create_decision(head, form)["id"]
    open_vote(head, made)
    cast_ballot(head, made, CastBallot(vote="yes"))
    cast_ballot(world.actor("kosta"), made, CastBallot(vote="yes"))
    cast_ballot(world.actor("farzan"), made, CastBallot(vote="no"))
    recuse(world.actor("simou"), made, Recuse(reason="I wrote the draft."))
    yield 5
    close_vote(SYSTEM, made)
    take_decision(
        head,
        made,
        Outcome(
            outcome="Το υπόδειγμα ισχύει για κάθε νέα σύμβαση συντήρησης από την 1η του επόμενου μήνα.",
            revisit_on=(world.now + timedelta(days=180)).date(),
        ),
    )


def _ranked(world: World) -> Story:
    """Parks ranked the names of a playground; two rounds and nobody was last by much. It is carried out."""
    head, closes = world.actor("pappas"), (clock.now() + timedelta(days=4)).date()
    form = _form(
        "What shall the playground at the old shipyard be called?",
        "Names that children of the neighbourhood sent in. The sign is made in the workshop.",
        world.party("PARKS"), closes, preset="runoff", ties="lot", quorum="half", electorate=Electorate(below=True),
        options=[NewOption(title=title) for title in NAMES],
    )  # fmt: skip
    made = create_decision(head, form)["id"]
    options = options_in_order(SYSTEM, made)
    open_vote(head, made)
    yield 1
    for who, order in BALLOTS:
        ranks = [{"option": options[place], "rank": rank} for rank, place in enumerate(order, 1)]
        cast_ballot(world.actor(who), made, CastBallot.model_validate({"ranks": ranks}))
    yield 5
    close_vote(SYSTEM, made)
    take_decision(
        head,
        made,
        Outcome(
            outcome="The playground is called The Slipway. The sign hangs by the end of the month.",
            revisit_on=world.today,
            revisit_when="The children of the neighbourhood have seen the sign",
        ),
    )
    carry_out(head, made, CarriedOut(tasks_stay=True))


def _open(world: World) -> Story:
    """English: the Parks vote in confidence; Eleni's vote is still awaited, and she raises the plane trees herself."""
    head = world.actor("pappas")
    raised = create_task(
        head,
        NewTask(title="Raise two hundred plane trees", unit=world.party("PARKS"), holder=world.town.people["markou"]),
    )
    form = _form(
        "Which trees shall line Harbour Street?",
        "Forty places, planted in February. All three grow in our nursery and cost the same.",
        world.party("PARKS"), _days_from(world, 3), preset="one", level="confidential", quorum="half", ties="chair", chair=world.town.people["pappas"], proxies=1,
        electorate=Electorate(below=True), options=[
            NewOption(title=title, body=body, about=None if place else raised["reference"])
            for place, (title, body, *_said) in enumerate(TREES)
        ],
    )  # fmt: skip
    made = create_decision(head, form)["id"]
    options = options_in_order(SYSTEM, made)
    for option, (_title, _body, *said) in zip(options, TREES, strict=True):
        for side, who, text in filter(None, said):
            add_argument(
                world.actor(who), made, NewArgument.model_validate({"option": option, "side": side, "text": text})
            )
    open_vote(head, made)
    yield 1
    for who, choice in (("kalfa", 0), ("amini", 1), ("ioannou", 1)):
        cast_ballot(world.actor(who), made, CastBallot(option=options[choice]))


def _draft(world: World) -> Story:
    """Persian: the office of the twin town prepares a question."""
    head = world.actor("tehra")
    form = _form(
        "آیا هفته‌ی فرهنگی ناروان در بهار برگزار شود؟",
        "سه روز برنامه در سالن شهرداری، با نمایشگاه عکس و دو کنسرت. هزینه را دو شهر نصف‌نصف می‌پردازند.",
        world.party("TWIN"), _days_from(world, 7),
    )  # fmt: skip
    create_decision(head, form)
    yield from ()


@open_command(system)
def options_in_order(_actor: Actor, item_id: int) -> list[int]:
    """The options of a decision in their order."""
    return option_ids(item_id)
