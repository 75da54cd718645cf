"""200 options are a vote that people can work with: entered, voted, counted and shown, in pages that stay small."""

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.core.i18n import speaking
from collab.decisions.models import DecisionOption
from collab.decisions.pictures import PAPER, duels_of, ordered, rounds_of, steps_shown

from .test_every_kind import said
from .voting import NOW, ballot, opened

MANY = [f"Square {number} of the eastern district" for number in range(200)]
LARGEST = 14_000
"""Over the wire: two kilobytes more than a page is given, since 200 options are one list that nobody pages through."""


@pytest.mark.parametrize(
    ("preset", "form"), [("rank", "rank"), ("score", "score"), ("approve", "approve"), ("runoff", "rank")]
)
def test_they_are_voted_on_and_counted_in_small_pages(cast, api_of, client_of, at, close, queries, preset, form):
    at(NOW)
    made = opened(api_of("Nikos"), cast.PARKS, preset=preset, options=[{"title": title} for title in MANY])
    ids = [one["id"] for one in made["options"]]
    for name, turned in (("Eleni", 0), ("Giorgos", 0), ("Babis", 70)):
        order = tuple((place + turned) % 200 for place in range(5 if form == "approve" else 200))
        given = said(form, ids, order)
        for one in given.get("scores", ()):
            one["points"] = max(0, one["points"])
        assert api_of(name).put(ballot(made), json=given).status_code == 200
    eleni, tabs = client_of("Eleni"), ["question", "vote", "result"]
    for tab in tabs:
        if tab == "result":
            close()
        address = f"/decisions/{made['reference']}?tab={tab}"
        eleni.get(address)
        with queries() as sent:
            page = eleni.get(address, headers={"Accept-Encoding": "gzip"})
        assert (page.status_code, len(sent) <= 12) == (200, True), (tab, len(sent))
        assert len(page.data) <= LARGEST, (tab, len(page.data))
    result = api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert MANY[0] in (result["winners"] or result["tied"])


def _kept(app):
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(DecisionOption))


def test_many_lines_become_options_and_one_too_many_saves_nothing(app, cast, client_of):
    typed = {"title": "Which square?", "unit": str(cast.PARKS), "preset": "rank"}
    for lines, status in ((MANY, 303), ([*MANY, "One more"], 422)):
        before = _kept(app)
        page = client_of("Eleni").post("/decisions", data=typed | {"option_lines": "\n".join(lines)})
        assert (page.status_code, _kept(app) - before) == (status, 200 if status == 303 else 0)
    assert "At most 200 entries are taken here." in page.text


def test_a_long_count_draws_its_beginning_and_its_end():
    rounds = [
        {"action": "exclude", "of": [str(at)], "votes": {str(name): name for name in range(200)}, "elected": [],
         "excluded": [str(at)], "exhausted": 0}
        for at in range(199)
    ]  # fmt: skip
    with speaking("en"):
        shown = rounds_of({"rounds": rounds, "winners": ["199"]})
        steps = steps_shown([str(at) for at in range(199)])
    assert shown is not None
    assert max(len(each.bars) for each in shown.rounds) <= 12
    assert shown.rounds[2].title == "Rounds 3 to 191"
    assert (shown.rounds[0].bars[0].name, len(shown.rounds), len(steps)) == ("199", 11, 37)
    assert "188 more options" in shown.rounds[0].left


def test_a_large_table_of_duels_shows_those_that_came_first():
    names = [str(at) for at in range(200)]
    table = {one: {other: int(one > other) for other in names if other != one} for one in names}
    with speaking("en"):
        shown = duels_of({"pairwise": table, "order": names[::-1]})
    assert shown is not None
    assert (len(shown.rows), len(shown.columns), shown.rows[0][1]) == (12, 12, "199")
    assert "The first 12 of 200" in shown.caption


def test_the_minutes_have_all_of_a_hundred_options():
    """They are the record: what is shortened for a page is whole on paper."""
    names = [str(at) for at in range(100)]
    rounds = [
        {"action": "count", "votes": dict.fromkeys(names, 1), "elected": [], "excluded": [], "exhausted": 0}
    ] * 100
    with speaking("en"):
        shown = rounds_of({"rounds": rounds, "winners": []}, most=PAPER)
    assert shown is not None
    assert {len(each.bars) for each in shown.rounds} == {100}
    assert len(shown.rounds) == 100
    assert len(ordered({"pairwise": {one: {} for one in names}, "order": []}, PAPER)) == 100
