"""What happens to the organisation and at its doors, in the past tense."""

from collab.core.facts import Fact, code, day, fact, party
from collab.core.i18n import N_

MEMBER_KINDS = {
    "head": N_("head"),
    "deputy": N_("deputy head"),
    "acting": N_("acting head"),
    "member": N_("member"),
}
ROLES = {"administrator": N_("administrator"), "auditor": N_("auditor"), "secretary": N_("secretary of ideas")}
SCOPES = {"read": N_("read"), "write": N_("write")}
PURPOSES = {"invitation": N_("invitation"), "reset": N_("new password")}


@fact("unit-created", of="unit", says=N_("%(actor)s created this unit, from %(since)s"))
class UnitCreated(Fact):
    parent: int | None = party()
    since: str | None = day()


@fact("unit-changed", of="unit", says=N_("%(actor)s changed name, code or calendar of this unit"))
class UnitChanged(Fact):
    """`calendar`: whether it goes by another working calendar since."""

    unit_code: str = ""
    was_code: str = ""
    calendar: bool = False


@fact("unit-moved", of="unit", says=N_("%(actor)s moved this unit under %(parent)s, from %(since)s"))
class UnitMoved(Fact):
    parent: int | None = party()
    was_under: int | None = party()
    since: str | None = day()


@fact("unit-closed", of="unit", says=N_("%(actor)s closed this unit, from %(on)s"))
class UnitClosed(Fact):
    on: str | None = day()
    into: int | None = party()


PLANS = {"close": N_("closing"), "move": N_("move")}


@fact("unit-plan-taken-back", of="unit", says=N_("%(actor)s took back what was planned for %(on)s: %(what)s"))
class UnitPlanTakenBack(Fact):
    what: str = code(labels=PLANS)
    on: str | None = day()
    into: int | None = party()


@fact("unit-split-planned", of="unit", says=N_("%(actor)s planned that this unit is split, from %(on)s"))
class UnitSplitPlanned(Fact):
    on: str | None = day()
    split: int = 0


@fact("unit-split", of="unit", says=N_("This unit was split, from %(on)s"))
class UnitSplitCarried(Fact):
    on: str | None = day()
    split: int = 0


@fact("unit-split-taken-back", of="unit", says=N_("%(actor)s took back that this unit is split on %(on)s"))
class UnitSplitTakenBack(Fact):
    on: str | None = day()
    split: int = 0


@fact("tree-turned", of="organisation", says=N_("Changes of the tree planned for %(on)s came into force"))
class TreeTurned(Fact):
    on: str | None = day()


@fact("post-created", of="post", says=N_("%(actor)s created this post in %(unit)s"))
class PostCreated(Fact):
    unit: int | None = party()
    since: str | None = day()


@fact("post-changed", of="post", says=N_("%(actor)s changed this post"))
class PostChanged(Fact):
    unit: int | None = party()


@fact("post-closed", of="post", says=N_("%(actor)s closed this post, from %(on)s"))
class PostClosed(Fact):
    unit: int | None = party()
    on: str | None = day()


@fact("membership-began", of="person", says=N_("%(actor)s put %(person)s into %(unit)s as %(role)s, from %(since)s"))
class MembershipBegan(Fact):
    person: int | None = party()
    unit: int | None = party()
    role: str = code(labels=MEMBER_KINDS)
    post: int | None = party()
    since: str | None = day()


@fact("people-brought-in", of="organisation", says=N_("%(actor)s brought in a list of people"))
class PeopleBroughtIn(Fact):
    """Its rows are told of one by one in the ledger alone; this is what follows from all of them at once."""

    memberships: list[int] | None = None  # those that began


@fact("membership-ended", of="person", says=N_("%(actor)s ended the membership of %(person)s in %(unit)s, from %(on)s"))
class MembershipEnded(Fact):
    person: int | None = party()
    unit: int | None = party()
    on: str | None = day()


@fact("main-unit-chosen", of="person", says=N_("%(actor)s made %(unit)s the main unit of %(person)s"))
class MainUnitChosen(Fact):
    person: int | None = party()
    unit: int | None = party()


@fact("person-added", of="person", says=N_("%(actor)s added %(person)s"))
class PersonAdded(Fact):
    person: int | None = party()


@fact("bot-made", of="person", says=N_("%(actor)s made the bot %(bot)s"))
class BotMade(Fact):
    bot: int | None = party()


