"""What one may hear of, gathered into the few topics for which people choose how. Pure."""

from typing import Final, Literal

from collab.core.i18n import N_

Channel = Literal["never", "inbox", "digest", "push", "mail"]

URGENT: Final = "urgent"
"""The reason of whoever is called in a message that is marked urgent: it waits for no quiet hours."""

TOPICS: Final[dict[str, tuple[str, ...]]] = {
    "called": ("mentioned", URGENT, "direct"),
    "given": ("assigned", "offered", "desk"),
    "awaited": (
        "asked",
        "invited",
        "meeting-changed",
        "vote-opened",
        "to-open",
        "aside-asked",
        "tie",
        "chairs",
        "chairs-tie",
        "revisit",
        "proxy-asked",
        "proposal-changed",
        "objection-integrated",
        "vote-extended",
        "to-read",
        "nudged",
        "lapsed",
        "escalated",
        "ask-again",
        "day-came",
        "series-failed",
        "desk-gone",
    ),
    "reminders": ("reminder", "not-sent", "copy-failed"),
    "answers": ("answered", "objected", "overruled", "advice-used", "all-read", "accepted", "returned"),
    "away": ("unassigned", "taken-back", "withdrawn", "undone", "hidden"),
    "ended": (
        "vote-closed",
        "unopened",
        "hands-corrected",
        "minutes-ready",
        "decided",
        "completed",
        "cancelled",
        "reopened",
    ),
    "followed": ("thread", "followed"),
    "talk": ("said",),
}
"""Topic → the reasons it gathers."""

WORDS: Final[dict[str, tuple[str, str]]] = {
    "called": (
        N_("You are mentioned or written to"),
        N_("Somebody writes your name, or that of your unit or post, in a talk; or writes to you in a direct talk."),
    ),
    "given": (N_("Work comes to you"), N_("It is given or offered to you or your unit.")),
    "awaited": (N_("Something is expected of you"), N_("You are asked or reminded.")),
    "reminders": (
        N_("Your own reminders"),
        N_("The time came that you chose; or what you wanted could not be sent or made."),
    ),
    "answers": (N_("Answers to you"), N_("You are answered; your offer is accepted or returned.")),
    "away": (N_("It is no longer yours"), N_("Given to somebody else, taken back, hidden, no longer expected of you.")),
    "ended": (N_("It is finished or opened again"), N_("What you hold, made, asked about or follow.")),
    "followed": (
        N_("What you follow in conversations"),
        N_("Answers in threads in which you wrote or which you follow; every message where you hear everything."),
    ),
    "talk": (N_("New messages"), N_("In the talks of what you take part in, without mentioning you.")),
}
"""Topic → its name and what it covers."""

TOPIC_OF: Final = {reason: topic for topic, reasons in TOPICS.items() for reason in reasons}

DEFAULTS: Final[dict[str, Channel]] = {
    "called": "push", "given": "push", "awaited": "push", "reminders": "push", "answers": "digest",
    "away": "inbox", "ended": "inbox", "followed": "push", "talk": "inbox",
}  # fmt: skip
"""How one hears of a topic who has chosen nothing. Each way includes the ones before it: what pops up and is not read
stands in the daily mail, what comes by mail at once pops up too. Chosen where nothing pops up, `push` is the daily
mail."""

DEFAULTS_WITHOUT: Final[dict[str, Channel]] = {
    **DEFAULTS, "called": "digest", "given": "digest", "awaited": "digest", "reminders": "inbox",
    "followed": "digest",
}  # fmt: skip
"""The same for somebody in none of whose browsers anything pops up."""


def usual(*, pops: bool) -> dict[str, Channel]:
    """How one hears of a topic who has chosen nothing; `pops`: there is a browser in which things pop up."""
    return DEFAULTS if pops else DEFAULTS_WITHOUT


IN_DIGEST: Final = frozenset({"digest", "push", "mail"})
POPS_UP: Final = frozenset({"push", "mail"})

KEPT: Final = frozenset({"called", "given", "awaited", "reminders"})
"""Topics that nobody can choose never to hear of: calls, handovers, and what is expected of one."""

NEVER_LOST: Final = frozenset(
    {*TOPICS["called"], *TOPICS["given"], *TOPICS["awaited"], *TOPICS["reminders"], "returned"}
)
"""Reasons that reach even somebody who muted an item: calls, handovers, and what is expected of them."""

IN_TALKS: Final = frozenset({"called", "awaited", "reminders", "away", "followed"})
"""Topics that arise in conversations that are no item's."""

SOUGHT: Final = {
    **{topic: TOPICS[topic] for topic in ("given", "awaited")},
    "called": ("mentioned", URGENT),
    "talk": ("direct", *TOPICS["followed"], *TOPICS["talk"]),
}
"""Views of the inbox that show the lines of one topic."""
