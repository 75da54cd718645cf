"""The holder bar: widths follow working days, everything can be seen, nothing is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from collab.work.holder_bar import LEAST, MOST_SEGMENTS, Stretch, merged, segments, totals

stretches = st.lists(
    st.builds(
        Stretch,
        key=st.integers(1, 5),
        name=st.just("n"),
        days=st.integers(0, 400),
        stopped=st.booleans(),
        now=st.just(False),
    ),
    max_size=60,
)


def test_the_sketch():
    parts = [Stretch(1, "Parks", 3), Stretch(9, "Forestry", 12, stopped=True), Stretch(2, "Legal", 4, now=True)]
    drawn = segments(parts, "earlier")
    assert [(each.name, each.look) for each in drawn] == [("Parks", "held"), ("Forestry", "stopped"), ("Legal", "now")]
    assert drawn[1].width > drawn[2].width > drawn[0].width
    assert [(each.name, each.days) for each in totals(parts)] == [("Parks", 3), ("Forestry", 12), ("Legal", 4)]


def test_nothing_draws_nothing():
    assert segments([], "earlier") == []
    assert totals([]) == []


@given(stretches)
def test_a_bar_is_whole_and_every_part_of_it_can_be_seen(parts):
    drawn = segments(parts, "earlier")
    assert len(drawn) <= MOST_SEGMENTS
    assert sum(each.days for each in drawn) == sum(each.days for each in parts)
    if drawn:
        assert abs(sum(each.width for each in drawn) - 100) < 0.5
        assert all(each.width >= LEAST - 0.01 for each in drawn)
        assert drawn[0].start == 0
        for one, after in pairwise(drawn):
            assert abs(one.start + one.width - after.start) < 0.05


@given(stretches)
def test_neighbours_with_one_holder_are_one_and_totals_lose_nothing(parts):
    found = merged(parts)
    assert all((a.key, a.stopped) != (b.key, b.stopped) for a, b in pairwise(found))
    assert merged(found) == found
    assert sum(each.days for each in totals(parts)) == sum(each.days for each in parts)
