"""The shared identity of people, units, posts and outsiders, and its names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from collab.core.text.fold import fold
from collab.core.text.sort import sort_key

from ..models import Party


@dataclass(frozen=True, slots=True)
class Naming:
    """A name in the organisation's own language, the same in others, and other words it is found by (a code)."""

    label: str
    names: dict[str, str] = field(default_factory=dict)
    also: str = ""

    def row(self) -> dict[str, object]:
        """The columns of `party` that follow from it."""
        return {
            "label": self.label,
            "names": {code: name for code, name in self.names.items() if name and name != self.label},
            "sort_key": sort_key(self.label),
            "folded": found_by(self),
        }


def found_by(naming: Naming) -> str:
    """Everything the party is found by, folded: its label first, then what adds to it."""
    words = [fold(text) for text in (naming.label, *naming.names.values(), naming.also) if text]
    return " ".join(dict.fromkeys(word for word in words if word))


def add_parties(session: Session, kind: str, namings: Sequence[Naming]) -> list[int]:
    """New identities, in the order given."""
    if not namings:
        return []
    rows = [{"kind": kind, **naming.row()} for naming in namings]
    return list(session.scalars(insert(Party).returning(Party.id, sort_by_parameter_order=True), rows))


def rename_parties(session: Session, namings: Sequence[tuple[int, Naming]]) -> None:
    """Other names for known identities."""
    if not namings:
        return
    rows = [{"party_id": id_, **naming.row()} for id_, naming in namings]
    columns = Party.__table__.c
    names = ("label", "names", "sort_key", "folded")
    statement = (
        update(Party)
        .where(columns.id == bindparam("party_id"))
        .values({name: bindparam(name, type_=columns[name].type) for name in names})
    )
    session.connection().execute(statement, rows)
