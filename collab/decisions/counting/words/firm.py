"""How firm a result is, in words."""

from collections.abc import Iterator

from collab.core.i18n import _, listed, ngettext

from ..firmness import Firmness
from ..short import Short
from ..turning import Turn
from .methods import METHODS, method_name
from .speaking import number as shown
from .speaking import percent


def firmness_in_words(firm: Firmness) -> list[str]:
    """Sentences; none where nothing can be said."""
    said = list(_others(firm))
    if firm.short is not None:
        said.append(_short(firm.short))
    for turn in firm.turns:
        said.extend(_turn(turn))
    return said


def _others(firm: Firmness) -> Iterator[str]:
    asked = [one for one in firm.others if one.method in METHODS]
    same = [method_name(one.method) for one in asked if one.same]
    if same:
        yield _("Other rules agree: %(names)s.", names=listed(same))
    for one in asked:
        if not one.same:
            yield _(
                "%(method)s would have chosen: %(names)s.",
                method=method_name(one.method),
                names=listed(one.winners) or "—",
            )
    for one in firm.others:
        if one.method == "equal-weights":
            yield (
                _("With equal weights it is the same.")
                if one.same
                else _("With equal weights it would be: %(names)s.", names=listed(one.winners))
            )


def _short(short: Short) -> str:
    said = {"number": shown(short.votes), "rival": short.rival}
    if short.rival in ("yes", "no"):
        return ngettext(
            "It hung on %(number)s vote that would have had to be the other way.",
            "It hung on %(number)s votes that would have had to be the other way.",
            short.votes,
            **said,
        )
    if short.sure == "exactly":
        return ngettext(
            "%(number)s ballot otherwise, and %(rival)s would have been level or ahead.",
            "%(number)s ballots otherwise, and %(rival)s would have been level or ahead.",
            short.votes,
            **said,
        )
    if short.sure == "at-least" and short.votes == 1:
        return _("One ballot otherwise might already have changed it; the closest is %(rival)s.", **said)
    if short.sure == "at-least":
        return ngettext(
            "No change with fewer than %(number)s ballot otherwise; the closest is %(rival)s.",
            "No change with fewer than %(number)s ballots otherwise; the closest is %(rival)s.",
            short.votes,
            **said,
        )
    return ngettext(
        "The closest call: %(number)s ballot otherwise, and it might have been %(rival)s.",
        "The closest call: %(number)s ballots otherwise, and it might have been %(rival)s.",
        short.votes,
        **said,
    )


def _turn(turn: Turn) -> Iterator[str]:
    said = {"criterion": turn.criterion, "weight": percent(turn.weight)}
    if turn.low is not None:
        yield _(
            "If “%(criterion)s” weighed less than %(at)s%%, and not %(weight)s%%, %(name)s would be first.",
            at=percent(turn.low),
            name=turn.then_low,
            **said,
        )
    if turn.high is not None:
        yield _(
            "If “%(criterion)s” weighed more than %(at)s%%, and not %(weight)s%%, %(name)s would be first.",
            at=percent(turn.high),
            name=turn.then_high,
            **said,
        )
    if turn.low is None and turn.high is None:
        yield _("No weight of “%(criterion)s” changes who is first.", **said)
