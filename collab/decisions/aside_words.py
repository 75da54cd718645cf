"""In words: why somebody is asked whether they stand aside, to them and of them, and what they did."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from collab.core.i18n import N_, _

from .counting.words import apart

YOURS: Final = {
    "holder": N_("You hold %(item)s, which “%(option)s” is about."),
    "part": N_("You work on a part of %(item)s, which “%(option)s” is about."),
    "awaited": N_("Something is awaited of you on %(item)s, which “%(option)s” is about."),
}
MINE: Final = {
    "holder": N_("I hold %(item)s, which “%(option)s” is about."),
    "part": N_("I work on a part of %(item)s, which “%(option)s” is about."),
    "awaited": N_("Something is awaited of me on %(item)s, which “%(option)s” is about."),
}
THEIRS: Final = {
    "holder": N_("holds %(item)s, which “%(option)s” is about"),
    "part": N_("works on a part of %(item)s, which “%(option)s” is about"),
    "awaited": N_("is awaited on %(item)s, which “%(option)s” is about"),
}
UNSEEN: Final = N_("a matter that is not for you to see")
DID: Final = {
    "aside": N_("stood aside"),
    "stays": N_("said that they take part all the same"),
    "silent": N_("did not stand aside"),
    "asked": N_("is asked whether they stand aside"),
    "would-be": N_("would be asked whether they stand aside"),
}


def said_of(
    proposed: Iterable[Mapping[str, Any]] | None,
    titles: Mapping[int, str],
    abouts: Mapping[int, str],
    words: Mapping[str, str] = THEIRS,
) -> list[str]:
    """Each reason in words; `titles` and `abouts` by option, the latter only where the reader sees the item."""
    said = []
    for one in proposed or ():
        word, of = words[one["because"]], one["option"]
        said.append(_(word, item=abouts.get(of) or _(UNSEEN), option=apart(titles.get(of, "?"))))
    return said


def plain(said: str) -> str:
    """Without the signs that keep directions apart, for somebody to write on."""
    return said.translate(dict.fromkeys(map(ord, "\u2068\u2069")))


def did(*, recused: bool, stays: bool, over: bool, opened: bool = True) -> str:
    """What somebody who was asked did; silence counts as a no only once the vote is over."""
    return DID[
        "would-be" if not opened else "aside" if recused else "stays" if stays else "silent" if over else "asked"
    ]
