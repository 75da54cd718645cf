"""The verbs of meetings."""

from .agenda import add_point, change_point, place_point, remove_point, stand_point
from .asking import answer_question, decline_question, place_question, take_question
from .inviting import answer_invitation
from .minuting import make_action, note_attendance, note_point, print_minutes
from .planning import edit_meeting, plan_meeting
from .posting import post_invitations
from .repeating import lapse_invitations, make_next_meeting, set_series, stop_series, try_series_later
from .running import approve_minutes, cancel_meeting, end_meeting, publish_minutes, start_meeting
from .voting import begin_vote

__all__ = [
    "add_point", "answer_invitation", "answer_question", "approve_minutes", "begin_vote", "cancel_meeting",
    "change_point", "decline_question", "edit_meeting", "end_meeting", "lapse_invitations", "make_action",
    "make_next_meeting", "note_attendance", "note_point", "place_point", "place_question", "plan_meeting",
    "post_invitations", "print_minutes", "publish_minutes", "remove_point", "set_series", "stand_point",
    "start_meeting", "stop_series", "take_question", "try_series_later",
]  # fmt: skip
