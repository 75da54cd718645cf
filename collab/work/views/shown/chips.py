"""A party as a page shows it small."""

from collab.web.shell import initials

from ...queries.shapes import PartyRef
from .values import Chip


def chip(party: PartyRef) -> Chip:
    """A party small, with where its page is."""
    href = {"person": f"/people/{party.id}", "unit": f"/units/{party.code}"}.get(party.kind, "") if party.id else ""
    return Chip(party.name, party.kind, href, initials(party.name)[:2] or "·", party.id % 8)
