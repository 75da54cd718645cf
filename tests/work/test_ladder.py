"""The way up: always up, never twice, never to somebody who is awaited, and it ends."""

from hypothesis import given
from hypothesis import strategies as st

from collab.work.escalating.ladder import Office, Seat, next_step

PEOPLE = st.integers(1, 12)
SEATS = st.lists(
    st.builds(Seat, PEOPLE, st.sampled_from(["head", "deputy", "acting"]), st.none() | PEOPLE), max_size=3
).map(tuple)


@st.composite
def ways(draw):
    """From a unit to the top: some posts empty, some missing, some people away."""
    length = draw(st.integers(0, 7))
    return [Office(100 + place, draw(st.none() | st.just(200 + place)), draw(SEATS)) for place in range(length)]


@given(ways(), st.frozensets(PEOPLE | st.integers(200, 206)))
def test_it_always_goes_up_and_ends_within_the_height_of_the_tree(way, awaited):
    order = {office.unit: place for place, office in enumerate(way)}
    passed, places = [], []
    while (step := next_step(way, awaited, frozenset(passed))) is not None:
        places.append(order[step.unit])
        passed.append(step.unit)
        assert len(passed) <= len(way)
    assert places == sorted(set(places))


@given(ways(), st.frozensets(PEOPLE | st.integers(200, 206)), st.frozensets(st.integers(100, 106)))
def test_it_never_goes_to_somebody_awaited_or_absent(way, awaited, passed):
    step = next_step(way, awaited, passed)
    if step is not None:
        assert not awaited & {step.party, step.person}
        assert step.unit not in passed
        [office] = [office for office in way if office.unit == step.unit]
        assert step.person in {seat.answers for seat in office.seats}
        assert step.party in {office.post} if office.post else {seat.person for seat in office.seats}


@given(ways(), st.integers(0, 7))
def test_an_empty_post_on_the_way_changes_nothing(way, place):
    with_empty = [*way[:place], Office(999, 998), *way[place:]]
    assert next_step(with_empty, frozenset()) == next_step(way, frozenset())


def head(person, answers=None, kind="head"):
    return Seat(person, kind, person if answers is None else answers)


def test_the_acting_head_before_the_head_before_the_deputy():
    office = Office(1, 50, (head(7, kind="deputy"), head(8), head(9, kind="acting")))
    assert next_step([office], frozenset()).person == 9


def test_an_absent_head_is_answered_for_by_the_substitute_then_by_the_deputy():
    away = Seat(8, "head", 4)
    assert next_step([Office(1, 50, (away, head(7, kind="deputy")))], frozenset()) == (1, 50, 4)
    nobody = Seat(8, "head", None)
    assert next_step([Office(1, 50, (nobody, head(7, kind="deputy")))], frozenset()) == (1, 50, 7)
    assert next_step([Office(1, 50, (nobody,)), Office(2, 60, (head(3),))], frozenset()) == (2, 60, 3)


def test_a_head_who_is_awaited_is_passed_over_and_so_is_whoever_stands_in_for_them():
    above = Office(2, 60, (head(3),))
    assert next_step([Office(1, 50, (head(8),)), above], frozenset({8})).unit == 2
    assert next_step([Office(1, 50, (head(8),)), above], frozenset({50})).unit == 2
    assert next_step([Office(1, 50, (Seat(8, "head", 4),)), above], frozenset({8})).unit == 2


def test_a_unit_without_a_post_is_answered_for_by_whoever_heads_it():
    assert next_step([Office(1, None, (head(8),))], frozenset()) == (1, 8, 8)
