"""What is argued: each option, or the question itself, with what speaks for and against it and the files beside it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

from markupsafe import Markup

from collab.core import markdown
from collab.core.actor import Actor
from collab.core.dates import digits
from collab.core.i18n import N_, _
from collab.files.queries import File
from collab.files.shown import Line, line
from collab.work.queries.parties import Names
from collab.work.views.marks import When, Words

from .counting.words.speaking import number
from .presets import QUESTION_FORMS
from .queries import About, Argument, Found, Option

Evidence = Mapping[int | None, Sequence[File]]
NO_EVIDENCE: Final[Evidence] = {}
LATER: Final = N_("added after the vote had opened")
FILES: Final = 3
"""So many files stand beside an option on the page of the question; all of them on their own page."""


@dataclass(frozen=True, slots=True)
class ArgumentShown:
    id: int
    by: str
    text: str
    when: When
    mine: bool


@dataclass(frozen=True, slots=True)
class OptionShown:
    """`letter` names it on the ballot; `pro` and `contra` are what was said; `about`: the item that the reader sees;
    `evidence`: the first files beside it, and how many more there are."""

    id: int
    letter: str
    title: str
    body: Markup
    cost: str
    pro: list[ArgumentShown]
    contra: list[ArgumentShown]
    about: About | None = None
    evidence: list[Line] = field(default_factory=list)
    evidence_more: int = 0


def options_shown(
    actor: Actor,
    options: list[Option],
    arguments: list[Argument],
    names: Names,
    abouts: Mapping[int, About],
    texts: markdown.Texts | None = None,
    evidence: Evidence = NO_EVIDENCE,
    later: Set[int] = frozenset(),
) -> list[OptionShown]:
    """The options with what speaks for and against each, the files beside it, and what each is about. `texts`: draws
    the explanations, where they are shown; `later`: the files that came after the opening."""
    return [
        OptionShown(
            option.id, letter(place), option.title, explained(texts, option.body),
            number(option.cost, grouped=True) if option.cost is not None else "",
            *_argued(actor, arguments, names, option.id),
            abouts.get(option.id),
            *evidence_shown(actor, evidence, option.id, later),
        )
        for place, option in enumerate(options)
    ]  # fmt: skip


def evidence_shown(
    actor: Actor, evidence: Evidence, option: int | None, later: Set[int] = frozenset()
) -> tuple[list[Line], int]:
    """The first files beside an option, or beside the question, and how many more there are. `later`: those that came
    after the opening."""
    files = evidence.get(option, ())
    return noted([line(actor, file) for file in files[:FILES]], later), max(0, len(files) - FILES)


def noted(lines: list[Line], later: Set[int]) -> list[Line]:
    """It is said of those that came after the opening."""
    return [replace(one, note=_(LATER)) if one.id in later else one for one in lines]


def question_shown(actor: Actor, found: Found, arguments: list[Argument], names: Names) -> OptionShown | None:
    """The question itself as something to be argued about, where there are no options, or somebody did."""
    pro, contra = _argued(actor, arguments, names, None)
    if found.rule["form"] not in QUESTION_FORMS and not pro and not contra:
        return None
    return OptionShown(0, "", found.title, explained(None, ""), "", pro, contra)


def explained(texts: markdown.Texts | None, body: str | None) -> Markup:
    return texts.render(body) if texts and body else markdown.render("")


def _argued(
    actor: Actor, arguments: list[Argument], names: Names, option: int | None
) -> tuple[list[ArgumentShown], list[ArgumentShown]]:
    """What speaks for it, and what against."""
    words = Words(actor)
    said: dict[str, list[ArgumentShown]] = {"for": [], "against": []}
    for one in arguments:
        if one.option_id == option:
            by, mine = names.one(one.by_id).name, one.by_id == actor.person_id
            said[one.side].append(ArgumentShown(one.id, by, one.text, words.when(one.at), mine))
    return said["for"], said["against"]


def letter(place: int) -> str:
    """1, 2, 3 … in the reader's digits."""
    return digits(place + 1)
