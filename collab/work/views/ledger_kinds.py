"""The kinds of facts an auditor may ask for, in their groups, each by what it says."""

import re
from collections import defaultdict
from typing import Final

from collab.core.facts import KINDS, Fact
from collab.core.i18n import N_, _
from collab.core.text.sort import sort_key

from ..queries.history import SUBJECT
from ..queries.ledger import OWN_SUBJECTS, ROLL, kinds

_ACTOR = re.compile(r"^%\(actor\)s[\s:]*")
_LAST = re.compile(r"\s*:\s*…$")
_GAP = re.compile(r"%\(\w+\)s")
WORK: Final = N_("Work items")
GROUPS: Final = {
    "calendar": N_("Calendars"),
    "conversation": N_("Conversations"),
    "deadline-rule": N_("Deadline rules"),
    "desk-handover": N_("People"),
    "escalation-rule": N_("Escalation"),
    "letter-template": N_("Letter templates"),
    "mail": N_("Mail"),
    "organisation": N_("Organisation"),
    "outsider": N_("Outside the organisation"),
    "person": N_("People"),
    "person-skill": N_("Skills"),
    "post": N_("Posts"),
    "skill": N_("Skills"),
    "task-template": N_("Templates"),
    "unit": N_("Units"),
}
OF_WORK: Final = {"decisions": N_("Decisions"), "meetings": N_("Meetings")}
"""Packages whose kinds of work are not looked for among tasks and pending items."""


def kinds_in_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """(group, [(code, what it says without who did it)]), both in the order of the words. What a filter never finds,
    since it is shut to everybody, is not offered."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code in kinds():
        if KINDS[code].subject_kind not in (ROLL, *OWN_SUBJECTS):
            found[_(_group(KINDS[code]))].append((code, _said(_(KINDS[code].sentence))))
    by_words = {group: sorted(each, key=lambda one: sort_key(one[1])) for group, each in found.items()}
    return sorted(by_words.items(), key=lambda one: sort_key(one[0]))


def _group(cls: type[Fact]) -> str:
    if cls.subject_kind != SUBJECT:
        return GROUPS.get(cls.subject_kind, WORK)
    return next((OF_WORK[part] for part in cls.__module__.split(".") if part in OF_WORK), WORK)


def _said(sentence: str) -> str:
    """`%(actor)s took a question in: %(question)s` as "Took a question in"; … for what stands within."""
    bare = _LAST.sub("", _GAP.sub("…", _ACTOR.sub("", sentence)))
    return bare[:1].upper() + bare[1:]
