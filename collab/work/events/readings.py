"""What auditors read."""

from collab.core.facts import Fact, day, fact, party, prose
from collab.core.i18n import N_


@fact("item-read-by-auditor", of="work-item", says=N_("%(actor)s read it as auditor"))
class ItemReadByAuditor(Fact):
    pass


@fact("ledger-read", of="organisation", says=N_("%(actor)s read the ledger"))
class LedgerRead(Fact):
    """What was asked for: by whom, of which kind, about which item, from and to which day."""

    person: int | None = party()
    of_kind: str = ""
    item: str = ""
    since: str | None = day()
    until: str | None = day()


@fact("list-read-by-auditor", of="organisation", says=N_("%(actor)s read a list of %(number)s lines: %(asked)s"))
class ListReadByAuditor(Fact):
    """An auditor was shown a list, a search, a sheet or a feed: through which door, asked what, with how many lines."""

    door: str = ""
    number: int = 0
    asked: str = prose()
