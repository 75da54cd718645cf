"""Votes of the Node.js steering committee (JSON): each member's 1 for, -1 against, 0 abstained, or points."""

import json
from collections import Counter
from fractions import Fraction
from typing import Any

from .reading import BadFile, distinct, shown
from .votes import Scores, Votes


def looks_like(text: str) -> bool:
    return text.lstrip().startswith("{") and '"votes"' in text


def read(text: str) -> Votes:
    try:
        said = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        cut = "; the file seems to be cut" if error.pos >= len(text.rstrip()) - 1 else ""
        raise BadFile(error.lineno, f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}{cut}") from error
    except RecursionError as error:
        raise BadFile(1, "the file is nested too deeply") from error
    votes = said.get("votes") if isinstance(said, dict) else None
    if not isinstance(votes, dict) or not votes:
        raise BadFile(1, "the file holds no votes: it should have `votes`, a list by member")
    title = said.get("description")
    title = title if isinstance(title, str) else ""
    if all(isinstance(vote, dict) for vote in votes.values()):
        return _scored(text, votes, title)
    answers = Counter({"yes": 0, "no": 0, "abstain": 0})
    for member, vote in votes.items():
        if isinstance(vote, bool) or vote not in (1, -1, 0):
            raise BadFile(_line(text, member), f"the vote of {shown(member)} should be 1, -1 or 0")
        answers[{1: "yes", -1: "no", 0: "abstain"}[vote]] += 1
    return Votes("tsc", ("Yes", "No"), title, 1, answers=dict(answers))


def _scored(text: str, votes: dict[str, Any], title: str) -> Votes:
    names = list(next(iter(votes.values())))
    if not names:
        raise BadFile(1, "the votes name no option")
    distinct(names, [_line(text, name) for name in names])
    found: Counter[Scores] = Counter()
    for member, points in votes.items():
        if set(points) != set(names):
            raise BadFile(
                _line(text, member), f"the vote of {shown(member)} does not name the same options as the first"
            )
        for name, point in points.items():
            if isinstance(point, bool) or not isinstance(point, int | float) or point != point or abs(point) > 10**15:
                raise BadFile(_line(text, member), f"{shown(member)} gives {shown(name)} no number of points")
        found[tuple(Fraction(str(points[name])) for name in names)] += 1
    return Votes("tsc", tuple(names), title, 1, scores=dict(found))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadFile(0, f"{shown(twice)} stands twice")
    return found


def _line(text: str, word: str) -> int:
    at = text.find(json.dumps(word, ensure_ascii=False))
    return text.count("\n", 0, at) + 1 if at >= 0 else 1
