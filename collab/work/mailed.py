"""An e-mail that came to the address of a question, taken in with the rights of whoever made that address."""

from collections.abc import Callable

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import speaking
from collab.people.queries.tree import tree
from collab.people.recognise import person_as_actor
from collab.people.secrets import digest

from .answering import answer_by_mail
from .mail_reading import Mailed
from .queries.mailed import opened_by


def take_in(secret: str, read: Callable[[], Mailed]) -> bool:
    """Whether it was taken as the answer; what came is read once the secret is known to open something. Raises NotFound
    for a secret that opens nothing, or nothing any more."""
    opened = opened_by(secret)
    writer = person_as_actor(opened.made_by) if opened else None
    if opened is None or writer is None:
        raise NotFound
    language = tree().locale
    db.session.remove()
    came = read()
    with speaking(language):
        try:
            return answer_by_mail(SYSTEM, opened.wait_id, digest(secret), writer, came)
        except Forbidden:
            raise NotFound from None
