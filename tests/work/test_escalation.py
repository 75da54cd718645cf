"""What is overdue goes up the tree by itself, and whoever is awaited is reminded on working days."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text, update

from collab.core.db import writing
from collab.feed.models import Notification
from collab.people.models import Absence, Membership
from collab.work import commands as work
from collab.work.forms import Ask, EditItem
from collab.work.models import Wait
from collab.work.sweeps import due_waits, sweep_waits
from tests.work.making import day, make

MONDAY = datetime(2026, 11, 16, 7, tzinfo=UTC)  # nine in Athens


@pytest.fixture
def do(app, actor_of):
    """Run a command as somebody of the cast."""

    def run(command, who, *args, **kwargs):
        with app.app_context():
            return command(actor_of(who), *args, **kwargs)

    return run


def november(number, hour=7):
    return datetime(2026, 11, number, hour, tzinfo=UTC)


@pytest.fixture
def sweep(app, at):
    """The clock is set, and time does what it does."""

    def run(moment):
        at(moment)
        with app.app_context():
            sweep_waits()

    return run


@pytest.fixture
def overdue(cast, do, at):
    """A task of Eleni's that was due on Tuesday the 17th."""
    at(MONDAY)
    return do(make, "Nikos", cast.PARKS, cast.Eleni, "Pine of Analipseos", due_on=day(17))


def told(api_of, item, who="Nikos"):
    return [line["sentence"] for line in api_of(who).get(f"/api/v1/work-items/{item}/history").json["items"]]


def lapses(api_of, who):
    return [wait["item"]["title"] for wait in api_of(who).get("/api/v1/waits?sense=lapse").json["items"]]


def test_it_goes_up_after_three_working_days_then_after_five_more(api_of, overdue, sweep):
    sweep(november(19))
    assert lapses(api_of, "Nikos") == []
    sweep(november(20))
    assert lapses(api_of, "Nikos") == ["Pine of Analipseos"]
    assert lapses(api_of, "Babis") == ["Pine of Analipseos"], "the deputy acts for the head's post"
    sweep(november(20, 12))
    sweep(november(26))
    assert lapses(api_of, "Yannis") == []
    sweep(november(27))
    assert lapses(api_of, "Yannis") == ["Pine of Analipseos"]
    sweep(datetime(2026, 12, 28, 7, tzinfo=UTC))
    assert lapses(api_of, "Anna") == [], "two levels, says the rule"
    up = [line for line in told(api_of, overdue, "Eleni") if "goes up" in line]
    assert up == [
        "Overdue, and expected of Eleni Markou: it goes up to Head of Technical Services (level 2)",
        "Overdue, and expected of Eleni Markou: it goes up to Head of Parks (level 1)",
    ]


def test_it_stands_on_my_day_and_in_the_inbox_of_the_head(client_of, app, cast, do, at, sweep, tell):
    at(MONDAY)
    do(make, "Petros", cast.ROADS, cast.Maria, "Pavement", due_on=day(17))
    sweep(november(20))
    tell()
    page = client_of("Petros").get("/").text
    assert "late: Maria Lekka" in page
    assert (
        "Overdue with Maria Lekka: it has come up to you, level 1"
        in client_of("Petros").get("/work-items/ROADS-1").text
    )
    report = client_of("Petros").get(f"/api/v1/units/{cast.ROADS}/report").json
    assert (report["lapsed"], report["whole"]["overdue"]) == (1, 1)
    assert '<b class="figure-number">1</b> <span class="figure-words">escalated</span>' in (
        client_of("Petros").get("/units/ROADS/overview").text
    )
    assert "Pavement" in client_of("Petros").get("/work-items?query=lapsed:yes").text
    assert "Pavement" not in client_of("Petros").get("/work-items?query=lapsed:no").text
    with app.app_context(), writing() as session:
        assert ["lapsed"] in list(
            session.scalars(select(Notification.reasons).where(Notification.person_id == cast.Petros))
        )


def test_on_days_off_and_before_the_morning_nothing_goes_up(api_of, cast, do, at, sweep):
    at(MONDAY)
    do(make, "Nikos", cast.PARKS, cast.Eleni, "Bench", due_on=day(18))
    sweep(november(23, 3))
    assert lapses(api_of, "Nikos") == []
    sweep(november(28))
    assert lapses(api_of, "Nikos") == [], "a Saturday"
    sweep(november(30))
    assert lapses(api_of, "Nikos") == ["Bench"]


