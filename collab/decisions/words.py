"""The words of decisions: stages, levels, reasons why somebody is on the roll or not."""

from typing import Final

from collab.core.i18n import N_

STAGES: Final = {
    "draft": N_("draft"),
    "discussion": N_("in discussion"),
    "open": N_("vote is open"),
    "closed": N_("vote is closed"),
    "decided": N_("decided"),
    "carried-out": N_("carried out"),
    "superseded": N_("superseded"),
    "cancelled": N_("cancelled"),
}
WITHOUT_OUTCOME: Final = N_("ended without an outcome")
STAGE_ICONS: Final = {
    "draft": "pencil", "discussion": "messages-square", "open": "vote", "closed": "lock", "decided": "stamp",
    "carried-out": "circle-check", "superseded": "history", "cancelled": "circle-slash",
}  # fmt: skip
STAGE_STATES: Final = {
    "draft": "new", "discussion": "new", "open": "active", "closed": "waiting", "decided": "done",
    "carried-out": "done", "superseded": "cancelled", "cancelled": "cancelled",
}  # fmt: skip
"""Stage → the state whose colour it is shown in."""


def stage_word(stage: str, unopened: str | None) -> str:
    """What a decision is called by how it stands: nobody cancelled a vote whose ballots were not opened."""
    return WITHOUT_OUTCOME if unopened else STAGES[stage]


LEVELS: Final = {"open": N_("Open: names are shown"), "confidential": N_("Confidential: nobody sees who voted what")}
SUBSTITUTES: Final = {
    "nobody": N_("Nobody votes for them"),
    "substitute": N_("Their substitute votes for them"),
}
WHO: Final = {
    "everybody": N_("Everybody"),
    "heads": N_("Heads and acting heads"),
    "leaders": N_("Heads, acting heads and deputies"),
}
BECAUSE: Final = {
    "member": N_("belongs to %(of)s"),
    "head": N_("heads %(of)s"),
    "acting": N_("is acting head of %(of)s"),
    "deputy": N_("is deputy head of %(of)s"),
    "post": N_("holds the post %(of)s"),
    "named": N_("was named"),
}
LEFT_OUT: Final = {
    "without": N_("was left out by name"),
    "auditor": N_("is auditor, who reads and decides nothing"),
    "inactive": N_("has no account that is in use"),
    "bot": N_("is no person"),
    "absent": N_("was not noted as present when the vote opened"),
}
UNOPENED: Final = {
    "few-entitled": N_(
        "Fewer than five entitled people were left, and the result would have told how they voted. No ballot was "
        "opened."
    ),
    "few-ballots": N_(
        "Fewer than three people cast ballots, and the result would have told how they voted. No ballot was opened."
    ),
    "key-lost": N_(
        "The key to the ballots is no longer on the server, so that nobody can open them. Where it is still to be "
        "decided, begin a new decision."
    ),
}
"""Why a confidential vote ended without an outcome."""
UNOPENED_SHORT: Final = {
    "few-entitled": N_("fewer than five entitled people were left"),
    "few-ballots": N_("fewer than three people cast ballots"),
    "key-lost": N_("the key to the ballots is lost"),
}
VERDICTS: Final = {"stands": N_("it stands as it is"), "later": N_("it is too early to say")}
"""What somebody may find who looks at a decision again; if it is to be otherwise, a new decision takes its place."""
FROZEN: Final = ("open", "closed", "decided", "carried-out", "superseded", "cancelled")
"""Stages in which question, options, rule and electorate stand fast."""
COUNTED: Final = ("closed", "decided", "carried-out", "superseded")
