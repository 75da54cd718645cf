"""In whose name somebody acts, when it is not their own."""

from collab.core.actor import Actor


def behalf(actor: Actor, party_id: int | None) -> int | None:
    """The absent party for whom `actor` acts on `party_id`, when they may do so only as a substitute."""
    if party_id is None or party_id in actor.named_parties or party_id not in actor.parties:
        return None
    return party_id
