"""Ten thousand ways of changing a ledger after the fact, two thousand by day: every one of them is found."""

import os
import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collab.core.facts import new_salt, seal
from collab.core.sealing import Head, Line, Sealed, Tree, examine, leaf_of, public_key, seal_key

SIZE = 16
CUTS = (5, 11, SIZE)
HORIZON = 1_000
MANY = 10_000 if os.environ.get("COLLAB_NIGHTLY") else 2_000


class Ledger:
    """A sealed ledger in memory, of which every part can be written over."""

    def __init__(self, key: Any) -> None:
        at = datetime(2026, 11, 20, 8, tzinfo=UTC)
        self.key = public_key(key)
        self.texts: dict[int, list[tuple[str, str, bytes]]] = {}
        self.lines: dict[int, Line] = {}
        order = list(range(1, SIZE + 1))
        random.Random(7).shuffle(order)  # ids are given at the beginning of a transaction, not at its end
        for place, id_ in enumerate(order):
            texts = [("what", f"words {id_} με λόγια", new_salt()), ("note", "کلمه", new_salt())][: id_ % 3]
            self.texts[id_] = texts
            payload = {"wait": id_, "awaited": None, "unit": 5, "flag": True, "days": ["a", "ب"]}
            self.lines[id_] = Line(
                id_, 500 + place // 2, at + timedelta(seconds=place, microseconds=id_), "wait-opened", "work-item",
                id_ % 5, 3, None if id_ % 2 else 4, "page", payload, seal(texts) if texts else None,
            )  # fmt: skip
        ordered = sorted(self.lines.values(), key=lambda line: (line.xid, line.id))
        self.leaves = [Sealed(place, line.id, leaf_of(line)) for place, line in enumerate(ordered)]
        self.heads = []
        tree = Tree()
        for leaf in self.leaves:
            tree.add(leaf.leaf)
            if tree.size in CUTS:
                self.heads.append(Head.signed(tree.size, tree.root(), at, key))
        self.taken_away = [self.heads[-1]]

    def copy(self) -> "Ledger":
        made = object.__new__(Ledger)
        made.key, made.taken_away = self.key, self.taken_away
        made.lines, made.leaves, made.heads = dict(self.lines), list(self.leaves), list(self.heads)
        made.texts = {id_: list(texts) for id_, texts in self.texts.items()}
        return made

    def report(self) -> Any:
        lines = [(line, self.texts.get(line.id, [])) for _id, line in sorted(self.lines.items())]
        by_fact = sorted(self.leaves, key=lambda leaf: (leaf.fact_id, leaf.position))
        in_order = sorted(self.leaves)
        heads = [*self.heads, *self.taken_away]
        return examine(lines, by_fact, in_order, heads, horizon=HORIZON, key=self.key)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    return Ledger(seal_key(tmp_path_factory.mktemp("key")))


def test_a_ledger_that_nobody_touched_holds(sealed: Ledger) -> None:
    report = sealed.report()
    assert report.holds, report.findings
    assert (report.facts, report.sealed, report.unsealed, report.heads) == (SIZE, SIZE, 0, len(CUTS) + 1)


def test_erased_texts_still_verify_and_are_counted(sealed: Ledger) -> None:
    erased = sealed.copy()
    some = [id_ for id_, texts in erased.texts.items() if texts][:4]
    for id_ in some:
        erased.texts[id_] = []
    report = erased.report()
    assert report.holds, report.findings
    assert report.erased == 4


def test_a_new_fact_beyond_the_horizon_is_merely_not_sealed_yet(sealed: Ledger) -> None:
    grown = sealed.copy()
    grown.lines[SIZE + 1] = grown.lines[SIZE]._replace(id=SIZE + 1, xid=HORIZON, text_hash=None)
    report = grown.report()
    assert report.holds, report.findings
    assert report.unsealed == 1


def _other(value: Any, chance: random.Random) -> Any:
    """Another value than this one, of a kind the column could hold."""
    if isinstance(value, datetime):
        return value + timedelta(microseconds=chance.choice([-1, 1, 10**6, 86_400 * 10**6]))
    if isinstance(value, int):
        return value + chance.choice([-1, 1, 1000])
    if isinstance(value, str):
        return chance.choice([value + "x", value[:-1], value.upper() + "!", ""])
    if isinstance(value, bytes):
        place = chance.randrange(len(value))
        return value[:place] + bytes([value[place] ^ 1 << chance.randrange(8)]) + value[place + 1 :]
    if isinstance(value, dict):
        name = chance.choice(sorted(value))
        changed = dict(value)
        if chance.random() < 0.5:
            del changed[name]
        else:
            changed[chance.choice([name, "more"])] = chance.choice(["x", 77, [1], {"a": 1}])
        return changed
    return chance.choice([1, 9])


def _change_fact(ledger: Ledger, chance: random.Random) -> str:
    id_ = chance.choice(sorted(ledger.lines))
    column = chance.choice([name for name in Line._fields if name != "id"])
    ledger.lines[id_] = ledger.lines[id_]._replace(**{column: _other(getattr(ledger.lines[id_], column), chance)})
    return column


def _remove_fact(ledger: Ledger, chance: random.Random) -> str:
    id_ = chance.choice(sorted(ledger.lines))
    del ledger.lines[id_]
    ledger.texts.pop(id_)
    return "fact removed"


