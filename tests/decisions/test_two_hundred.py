"""200 options are a vote that people can work with: entered, voted, counted and shown, in pages that stay small."""

import random

import pytest
from sqlalchemy import func, select

from collab.core.db import db
from collab.core.i18n import speaking
from collab.core.markdown.parser import PARSER
from collab.decisions.models import DecisionOption
from collab.decisions.pictures import duels_of, ordered, rounds_of
from collab.decisions.shortened import PAPER

from .test_every_kind import said
from .voting import NOW, ballot, opened

CHANCE = random.Random(7)
STREETS = ["".join(CHANCE.choice("abcdefghiklmnoprstuvz") for _letter in range(8)) for _street in range(200)]
MANY = [f"The square at {street} street, district {at}" for at, street in enumerate(STREETS)]
"""As unlike each other as real ones: what is alike takes no room over the wire."""
LARGEST = 12_000
"""Over the wire, what every later page is given."""
WAYS = [("rank", "rank"), ("score", "score"), ("approve", "approve"), ("runoff", "rank"), ("seats", "rank"),
        ("pairs", "rank"), ("borda", "rank")]  # fmt: skip
VOTERS = ("Eleni", "Giorgos", "Babis", "Nikos", "Maria", "Petros", "Dimitra")


@pytest.mark.parametrize(("preset", "form"), WAYS)
def test_they_are_voted_on_and_counted_in_small_pages(cast, api_of, client_of, at, close, queries, preset, form):
    at(NOW)
    more = {"electorate": {"people": [cast.people[name] for name in VOTERS]}}
    more |= {"seats": 3} if preset == "seats" else {}
    made = opened(api_of("Nikos"), cast.PARKS, preset=preset, options=[{"title": title} for title in MANY], **more)
    ids = [one["id"] for one in made["options"]]
    for name in VOTERS:
        order = tuple(CHANCE.sample(range(200), 5 if form == "approve" else 200))
        if preset == "runoff":  # rounds upon rounds of ties are counted in tests/decisions/test_shortened.py
            order = tuple(range(200)) if name in VOTERS[:4] else tuple(range(70, 200)) + tuple(range(70))
        given = said(form, ids, order)
        for one in given.get("scores", ()):
            one["points"] = max(0, one["points"])
        assert api_of(name).put(ballot(made), json=given).status_code == 200
    eleni, here = client_of("Eleni"), f"/decisions/{made['reference']}"
    for tab in ("?tab=question", "?tab=vote", "?tab=result", "/places"):
        if tab == "?tab=result":
            close()
        address = here + tab
        eleni.get(address)
        with queries() as sent:
            page = eleni.get(address, headers={"Accept-Encoding": "gzip"})
        assert (page.status_code, len(sent) <= 12) == (200, True), (tab, len(sent))
        assert len(page.data) <= LARGEST, (tab, len(page.data))
    result = api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert result["winners"] or result["tied"]
    assert "short" not in result, "the API has the whole, and it alone"
    every = eleni.get(f"{here}/places").text
    assert all(title in every for title in MANY)
    assert "data-find-lines" in every
    assert f'href="{here}/places"' in eleni.get(f"{here}?tab=result").text


COSTLY = ("\n--a\n\n--a--\n" * 2_000)[:20_000]


@pytest.fixture
def laid_out(monkeypatch):
    """The costly texts that were given to the parser."""
    given, parse = [], PARSER.parse

    def noted(text, env=None):
        if "--a" in text:
            given.append(text)
        return parse(text, env)

    monkeypatch.setattr(PARSER, "parse", noted)
    return given


def test_long_explanations_are_laid_out_within_one_budget_where_they_are_shown(cast, api_of, client_of, at, laid_out):
    at(NOW)
    options = [{"title": title, "body": COSTLY} for title in MANY[:30]]
    made = opened(api_of("Nikos"), cast.PARKS, preset="rank", options=options, body=COSTLY)
    eleni, here = client_of("Eleni"), f"/decisions/{made['reference']}"
    laid_out.clear()
    for address in (f"{here}?tab=vote", f"{here}?tab=talk", f"{here}/turnout"):
        assert eleni.get(address).status_code == 200
    assert laid_out == [], "no explanation is shown there"
    page = eleni.get(f"{here}?tab=question").text
    assert 0 < sum(map(len, laid_out)) < 5 * len(COSTLY)
    assert page.count("--a--") == 31 * COSTLY.count("--a--"), "nothing is lost"
    assert all(title in page for title in MANY[:30])


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
    assert shown is not None
    assert max(len(each.bars) for each in shown.rounds) <= 12
    assert shown.rounds[2].title == "Rounds 3 to 191"
    assert (shown.rounds[0].bars[0].name, len(shown.rounds)) == ("199", 11)
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