@pytest.mark.parametrize("how", ["done", "put off", "given on"])
def test_it_ends_by_itself(api_of, cast, do, overdue, sweep, how):
    sweep(november(20))
    if how == "done":
        assert api_of("Eleni").post(f"/api/v1/work-items/{overdue}/completion", json={}).status_code == 200
    elif how == "put off":
        do(work.edit, "Nikos", overdue, EditItem(title="Pine of Analipseos", due_on=day(30)))
    else:
        assert (
            api_of("Nikos").put(f"/api/v1/work-items/{overdue}/holder", json={"holder": cast.Giorgos}).status_code
            == 200
        )
    assert lapses(api_of, "Nikos") == []
    sweep(november(23))
    assert lapses(api_of, "Nikos") == [], "whoever has it now has three working days of their own"


def test_an_empty_post_and_an_absent_head_without_anybody_there_are_passed_over(app, api_of, cast, overdue, sweep):
    with app.app_context(), writing() as session:
        session.execute(update(Membership).where(Membership.person_id == cast.Babis).values(kind="member"))
        away = {"first_day": date(2026, 11, 2), "last_day": date(2026, 12, 31)}
        session.add(Absence(person_id=cast.Nikos, substitute_id=cast.Giorgos, **away))
        session.add(Absence(person_id=cast.Giorgos, substitute_id=None, **away))
        session.execute(update(Membership).where(Membership.person_id == cast.Yannis).values(valid_to=date(2026, 6, 1)))
    sweep(november(20))
    assert lapses(api_of, "Anna") == ["Pine of Analipseos"]
    assert lapses(api_of, "Nikos") == []


def test_the_substitute_of_an_absent_head_has_it_on_their_day(app, api_of, cast, overdue, sweep):
    with app.app_context(), writing() as session:
        session.add(Absence(
            person_id=cast.Nikos, substitute_id=cast.Petros, first_day=date(2026, 11, 2), last_day=date(2026, 12, 31)
        ))  # fmt: skip
    sweep(november(20))
    assert lapses(api_of, "Petros") == ["Pine of Analipseos"]


def test_a_head_who_is_awaited_on_the_item_does_not_get_it(api_of, cast, do, overdue, sweep):
    do(work.ask, "Eleni", overdue, Ask(of=cast.Nikos, what="Which contractor?"))
    sweep(november(20))
    assert lapses(api_of, "Nikos") == []
    assert lapses(api_of, "Yannis") == ["Pine of Analipseos"]


def test_an_item_for_named_people_goes_to_nobody(api_of, cast, do, at, sweep):
    at(MONDAY)
    item = do(make, "Nikos", cast.PARKS, cast.Eleni, "Between us", due_on=day(17), reach="named")
    sweep(november(20))
    assert [lapses(api_of, who) for who in ("Nikos", "Yannis", "Anna")] == [[], [], []]
    [wait] = api_of("Nikos").get(f"/api/v1/work-items/{item}/waits").json["items"]
    refused = api_of("Nikos").post(f"/api/v1/waits/{wait['id']}/escalations", json={"reason": "x"})
    assert refused.status_code == 409


def test_a_rule_of_the_unit_for_the_kind_goes_before_the_rule_for_everybody(api_of, cast, overdue, sweep):
    rule = {"unit": cast.PARKS, "item_kind": "task", "first_after": 1, "levels": 1, "nudge_most": 0}
    assert api_of("Leila").post("/api/v1/escalation-rules", json=rule).status_code == 403
    assert api_of("Petros").post("/api/v1/escalation-rules", json=rule).status_code == 403
    made = api_of("Nikos").post("/api/v1/escalation-rules", json=rule)
    assert made.status_code == 201, made.text
    assert api_of("Nikos").post("/api/v1/escalation-rules", json=rule).status_code == 422
    sweep(november(18))
    assert lapses(api_of, "Nikos") == ["Pine of Analipseos"]
    sweep(november(27))
    assert lapses(api_of, "Yannis") == []


