"""A tie never waits for somebody who left: it passes on to whoever holds the post now, else up the tree."""

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from collab.core.db import db, writing
from collab.decisions.models import Roll
from collab.decisions.sweeps import sweep_chairs
from collab.people.models import Membership, Person
from collab.work.models import Wait

from .voting import NOW, ballot, fields, opened, rule_in

LEFT = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def sweep(app):
    def run():
        with app.app_context():
            sweep_chairs()
            db.session.remove()

    return run


@pytest.fixture
def write(app):
    """Change the organisation as its administrators do, without their pages."""

    def run(*statements):
        with app.app_context(), writing() as session:
            for each in statements:
                session.execute(each) if not isinstance(each, Membership) else session.add(each)

    return run


def gone(person, unit):
    """They belong to a unit no more."""
    which = (Membership.person_id == person, Membership.unit_id == unit)
    return update(Membership).where(*which).values(valid_to=LEFT)


def even(api_of, cast, close, chair, **said):
    made = opened(api_of("Nikos"), cast.PARKS, ties="chair", chair=chair, **said)
    for name, vote in (("Babis", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    close()
    return made


def tie(made):
    return f"/api/v1/decisions/{made['reference']}/tie"


def chair_of(api_of, made, name="Eleni"):
    found = api_of(name).get(f"/api/v1/decisions/{made['reference']}").get_json()
    return found["chair"], found["chair_before"]


WORD = {"choice": "yes", "reason": "Shade"}


@pytest.mark.parametrize("said", [{"preset": "absolute"}, {"preset": "majority", "base": "cast"}])
def test_the_chair_settles_an_absolute_majority_too(cast, api_of, client_of, close, said):
    two = {"electorate": {"people": [cast.Babis, cast.Eleni]}}
    made = opened(api_of("Nikos"), cast.PARKS, ties="chair", chair=cast.Giorgos, **said, **two)
    assert "one yes short of the majority: the chair's casting vote decides" in rule_in(api_of("Eleni"), made)
    for name, vote in (("Babis", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    close()
    found = api_of("Giorgos").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert (found["outcome"], found["tied"]) == ("tie", ["no", "yes"])
    assert api_of("Giorgos").put(tie(made), json=WORD).status_code == 200
    found = api_of("Eleni").get(f"/api/v1/decisions/{made['reference']}").get_json()["result"]
    assert (found["outcome"], found["tied"]) == ("decided", [])
    page = client_of("Eleni").get(f"/decisions/{made['reference']}?tab=result").text
    assert "casting vote" in page


def test_a_tie_passes_on_to_whoever_holds_the_chairs_post_now(cast, api_of, client_of, close, sweep, write, tell):
    made = even(api_of, cast, close, cast.Petros)
    sweep()
    assert chair_of(api_of, made) == (cast.Petros, None), "while the chair is here nothing moves"
    post = cast.head_posts["ROADS"]
    new = Membership(person_id=cast.Maria, unit_id=cast.ROADS, post_id=post, kind="head", main=False, valid_from=LEFT)
    write(gone(cast.Petros, cast.ROADS), new)
    assert api_of("Petros").put(tie(made), json=WORD).status_code in (403, 404), "they chair no longer, swept or not"
    sweep()
    tell()
    assert chair_of(api_of, made) == (cast.Maria, cast.Petros)
    maria = client_of("Maria")
    assert made["reference"] in maria.get("/").text, "it stands on their day"
    assert "you break the tie" in maria.get("/inbox").text
    page = maria.get(f"/decisions/{made['reference']}").text
    assert "after Petros Vlachos, who left" in page
    told = re.sub(r"<[^>]+>", "", maria.get(f"/work-items/{made['reference']}/history").text)
    assert "Petros Vlachos chairs no longer, having left; Maria Lekka does" in told
    assert api_of("Maria").put(tie(made), json=WORD).status_code == 200
    assert api_of("Maria").get("/api/v1/waits?sense=tie").get_json()["items"] == []
    sweep()
    assert chair_of(api_of, made)[0] == cast.Maria


def test_an_empty_post_and_a_closed_account_leave_it_to_the_head_of_the_unit_or_the_next_above(
    cast, api_of, close, sweep, write, app
):
    made = even(api_of, cast, close, cast.Giorgos)
    write(update(Person).where(Person.id == cast.Giorgos).values(active=False))
    sweep()
    assert chair_of(api_of, made) == (cast.Nikos, cast.Giorgos), "the head of Parks"
    write(gone(cast.Nikos, cast.PARKS), gone(cast.Babis, cast.PARKS))
    sweep()
    then, before = chair_of(api_of, made)
    assert before == cast.Nikos
    with app.app_context():
        heads = select(Membership.person_id).where(Membership.kind.in_(("head", "deputy", "acting")))
        assert then in set(db.session.scalars(heads.where(Membership.unit_id != cast.PARKS)))
        waits = db.session.scalars(select(Wait).where(Wait.item_id == made["id"], Wait.sense == "tie")).all()
        assert [(one.of_id, one.by_id, one.ended_at) for one in waits] == [(then, cast.PARKS, None)]


def test_whoever_stands_aside_does_not_come_to_chair_and_a_chair_who_is_away_stays(
    cast, api_of, close, sweep, write, app
):
    made = opened(api_of("Nikos"), cast.PARKS, ties="chair", chair=cast.Giorgos)
    aside = api_of("Nikos").put(f"/api/v1/decisions/{made['reference']}/recusal", json={"reason": "My garden"})
    assert aside.status_code == 204
    write(update(Person).where(Person.id == cast.Giorgos).values(active=False))
    sweep()
    now, before = chair_of(api_of, made)
    assert before == cast.Giorgos, "while the vote is open, too"
    assert now not in (cast.Nikos, cast.Giorgos)
    with app.app_context():
        assert db.session.get_one(Roll, (made["id"], cast.Nikos)).recused_at is not None


def test_nobody_who_could_not_see_it_comes_to_chair_what_is_for_named_people(cast, api_of, close, sweep, write):
    people = {"electorate": {"people": [cast.Babis, cast.Eleni]}, "reach": "named"}
    made = even(api_of, cast, close, cast.Eleni, **people)
    write(update(Person).where(Person.id == cast.Eleni).values(active=False))
    sweep()
    now, before = chair_of(api_of, made, "Nikos")
    assert (now, before) == (cast.Nikos, cast.Eleni), "whoever made it sees it"


def test_a_chair_who_left_before_the_close_is_not_asked(cast, api_of, close, write, app):
    made = opened(api_of("Nikos"), cast.PARKS, ties="chair", chair=cast.Giorgos)
    write(update(Person).where(Person.id == cast.Giorgos).values(active=False))
    for name, vote in (("Babis", "yes"), ("Eleni", "no")):
        assert api_of(name).put(ballot(made), json={"vote": vote}).status_code == 200
    close()
    with app.app_context():
        waits = db.session.scalars(select(Wait.of_id).where(Wait.item_id == made["id"], Wait.sense == "tie")).all()
    assert waits == [cast.Nikos]


def test_a_vote_does_not_open_under_a_chair_who_left(cast, api_of, write):
    nikos = api_of("Nikos")
    body = {"title": "Planes?", "unit": cast.PARKS, "closes_on": "2026-11-25", "ties": "chair", "chair": cast.Giorgos}
    made = nikos.post("/api/v1/decisions", json=body).get_json()
    write(update(Person).where(Person.id == cast.Giorgos).values(active=False))
    assert fields(nikos.put(f"/api/v1/decisions/{made['reference']}/opening")) == ["chair"]


def test_the_chair_names_an_option_by_its_id_as_ballots_do(api_of, client_of, cast, close):
    nikos = api_of("Nikos")
    options = [{"title": title} for title in ("Plane trees", "Olives", "Limes")]
    made = opened(nikos, cast.PARKS, preset="one", options=options, ties="chair", chair=cast.Nikos)
    plane, olive, lime = (one["id"] for one in made["options"])
    for name, option in (("Eleni", plane), ("Nikos", olive)):
        assert api_of(name).put(ballot(made), json={"option": option}).status_code == 200
    close()
    tie = f"/api/v1/decisions/{made['reference']}/tie"
    for foreign in (lime, 999_999):
        answer = nikos.put(tie, json={"option": foreign, "reason": "Lower"})
        assert (answer.status_code, fields(answer)) == (422, ["option"])
    answer = nikos.put(tie, json={"reason": "Lower"})
    assert (answer.status_code, fields(answer)) == (422, ["choice"])
    answer = nikos.put(tie, json={"option": olive, "choice": "Plane trees", "reason": "Lower"})
    assert (answer.status_code, fields(answer)) == (422, ["choice"]), "one of the two"
    stale = client_of("Nikos").put(tie.removeprefix("/api/v1"), data=WORD | {"choice": "Olives", "version": "abc"})
    assert stale.status_code == 412, "what is no version was never seen"
    decided = nikos.put(tie, json={"option": olive, "reason": "Lower"}).get_json()
    assert (decided["result"]["winners"], decided["chosen"]["choice"]) == (["Olives"], "Olives")


def test_whoever_audits_chairs_nothing(api_of, cast):
    nikos = api_of("Nikos")
    body = {"title": "Planes?", "unit": cast.PARKS, "closes_on": "2026-11-25", "ties": "chair", "chair": cast.Reza}
    assert fields(nikos.post("/api/v1/decisions", json=body)) == ["chair"]
    meeting = {"title": "Winter", "unit": cast.PARKS, "on": "2026-11-25", "clock": "10:00"}
    for field in ("chair", "secretary"):
        assert fields(nikos.post("/api/v1/meetings", json=meeting | {field: cast.Reza})) == [field]


def test_nobody_writes_an_outcome_down_past_the_chair(cast, api_of, client_of, close):
    made = even(api_of, cast, close, cast.Eleni)
    address = f"/api/v1/decisions/{made['reference']}"
    for name in ("Nikos", "Eleni"):
        answer = api_of(name).put(f"{address}/outcome", json={"outcome": "We plant them."})
        assert answer.status_code == (409 if name == "Nikos" else 403), name
    said = client_of("Nikos").put(f"/decisions/{made['reference']}/outcome", data={"outcome": "We plant them."})
    assert (said.status_code, "Πρώτα αίρει την ισοψηφία" in said.text) == (409, True)
    found = api_of("Nikos").get(address).get_json()
    assert (found["stage"], found["outcome"]) == ("closed", None)
    assert api_of("Eleni").put(tie(made), json={"choice": "no", "reason": "No water"}).status_code == 200
    assert api_of("Nikos").put(f"{address}/outcome", json={"outcome": "We do not."}).status_code == 200