def _remove_with_its_leaf(ledger: Ledger, chance: random.Random) -> str:
    leaf = chance.choice(ledger.leaves)
    del ledger.lines[leaf.fact_id]
    moved = [one._replace(position=one.position - (one.position > leaf.position)) for one in ledger.leaves]
    ledger.leaves = [one for one in moved if one.fact_id != leaf.fact_id]
    return "fact and leaf removed"


def _slip_in(ledger: Ledger, chance: random.Random) -> str:
    line = chance.choice(list(ledger.lines.values()))
    id_ = SIZE + chance.randrange(1, 99)
    ledger.lines[id_] = line._replace(id=id_, xid=chance.randrange(1, HORIZON), text_hash=None)
    return "slipped in"


def _slip_in_with_a_leaf(ledger: Ledger, chance: random.Random) -> str:
    _slip_in(ledger, chance)
    id_ = max(ledger.lines)
    place = chance.randrange(SIZE + 1)
    moved = [one._replace(position=one.position + (one.position >= place)) for one in ledger.leaves]
    ledger.leaves = [*moved, Sealed(place, id_, leaf_of(ledger.lines[id_]))]
    return "slipped in with leaf"


def _swap_facts(ledger: Ledger, chance: random.Random) -> str:
    one, other = chance.sample(sorted(ledger.lines), 2)
    first, second = ledger.lines[one], ledger.lines[other]
    ledger.lines[one], ledger.lines[other] = second._replace(id=one), first._replace(id=other)
    return "swapped"


def _swap_places(ledger: Ledger, chance: random.Random) -> str:
    one, other = chance.sample(range(SIZE), 2)
    first, second = ledger.leaves[one], ledger.leaves[other]
    ledger.leaves[one], ledger.leaves[other] = second._replace(position=one), first._replace(position=other)
    return "places swapped"


def _change_with_its_leaf(ledger: Ledger, chance: random.Random) -> str:
    _change_fact(ledger, chance)
    ledger.leaves = [one._replace(leaf=leaf_of(ledger.lines[one.fact_id])) for one in ledger.leaves]
    return "leaf made to fit"


def _change_leaf(ledger: Ledger, chance: random.Random) -> str:
    place = chance.randrange(SIZE)
    ledger.leaves[place] = ledger.leaves[place]._replace(leaf=_other(ledger.leaves[place].leaf, chance))
    return "leaf"


def _cut_off(ledger: Ledger, chance: random.Random) -> str:
    """Everything from a head on goes, heads included: only the head that was taken away knows."""
    keep = chance.choice(CUTS[:-1])
    for leaf in ledger.leaves[keep:]:
        del ledger.lines[leaf.fact_id]
    ledger.leaves = ledger.leaves[:keep]
    ledger.heads = [head for head in ledger.heads if head.size <= keep]
    return "cut off"


def _change_head(ledger: Ledger, chance: random.Random) -> str:
    place = chance.randrange(len(ledger.heads))
    column = chance.choice(["size", "root", "at", "signature", "key"])
    head = ledger.heads[place]
    ledger.heads[place] = replace(head, **{column: _other(getattr(head, column), chance)})
    return f"head {column}"


def _change_text(ledger: Ledger, chance: random.Random) -> str:
    id_ = chance.choice([id_ for id_, texts in ledger.texts.items() if texts])
    place = chance.randrange(len(ledger.texts[id_]))
    column = chance.randrange(3)
    values = list(ledger.texts[id_][place])
    values[column] = _other(values[column], chance)
    ledger.texts[id_][place] = (values[0], values[1], values[2])
    return "text"


def _remove_one_text_of_two(ledger: Ledger, chance: random.Random) -> str:
    id_ = chance.choice([id_ for id_, texts in ledger.texts.items() if len(texts) == 2])
    del ledger.texts[id_][chance.randrange(2)]
    return "one text of two"


def _add_text(ledger: Ledger, chance: random.Random) -> str:
    id_ = chance.choice(sorted(ledger.lines))
    ledger.texts[id_] = [*ledger.texts[id_], ("more", "words", new_salt())]
    return "text added"


def _swap_texts(ledger: Ledger, chance: random.Random) -> str:
    one, other = chance.sample([id_ for id_, texts in ledger.texts.items() if texts], 2)
    ledger.texts[one], ledger.texts[other] = ledger.texts[other], ledger.texts[one]
    return "texts swapped"


MUTATIONS = (
    _change_fact, _change_fact, _change_fact, _remove_fact, _remove_with_its_leaf, _slip_in, _slip_in_with_a_leaf,
    _swap_facts, _swap_places, _change_with_its_leaf, _change_leaf, _cut_off, _change_head, _change_text,
    _remove_one_text_of_two, _add_text, _swap_texts,
)  # fmt: skip


def test_every_mutation_is_found(sealed: Ledger) -> None:
    chance = random.Random(1_618)
    tried: Counter[str] = Counter()
    for number in range(MANY):
        changed = sealed.copy()
        kind = MUTATIONS[number % len(MUTATIONS)](changed, chance)
        tried[kind] += 1
        assert not changed.report().holds, f"mutation {number} was not found: {kind}"
    assert tried.total() == MANY
    assert len(tried) >= 25, tried
    assert sealed.report().holds
