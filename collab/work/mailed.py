"""An e-mail that came to the address of a question, taken in with the rights of whoever made that address."""

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import speaking
from collab.people.queries.tree import tree
from collab.people.recognise import person_as_actor

from .answering import answer_by_mail
from .mail_reading import Mailed
from .queries.mailed import opened_by


def take_in(secret: str, came: Mailed) -> bool:
    """Whether it was taken as the answer. Raises NotFound for a secret that opens nothing, or nothing any more."""
    opened = opened_by(secret)
    writer = person_as_actor(opened.made_by) if opened else None
    if opened is None or writer is None:
        raise NotFound
    language = tree().locale
    db.session.remove()
    with speaking(language):
        try:
            return answer_by_mail(SYSTEM, opened.wait_id, writer, came)
        except Forbidden:
            raise NotFound from None
