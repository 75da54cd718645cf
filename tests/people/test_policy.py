"""Who may do what, as truth tables."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from collab.core.actor import SYSTEM, Actor
from collab.people.policy import (
    is_own,
    may_add_outsider,
    may_administer,
    may_cancel_absence,
    may_change_profile,
    may_record_absence,
)

SELF = Actor(person_id=1, units=frozenset({5}))
COLLEAGUE = Actor(person_id=2, units=frozenset({5}))
HEAD = Actor(person_id=3, units=frozenset({5}), headed=frozenset({5}), own_headed=frozenset({5}))
ADMINISTRATOR = Actor(person_id=4, roles=frozenset({"administrator"}), units=frozenset({9}))
AUDITOR = Actor(person_id=6, roles=frozenset({"auditor"}))
SECRETARY = Actor(person_id=7, roles=frozenset({"secretary"}), units=frozenset({9}))

ACTORS = (SELF, COLLEAGUE, HEAD, ADMINISTRATOR, AUDITOR, SECRETARY, SYSTEM)
#                                self   colleague head  administrator auditor secretary system
TABLE: tuple[tuple[Callable[[Actor, Any], bool], Any, tuple[int, ...]], ...] = (
    (may_administer,     None,                              (0, 0, 0, 1, 0, 0, 1)),
    (may_change_profile, SimpleNamespace(id=1),             (1, 0, 0, 0, 0, 0, 0)),
    (may_record_absence, SimpleNamespace(id=1),             (1, 0, 1, 1, 0, 0, 1)),
    (may_cancel_absence, SimpleNamespace(person_id=1),      (1, 0, 1, 1, 0, 0, 1)),
    (may_add_outsider,   None,                              (1, 1, 1, 1, 0, 1, 1)),
    (is_own,             SimpleNamespace(person_id=1),      (1, 0, 0, 0, 0, 0, 0)),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "thing", "expected"), TABLE, ids=lambda one: getattr(one, "__name__", None))
def test_rules(rule: Callable[[Actor, Any], bool], thing: Any, expected: tuple[int, ...]) -> None:
    assert tuple(int(rule(actor, thing)) for actor in ACTORS) == expected
