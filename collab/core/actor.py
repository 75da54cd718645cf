"""Who is acting: computed once per request and handed to every query, rule and command."""

from dataclasses import dataclass, field

SYSTEM_ID = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system) with everything rules ask about them.

    `units` are those they are a member of; `headed` are those they head, deputise or act for, with all units
    below; `reach` is both together. `parties` are the ids they act for: themselves, their posts, and the
    units in `reach`. `named_parties` leaves out what they act for only as a substitute: named-only items stay
    closed to substitutes. `substitutes` are the absent people they stand in for today; `own_headed` leaves out of
    `headed` what is headed only in their stead: what outlasts the day is not done with borrowed rights.
    """

    person_id: int
    name: str = ""
    email: str = ""
    locale: str = "en"
    time_zone: str = "UTC"
    calendar: str = "gregorian"
    theme: str = "auto"
    roles: frozenset[str] = frozenset()
    units: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    reach: frozenset[int] = frozenset()
    parties: frozenset[int] = frozenset()
    named_parties: frozenset[int] = frozenset()
    substitutes: frozenset[int] = frozenset()
    own_headed: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()  # the units headed directly, without those below
    session_id: int | None = None
    token_id: int | None = None
    scopes: frozenset[str] | None = None  # None: everything (a signed-in browser)
    via: str = "page"
    bot: bool = False
    shows_presence: bool = True
    rooms: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_system(self) -> bool:
        return self.person_id == SYSTEM_ID

    @property
    def is_administrator(self) -> bool:
        return "administrator" in self.roles

    @property
    def is_auditor(self) -> bool:
        return "auditor" in self.roles

    def acts_for(self, party: int | None) -> bool:
        """Whether what is expected of `party` is expected of this actor."""
        return party is not None and party in self.parties

    def may_scope(self, scope: str) -> bool:
        """Whether the token in use allows `scope` (`read` or `write`)."""
        return self.scopes is None or scope in self.scopes


SYSTEM = Actor(person_id=SYSTEM_ID, name="Collab", via="system")
