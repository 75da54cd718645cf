"""The dated tree: whatever is moved when, it is a tree on every day and its flat form is that of the day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from collab.people.tree import Edge, below, circle, cut, moved, standing, uncovered

DAY = date(2026, 1, 1)
UNITS = 6

days = st.integers(0, 40).map(lambda n: DAY + timedelta(days=n))
moves = st.lists(st.tuples(st.integers(1, UNITS), st.none() | st.integers(1, UNITS), days), min_size=1, max_size=25)


def beginning() -> list[Edge]:
    return [Edge(unit, None, DAY, None) for unit in range(1, UNITS + 1)]


def is_tree(parents: dict[int, int | None]) -> bool:
    """By walking up from each unit, more steps than there are units mean a circle."""
    for unit in parents:
        above: int | None = unit
        for _step in range(len(parents) + 1):
            if above is None:
                break
            above = parents[above]
        else:
            return False
    return True


@given(moves)
def test_refusing_what_makes_a_circle_keeps_a_tree_on_every_day(wanted: list[tuple[int, int | None, date]]) -> None:
    edges = beginning()
    for unit, parent, since in wanted:
        after = moved(edges, unit, parent, since, None)
        if circle(after, since) is None:
            edges = after
    for offset in range(45):
        parents = standing(edges, DAY + timedelta(days=offset))
        assert parents.keys() == set(range(1, UNITS + 1))
        assert is_tree(parents)


@given(moves)
def test_a_circle_is_found_exactly_when_there_is_one(wanted: list[tuple[int, int | None, date]]) -> None:
    edges = beginning()
    for unit, parent, since in wanted:
        edges = moved(edges, unit, parent, since, None)
    on_some_day = any(not is_tree(standing(edges, DAY + timedelta(days=offset))) for offset in range(45))
    assert (circle(edges) is not None) == on_some_day


@given(moves)
def test_periods_of_one_unit_never_overlap(wanted: list[tuple[int, int | None, date]]) -> None:
    edges = beginning()
    for unit, parent, since in wanted:
        edges = moved(edges, unit, parent, since, None)
    for unit in range(1, UNITS + 1):
        mine = sorted((edge for edge in edges if edge.unit == unit), key=lambda edge: edge.since)
        assert mine[-1].until is None
        for one, later in pairwise(mine):
            assert one.until is not None
            assert one.since < one.until <= later.since


def test_moving_leaves_the_past_as_it_was() -> None:
    edges = moved(beginning(), 2, 1, DAY + timedelta(days=10), None)
    assert standing(edges, DAY + timedelta(days=9))[2] is None
    assert standing(edges, DAY + timedelta(days=10))[2] == 1


def test_moving_drops_what_was_planned_for_later() -> None:
    edges = moved(beginning(), 2, 1, DAY + timedelta(days=20), None)
    edges = moved(edges, 2, 3, DAY + timedelta(days=10), None)
    assert standing(edges, DAY + timedelta(days=30))[2] == 3


def test_a_unit_that_left_the_tree_is_in_it_no_longer() -> None:
    edges = cut(beginning(), 2, DAY + timedelta(days=5))
    assert 2 in standing(edges, DAY + timedelta(days=4))
    assert 2 not in standing(edges, DAY + timedelta(days=5))


def test_a_circle_that_comes_only_later_is_found_on_its_day() -> None:
    later = DAY + timedelta(days=20)
    edges = moved(beginning(), 1, 2, later, None)
    edges = moved(edges, 2, 1, DAY + timedelta(days=5), None)
    found = circle(edges, DAY)
    assert found is not None
    assert found[0] == later
    assert set(found[1]) == {1, 2}


def test_below_is_the_unit_and_everything_under_it() -> None:
    assert below({1: None, 2: 1, 3: 2, 4: 1, 5: None}, 1) == {1, 2, 3, 4}
    assert below({1: None, 2: 1, 3: 2}, 3) == {3}


def test_a_unit_stands_only_under_units_that_exist() -> None:
    edge = Edge(2, 1, DAY, None)
    assert uncovered([edge], {1: (DAY, None)}) == []
    assert uncovered([edge], {1: (DAY + timedelta(days=1), None)}) == [(edge, DAY)]
    assert uncovered([edge], {1: (DAY, DAY + timedelta(days=3))}) == [(edge, DAY + timedelta(days=3))]
