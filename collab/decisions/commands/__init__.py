"""The verbs of decisions."""

from .advising import ask_advice, give_advice, take_back_advice, use_advice
from .arguing import add_argument, withdraw_argument
from .casting import cast_ballot
from .chairing import pass_chair_on
from .closing import close_early, close_vote, end_awaiting, remind_voters
from .comparing import compare_criteria
from .concluding import (
    break_tie,
    cancel_decision,
    carry_out,
    dissent,
    supersede,
    take_decision,
)
from .counting_hands import correct_hands, count_hands
from .drafting import add_option, change_option, create_decision, discuss, edit_decision, remove_option
from .evidence import give_evidence
from .objecting import integrate, object_, overrule, withdraw_objection
from .opening import open_vote
from .printing import make_bundle, print_minutes
from .revisiting import bring_back, look_again, revise
from .standing_aside import accept_proxy, ask_proxy, end_proxy, recuse, take_part
from .unopened import end_where_few_are_left

__all__ = [
    "accept_proxy", "add_argument", "add_option", "ask_advice", "ask_proxy", "break_tie", "bring_back",
    "cancel_decision", "carry_out", "cast_ballot", "change_option", "close_early", "close_vote",
    "compare_criteria", "correct_hands", "count_hands",
    "create_decision", "discuss", "dissent", "edit_decision", "end_awaiting", "end_proxy", "end_where_few_are_left",
    "give_advice", "give_evidence", "integrate", "look_again", "make_bundle", "object_", "open_vote", "overrule",
    "pass_chair_on", "print_minutes", "recuse", "remind_voters", "remove_option", "revise", "supersede",
    "take_back_advice", "take_decision", "take_part", "use_advice", "withdraw_argument", "withdraw_objection",
]  # fmt: skip