def test_a_rule_is_reached_by_a_link_and_leads_back_by_one(client_of, api_of):
    rule = api_of("Kostas").get("/api/v1/escalation-rules").json["items"][0]["id"]
    kostas, eleni = client_of("Kostas"), client_of("Eleni")
    assert f'<a class="link" href="/escalation-rules/{rule}">' in eleni.get("/escalation-rules").text
    page = eleni.get(f"/escalation-rules/{rule}").text
    assert '<p class="page-note"><a class="link" href="/escalation-rules">' in page
    assert 'class="tab"' not in page
    assert 'class="tab" href="/escalation-rules" aria-current="page"' in kostas.get(f"/escalation-rules/{rule}").text


def test_a_rule_made_stricter_is_followed_by_what_is_overdue_already(api_of, overdue, sweep):
    sweep(november(18))
    [rule] = api_of("Kostas").get("/api/v1/escalation-rules").json["items"]
    changed = api_of("Kostas").put(f"/api/v1/escalation-rules/{rule['id']}", json={"first_after": 1})
    assert changed.json["going_up"].startswith("Overdue by 1 working day, it goes up")
    sweep(november(18, 8))
    assert lapses(api_of, "Nikos") == ["Pine of Analipseos"]


@pytest.fixture
def asked(cast, do, at):
    """Eleni awaits an answer of Maria, who is reminded every two working days, twice."""
    at(MONDAY)
    item = do(make, "Eleni", cast.PARKS, cast.Eleni)
    return do(work.ask, "Eleni", item, Ask(of=cast.Maria, what="Photographs", nudge_every=2, nudge_most=2))


def nudges(api_of, wait):
    return api_of("Eleni").get(f"/api/v1/waits/{wait}").json["nudges"]


def test_reminders_go_out_on_working_days_and_end(api_of, asked, sweep):
    counted = []
    for number in (16, 17, 18, 19, 20, 21, 23, 25, 27):
        sweep(november(number))
        sweep(november(number, 9))
        counted.append(nudges(api_of, asked))
    assert counted == [0, 0, 1, 1, 2, 2, 2, 2, 2]


def test_a_reminder_by_hand_counts_too(api_of, asked, at, sweep):
    at(november(17))
    assert api_of("Eleni").post(f"/api/v1/waits/{asked}/nudges").status_code == 200
    sweep(november(18))
    assert nudges(api_of, asked) == 1
    sweep(november(19))
    assert nudges(api_of, asked) == 2


def test_instead_of_somebody_who_is_away_the_substitute_is_reminded(app, api_of, cast, asked, sweep, tell):
    with app.app_context(), writing() as session:
        session.add(Absence(
            person_id=cast.Maria, substitute_id=cast.Petros, first_day=day(17), last_day=day(19)
        ))  # fmt: skip
    sweep(november(18))
    tell()
    with app.app_context(), writing() as session:
        reasons = dict(session.execute(select(Notification.person_id, Notification.reasons)).all())
    assert "nudged" in reasons[cast.Petros]
    assert "nudged" not in reasons[cast.Maria]
    item = api_of("Eleni").get(f"/api/v1/waits/{asked}").json["item_id"]
    assert "Collab reminded Petros Vlachos, who stands in for Maria Lekka" in told(api_of, item, "Eleni")


def test_where_nobody_stands_in_the_reminder_waits_until_they_are_back(app, api_of, cast, asked, at, sweep):
    with app.app_context(), writing() as session:
        session.add(Absence(person_id=cast.Maria, first_day=day(17), last_day=day(19)))
    sweep(november(18))
    sweep(november(19))
    assert nudges(api_of, asked) == 0
    refused = api_of("Eleni").post(f"/api/v1/waits/{asked}/nudges")
    assert refused.status_code == 409
    assert "away until" in refused.json["detail"]
    sweep(november(20))
    assert nudges(api_of, asked) == 1


def test_of_somebody_outside_the_asker_is_told_that_it_is_time_to_ask_again(app, api_of, cast, do, at, sweep, tell):
    at(MONDAY)
    item = do(make, "Eleni", cast.PARKS, cast.Eleni)
    do(work.ask, "Eleni", item, Ask(of=cast.forestry, what="Permit", nudge_every=1, nudge_most=1))
    sweep(november(18))
    tell()
    with app.app_context(), writing() as session:
        reasons = dict(session.execute(select(Notification.person_id, Notification.reasons)).all())
    assert "ask-again" in reasons[cast.Eleni]


