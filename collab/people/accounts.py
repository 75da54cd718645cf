"""What the account of a person stands at: open, not invited yet, invited and without a password yet, or closed."""

from typing import Final, Literal

from sqlalchemy import ColumnElement, and_, case

from .models import Person

Account = Literal["", "not-invited", "invited"]
"""Which of the open accounts: all of them, those to whom no invitation went yet, those who chose no password yet."""

NO_PASSWORD: Final = and_(Person.kind == "person", Person.active, Person.password_hash.is_(None))
NOT_INVITED: Final = and_(NO_PASSWORD, Person.invited_at.is_(None))
INVITED: Final = and_(NO_PASSWORD, Person.invited_at.is_not(None))
NARROWED: Final[dict[Account, ColumnElement[bool]]] = {"not-invited": NOT_INVITED, "invited": INVITED}

STANDS_AT: Final = case(
    (Person.active.is_(False), "closed"), (NOT_INVITED, "not-invited"), (INVITED, "invited"), else_="open"
).label("account")
