"""Holding the ledger against its seal: rows, texts, leaves and heads in, everything that does not fit out. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ..facts import seal
from .heads import Head
from .leaf import Line, leaf_of
from .tree import Tree

MOST: Final = 1_000

Texts = list[tuple[str, str, bytes]]


class Sealed(NamedTuple):
    """The leaf of a fact in its place, counted from 0, as the sealer noted it."""

    position: int
    fact_id: int
    leaf: bytes


class Finding(NamedTuple):
    """Something that does not fit. `code`: changed, missing, slipped-in, text-changed, text-slipped-in, place, leaf,
    head, signature, cut-off."""

    code: str
    fact_id: int | None
    said: str


@dataclass(slots=True)
class Report:
    """What was looked at and what was found. `unsealed` facts are newer than the newest head; `more`: findings beyond
    the first thousand."""

    facts: int = 0
    sealed: int = 0
    unsealed: int = 0
    texts: int = 0
    erased: int = 0
    heads: int = 0
    findings: list[Finding] = field(default_factory=list)
    more: int = 0

    @property
    def holds(self) -> bool:
        return not self.findings

    def found(self, code: str, said: str, fact_id: int | None = None) -> None:
        if len(self.findings) < MOST:
            self.findings.append(Finding(code, fact_id, said))
        else:
            self.more += 1


def examine(
    lines: Iterable[tuple[Line, Texts]],
    by_fact: Iterable[Sealed],
    in_order: Iterable[Sealed],
    heads: Iterable[Head],
    *,
    horizon: int = 0,
    key: bytes | None = None,
) -> Report:
    """Hold the ledger against its seal.

    `lines` come by the id of the fact, `by_fact` likewise, `in_order` by position. `heads` are those of the database
    and those that were taken away. Facts of transactions before `horizon` must be sealed. With `key`, heads signed by
    any other are refused. Memory does not grow with the ledger.
    """
    report = Report()
    _hold_lines(report, iter(lines), iter(by_fact), horizon)
    _hold_tree(report, iter(in_order), sorted(heads, key=lambda head: head.size), key)
    return report


def _hold_lines(report: Report, lines: Iterator[tuple[Line, Texts]], sealed: Iterator[Sealed], horizon: int) -> None:
    leaf = next(sealed, None)
    for line, texts in lines:
        report.facts += 1
        while leaf is not None and leaf.fact_id < line.id:
            report.found("missing", "was sealed and is no longer there", leaf.fact_id)
            leaf = next(sealed, None)
        if leaf is not None and leaf.fact_id == line.id:
            report.sealed += 1
            if leaf.leaf != leaf_of(line):
                report.found("changed", "does not say what was sealed", line.id)
            leaf = next(sealed, None)
        elif line.xid < horizon:
            report.found("slipped-in", "stands among sealed facts and was never sealed", line.id)
        else:
            report.unsealed += 1
        _hold_texts(report, line, texts)
    while leaf is not None:
        report.found("missing", "was sealed and is no longer there", leaf.fact_id)
        leaf = next(sealed, None)


def _hold_texts(report: Report, line: Line, texts: Texts) -> None:
    """Texts are as they were written, or all of them are gone: then they were erased, and that is allowed."""
    if line.text_hash is None:
        if texts:
            report.found("text-slipped-in", "has a text and was written without one", line.id)
    elif not texts:
        report.erased += 1
    elif seal(texts) != bytes(line.text_hash):
        report.found("text-changed", "has a text that is not the one that was written", line.id)
    else:
        report.texts += len(texts)


def _hold_tree(report: Report, leaves: Iterator[Sealed], heads: list[Head], key: bytes | None) -> None:
    tree = Tree()
    waiting = iter(heads)
    head = next(waiting, None)
    while True:
        while head is not None and head.size <= tree.size:
            _hold_head(report, head, tree, key)
            head = next(waiting, None)
        leaf = next(leaves, None)
        if leaf is None:
            break
        if leaf.position != tree.size:
            report.found("place", f"stands in place {leaf.position} instead of {tree.size}", leaf.fact_id)
        tree.add(bytes(leaf.leaf))
    while head is not None:
        report.heads += 1
        report.found("cut-off", f"a head over {head.size} facts is known; only {tree.size} are left")
        head = next(waiting, None)
    if tree.size and (not heads or heads[-1].size < tree.size):
        report.found("head", f"the last of {tree.size} leaves stand under no head")


def _hold_head(report: Report, head: Head, tree: Tree, key: bytes | None) -> None:
    report.heads += 1
    if head.size != tree.size or head.root != tree.root():
        report.found("head", f"the first {head.size} facts are not those that were signed {head.at.isoformat()}")
    if not head.holds(key):
        report.found("signature", f"the head over {head.size} facts is not signed by the key of this ledger")
