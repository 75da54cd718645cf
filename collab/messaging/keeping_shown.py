"""Rules of retention in words."""

from dataclasses import dataclass
from typing import Final

from babel.numbers import format_decimal

from collab.core import dates
from collab.core.actor import Actor
from collab.core.i18n import N_, _, locale, ngettext
from collab.people.queries.today import today

from .events import TALKS
from .list_shown import HEADINGS, ICONS
from .queries.keeping import Preview, Rule

FOR_EVER: Final = N_("for ever")
FROM: Final = N_("from %(day)s on")


@dataclass(frozen=True, slots=True)
class KindShown:
    """One kind of conversation with its rule. `begins`: the day from which it removes, while that is to come."""

    kind: str
    icon: str
    name: str
    months: int | None
    begins: str


@dataclass(frozen=True, slots=True)
class PreviewShown:
    """What a rule would remove, in sentences."""

    title: str
    says: list[str]
    removes: bool
    act: str


def months_words(months: int | None) -> str:
    if months is None:
        return _(FOR_EVER)
    return ngettext("%(count)s month", "%(count)s months", months, count=dates.digits(months))


def kinds_shown(actor: Actor, found: list[Rule]) -> list[KindShown]:
    """The rules in the order of the list of conversations."""
    return [
        KindShown(
            one.kind, ICONS[one.kind], _(dict(HEADINGS)[one.kind]), one.months,
            _(FROM, day=_day(actor, one.begins_on)) if one.begins_on and one.begins_on > today() else "",
        )
        for one in found
    ]  # fmt: skip


def preview_shown(actor: Actor, found: Preview) -> PreviewShown:
    """What would happen, before it does."""
    kind, kept = _(TALKS[found.kind]), months_words(found.months)
    title = _("Messages in %(kind)s: kept %(months)s", kind=kind, months=kept)
    if found.months is None:
        return PreviewShown(
            title, [_("Nothing is removed any more. What was removed does not come back.")], False, kept
        )
    day = _day(actor, found.begins_on)
    if found.messages:
        of = ngettext("%(count)s conversation", "%(count)s conversations", found.conversations,
                      count=_number(found.conversations))  # fmt: skip
        many = _number(found.messages) + ("+" if found.more else "")
        says = [
            ngettext(
                "%(count)s message in %(talks)s will be removed on %(day)s.",
                "%(count)s messages in %(talks)s will be removed on %(day)s.",
                found.messages, count=many, talks=of, day=day,
            )
        ]  # fmt: skip
    else:
        says = [_("Nothing is old enough to be removed on %(day)s.", day=day)]
    says.append(_("From then on whatever becomes older than %(months)s goes every day.", months=kept))
    if found.held:
        many = _number(found.held)
        says.append(
            ngettext(
                "%(count)s message is under a legal hold and stays.",
                "%(count)s messages are under a legal hold and stay.", found.held, count=many,
            )
        )  # fmt: skip
    return PreviewShown(title, says, removes=True, act=kept)


def _day(actor: Actor, day: object) -> str:
    return dates.shown(day, "long", calendar=actor.calendar)  # type: ignore[arg-type]


def _number(number: int) -> str:
    return dates.digits(format_decimal(number, locale=locale()))