@fact("bot-changed", of="person", says=N_("%(actor)s changed the bot %(bot)s"))
class BotChanged(Fact):
    holds: bool
    bot: int | None = party()


@fact("bot-ended", of="person", says=N_("%(actor)s ended the bot %(bot)s"))
class BotEnded(Fact):
    bot: int | None = party()


@fact("person-invited", of="person", says=N_("%(actor)s invited %(person)s"))
class PersonInvited(Fact):
    person: int | None = party()


@fact("person-changed", of="person", says=N_("%(actor)s changed what is known of %(person)s"))
class PersonChanged(Fact):
    person: int | None = party()


@fact("person-deactivated", of="person", says=N_("%(actor)s closed the account of %(person)s"))
class PersonDeactivated(Fact):
    person: int | None = party()


@fact("person-reactivated", of="person", says=N_("%(actor)s opened the account of %(person)s again"))
class PersonReactivated(Fact):
    person: int | None = party()


@fact("roles-changed", of="person", says=N_("%(actor)s changed the roles of %(person)s"))
class RolesChanged(Fact):
    person: int | None = party()
    roles: str = code(labels=ROLES)
    were: str = code(labels=ROLES)


@fact("absence-recorded", of="person", says=N_("%(person)s is away from %(since)s to %(until)s"))
class AbsenceRecorded(Fact):
    absence: int = 0
    person: int | None = party()
    substitute: int | None = party()
    since: str | None = day()
    until: str | None = day()


@fact("absence-cancelled", of="person", says=N_("%(actor)s took back the absence of %(person)s from %(since)s"))
class AbsenceCancelled(Fact):
    absence: int = 0
    person: int | None = party()
    substitute: int | None = party()
    since: str | None = day()


@fact("outsider-added", of="outsider", says=N_("%(actor)s added %(outsider)s"))
class OutsiderAdded(Fact):
    outsider: int | None = party()


@fact("outsider-changed", of="outsider", says=N_("%(actor)s changed what is known of %(outsider)s"))
class OutsiderChanged(Fact):
    outsider: int | None = party()


@fact("calendar-created", of="calendar", says=N_("%(actor)s made this calendar"))
class CalendarCreated(Fact):
    country: str | None = None


@fact("calendar-changed", of="calendar", says=N_("%(actor)s changed this calendar"))
class CalendarChanged(Fact):
    on: str | None = day()


@fact("calendars-extended", of="organisation", says=N_("The working calendars were extended to %(until)s"))
class CalendarsExtended(Fact):
    until: str | None = day()


@fact("organisation-changed", of="organisation", says=N_("%(actor)s changed the organisation's settings"))
class OrganisationChanged(Fact):
    time_zone: str = ""


@fact("signed-in", of="person", says=N_("%(person)s signed in"))
class SignedIn(Fact):
    person: int | None = party()
    session: int = 0


@fact("signed-out", of="person", says=N_("%(person)s signed out"))
class SignedOut(Fact):
    person: int | None = party()
    session: int = 0


@fact("session-ended", of="person", says=N_("%(person)s ended another session"))
class SessionEnded(Fact):
    person: int | None = party()
    session: int = 0


@fact("code-sent", of="person", says=N_("A link was sent to %(person)s: %(purpose)s"))
class CodeSent(Fact):
    person: int | None = party()
    purpose: str = code(labels=PURPOSES)


@fact("password-set", of="person", says=N_("%(person)s chose a password"))
class PasswordSet(Fact):
    person: int | None = party()
    all_doors: bool = False  # tokens and calendar addresses end, too: somebody else may have made them


@fact("token-created", of="person", says=N_("%(actor)s made an access token for %(person)s"))
class TokenCreated(Fact):
    person: int | None = party()
    token: int = 0
    scopes: str = code(labels=SCOPES)


@fact("token-revoked", of="person", says=N_("%(actor)s revoked an access token of %(person)s"))
class TokenRevoked(Fact):
    person: int | None = party()
    token: int = 0


@fact("profile-changed", of="person", says=N_("%(person)s changed their profile"))
class ProfileChanged(Fact):
    person: int | None = party()


@fact("letter-given-up", of="mail", says=N_("A letter to %(person)s was not taken by the mail server and was given up"))
class LetterGivenUp(Fact):
    person: int | None = party()


@fact("letter-opened", of="mail", says=N_("%(actor)s opened a letter to %(person)s"))
class LetterOpened(Fact):
    person: int | None = party()
