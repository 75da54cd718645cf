"""How long a question may take that somebody put together themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from collab.core.db import db
from collab.core.i18n import N_, _

from ..filters.errors import BadQuery

SHORT = "2500ms"
USUAL = "10s"
GIVEN_UP = "57014"
TOO_SLOW = N_("This question takes too long. Ask for open items, or name a holder, a unit or a label.")


@contextmanager
def patience(*, short: bool = False) -> Iterator[None]:
    """Give a question up, with a sentence, when it takes too long; sooner where no index leads into it (`short`)."""
    if short:
        db.session.execute(text(f"set statement_timeout = '{SHORT}'"))
    try:
        yield
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == GIVEN_UP:
            raise BadQuery(_(TOO_SLOW)) from error
        raise
    finally:
        if short:
            db.session.execute(text(f"set statement_timeout = '{USUAL}'"))
