"""Circles of waiting are found: laws on random graphs, held against plain reachability."""

from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from collab.work.circles import circles, components

GRAPHS = st.dictionaries(st.integers(0, 9), st.lists(st.integers(0, 9), max_size=4), max_size=10)


def reached(edges, start):
    """Whoever can be reached from `start` in one step or more."""
    found, waiting = set(), list(edges.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(edges.get(node, ()))
    return found


def nodes(edges):
    return set(edges) | {other for others in edges.values() for other in others}


@given(GRAPHS)
def test_those_who_reach_each_other_stand_together_and_nobody_else(edges):
    groups = components(edges)
    assert sorted(node for group in groups for node in group) == sorted(nodes(edges))
    of = {node: place for place, group in enumerate(groups) for node in group}
    ways = {node: reached(edges, node) for node in nodes(edges)}
    for one in ways:
        for other in ways:
            assert (of[one] == of[other]) == (one == other or (other in ways[one] and one in ways[other]))


@given(GRAPHS)
def test_each_circle_is_a_way_back_that_visits_nobody_twice(edges):
    for circle in circles(edges, most=1_000):
        assert len(set(circle)) == len(circle) >= 2
        for one, other in zip(circle, (*circle[1:], circle[0]), strict=True):
            assert other in edges[one]


@given(GRAPHS)
def test_whoever_waits_in_a_circle_is_in_one_of_those_found_and_none_is_told_twice(edges):
    found = circles(edges, most=1_000)
    bare = {node: [other for other in others if other != node] for node, others in edges.items()}
    assert {node for circle in found for node in circle} == {
        node for node in nodes(bare) if node in reached(bare, node)
    }
    assert len({frozenset(zip(circle, (*circle[1:], circle[0]), strict=True)) for circle in found}) == len(found)


def test_the_shortest_come_first_and_depth_is_no_matter():
    assert circles({1: [2], 2: [3, 1], 3: [1]}) == [(1, 2), (1, 2, 3)]
    assert circles({1: [1]}) == []
    long = {number: [number + 1] for number in range(20_000)} | {20_000: [0]}
    assert [len(each) for each in components(long)] == [20_001]


@given(GRAPHS, st.sets(st.integers(0, 9)))
def test_the_circles_through_some_are_the_same_however_they_are_looked_for(edges, some):
    with mock.patch("collab.work.circles.FEW", 0):
        known = circles(edges, most=1_000, through=some)
    found = circles(edges, most=1_000, through=some)
    assert {frozenset(each) for each in found} == {frozenset(each) for each in known}
    assert [len(each) for each in found] == [len(each) for each in known]


@given(GRAPHS, st.integers(1, 6))
def test_a_few_are_the_first_of_all(edges, most):
    assert circles(edges, most=most) == circles(edges, most=1_000)[:most]


def test_where_enough_stand_between_two_the_longer_ones_are_not_looked_for():
    edges = {node: [node ^ 1, (node + 2) % 40] for node in range(40)}
    with mock.patch("collab.work.circles._shortest", side_effect=AssertionError):
        assert circles(edges, most=3) == [(0, 1), (2, 3), (4, 5)]
