"""Many at once, and whatever is sent: one ballot counts, nothing is half-saved, every refusal says why."""

from threading import Barrier, Event, Thread

import pytest
from sqlalchemy import func, select, text

from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.decisions.models import Roll
from collab.people.models import Absence
from collab.web.doors import DOORS
from collab.work.models import Wait

from .voting import CLOSES, NOW, ballot, drafted, fields, opened

LONGEST = 60
WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
HOSTILE = (
    "", "x" * 100_000, "a\x00b", "\ud800", None, True, -1, 2**63, 1.5, [], [[]], [None], {}, "2026-02-30", "<script>",
    [{"option": 1}], [{"option": 1, "rank": "٣"}], {"unit": {}}, {"people": [2**70]},
)  # fmt: skip


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


def test_of_sixty_ballots_of_one_person_at_once_exactly_one_counts(app, cast, api_of):
    made = opened(api_of("Nikos"), cast.PARKS)
    clients, answers, together = [api_of("Eleni") for _each in range(6)], [], Barrier(6)

    def vote(client, number):
        together.wait()
        for each in range(10):
            answers.append(client.put(ballot(made), json={"vote": "yes" if (number + each) % 2 else "no"}).status_code)

    threads = [Thread(target=vote, args=(client, number)) for number, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 60
    assert api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["turnout"]["cast"] == 1
    with app.app_context():
        line = db.session.scalars(select(Roll).where(Roll.person_id == cast.Eleni)).one()
        assert line.choice in ({"vote": "yes"}, {"vote": "no"})
        db.session.remove()


def together(*calls):
    """What calls that start in the same moment answer, in no order."""
    answers, ready = [], Barrier(len(calls))

    def run(call):
        ready.wait()
        answers.append(call().status_code)

    threads = [Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("_again", range(4))
def test_of_two_decisions_at_once_only_one_takes_the_place_of_the_other(cast, api_of, close, _again):
    nikos = api_of("Nikos")
    left, right = (opened(nikos, cast.PARKS) for _each in range(2))
    for made in (left, right):
        nikos.put(ballot(made), json={"vote": "yes"})
    close()
    first, second = api_of("Nikos"), api_of("Nikos")
    one, other = (f"/api/v1/decisions/{made['reference']}" for made in (left, right))
    for path in (one, other):
        assert first.put(f"{path}/outcome", json={"outcome": "Yes."}).status_code == 200
    answers = together(
        lambda: first.put(f"{one}/successor", json={"item": right["reference"]}),
        lambda: second.put(f"{other}/successor", json={"item": left["reference"]}),
    )
    assert sorted(answers) == [200, 422]
    assert sorted(first.get(path).get_json()["stage"] for path in (one, other)) == ["decided", "superseded"]


def test_none_takes_the_place_of_another_while_its_outcome_is_taken_back(app, cast, api_of):
    nikos = api_of("Nikos")
    before, after = (opened(nikos, cast.PARKS, hands=True) for _each in range(2))
    for made in (before, after):
        path = f"/api/v1/decisions/{made['reference']}"
        assert nikos.put(f"{path}/hands", json={"yes": 2, "no": 1, "abstained": 0}).status_code == 200
        assert nikos.put(f"{path}/outcome", json={"outcome": "Yes."}).status_code == 200
    path, answers, done = f"/api/v1/decisions/{before['reference']}", [], Event()

    def supersede():
        answers.append(nikos.put(f"{path}/successor", json={"item": after["reference"]}))
        done.set()

    waited = False
    with app.app_context(), db.engine.connect() as correcting, db.engine.connect() as looking:
        correcting.execute(text("begin read write"))
        correcting.execute(text("select from decision where item_id = :id for update"), {"id": after["id"]})
        thread = Thread(target=supersede)
        thread.start()
        for _look in range(LONGEST * 50):
            waited = bool(looking.scalar(text(WAITING)))
            if waited or done.wait(0.02):
                break
        correcting.execute(text("update decision set stage = 'closed' where item_id = :id"), {"id": after["id"]})
        correcting.execute(text("commit"))
        thread.join(LONGEST)
    assert waited, "until it is known what became of it"
    assert (answers[0].status_code, fields(answers[0])) == (422, ["item"])
    assert api_of("Nikos").get(path).get_json()["stage"] == "decided"


@pytest.mark.parametrize("_again", range(4))
def test_a_proxy_that_both_sides_end_at_once_ends_once(app, cast, api_of, _again):
    given = {name: getattr(cast, name) for name in ("Eleni", "Babis", "Nikos", "Giorgos")}
    rule = {"proxies": 5, "electorate": {"unit": cast.PARKS, "people": [cast.ROADS]}}
    made = opened(api_of("Nikos"), cast.PARKS, **rule)
    base, maria = f"/api/v1/decisions/{made['reference']}", api_of("Maria")
    ends = []
    for name, id_ in given.items():
        client = api_of(name)
        assert client.put(f"{base}/proxy", json={"holder": cast.Maria}).status_code == 204
        assert maria.put(f"{base}/proxies/{id_}").status_code == 204
        ends.append(lambda client=client, id_=id_: client.delete(f"{base}/proxies/{id_}"))
    answers = together(*ends, lambda: maria.put(f"{base}/recusal", json={"reason": "My street"}))
    assert set(answers) <= {204, 403}
    awaited = Wait.of_id.in_(given.values()), Wait.item_id == made["id"], Wait.sense == "vote"
    with app.app_context():
        waits = select(Wait.of_id, func.count()).where(*awaited, Wait.ended_at.is_(None)).group_by(Wait.of_id)
        facts = select(func.count()).where(FactRow.subject_id == made["id"], FactRow.kind == "proxy-ended")
        assert dict(db.session.execute(waits).all()) == dict.fromkeys(given.values(), 1)
        assert db.session.scalar(facts) == len(given)
        db.session.remove()


def test_ranks_and_points_that_cannot_be_are_refused_in_words(cast, api_of):
    options = [{"title": title} for title in ("Plane", "Lime", "Elm")]
    made = opened(api_of("Nikos"), cast.PARKS, preset="runoff", options=options)
    first, second, third = (one["id"] for one in made["options"])
    wrong = {
        "stands on the ballot twice": [{"option": first, "rank": 1}, {"option": first, "rank": 2}],
        "without a gap": [{"option": first, "rank": 1}, {"option": second, "rank": 3}],
        "rank 1": [{"option": first, "rank": 1}, {"option": second, "rank": 1}],
        "not on the ballot": [{"option": third + 1_000, "rank": 1}],
    }
    for sentence, ranks in wrong.items():
        answer = api_of("Eleni").put(ballot(made), json={"ranks": ranks})
        assert (answer.status_code, sentence in answer.get_data(as_text=True)) == (422, True), ranks
    assert api_of("Eleni").put(ballot(made), json={"vote": "yes"}).status_code == 422
    good = [{"option": second, "rank": 1}, {"option": first, "rank": 2}]
    assert api_of("Eleni").put(ballot(made), json={"ranks": good}).status_code == 200


def test_who_stands_aside_gave_a_proxy_or_is_not_entitled_is_told_why(cast, api_of):
    made = opened(api_of("Nikos"), cast.PARKS, proxies=1, electorate={"unit": cast.PARKS, "people": [cast.ROADS]})
    base, eleni, maria = f"/api/v1/decisions/{made['reference']}", api_of("Eleni"), api_of("Maria")
    assert eleni.put(f"{base}/proxy", json={"holder": cast.Maria}).status_code == 204
    assert maria.put(f"{base}/proxies/{cast.Eleni}").status_code == 204
    assert "votes for you" in eleni.put(ballot(made), json={"vote": "yes"}).get_json()["detail"]
    assert maria.put(ballot(made), json={"vote": "no", "principal": cast.Eleni}).status_code == 200
    refused = eleni.put(ballot(made), json={"vote": "yes"})
    assert (refused.status_code, "proxy has voted" in refused.get_json()["detail"]) == (403, True)
    assert api_of("Petros").put(f"{base}/proxy", json={"holder": cast.Maria}).status_code == 204
    assert maria.put(f"{base}/proxies/{cast.Petros}").status_code == 409, "one proxy each, says the rule"
    assert maria.put(f"{base}/recusal", json={"reason": "My street"}).status_code == 204
    assert maria.put(ballot(made), json={"vote": "yes"}).status_code == 403
    assert api_of("Dimitra").put(ballot(made), json={"vote": "yes"}).status_code == 404
    assert eleni.get(base).get_json()["turnout"]["recused"] == 1


def test_there_is_no_proxy_of_somebody_who_has_no_vote_here(cast, api_of):
    made = opened(api_of("Nikos"), cast.PARKS, proxies=1, reach="all")
    base, eleni = f"/api/v1/decisions/{made['reference']}/proxies", api_of("Eleni")
    for nobody in (999_999, cast.Maria):
        assert (eleni.put(f"{base}/{nobody}").status_code, eleni.delete(f"{base}/{nobody}").status_code) == (404, 404)
    assert api_of("Maria").delete(f"{base}/{cast.Maria}").get_json()["detail"] == "You are not entitled to vote here."


def test_a_proxy_is_not_handed_on_and_who_stands_aside_votes_for_nobody(cast, api_of):
    made = opened(api_of("Nikos"), cast.PARKS, proxies=2, electorate={"unit": cast.PARKS, "people": [cast.ROADS]})
    base, eleni, maria = f"/api/v1/decisions/{made['reference']}", api_of("Eleni"), api_of("Maria")
    assert eleni.put(f"{base}/proxy", json={"holder": cast.Maria}).status_code == 204
    assert api_of("Petros").put(f"{base}/proxy", json={"holder": cast.Eleni}).status_code == 204
    assert eleni.put(f"{base}/proxies/{cast.Petros}").status_code == 204
    chained = maria.put(f"{base}/proxies/{cast.Eleni}")
    assert (chained.status_code, "votes for nobody" in chained.get_json()["detail"]) == (409, True)
    assert eleni.put(f"{base}/recusal", json={"reason": "My street"}).status_code == 204
    assert api_of("Giorgos").put(f"{base}/proxy", json={"holder": cast.Maria}).status_code == 204
    assert maria.put(f"{base}/recusal", json={"reason": "My street too"}).status_code == 204
    assert maria.put(f"{base}/proxies/{cast.Giorgos}").status_code in (403, 409)


def test_a_substitute_neither_sees_nor_replaces_what_somebody_voted_themselves(app, cast, api_of, client_of):
    with app.app_context(), writing() as session:
        session.add(
            Absence(person_id=cast.Giorgos, substitute_id=cast.Eleni, first_day=NOW.date(), last_day=CLOSES.date())
        )
    made = opened(api_of("Nikos"), cast.PARKS, substitutes="substitute")
    base, eleni, for_him = f"/decisions/{made['reference']}", api_of("Eleni"), {"vote": "no", "principal": cast.Giorgos}
    assert eleni.put(ballot(made), json=for_him).status_code == 200
    page = client_of("Eleni").get(f"{base}?tab=vote").text
    assert page.count("checked") == 1, "what she cast for him herself she may see and change"
    assert api_of("Giorgos").put(ballot(made), json={"vote": "yes"}).status_code == 200
    page = client_of("Eleni").get(f"{base}?tab=vote").text
    assert (page.count("checked"), "Your vote for" in page) == (0, False)
    refused = eleni.put(ballot(made), json=for_him)
    assert (refused.status_code, "voted themselves" in refused.get_json()["detail"]) == (403, True)
    other = opened(api_of("Nikos"), cast.PARKS, substitutes="substitute")
    assert eleni.put(f"/api/v1/decisions/{other['reference']}/recusal", json={"reason": "My street"}).status_code == 204
    aside = eleni.put(ballot(other), json=for_him)
    assert (aside.status_code, "stand aside" in aside.get_json()["detail"]) == (403, True)
    assert "Your vote for" not in client_of("Eleni").get(f"/decisions/{other['reference']}?tab=vote").text


@pytest.mark.parametrize("found", [True, False])
def test_who_was_left_out_by_name_is_nobodys_substitute(app, cast, api_of, client_of, found):
    with app.app_context(), writing() as session:
        session.add(
            Absence(person_id=cast.Giorgos, substitute_id=cast.Eleni, first_day=NOW.date(), last_day=CLOSES.date())
        )
    people = {"unit": cast.PARKS} if found else {"people": [cast.Giorgos, cast.Nikos]}
    who = {"substitutes": "substitute", "electorate": people | {"without": [cast.Eleni]}}
    made = opened(api_of("Nikos"), cast.PARKS, **who)
    refused = api_of("Eleni").put(ballot(made), json={"vote": "no", "principal": cast.Giorgos})
    assert (refused.status_code, "left out" in refused.get_json()["detail"]) == (403, True)
    assert "Your vote for" not in client_of("Eleni").get(f"/decisions/{made['reference']}?tab=vote").text
    assert api_of("Nikos").get(f"/api/v1/decisions/{made['reference']}").get_json()["turnout"]["cast"] == 0
    assert api_of("Giorgos").put(ballot(made), json={"vote": "yes"}).status_code == 200


def test_whatever_is_sent_is_refused_in_words_and_nothing_is_written(app, cast, api_of):
    options = [{"title": title} for title in ("Plane", "Lime")]
    draft = drafted(api_of("Nikos"), cast.PARKS, preset="one", options=options)
    nikos = api_of("Nikos")
    places = {"item": draft["reference"], "option_id": draft["options"][0]["id"], "argument_id": 1, "person_id": 1}
    with app.app_context():
        before = db.session.scalar(select(FactRow.id).order_by(FactRow.id.desc()).limit(1))
        db.session.remove()
    failed = []
    for door in [one for one in DOORS.values() if one.endpoint.startswith("decisions_api") and one.takes]:
        path = door.address
        for name, value in places.items():
            path = path.replace(f"<ref:{name}>", str(value)).replace(f"<id:{name}>", str(value))
        for field in door.takes.model_fields:
            for value in HOSTILE:
                answer = nikos.open(path, method=door.method, json={field: value, "reason": 7, "nothing": 1})
                if not 400 <= answer.status_code < 500:
                    failed.append((door.endpoint, field, value, answer.status_code))
    assert not failed
    with app.app_context():
        assert db.session.scalar(select(FactRow.id).order_by(FactRow.id.desc()).limit(1)) == before
        db.session.remove()


def test_pages_ask_few_questions(cast, api_of, client_of, queries):
    options = [{"title": title} for title in ("Plane", "Lime")]
    made = opened(api_of("Nikos"), cast.PARKS, preset="one", options=options, reach="all")
    client = client_of("Eleni")
    for path, most in (
        ("/decisions", 8), (f"/decisions/{made['reference']}", 12), (f"/decisions/{made['reference']}?tab=talk", 12),
        (f"/decisions/{made['reference']}/electorate", 12),
    ):  # fmt: skip
        client.get(path)
        with queries() as sent:
            assert client.get(path).status_code == 200
        assert len(sent) <= most, (path, len(sent), sent.sent)


@pytest.mark.parametrize("level", ["open", "confidential"])
def test_a_ballot_asks_few_questions(cast, api_of, client_of, queries, level):
    options = [{"title": title} for title in ("Plane", "Lime")]
    rule = {"preset": "one", "options": options, "level": level, "electorate": {"unit": cast.TECH, "below": True}}
    made = opened(api_of("Nikos"), cast.PARKS, **rule)
    said, eleni, page = {"option": made["options"][1]["id"]}, api_of("Eleni"), client_of("Eleni")
    ways = (
        lambda: eleni.put(ballot(made), json=said),
        lambda: page.put(ballot(made).removeprefix("/api/v1"), data=said),
    )
    for way, answer in zip(ways, (200, 303), strict=True):
        way()
        with queries() as sent:
            assert way().status_code == answer
        assert len(sent) <= 8, sent.sent
