"""The picture of who waits for whom: every line has places of its own, and none runs behind a name."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from collab.work.wait_picture import LOWEST, MOST, picture

PAIRS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda pair: pair[0] != pair[1]), max_size=60)


@given(PAIRS, st.lists(st.integers(0, 8), min_size=2, max_size=5, unique=True), st.booleans())
def test_lines_begin_and_end_at_their_boxes_each_at_a_place_of_its_own(pairs, ring, mirrored):
    made = picture([ring], pairs, mirrored=mirrored)
    for boxes in (made.waiting, made.awaited):
        assert 0 < len(boxes) <= MOST
        assert all(box.height >= LOWEST and 0 <= box.top <= made.height - box.height for box in boxes)
        assert all(one.top + one.height < other.top for one, other in pairwise(boxes))
    waiting = {box.key: box for box in made.waiting}
    awaited = {box.key: box for box in made.awaited}
    for arrow in made.arrows:
        one, other = waiting[arrow.pair[0]], awaited[arrow.pair[1]]
        assert one.top < arrow.begin < one.top + one.height
        assert other.top < arrow.end < other.top + other.height
    for ends in ([arrow.begin for arrow in made.arrows], [arrow.end for arrow in made.arrows]):
        assert len(set(ends)) == len(ends)
    steps = set(zip(ring, (*ring[1:], ring[0]), strict=True))
    assert {arrow.pair for arrow in made.arrows if arrow.circled} == steps
    assert all(arrow.path.startswith("M100" if mirrored else "M0 ") for arrow in made.arrows)


def test_nobody_waiting_is_an_empty_picture():
    made = picture([], [])
    assert (made.arrows, made.height) == ((), 0)
