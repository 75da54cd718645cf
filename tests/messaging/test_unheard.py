"""Whoever is called and may not read there is told of before anything is sent, with what one may do about it."""

import pytest

from collab.messaging.commands import open_conversation
from collab.messaging.forms import NewConversation
from collab.messaging.queries import called
from tests.people.test_directory import crowd

CALM = {"says": "", "why": "", "open": None, "lets_in": []}


@pytest.fixture
def asked(client_of):
    """`asked("Eleni", "unit-talk:3", 5, 7)`: what she is told while she writes there and calls them."""
    return lambda name, talk, *parties: client_of(name).get(
        "/mentions/unheard", query_string={"talk": talk, "parties": ",".join(map(str, parties))}
    )


@pytest.fixture
def storm(app, cast, actor_of):
    with app.app_context():
        return open_conversation(actor_of("Eleni"), NewConversation(title="Storm", members=[cast.Nikos]))


def test_in_a_group_whoever_takes_part_may_let_them_in_and_then_nothing_is_said(asked, client_of, cast, storm):
    talk = f"group-talk:{storm}"
    told = asked("Eleni", talk, cast.Nikos, cast.Maria).json
    assert "Maria Lekka may not read here" in told["says"]
    [one] = told["lets_in"]
    assert (one["id"], one["to"], told["why"]) == (cast.Maria, f"/conversations/{storm}/members", "")
    assert client_of("Nikos").post(one["to"], data={"party": cast.Maria}).status_code == 303
    assert asked("Nikos", talk, cast.Eleni, cast.Maria).json == CALM
    assert asked("Eleni", talk, cast.Nikos).json == CALM


def test_a_unit_and_a_post_of_which_nobody_may_read_are_told_of_and_let_in(asked, client_of, cast, storm):
    talk, legal, roads = f"group-talk:{storm}", cast.LEGAL, cast.head_posts["ROADS"]
    told = asked("Eleni", talk, legal, roads, cast.PARKS, cast.head_posts["PARKS"]).json
    assert told["says"].startswith("Head of Roads, Legal Service may"), told
    assert [one["id"] for one in told["lets_in"]] == [roads, legal]
    for party in (legal, cast.Petros):
        assert client_of("Eleni").post(f"/conversations/{storm}/members", data={"party": party}).status_code == 303
    assert asked("Eleni", talk, legal, roads).json == CALM, "Petros holds the post"
    for party, deaf in ((cast.TECH, False), (cast.PARKS, False), (cast.ROADS, True), (cast.head_posts["TECH"], False)):
        unit = asked("Eleni", f"unit-talk:{cast.PARKS}", party).json
        assert bool(unit["says"]) is deaf, party


def test_a_units_talk_names_the_unit_whose_people_read_it(asked, cast):
    told = asked("Eleni", f"unit-talk:{cast.PARKS}", cast.ROADS).json
    assert "Roads" in told["says"]
    assert told["why"].startswith("The people of Parks"), "not of the unit that is called"


def test_a_large_unit_is_told_of_like_a_small_one_and_hides_none_after_it(
    app, asked, client_of, cast, storm, monkeypatch
):
    """A hundred people of whom each has to be asked about."""
    talk, units = f"group-talk:{storm}", sorted((cast.PARKS, cast.LEGAL, cast.ROADS))
    last = crowd(app, cast, cast.LEGAL)[-1]
    assert [one["id"] for one in asked("Eleni", talk, *units).json["lets_in"]] == [cast.ROADS, cast.LEGAL]
    crowd(app, cast, cast.ROADS, "r")
    assert [one["id"] for one in asked("Eleni", talk, *units).json["lets_in"]] == [cast.ROADS, cast.LEGAL]
    monkeypatch.setattr(called, "MOST_BEHIND", 60)
    told = asked("Eleni", talk, *units, cast.FINANCE).json["lets_in"]
    assert [one["id"] for one in told] == [cast.FINANCE], "of units with more than are looked at it is not known"
    monkeypatch.undo()
    client_of("Eleni").post(f"/conversations/{storm}/members", data={"party": last})
    assert [one["id"] for one in asked("Eleni", talk, *units).json["lets_in"]] == [cast.ROADS]


def test_elsewhere_it_is_said_why_and_nobody_is_let_in(app, asked, cast, actor_of, item, said):
    unit = asked("Eleni", f"unit-talk:{cast.PARKS}", cast.Maria).json
    assert ("Maria Lekka" in unit["says"], "The people of Parks" in unit["why"], unit["lets_in"]) == (True, True, [])
    said("Eleni", "Two trees are down")
    work = asked("Eleni", f"work-item-talk:{item}", cast.Maria).json
    assert (work["open"]["href"].startswith("/work-items/"), work["lets_in"]) == (True, [])
    with app.app_context():
        pair = open_conversation(actor_of("Eleni"), NewConversation(kind="direct", members=[cast.Nikos]))
    assert asked("Eleni", f"group-talk:{pair}", cast.Maria).json["lets_in"] == []


def test_who_may_not_read_a_talk_learns_nothing_of_who_does(asked, cast, storm):
    assert asked("Maria", f"group-talk:{storm}", cast.Nikos).status_code == 404
    for talk in ("nothing-talk:1", f"group-talk:{storm + 999}"):
        assert asked("Eleni", talk, cast.Nikos).status_code == 404, talk
    assert asked("Eleni", "", cast.Nikos).json == asked("Eleni", f"group-talk:{storm}").json == CALM
    assert asked("Eleni", "group-talk", cast.Nikos).status_code == 422
