"""The last word may be unfinished: the word as typed comes first, then what begins so, then what only sounds alike."""

import pytest

from collab.core.text.greeklish import openings, readings
from collab.feed.search import queries as asking_the_index
from collab.work import commands as work
from collab.work.forms import Complete

TREE, SQUARE = "Γνωμοδότηση για το πλατάνι", "Σχέδιο για την πλατεία"


@pytest.mark.parametrize("typed", ["platan", "πλατάν", "ΠΛΑΤΑΝ", "platani", "πλατάνι", "γνωμοδότηση πλατάν"])
def test_what_begins_so_comes_before_what_sounds_alike(item, write, indexed, find, typed):
    write("Nikos", item, TREE)
    write("Nikos", item, SQUARE)
    indexed()
    assert [one["text"] for one in find("Eleni", typed, kind="messages")][:1] == [TREE]


@pytest.mark.parametrize(
    ("typed", "title"),
    [("inspectio", "Inspection of the bridge"), ("κλαδεμ", "Κλάδεμα δέντρων"), ("کتابخا", "بررسی کتابخانه")],
)
def test_a_beginning_finds_in_every_language(opened, indexed, titles, typed, title):
    opened("Nikos", "PARKS", title)
    indexed()
    assert titles("Eleni", typed) == [title]


def test_the_word_itself_comes_first_closed_as_it_is(opened, indexed, titles, do):
    done = opened("Nikos", "PARKS", "The tax of the market")
    do(work.complete, "Nikos", done, Complete())
    opened("Nikos", "PARKS", "Taxis at the station")
    indexed()
    assert titles("Eleni", "tax") == ["The tax of the market", "Taxis at the station"]


def test_many_beginnings_do_not_hide_the_word_itself(opened, indexed, titles, monkeypatch):
    """Ids beyond the newest stretch are looked at for the word alone, though beginnings fill the stretch."""
    opened("Nikos", "PARKS", "The tax of the market")
    for number in range(3):
        opened("Nikos", "PARKS", f"Taxis {number}")
    indexed()
    fresh = {key: asking_the_index._statement(*key) for key in asking_the_index.STATEMENTS}
    monkeypatch.setattr(asking_the_index, "STATEMENTS", fresh)
    monkeypatch.setattr(asking_the_index, "ENOUGH", 1)
    monkeypatch.setattr(asking_the_index, "RANKED", 2)
    assert titles("Eleni", "tax")[0] == "The tax of the market"


def test_of_very_many_beginnings_the_shortest_are_asked_for(opened, indexed, titles):
    """Forty-five longer words that come before them in the alphabet hide neither."""
    opened("Nikos", "PARKS", "Plum blossom")
    opened("Nikos", "PARKS", "Blow")
    for first in "abc":
        longer = (f"blo{first}{second}dfghjk" for second in "abcdefghijklmno")
        opened("Nikos", "PARKS", " ".join(longer))
    indexed()
    assert {"Plum blossom", "Blow"} <= set(titles("Eleni", "blo"))


def test_a_beginning_costs_one_statement(opened, indexed, api_of, queries):
    opened("Nikos", "PARKS", "Inspection of the bridge")
    indexed()
    client = api_of("Eleni")
    client.get("/api/v1/search?q=inspec")
    with queries() as sent:
        client.get("/api/v1/search?q=inspec")
    assert len([one for one in sent.sent if "search_word" in str(one)]) == 1
    assert len(sent.sent) <= 9, sent.sent


def test_of_an_unfinished_word_nothing_is_an_ending():
    assert "platan" in openings("platan")
    assert "plat" in readings("platan")
