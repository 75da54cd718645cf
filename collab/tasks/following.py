"""What a unit set up for its pending items goes to the unit that takes over when it is closed."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

_GOES: Final = (
    text("update deadline_rule set unit_id = :into, version = version + 1 where unit_id = :unit"),
    text("update letter_template set unit_id = :into, version = version + 1 where unit_id = :unit"),
)


def goes(session: Session, unit: int, into: int) -> None:
    """Deadline rules and letter templates."""
    for statement in _GOES:
        session.execute(statement, {"unit": unit, "into": into})
