"""What a search gives back: frozen, plain, ready for a page, the palette or JSON."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from collab.messaging.mentions import spoken


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A work item with the beginning of its body."""

    score: int
    id: int
    kind: str
    reference: str
    title: str
    body: str
    state_kind: str
    due_on: date | None
    changed_at: datetime
    unit_code: str
    holder_id: int | None
    holder_kind: str | None
    holder_label: str | None
    holder_names: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message with its author and where it stands: in the talk of an item, or in another conversation."""

    score: int
    id: int
    text: str
    created_at: datetime
    author_id: int
    author_label: str
    author_names: dict[str, Any]
    reference: str | None
    title: str | None
    talk_id: int
    talk_kind: str
    talk_owner_id: int
    talk_title: str | None
    called_names: dict[str, dict[str, str]] | None

    @property
    def spoken(self) -> str:
        """Its text as its reader reads it."""
        return spoken(self.text, self.called_names)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file by the name its giver gave it, with the item it hangs on."""

    score: int
    id: int
    name: str
    added_at: datetime
    owner_kind: str
    owner_id: int
    reference: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class ItemByName:
    """An item to go to: what its kind is, how it is called, how it stands."""

    kind: str
    reference: str
    title: str
    state_kind: str
