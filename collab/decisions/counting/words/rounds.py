"""One round of a count in words."""

from collections.abc import Iterator

from collab.core.i18n import _, listed, ngettext

from ..exact import Number
from ..result import Result, Round
from .speaking import number


def round_in_words(result: Result, at: int) -> list[str]:
    """What happened in round `at`, counted from 0, in sentences."""
    one = result.rounds[at]
    before = result.rounds[at - 1] if at else None
    return [*_done(result, one, before), *_followed(result, one)]


def _done(result: Result, one: Round, before: Round | None) -> Iterator[str]:
    of = listed(one.of)
    if one.action == "count":
        standing = sorted(one.votes, key=lambda pair: -pair[1])
        said = listed(f"{name} {_votes(result, votes)}" for name, votes in standing if votes or len(standing) <= 10)
        yield _("The votes: %(votes)s.", votes=said)
    elif one.action == "surplus" and before is not None:
        over = dict(before.votes)[one.of[0]] - dict(one.votes)[one.of[0]]
        yield _(
            "%(name)s has %(votes)s votes more than the quota; they go on to the next choices of those who gave them.",
            name=of,
            votes=_votes(result, over),
        )
    elif one.action == "exclude" and before is not None:
        had = dict(before.votes)[one.of[0]]
        yield _(
            "%(name)s has fewest votes, %(votes)s, and goes out; these votes go to the next choice on each ballot.",
            name=of,
            votes=_votes(result, had),
        )
    elif one.action == "fill":
        yield _("As many remain as there are seats left, and take them: %(names)s.", names=of)
    elif one.action == "take":
        yield _(
            "%(name)s, %(votes)s votes, is taken; %(left)s is left.",
            name=of,
            votes=number(one.votes[0][1]),
            left=number(one.exhausted),
        )
    elif one.action == "pass-over" and not one.votes[0][1]:
        yield _("Nobody voted for %(name)s: it is not taken.", name=of)
    elif one.action == "pass-over":
        yield _(
            "%(name)s, %(votes)s votes, costs more than the %(left)s that is left, and is passed over.",
            name=of,
            votes=number(one.votes[0][1]),
            left=number(one.exhausted),
        )


def _followed(result: Result, one: Round) -> Iterator[str]:
    if one.action in ("take", "pass-over", "fill"):
        return
    if one.elected and result.quota is not None:
        yield ngettext(
            "%(names)s reaches the quota of %(quota)s and is elected.",
            "%(names)s reach the quota of %(quota)s and are elected.",
            len(one.elected),
            names=listed(one.elected),
            quota=number(result.quota),
        )
    elif one.elected and result.method == "irv":
        yield _("%(name)s has more than half of the votes that still count.", name=listed(one.elected))
    if one.exhausted and result.method in ("irv", "stv", "scottish-stv"):
        yield _("%(votes)s votes name nobody who is still in.", votes=_votes(result, one.exhausted))
    if one.lost:
        yield _("%(votes)s were lost by cutting decimals.", votes=_votes(result, one.lost))


def _votes(result: Result, value: Number) -> str:
    return number(value, result.decimals)
