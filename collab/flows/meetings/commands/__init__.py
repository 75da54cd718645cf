"""The verbs of meetings."""

from .agenda import add_point, change_point, place_point, remove_point, stand_point
from .inviting import answer_invitation
from .minuting import make_action, note_attendance, note_point, print_minutes
from .planning import edit_meeting, plan_meeting
from .running import approve_minutes, cancel_meeting, end_meeting, start_meeting

__all__ = [
    "add_point", "answer_invitation", "approve_minutes", "cancel_meeting", "change_point", "edit_meeting",
    "end_meeting", "make_action", "note_attendance", "note_point", "place_point", "plan_meeting", "print_minutes",
    "remove_point", "stand_point", "start_meeting",
]  # fmt: skip
