"""The words of minutes fit the method: a question is adopted, a park is chosen, people are elected."""

import pytest

from collab.decisions.minuted import sheet_of_minutes
from collab.decisions.queries import find_decision

from .voting import NOW, ballot, opened

OPTIONS = [{"title": title} for title in ("Plane trees", "Olives", "Planes")]


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def minutes_of(app, close, api_of, actor_of, cast):
    """Vote as told, close, and give what stands on the paper as one text."""

    def run(vote, **said):
        head = api_of("Nikos")
        made = opened(head, cast.PARKS, **said)
        assert head.put(ballot(made), json=vote(made)).status_code == 200
        close()
        with app.app_context():
            return sheet_of_minutes(actor_of("Nikos"), find_decision(actor_of("Nikos"), made["id"]), "en")

    return run


def told(sheet):
    return str(sheet["sections"]).replace(r"\u2068", "").replace(r"\u2069", "")


@pytest.mark.parametrize(("vote", "word"), [("yes", "Yes (adopted)"), ("no", "Yes (not adopted)")])
def test_a_question_is_adopted_or_not_and_nobody_is_elected(minutes_of, vote, word):
    said = told(minutes_of(lambda _made: {"vote": vote}, ties="lot"))
    assert word in said
    assert "elected" not in said
    assert "Seed of a lot" not in said


@pytest.mark.parametrize(("ties", "there"), [("open", False), ("lot", True)])
def test_the_seed_stands_only_where_the_rule_draws_lots(minutes_of, ties, there):
    said = told(minutes_of(lambda made: {"option": made["options"][0]["id"]}, preset="one", options=OPTIONS, ties=ties))
    assert "Plane trees (chosen)" in said
    assert ("Seed of a lot" in said) is there
