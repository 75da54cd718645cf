"""How it is decided, as it may be entered: what a rule card is made of."""

import re
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from collab.core.forms import Flag, Form, PartyId, Search, Short
from collab.core.text.fold import fold

MOST_CRITERIA = 12


def _number(value: object) -> object:
    return int(fold(value)) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", fold(value)) else value


Level = Literal["open", "confidential"]
PresetCode = Literal[
    "simple",
    "absolute",
    "two-thirds",
    "one",
    "approve",
    "rank",
    "score",
    "runoff",
    "borda",
    "copeland",
    "pairs",
    "seats",
    "consent",
    "dots",
    "budget",
    "criteria",
    "majority",
]
Whole = Annotated[int, BeforeValidator(_number), Field(strict=True)]
Cost = Annotated[Whole, Field(ge=0, le=999_999_999)]


class CriterionFields(Form):
    """What options are judged by: its weight beside the others, and a scale from the worst score to the best, with what
    these two mean declared before anybody scores. Of costs the worst is the larger number."""

    name: Short
    weight: Annotated[Whole, Field(ge=1, le=1_000)] = 1
    worst: Annotated[Whole, Field(ge=0, le=1_000)] = 0
    best: Annotated[Whole, Field(ge=0, le=1_000)] = 10
    worst_means: Search = ""
    best_means: Search = ""


class RuleFields(Form):
    """How it is decided. `quorum`: how many must vote for the vote to count; `seats`: places to fill; `overruling`: by
    consent, whether the chair may overrule an objection; `hands`: by show of hands, whose numbers are typed in;
    `extension`: by how many days it stays open, once, when the quorum is missing at the close; `most`: the highest
    score; `dots` to spread; `budget` to share out; `criteria`.

    Where the rule has it: what `unranked` options are; by what a victory is strong (`strength`), and in which order
    equally strong ones go (`pair_ties`); the points of ballots that leave options out (`borda`); what "none of these"
    is called, empty for no such option, and how many times over it is to be beaten (`none_times`). Of the majority that
    one states oneself the `share`, of which `base`, and whether it is to be exceeded or reached (`strictness`).

    `quorum_base`: of whom the quorum is. Of those present only in a vote that belongs to a meeting: they are noted as
    such when it is opened, and only they vote.

    `abstentions`: whether they count towards the quorum; `recused`: whether who stands aside counts in the base of
    quorum and majority; `second`: another way to count the same ballots, asked first on a tie. Of several places to
    fill the `quota`, which `surplus` goes first, and how many `decimals` are kept, none cut with `fractions`."""

    preset: PresetCode = "simple"
    quorum: Literal["none", "third", "half", "two-thirds"] = "none"
    quorum_base: Literal["entitled", "present"] = "entitled"
    ties: Literal["chair", "lot", "open"] = "open"
    seats: Annotated[Whole, Field(ge=1, le=50)] = 1
    level: Level = "open"
    hands: Flag = False
    chair: PartyId | None = None
    substitutes: Literal["nobody", "substitute"] = "nobody"
    proxies: Annotated[Whole, Field(ge=0, le=10)] = 0
    overruling: Flag = False
    extension: Annotated[Whole, Field(ge=0, le=30)] = 0
    most: Annotated[Whole, Field(ge=1, le=1_000)] = 10
    dots: Annotated[Whole, Field(ge=1, le=1_000)] = 5
    budget: Cost | None = None
    criteria: Annotated[list[CriterionFields], Field(max_length=MOST_CRITERIA)] = []
    unranked: Literal["below", "no-opinion"] = "below"
    strength: Literal["winning-votes", "margins"] = "winning-votes"
    none_of_these: Search = ""
    none_times: Annotated[Whole, Field(ge=1, le=10)] = 1
    share: Literal["half", "three-fifths", "two-thirds", "three-quarters"] = "half"
    base: Literal["yes-no", "cast", "present", "entitled"] = "yes-no"
    strictness: Literal["more-than", "at-least"] = "more-than"
    abstentions: Literal["count", "apart"] = "count"
    recused: Literal["apart", "count"] = "apart"
    borda: Literal["average", "modified", "zero"] = "average"
    pair_ties: Literal["together", "opposition", "lot"] = "together"
    second: Literal["none", "plurality", "borda", "copeland", "schulze", "ranked-pairs"] = "none"
    quota: Literal["droop", "hare", "exact-droop"] = "droop"
    surplus: Literal["largest", "first-elected"] = "largest"
    decimals: Annotated[Whole, Field(ge=0, le=12)] = 5
    fractions: Flag = False
