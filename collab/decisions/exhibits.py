"""Evidence as papers tell of it: what stood beside question and options when the vote opened, what came later, and
what was taken away since. Pure.

Of each file that stands there when the vote opens one fingerprint is among the words that are hashed then. It covers
the name and the contents, and tells neither: who takes a file away while the vote runs takes its name out of every
paper too, and the gap it leaves is told all the same.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from .counting.exact import canonical


class Exhibit(NamedTuple):
    """One version of a file beside an option, or (`option` is None) beside the question."""

    option: int | None
    name: str
    version: int
    media_type: str
    size: int
    sha256: str
    added_at: datetime


class Stood(NamedTuple):
    """What the words of the opening say of a file: beside which option, and its fingerprint."""

    option: int | None
    file: str


def stood_in(said: Iterable[Mapping[str, Any]] | None) -> list[Stood] | None:
    """What the words of an opening say; nothing where evidence is not among what was hashed then."""
    return None if said is None else [Stood(**one) for one in said]


@dataclass(frozen=True, slots=True)
class Told:
    """Every version that is there, whether it was `at_opening`; and of the opening, what is there no more."""

    files: tuple[tuple[Exhibit, bool], ...] = ()
    gone: tuple[Stood, ...] = ()

    def beside(self, option: int | None) -> list[tuple[Exhibit, bool]]:
        """What people are shown: under each name the newest version of the opening, and the newest that came later."""
        newest: dict[tuple[str, bool], Exhibit] = {}
        for one, at_opening in self.files:
            known = newest.get((one.name, at_opening))
            if one.option == option and (known is None or known.version < one.version):
                newest[one.name, at_opening] = one
        return [(one, at_opening) for (_name, at_opening), one in newest.items()]

    def gone_beside(self, option: int | None) -> int:
        """How many files of the opening are there no more."""
        return sum(one.option == option for one in self.gone)


def fingerprint(one: Exhibit) -> str:
    """SHA-256 over where it stands and what it is; the program in the bundle spells it alike."""
    said = [one.option, one.name, one.version, one.media_type, one.size, one.sha256]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def stands(exhibits: Iterable[Exhibit]) -> list[Stood]:
    """What the words of the opening say of them, in an order that tells nothing."""
    return sorted(
        (Stood(one.option, fingerprint(one)) for one in exhibits), key=lambda one: (one.option or 0, one.file)
    )


def told_of(exhibits: Sequence[Exhibit], stood: Sequence[Stood] | None, opened_at: datetime | None) -> Told:
    """Files as they are by now, held against the opening. Without `stood` (it opened before evidence was among what is
    hashed) the time says what was there."""
    if stood is None:
        return Told(tuple((one, opened_at is not None and one.added_at <= opened_at) for one in exhibits))
    then, now = {one.file for one in stood}, [fingerprint(one) for one in exhibits]
    files = tuple((one, mark in then) for one, mark in zip(exhibits, now, strict=True))
    return Told(files, tuple(one for one in stood if one.file not in now))


def evidence_json(told: Told, question: str, titles: Mapping[int, str]) -> list[dict[str, Any]]:
    """What stands in the bundle, beside the question first and then option by option: names and hashes, never who gave
    it, and of what is gone no more than that it is."""
    found = []
    for option, beside in ((None, question), *titles.items()):
        place = {"option": option, "beside": beside}
        found += [
            place | {
                "name": one.name, "version": one.version, "media_type": one.media_type, "size": one.size,
                "sha256": one.sha256, "at_opening": at_opening,
            }
            for one, at_opening in told.files if one.option == option
        ]  # fmt: skip
        found += [
            place | {"fingerprint": one.file, "at_opening": True, "removed": True}
            for one in told.gone if one.option == option
        ]  # fmt: skip
    return found
