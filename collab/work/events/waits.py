"""Who is awaited, who answered, and what that does to the clock."""

from collab.core.facts import Fact, day, fact, party, prose
from collab.core.i18n import N_


@fact("wait-opened", of="work-item", says=N_("%(actor)s awaits %(awaited)s: %(what)s"))
class WaitOpened(Fact):
    wait: int
    sense: str
    awaited: int | None = party()
    what: str = prose()
    until: str | None = day()
    stops_clock: bool = False


@fact("wait-answered", of="work-item", says=N_("%(actor)s wrote down the answer of %(awaited)s"))
class WaitAnswered(Fact):
    wait: int
    awaited: int | None = party()
    asker: int | None = party()


@fact("answer-arrived", of="work-item", says=N_("The answer of %(awaited)s had arrived on %(arrived_on)s"))
class AnswerArrived(Fact):
    wait: int
    awaited: int | None = party()
    arrived_on: str | None = day()


@fact("answer-mailed", of="work-item", says=N_("The answer of %(awaited)s came by e-mail from %(sender)s"))
class AnswerMailed(Fact):
    """`sender`: whom the message states; nothing proves it."""

    wait: int
    awaited: int | None = party()
    sender: str = prose()


@fact(
    "answer-address-opened", of="work-item", says=N_("%(actor)s made an e-mail address for the answer of %(awaited)s")
)
class AnswerAddressOpened(Fact):
    wait: int
    awaited: int | None = party()


@fact(
    "answer-address-closed",
    of="work-item",
    says=N_("%(actor)s withdrew the e-mail address for the answer of %(awaited)s"),
)
class AnswerAddressClosed(Fact):
    wait: int
    awaited: int | None = party()


@fact("wait-withdrawn", of="work-item", says=N_("%(actor)s no longer awaits %(awaited)s"))
class WaitWithdrawn(Fact):
    wait: int
    awaited: int | None = party()


@fact("wait-taken", of="work-item", says=N_("%(actor)s took it out of the tray"))
class WaitTaken(Fact):
    wait: int


@fact("wait-nudged", of="work-item", says=N_("%(actor)s reminded %(awaited)s"))
class WaitNudged(Fact):
    wait: int
    awaited: int | None = party()


@fact(
    "stand-in-nudged",
    of="work-item",
    says=N_("%(actor)s reminded %(stand_in)s, who stands in for %(awaited)s"),
)
class StandInNudged(Fact):
    wait: int
    awaited: int | None = party()
    stand_in: int | None = party()


@fact("asker-reminded", of="work-item", says=N_("%(actor)s told %(asker)s that it is time to ask %(awaited)s again"))
class AskerReminded(Fact):
    """Nobody outside is written to by itself: whoever asked is told."""

    wait: int
    awaited: int | None = party()
    asker: int | None = party()


@fact("wait-day-came", of="work-item", says=N_("The day came for which it waited"))
class WaitDayCame(Fact):
    wait: int
    asker: int | None = party()


@fact(
    "wait-lapsed",
    of="work-item",
    says=N_("Overdue, and expected of %(awaited)s: it goes up to %(to)s (level %(level)s)"),
)
class WaitLapsed(Fact):
    wait: int
    awaited: int | None = party()
    to: int | None = party()
    level: int = 1


@fact("wait-escalated", of="work-item", says=N_("%(actor)s took it up to %(to)s: %(reason)s"))
class WaitEscalated(Fact):
    wait: int
    to: int | None = party()
    level: int = 1
    reason: str = prose()


@fact("clock-stopped", of="work-item", says=N_("The clock stopped: %(awaited)s is awaited"))
class ClockStopped(Fact):
    wait: int
    awaited: int | None = party()


@fact("clock-resumed", of="work-item", says=N_("The clock runs again"))
class ClockResumed(Fact):
    wait: int
    stopped_on: str | None = day()
    resumed_on: str | None = day()
