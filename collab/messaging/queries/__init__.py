"""Questions about talks and about the conversations somebody takes part in."""

from .called import as_read, called_in_vain, names_called, unheard
from .conversations import About, Entry, about, conversations_of, joinable_groups, members_of, open_talk, unread_count
from .hearing import Listening, hears_thread, listening
from .later import Waiting, due_later, reminder_of, waiting_of
from .missed import Gathered, Missed, missed
from .receipts import Receipts, confirmed, receipts, still_asked
from .seeking import Hit, instead, seek
from .talks import (
    NEWEST,
    Found,
    Head,
    Page,
    Said,
    announces,
    called_address,
    called_in,
    head,
    head_of,
    keeps_order,
    message,
    page_of,
    unread,
)
from .threads import Former, Signed, Thread, draft_in, former, pins, said_among, said_of, signed, thread
from .to_confirm import shown_to_confirm, to_confirm
from .words import lexemes_in, said_with

__all__ = [
    "NEWEST",
    "About",
    "Entry",
    "Former",
    "Found",
    "Gathered",
    "Head",
    "Hit",
    "Listening",
    "Missed",
    "Page",
    "Receipts",
    "Said",
    "Signed",
    "Thread",
    "Waiting",
    "about",
    "announces",
    "as_read",
    "called_address",
    "called_in",
    "called_in_vain",
    "confirmed",
    "conversations_of",
    "draft_in",
    "due_later",
    "former",
    "head",
    "head_of",
    "hears_thread",
    "instead",
    "joinable_groups",
    "keeps_order",
    "lexemes_in",
    "listening",
    "members_of",
    "message",
    "missed",
    "names_called",
    "open_talk",
    "page_of",
    "pins",
    "receipts",
    "reminder_of",
    "said_among",
    "said_of",
    "said_with",
    "seek",
    "shown_to_confirm",
    "signed",
    "still_asked",
    "thread",
    "to_confirm",
    "unheard",
    "unread",
    "unread_count",
    "waiting_of",
]  # fmt: skip
