"""Words with a sign before them: !priority, @holder, #label, +unit, ^parent, ~effort."""

import re
from typing import Final

from collab.core.text.fold import fold
from collab.work.effort import minutes_in

PRIORITIES: Final[dict[str, int]] = {
    fold(word): number
    for number, words in {
        1: "low χαμηλή χαμηλό پایین کم",
        2: "medium normal μέτρια μεσαία متوسط",
        3: "high important υψηλή υψηλό σημαντικό بالا زیاد مهم",
        4: "urgent επείγον επείγουσα άμεσα فوری",
    }.items()
    for word in words.split()
}
PRINTED: Final = {1: "!low", 2: "!medium", 3: "!high", 4: "!urgent"}
MOST: Final = 60
_TAIL: Final = ",;.:،؛"
_PARENT: Final = re.compile(r"[^\W_][\w.]{0,39}-[1-9][0-9]{0,9}")


def mark_at(word: str) -> tuple[str, str | int] | None:
    """(priority, label, holder, unit, parent or effort; its value) of a word as it was typed; None for an ordinary one.

    `_` stands for a space in names and labels. A number alone is no label: "#3" is the third of something.
    """
    sign, said = word[:1], word[1:].rstrip(_TAIL)
    if not said or len(said) > MOST or not any(map(str.isalnum, said)) or '"' in said:
        return None
    if sign == "!":
        priority = PRIORITIES.get(fold(said))
        return ("priority", priority) if priority else None
    if sign == "#":
        return None if said.isdecimal() else ("label", said.replace("_", " ").strip())
    if sign == "@":
        return "holder", said.replace("_", " ").strip()
    if sign == "+":
        return ("unit", said.upper()) if said[0].isalpha() else None
    if sign == "^":
        return ("parent", said.upper()) if _PARENT.fullmatch(said) else None
    if sign == "~":
        minutes = minutes_in(said.replace("_", " "))
        return ("effort", minutes) if minutes else None
    return None
