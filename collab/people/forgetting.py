"""How long it is kept who came in by which door: a month after the door closed; letters three months after they were
written. Whoever signed in, from where, and what was written to whom are personal data, kept no longer than questions
about them come (Regulation (EU) 2016/679, Article 5(1)(e)). That somebody signed in stays in the ledger."""

from datetime import timedelta
from typing import Final

from sqlalchemy import func

from collab.core.forgetting import Passing, forget

from .models import AccessToken, EmailCode, Mail, SignInSession

AFTER: Final = timedelta(days=30)
LETTERS: Final = timedelta(days=90)

DOORS: Final = (
    Passing(SignInSession, func.least(SignInSession.ended_at, SignInSession.expires_at), AFTER),
    Passing(EmailCode, func.least(EmailCode.used_at, EmailCode.expires_at), AFTER),
    Passing(AccessToken, func.least(AccessToken.revoked_at, AccessToken.expires_at), AFTER),
    Passing(Mail, Mail.created_at, LETTERS),
)


def sweep() -> None:
    """Every so often: what is over so long that nobody asks about it?"""
    forget(DOORS)
