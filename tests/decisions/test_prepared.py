"""The statement that finds a decision, built once, gives what it gives when it is built anew, whoever asks."""

import pytest

from collab.decisions.forms import BallotsPart
from collab.decisions.queries import abouts, lists, page, results, revisits
from tests.cast import PEOPLE

from .voting import NOW, ballot, drafted, opened


@pytest.fixture
def made(cast, api_of, at):
    """A draft that its unit sees, and one that everybody sees."""
    at(NOW)
    return [drafted(api_of("Nikos"), cast.PARKS), drafted(api_of("Petros"), cast.ROADS, reach="all")]


def test_a_decision_is_found_alike_by_the_statement_kept_and_by_one_built_anew(app, actor_of, made):
    with app.app_context():
        seen = 0
        for name, *_rest in PEOPLE:
            for each in made:
                kept = page.BY_ID.rows(actor_of(name), item=each["id"])
                assert kept == page.BY_ID.fresh(actor_of(name), item=each["id"])
                assert kept == page.BY_REFERENCE.rows(actor_of(name), reference=each["reference"])
                seen += len(kept)
        assert len(PEOPLE) < seen < 2 * len(PEOPLE)


def test_what_hangs_on_a_decision_is_found_alike_either_way(app, actor_of, made):
    with app.app_context():
        seen = 0
        for name, *_rest in PEOPLE:
            for each in made:
                ties = {"decision": each["id"], "wait": None}
                ties |= dict.fromkeys(("after", "superseded_by", "revises"), each["id"])
                [around] = revisits.AROUND.rows(actor_of(name), **ties)
                assert [around] == revisits.AROUND.fresh(actor_of(name), **ties)
                assert around.after == around.revises == (around.successor or [None])[0]
                follows = results.FOLLOW_UPS.rows(actor_of(name), decision=each["id"])
                assert follows == results.FOLLOW_UPS.fresh(actor_of(name), decision=each["id"])
                seen += around.after is not None
        assert len(PEOPLE) < seen < 2 * len(PEOPLE)


def test_options_and_what_they_are_about_are_found_alike_either_way(app, cast, api_of, actor_of, made):
    options = [{"title": one["reference"], "about": one["reference"]} for one in made] + [{"title": "Neither"}]
    item = drafted(api_of("Nikos"), cast.PARKS, preset="one", options=options, reach="all")["id"]
    with app.app_context():
        seen = set()
        for name, *_rest in PEOPLE:
            who = actor_of(name)
            kept = abouts.OPTIONS_SEEN.rows(who, item=item)
            assert kept == abouts.OPTIONS_SEEN.fresh(who, item=item)
            found, beside = abouts.options_seen(who, item)
            assert (found, beside) == (page.options_of(item), abouts.abouts_of(who, found))
            seen.add(len(beside))
        assert seen == {1, 2}, "some see both items, and others one"


def test_the_first_ballots_by_name_are_those_of_any_other_length(app, cast, api_of, actor_of, at, close):
    at(NOW)
    made = opened(api_of("Nikos"), cast.PARKS)
    for name, vote in (("Eleni", "yes"), ("Giorgos", "no"), ("Babis", "yes")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    close()
    with app.app_context():
        who = actor_of("Nikos")
        found = page.find_decision(who, made["id"])
        kept = results.named_ballots(who, found, BallotsPart(limit=results.BESIDE))
        assert kept == results.named_ballots(who, found, BallotsPart(limit=results.BESIDE - 1))
        assert sorted(one.choice["vote"] for one in kept.items) == ["no", "yes", "yes"]
        first = results.named_ballots(who, found, BallotsPart(limit=1))
        rest = results.named_ballots(who, found, BallotsPart(limit=results.BESIDE, after=first.next))
        assert [*first.items, *rest.items] == list(kept.items)


def test_the_first_page_of_each_list_is_found_alike_either_way(app, cast, api_of, actor_of, made, at):
    vote = opened(api_of("Nikos"), cast.PARKS, substitutes="substitute")
    asked = {"of": [cast.ROADS, cast.Sofia], "what": "What would it mean for you?", "until": "2026-11-24"}
    assert api_of("Nikos").post(f"/api/v1/decisions/{made[0]['reference']}/advice", json=asked).status_code == 201
    with app.app_context():
        for whose, first in lists.FIRST.items():
            seen = 0
            for name, *_rest in PEOPLE:
                kept = first.rows(actor_of(name))
                assert [tuple(row) for row in kept] == [tuple(row) for row in first.fresh(actor_of(name))], whose
                seen += len(kept)
                if whose in lists.AGES:
                    ids = [vote["id"], *(one["id"] for one in made)]
                    ages = lists.AGES[whose].rows(actor_of(name), ids=ids)
                    assert sorted(ages) == sorted(
                        tuple(row) for row in lists.AGES[whose].fresh(actor_of(name), ids=ids)
                    )
            assert bool(seen) is (whose in ("my-vote", "my-advice", "open", "mine", "all")), whose
        roles = actor_of("Eleni").roles
        built_once = {whose for whose, first in lists.FIRST.items() if first.compiled(roles)}
        assert built_once == set(lists.FIRST) - {"my-advice", "my-review"}
