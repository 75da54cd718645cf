"""How many votes each has, where a rule gives somebody more than one: kept in the rule card, hashed with it at opening.

A vote of weight three counts as three equal ballots, in every method, in the quorum and in the turnout.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from collab.core.dates import digits
from collab.core.envelope import session
from collab.core.forms import wrong
from collab.core.i18n import N_, _, in_language, ngettext
from collab.people.models import Party, Person

from .electing import Elector
from .forms import DecisionFields

MOST_VOTES: Final = 100_000
"""So many votes are counted at most: each weighs as so many ballots."""
TWICE: Final = N_("Somebody is named twice.")
NO_SUCH: Final = N_("Choose one from the list.")
TELLS: Final = N_("Where votes weigh differently a confidential vote would tell who voted what. Make it an open one.")
NO_CONSENT: Final = N_("By consent everybody's objection weighs the same.")
NOT_ENTITLED: Final = N_("%(name)s has more than one vote here, and is not entitled.")
TOO_MANY: Final = N_("Together these are more than %(most)s votes.")


def card_weights(form: DecisionFields) -> dict[str, Any]:
    """What the card says of it: whoever has more than one vote. Nothing where nobody has."""
    more = sorted((one.person, one.weight) for one in form.weights if one.weight > 1)
    return {"weights": [{"person": person, "weight": weight} for person, weight in more]} if more else {}


def refuse_weights(form: DecisionFields) -> None:
    """Raises Invalid at `weights` where nobody could have them so."""
    named = [one.person for one in form.weights]
    if len(set(named)) < len(named):
        raise wrong("weights", _(TWICE))
    if named and set(session().scalars(select(Person.id).where(Person.id.in_(named)))) != set(named):
        raise wrong("weights", _(NO_SUCH))
    if not card_weights(form):
        return
    if form.level == "confidential":
        raise wrong("weights", _(TELLS))
    if form.preset == "consent":
        raise wrong("weights", _(NO_CONSENT))


def refuse_unfit(card: Mapping[str, Any], voters: Iterable[Elector]) -> None:
    """At the opening: whoever has more than one vote is entitled. Raises Invalid at `weights`."""
    weights, able = weights_of(card), {one.person_id for one in voters}
    if gone := sorted(weights.keys() - able):
        found = session().execute(select(Party.names, Party.label).where(Party.id == gone[0])).one()
        raise wrong("weights", _(NOT_ENTITLED, name=in_language(found.names, found.label)))
    if len(able) - len(weights) + sum(weights.values()) > MOST_VOTES:
        raise wrong("weights", _(TOO_MANY, most=digits(MOST_VOTES)))


def weights_of(card: Mapping[str, Any]) -> dict[int, int]:
    """Person → their votes, of those who have more than one."""
    return {int(one["person"]): int(one["weight"]) for one in card.get("weights", ())}


def votes(lines: Iterable[Any]) -> int:
    """The votes of these lines of a roll together."""
    return sum(line.weight for line in lines)


def repeated(cast: Iterable[tuple[Mapping[str, Any] | None, int]]) -> list[Mapping[str, Any]]:
    """Each ballot as often as it weighs: (what was voted, weight), those without a ballot left out."""
    return [choice for choice, weight in cast if choice is not None for _each in range(weight)]


def weight_words(weight: int) -> str:
    """How many votes somebody has."""
    return ngettext("%(count)s vote", "%(count)s votes", weight, count=digits(weight))


def said_of_weights(card: Mapping[str, Any]) -> Sequence[str]:
    """A sentence where votes weigh differently."""
    many = len(weights_of(card))
    if not many:
        return ()
    return (
        ngettext(
            "%(count)s person has more than one vote. Votes are counted, not people.",
            "%(count)s people have more than one vote. Votes are counted, not people.", many, count=digits(many),
        ),
    )  # fmt: skip
