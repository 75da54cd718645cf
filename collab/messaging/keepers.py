"""Who keeps a group when nobody does any more."""

from sqlalchemy import and_, or_, select, update

from collab.core.envelope import session
from collab.people.models import Person

from .models import ConversationMember

HERE = or_(Person.id.is_(None), and_(Person.active, Person.kind == "person"))
"""A unit, a post, or somebody on the staff who has not left; programs keep nothing."""


def pass_on(talk_id: int) -> bool:
    """See to it that somebody who is here keeps a group: whoever has been in it the longest, a person before a unit or
    a post. False where nobody is left. For commands and reactions."""
    it = ConversationMember
    members = (
        session()
        .execute(
            select(it.party_id, it.keeper)
            .outerjoin(Person, Person.id == it.party_id)
            .where(it.conversation_id == talk_id, HERE)
            .order_by(Person.id.is_(None), it.since, it.party_id)
        )
        .all()
    )
    if members and not any(member.keeper for member in members):
        mine = and_(it.conversation_id == talk_id, it.party_id == members[0].party_id)
        session().execute(update(it).where(mine).values(keeper=True))
    return bool(members)
