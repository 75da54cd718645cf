"""What a line of a pending item says beyond every item: protocol number and counterpart."""

from .queries.details import Details


def note(details: Details) -> str:
    """Protocol number and counterpart, as far as they are known."""
    parts = (details.protocol_number, details.counterpart.name if details.counterpart else None)
    return " · ".join(part for part in parts if part)
