"""One vote of each method as a bundle that is kept. `python -m tests.decisions.bundle.keeping` writes those missing.

Ballots are invented, by a seed that stays. What is kept is never made anew: a count that gives other bytes than these
breaks the promise to everybody who holds a bundle of that day. A new method is added beside them.
"""

import io
import json
import lzma
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from collab.decisions.bundle import About, bundle
from collab.decisions.counting import Ballots, Criterion, Electorate, Objection, Rule, count
from collab.decisions.counting.lot import commitment
from collab.decisions.frozen import frozen_words
from collab.decisions.models import DecisionOption

KEPT = Path(__file__).parent / "kept"
PROGRAM = KEPT / "recount.py.xz"
"""The program in all of them, once."""
TREES = ("Plane", "Φλαμουριά", "چنار", "Elm", "Oak")
SEED = "4.17.22./"
CLOSES = datetime(2026, 11, 25, 14, tzinfo=UTC)
PEOPLE = Electorate(entitled=40, recused=2)
CRITERIA = (Criterion("Shade", Fraction(2)), Criterion("Price", worst=Fraction(900), best=Fraction(100)))
SAATY = ((Fraction(3), Fraction(5)), (Fraction(2),))

Chance = random.Random


def question(_chance: Chance) -> Ballots:
    return Ballots.question(yes=19, no=11, abstained=4, spoilt=1)


def ranked(chance: Chance) -> Ballots:
    """Twenty-nine of differing length, and three that hold two equal."""
    rows: Counter[Any] = Counter(tuple(chance.sample(TREES, chance.randint(1, 5))) for _each in range(29))
    rows.update({(("Elm", "Oak"), "Plane"): 2, ("چنار", ("Plane", "Elm")): 1, (): 1})
    return Ballots.ranked(TREES, rows, seed=SEED)


def strictly(chance: Chance) -> Ballots:
    return Ballots.ranked(
        TREES, Counter(tuple(chance.sample(TREES, chance.randint(1, 5))) for _each in range(33)), seed=SEED
    )


def approved(chance: Chance, **also: Any) -> Ballots:
    sets = Counter(tuple(sorted(chance.sample(range(5), chance.randint(0, 4)))) for _each in range(31))
    return Ballots.approving(TREES, sets, seed=SEED, **also)


def costly(chance: Chance) -> Ballots:
    return approved(chance, costs=(400, 250, 300, 120, 90))


def scored(chance: Chance) -> Ballots:
    rows = Counter(tuple(chance.choice((None, *range(11))) for _tree in TREES) for _each in range(24))
    return Ballots.scored(TREES, rows, seed=SEED)


def dotted(chance: Chance) -> Ballots:
    """Five dots each."""
    sheets = (Counter(chance.choices(range(5), k=5)) for _each in range(24))
    return Ballots.scored(TREES, Counter(tuple(dots[at] or None for at in range(5)) for dots in sheets), seed=SEED)


def judged(chance: Chance) -> Ballots:
    return Ballots.judged(
        TREES,
        [
            [[chance.randint(0, 10) for _t in TREES], [100 * chance.randint(1, 9) for _t in TREES]]
            for _each in range(12)
        ],
        seed=SEED,
    )


def compared(chance: Chance) -> Ballots:
    sheets = [[[chance.randint(0, 10) for _tree in TREES] for _criterion in range(3)] for _each in range(12)]
    return Ballots.judged(TREES, sheets, seed=SEED)


def objected(_chance: Chance) -> Ballots:
    said = (Objection("Parks", "integrated", "Planted in autumn"), Objection("Roads", "withdrawn", "Roots"))
    return Ballots.question(yes=0, no=0, abstained=3, objections=said)


VOTES: dict[str, tuple[dict[str, Any], Callable[[Chance], Ballots]]] = {
    "yes-no": ({"base": "cast", "threshold": Fraction(1, 2), "quorum": Fraction(1, 3)}, question),
    "show-of-hands": ({"threshold": Fraction(3, 5), "strict": False}, question),
    "consent": ({}, objected),
    "plurality": ({}, strictly),
    "approval": ({"seats": 2}, approved),
    "score": ({"unranked": "no-opinion"}, scored),
    "dots": ({"dots": 5}, dotted),
    "weighted-sum": ({"criteria": CRITERIA}, judged),
    "ahp": ({"criteria": tuple(map(Criterion, ("Shade", "Price", "Care"))), "comparisons": SAATY}, compared),
    "copeland": ({"tie_ladder": ("history", "second", "lot"), "second": "borda"}, ranked),
    "schulze": ({"seats": 2}, ranked),
    "ranked-pairs": ({"strength": "margins", "pair_ties": "lot"}, ranked),
    "borda": ({"borda": "modified"}, ranked),
    "irv": ({}, ranked),
    "stv": ({"seats": 3, "quota": "hare"}, ranked),
    "scottish-stv": ({"seats": 3, "decimals": 5, "equal_ranks": "stop"}, strictly),
    "budget": ({"budget": Fraction(700)}, costly),
}
"""Method → what its card says beyond what is so by itself, and its ballots."""


def made(method: str) -> bytes:
    """The bundle of a method as the house would give it out today."""
    said, ballots_of = VOTES[method]
    ballots = ballots_of(random.Random(f"kept {method}"))
    rule = Rule(method=method, seed_digest=commitment(ballots.seed) if ballots.seed else None, **said)
    hands = method == "show-of-hands"
    level, voters = ("open" if hands else "confidential"), dict.fromkeys(range(1, 41), 1)
    options = [DecisionOption(id=at, title=title, body="") for at, title in enumerate(ballots.options)]
    card = {"card": json.loads(rule.to_json())}
    shown = [] if ballots.options == ("yes", "no") else options
    opened = frozen_words("Which tree? Ποιο δέντρο; کدام درخت؟", "", card, level, shown, voters, CLOSES)
    about = About(
        reference="PARKS-214", question="Which tree? Ποιο δέντρο; کدام درخت؟", organisation="Λευκοθέα", level=level,
        closed_at=CLOSES.isoformat(), seed_hash=rule.seed_digest or "",
        opened_hash=sha256(opened.encode()).hexdigest(),
    )  # fmt: skip
    roll = [{"person": person, "left_out": None, "recused": person < 3, "choice": None} for person in voters]
    typed = {"yes": ballots.yes, "no": ballots.no, "abstained": ballots.abstained, "at": "2026-11-25T13:58:00+00:00"}
    return bundle(
        rule, ballots, PEOPLE, count(rule, ballots, PEOPLE), about, opened=opened,
        roll=roll if hands else None, hands=typed if hands else None,
    )  # fmt: skip


def kept(method: str) -> dict[str, str]:
    """File → text of a bundle that is kept, its program among them."""
    files: dict[str, str] = json.loads((KEPT / f"{method}.json").read_text("utf-8"))
    return files | {"recount.py": lzma.decompress(PROGRAM.read_bytes()).decode()}


def keep() -> None:
    """Write what is not there."""
    KEPT.mkdir(exist_ok=True)
    for method in VOTES:
        place = KEPT / f"{method}.json"
        if place.exists():
            continue
        with zipfile.ZipFile(io.BytesIO(made(method))) as held:
            files = {name: held.read(name).decode() for name in held.namelist()}
        program = lzma.compress(files.pop("recount.py").encode(), preset=9)
        if not PROGRAM.exists():
            PROGRAM.write_bytes(program)
        assert PROGRAM.read_bytes() == program, "the program is another one by now: give this bundle its own"
        place.write_text(json.dumps(files, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    keep()
