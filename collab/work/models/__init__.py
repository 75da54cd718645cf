"""Tables of the work item."""

from .extras import FieldDefinition, FieldIndex, Label, Register, SavedView, SavedViewPin, WorkItemLabel
from .item import Series, State, WorkItem
from .party import Participant
from .relation import Attachment, Checklist, Link, StoredFile
from .wait import Handover, Interval, Wait

__all__ = [
    "Attachment", "Checklist", "FieldDefinition", "FieldIndex", "Handover", "Interval", "Label", "Link", "Participant",
    "Register", "SavedView", "SavedViewPin", "Series", "State", "StoredFile", "Wait", "WorkItem", "WorkItemLabel",
]  # fmt: skip
