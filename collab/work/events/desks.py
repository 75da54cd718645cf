"""What follows a person who leaves or moves, and a unit that closes or is split."""

from collab.core.facts import Fact, code, day, fact, party
from collab.core.i18n import N_


@fact("item-followed", of="work-item", says=N_("%(closed)s was closed; this went to %(unit)s"))
class ItemFollowed(Fact):
    closed: int | None = party()
    unit: int | None = party()
    holder: int | None = party()


@fact("item-split-off", of="work-item", says=N_("%(split)s was split; this went to %(unit)s"))
class ItemSplitOff(Fact):
    split: int | None = party()
    unit: int | None = party()


@fact(
    "expected-split-off",
    of="work-item",
    says=N_("%(split)s was split; what it was asked or awaits here went along"),
)
class ExpectedSplitOff(Fact):
    split: int | None = party()


@fact(
    "expected-followed",
    of="work-item",
    says=N_("%(closed)s was closed; what it was asked or awaits here went to %(unit)s"),
)
class ExpectedFollowed(Fact):
    closed: int | None = party()
    unit: int | None = party()


@fact("item-handed-on", of="work-item", says=N_("%(actor)s passed it on to %(holder)s with the desk of %(before)s"))
class ItemHandedOn(Fact):
    holder: int | None = party()
    before: int | None = party()
    unit: int | None = party()
    left: int | None = party()


@fact(
    "question-passed-on",
    of="work-item",
    says=N_("%(actor)s passed the question to %(before)s on to %(awaited)s, with the desk"),
)
class QuestionPassedOn(Fact):
    wait: int
    awaited: int | None = party()
    before: int | None = party()


@fact("asker-changed", of="work-item", says=N_("%(asker)s now awaits the answer instead of %(before)s, with the desk"))
class AskerChanged(Fact):
    wait: int
    asker: int | None = party()
    before: int | None = party()


@fact(
    "offer-passed-on", of="work-item", says=N_("%(actor)s passed the offer to %(before)s on to %(to)s, with the desk")
)
class OfferPassedOn(Fact):
    handover: int
    to: int | None = party()
    before: int | None = party()


@fact("offerer-changed", of="work-item", says=N_("%(to)s now answers for the offer of %(before)s, with the desk"))
class OffererChanged(Fact):
    handover: int
    to: int | None = party()
    before: int | None = party()


DESK_KINDS = {"leaving": N_("leaving"), "transfer": N_("transfer to another unit")}


@fact(
    "desk-handed-over",
    of="desk-handover",
    says=N_("%(actor)s handed over the desk of %(person)s in %(unit)s: %(number)s lines"),
)
class DeskHandedOver(Fact):
    person: int | None = party()
    unit: int | None = party()
    why: str = code(labels=DESK_KINDS)
    number: int = 0
    watched: int = 0
    last_day: str | None = day()


@fact("desk-signed", of="desk-handover", says=N_("%(actor)s signed the handover of the desk of %(person)s"))
class DeskSigned(Fact):
    person: int | None = party()


@fact("person-transferred", of="desk-handover", says=N_("%(actor)s put %(person)s into %(into)s, from %(since)s"))
class PersonTransferred(Fact):
    person: int | None = party()
    unit: int | None = party()
    into: int | None = party()
    since: str | None = day()


@fact("desk-closed", of="desk-handover", says=N_("%(actor)s ended the memberships and the account of %(person)s"))
class DeskClosed(Fact):
    person: int | None = party()
