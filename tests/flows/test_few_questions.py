"""A decision around which everything stands that may: each of its tabs, at every stage, asks few questions."""

import pytest

from collab.decisions.sweeps import sweep_votes
from tests.decisions.voting import CLOSES, NOW, ballot, drafted
from tests.files.sending import sent

from .test_deciding import V1, say
from .test_meetings import added, called

MOST = 12


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def asks(client_of, queries):
    """`asks(made, "vote")`: how many, and what, when Eleni looks at that tab for the second time."""

    def run(made, tab):
        client = client_of("Eleni")
        client.get(f"/decisions/{made['reference']}?tab={tab}")
        with queries() as asked:
            page = client.get(f"/decisions/{made['reference']}?tab={tab}")
        assert (page.status_code, 'id="venue"' in page.text) == (200, True)
        return len(asked), page.text, "\n\n".join(asked.sent)

    return run


@pytest.fixture
def made(api_of, cast):
    """Of a message, argued about, with files beside it and each option, advised upon, on the agenda of a meeting."""

    def run(preset):
        eleni, nikos = api_of("Eleni"), api_of("Nikos")
        talk = eleni.post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]
        message = say(eleni, f"conversations/{talk}", "Which bench?")
        form = {"title": "Which bench?", "unit": cast.PARKS}
        made = eleni.post(f"{V1}/messages/{message}/decisions", json=form).json
        where, chosen = f"{V1}/decisions/{made['reference']}", {"preset": preset, "chair": cast.Nikos}
        if preset != "consent":
            chosen |= {"proxies": 2, "substitutes": "substitute", "quorum": "third"}
        assert eleni.put(where, json=chosen | {"title": "Which bench?", "closes_on": "2026-11-25"}).status_code == 200
        task = eleni.post(f"{V1}/tasks", json=form | {"holder": cast.Eleni}).json["reference"]
        for title in ("Oak", "Steel") if preset == "one" else ():
            assert eleni.post(f"{where}/options", json={"title": title, "about": task}).status_code == 201
        options = [one["id"] for one in eleni.get(where).json["options"]] or [None]
        for option in options:
            said = {"side": "for", "text": "It lasts", "option": option}
            assert eleni.post(f"{where}/arguments", json=said).status_code == 201
        for place in ("", *(f"?option={option}" for option in options if option)):
            assert sent(eleni, f"{where}/evidence{place}", b"120 euros", "offer.txt").status_code == 201
        for party in (cast.ROADS, cast.Sofia):
            assert (
                nikos.post(
                    f"{where}/advice", json={"of": [party], "what": "How long?", "until": "2026-11-24"}
                ).status_code
                == 201
            )
        added(nikos, called(nikos, cast), "Which, then?", about=made["reference"])
        return made | {"options": options}

    return run


@pytest.mark.parametrize("preset", ["one", "simple", "consent"])
def test_every_tab_of_it_asks_few_questions_from_the_draft_to_its_successor(preset, app, api_of, cast, made, asks, at):
    nikos, it, found = api_of("Nikos"), made(preset), {}
    where = f"{V1}/decisions/{it['reference']}"
    found["draft"] = [asks(it, tab) for tab in ("question", "vote", "talk")]
    assert "Came from what" in found["draft"][0][1]
    assert nikos.put(f"{where}/opening").status_code == 200
    if preset == "consent":
        assert api_of("Babis").post(f"{where}/objections", json={"reason": "Too dear"}).status_code == 201
    found["open"] = [asks(it, tab) for tab in ("question", "vote", "talk")]
    assert found["open"][0][1].count("offer.txt") == len([one for one in it["options"] if one]) + 1
    voted = {"one": {"option": it["options"][0]}, "simple": {"vote": "yes"}, "consent": {"consent": True}}[preset]
    assert api_of("Eleni").put(ballot(it), json=voted).status_code == 200
    at(CLOSES)
    with app.app_context():
        sweep_votes()
    found["closed"] = [asks(it, tab) for tab in ("question", "vote", "result", "talk")]
    other = drafted(api_of("Nikos"), cast.PARKS, title="Otherwise?", hands=True, closes_on="2027-01-15")
    assert api_of("Nikos").put(f"{V1}/decisions/{other['reference']}/opening").status_code == 200
    numbers = {"yes": 2, "no": 0, "abstained": 0}
    assert api_of("Nikos").put(f"{V1}/decisions/{other['reference']}/hands", json=numbers).status_code == 200
    for one in (it, other):
        said = api_of("Nikos").put(f"{V1}/decisions/{one['reference']}/outcome", json={"outcome": "Yes."})
        assert said.status_code == 200, said.text
    task = {"title": "Buy them", "holder": cast.Eleni}
    assert api_of("Nikos").post(f"{where}/tasks", json=task).status_code == 201
    assert api_of("Nikos").put(f"{where}/successor", json={"item": other["reference"]}).status_code == 200
    found["superseded"] = [asks(it, tab) for tab in ("question", "vote", "result", "talk")]
    assert "Another decision took its place:" in found["superseded"][2][1]
    tabs = [(stage, *one) for stage, each in found.items() for one in each]
    assert [(stage, number, sql) for stage, number, _page, sql in tabs if number > MOST] == []
