"""When somebody wants to be reminded, in words: "tomorrow 9:00", "3 days before due", "σε 2 ώρες". Pure."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from collab.core.dates.said.days import Today, number_in
from collab.core.dates.said.vocabulary import UNITS, words_in
from collab.core.dates.said.words import words_of

from .reading import pieces_in

MORNING: Final = time(9)
HOURS: Final = words_in("hour hours ώρα ώρες ساعت")
MINUTES: Final = words_in("minute minutes min λεπτό λεπτά دقیقه")
BEFORE: Final = words_in("before πριν پیش قبل νωρίτερα earlier")
AHEAD: Final = words_in("in σε دیگر")
OF_THE_DUE_DAY: Final = words_in(
    "the due day date it is from deadline on από τη την το στην προθεσμία λήξη ημέρα λήξης مهلت موعد از روز در سررسید"
)
NAMES_DUE: Final = words_in("due deadline προθεσμία λήξη λήξης مهلت موعد سررسید")
FILLING: Final = words_in("remind me to please να μου υπενθύμισε υπενθύμιση یادآوری کن من at στις ساعت , on")


@dataclass(frozen=True, slots=True)
class Moment:
    """On a day or, with `before`, so many days before the due day, at a time; or in so many minutes from now."""

    day: date | None = None
    before: int | None = None
    clock: time = MORNING
    minutes: int | None = None


def moment_in(text: str, today: Today) -> Moment | None:
    """The moment that these words say; None where they say anything else."""
    pieces = pieces_in(text, today)
    clock = next((piece.value for piece in pieces if piece.kind == "time"), MORNING)
    spans = [(piece.start, piece.end) for piece in pieces if piece.kind in ("time", "due")]
    day = next((piece.value for piece in pieces if piece.kind == "due"), None)
    timed = [(piece.start, piece.end) for piece in pieces if piece.kind == "time"]
    words = [word.folded for word in words_of(text) if not _inside(word.start, timed)]
    ahead = _ahead(words)
    if ahead is not None:
        return Moment(minutes=ahead)
    before = _before(words)
    if before is not None:
        return Moment(before=before, clock=clock)
    if any(word in BEFORE for word in words):
        return None  # "before Friday" is no moment yet
    left = [word.folded for word in words_of(text) if not _inside(word.start, spans)]
    if any(word not in FILLING for word in left) or not spans:
        return None
    return Moment(day=day, clock=clock)


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _ahead(words: list[str]) -> int | None:
    """ "in 2 hours", "σε 30 λεπτά", "۲ ساعت دیگر" as minutes."""
    said = [word for word in words if word not in AHEAD]
    if len(said) != 2 or len(said) == len(words):
        return None
    number = number_in(said[0])
    size = 60 if said[1] in HOURS else 1 if said[1] in MINUTES else None
    return number * size if number and size else None


def _before(words: list[str]) -> int | None:
    """ "3 days before due", "μία μέρα πριν την προθεσμία", "on the due day" as days."""
    if not any(word in NAMES_DUE or word in BEFORE for word in words):
        return None
    said = [
        word
        for place, word in enumerate(words)
        if word not in FILLING
        and word not in NAMES_DUE
        and (word not in OF_THE_DUE_DAY or (place and number_in(words[place - 1]) is not None))
    ]
    if not said:
        return 0
    if said[-1] not in BEFORE and said[0] not in BEFORE:
        return None
    rest = [word for word in said if word not in BEFORE]
    if len(rest) == 1 and rest[0] in UNITS:
        rest = ["1", *rest]
    if not rest and any(word in UNITS and UNITS[word] == "day" for word in words):
        return 1
    if len(rest) != 2 or rest[1] not in UNITS:
        return None
    number, unit = number_in(rest[0]), UNITS[rest[1]]
    return number * {"day": 1, "week": 7, "month": 30, "year": 365}[unit] if number is not None else None