def test_a_wait_for_a_day_ends_when_the_day_comes(api_of, cast, do, at, sweep):
    at(MONDAY)
    item = do(make, "Eleni", cast.PARKS, cast.Eleni)
    wait = do(work.ask, "Eleni", item, Ask(what="Until the feast", until=day(18), stops_clock=True))
    sweep(november(17, 21))
    assert api_of("Eleni").get(f"/api/v1/waits/{wait}").json["ended_at"] is None
    sweep(datetime(2026, 11, 17, 22, 30, tzinfo=UTC))
    assert api_of("Eleni").get(f"/api/v1/waits/{wait}").json["ended_how"] == "lapsed"
    assert api_of("Eleni").get(f"/api/v1/work-items/{item}").json["state"] == "active"


def test_whoever_asked_takes_it_up_with_a_reason(api_of, cast, asked, at):
    at(november(17))
    taken = api_of("Eleni").post(f"/api/v1/waits/{asked}/escalations", json={"reason": "The fair is on Friday"})
    assert taken.status_code == 201, taken.text
    assert (taken.json["level"], taken.json["of"]["name"]) == (1, "Head of Roads")
    assert lapses(api_of, "Petros") == ["Fallen branches"]
    again = api_of("Eleni").post(f"/api/v1/waits/{asked}/escalations", json={"reason": "Still nothing"})
    assert again.json["of"]["name"] == "Head of Technical Services"
    assert api_of("Leila").post(f"/api/v1/waits/{asked}/escalations", json={"reason": "x"}).status_code == 404
    assert api_of("Maria").post(f"/api/v1/waits/{asked}/escalations", json={"reason": "x"}).status_code == 403
    for _level in range(2):
        last = api_of("Eleni").post(f"/api/v1/waits/{asked}/escalations", json={"reason": "Higher"})
    assert last.status_code == 409
    api_of("Maria").post(f"/api/v1/waits/{asked}/answer", json={"text": "Here they are"})
    assert [lapses(api_of, who) for who in ("Petros", "Yannis", "Anna")] == [[], [], []]


def test_the_superior_says_that_it_is_seen_to(api_of, overdue, sweep):
    sweep(november(20))
    [line] = api_of("Nikos").get("/api/v1/waits?sense=lapse").json["items"]
    assert (
        api_of("Nikos").post(f"/api/v1/waits/{line['id']}/answer", json={"text": "I spoke to her"}).status_code == 201
    )
    assert lapses(api_of, "Nikos") == []
    sweep(november(27))
    assert lapses(api_of, "Yannis") == ["Pine of Analipseos"]


def test_one_that_cannot_be_decided_holds_back_no_other(app, api_of, cast, do, overdue, asked, sweep, monkeypatch):
    from collab.work.commands import turning

    def fail(wait, *rest):
        raise RuntimeError("broken")

    monkeypatch.setattr(turning, "_nudge", fail)
    sweep(november(20))
    assert lapses(api_of, "Nikos") == ["Pine of Analipseos"]
    with app.app_context(), writing() as session:
        assert session.scalar(select(Wait.next_action_at).where(Wait.id == asked)) == november(20, 8)


def test_the_sweep_finds_its_work_by_the_index_alone(app, cast, do, at):
    at(MONDAY)
    do(make, "Eleni", cast.PARKS, cast.Eleni)
    with app.app_context(), writing() as session:
        session.execute(
            text(
                "insert into wait (item_id, sense, of_id, by_id, since, until, next_action_at)"
                " select item_id, 'answer', of_id, by_id, now(), current_date + 90, :later from wait,"
                " generate_series(1, 20000) where sense = 'task'"
            ),
            {"later": november(30)},
        )
        session.execute(text("analyze wait"))
        plan = "\n".join(session.scalars(text("explain " + str(due_waits(MONDAY).compile(
            dialect=session.get_bind().dialect, compile_kwargs={"literal_binds": True}
        )))))  # fmt: skip
    assert "ix_wait_next" in plan
    assert "Sort" not in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("given", [0, -1, 61, "x", None, [3], 10**30])
def test_a_rhythm_that_makes_no_sense_is_refused_at_its_field(api_of, cast, overdue, given):
    answer = api_of("Eleni").post(
        f"/api/v1/work-items/{overdue}/waits", json={"of": cast.Maria, "what": "x", "nudge_every": given}
    )
    assert answer.status_code == (201 if given is None else 422)
