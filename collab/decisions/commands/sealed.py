"""What becomes of envelopes and keys when a confidential vote is over."""

from sqlalchemy import delete, insert, select, update

from collab.core.envelope import afterwards, session

from .. import envelopes
from ..models import Roll


def destroy_afterwards(item_id: int, public: bytes) -> None:
    """The key file goes once the change is committed: were it gone before, what is rolled back could not be counted."""
    found = envelopes.places()
    afterwards(lambda: envelopes.destroy(found, item_id, public))


def forget_envelopes(item_id: int) -> None:
    """Write the roll of a confidential vote anew, every line of it, without envelopes and receipts."""
    made = session()
    made.flush()
    columns = [column for column in Roll.__table__.columns if column.name not in ("envelope", "receipt")]
    rows = [dict(row._mapping) for row in made.execute(select(*columns).where(Roll.item_id == item_id))]
    for known in [each for each in made if isinstance(each, Roll)]:
        made.expunge(known)  # the rows they stand for are about to go
    made.execute(delete(Roll).where(Roll.item_id == item_id).execution_options(synchronize_session=False))
    if rows:
        rows.sort(key=lambda one: one["person_id"])
        made.connection().execute(insert(Roll.__table__), rows)  # type: ignore[arg-type]


def forget_choices(item_id: int) -> None:
    """Of an open vote that is given up nothing is left of what anybody voted."""
    made = session()
    made.flush()
    made.execute(update(Roll).where(Roll.item_id == item_id).values(choice=None))
