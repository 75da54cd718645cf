"""Who reads and writes where: units by the dated tree, groups by who is listed, announcements by whom they are for."""

import re
from datetime import date, timedelta

import pytest

V1 = "/api/v1"


def say(client, address, text, nonce=None):
    return client.post(f"{V1}{address}/messages", json={"text": text, "nonce": nonce or f"n-{abs(hash(text))}"})


def begin(client, **form):
    return client.post(f"{V1}/conversations", json=form)


def wrong(answer):
    """The fields at which something was refused."""
    return sorted({one["field"] for one in answer.json["errors"]}) if answer.status_code == 422 else answer.status_code


def names(client):
    return {one["name"]: one for one in client.get(f"{V1}/conversations").json["items"]}


@pytest.fixture
def parks(api_of, cast):
    """The conversation of Parks, begun by Eleni."""
    return say(api_of("Eleni"), f"/units/{cast.PARKS}", "Good morning").json["conversation"]


def test_a_unit_has_its_conversation_without_anybody_making_it(api_of, cast):
    assert api_of("Eleni").get(f"{V1}/units/{cast.PARKS}/messages").json["items"] == []
    sent = say(api_of("Eleni"), f"/units/{cast.PARKS}", "Good morning")
    assert (sent.status_code, sent.json["seq"]) == (201, 1)


@pytest.mark.parametrize("name", ["Eleni", "Giorgos", "Nikos", "Babis", "Yannis", "Anna"])
def test_a_unit_is_read_by_its_people_its_heads_and_those_above(api_of, parks, name):
    assert api_of(name).get(f"{V1}/conversations/{parks}").json["name"] == "Parks"
    assert "Parks" in names(api_of(name))


@pytest.mark.parametrize("name", ["Maria", "Sofia", "Leila", "Reza", "Kostas", "Thanos"])
def test_and_by_nobody_else_not_even_who_belonged_to_it_once(api_of, parks, cast, name):
    client = api_of(name)
    assert client.get(f"{V1}/conversations/{parks}").status_code == 404
    assert client.get(f"{V1}/units/{cast.PARKS}/messages").status_code == 404
    assert say(client, f"/units/{cast.PARKS}", "Hello").status_code == 404
    assert "Parks" not in names(client)


def test_whoever_is_moved_away_reads_no_more_at_once(app, api_of, cast, parks, at):
    from collab.core import clock
    from collab.core.actor import SYSTEM
    from collab.people.commands.members import end_membership
    from collab.people.forms.organisation import CloseForm
    from tests.messaging.standing import membership_of

    eleni = api_of("Eleni")
    with app.app_context():
        day = clock.today("Europe/Athens")
        end_membership(SYSTEM, membership_of(cast.Eleni), CloseForm(on=day))
    assert eleni.get(f"{V1}/conversations/{parks}").status_code == 404


def test_a_group_is_read_by_whom_it_lists_and_a_listed_unit_stands_for_its_people(api_of, cast):
    made = begin(api_of("Eleni"), title="Flood of March", members=[cast.Sofia, cast.ROADS]).json
    assert (made["kind"], made["name"], made["may_write"]) == ("group", "Flood of March", True)
    for name in ("Eleni", "Sofia", "Maria", "Petros", "Yannis"):
        assert say(api_of(name), f"/conversations/{made['id']}", f"Here is {name}").status_code == 201, name
    for name in ("Giorgos", "Dimitra", "Leila"):
        assert api_of(name).get(f"{V1}/conversations/{made['id']}").status_code == 404, name


def test_a_direct_talk_among_the_same_people_is_one_and_is_nobody_elses(api_of, cast):
    first = begin(api_of("Eleni"), kind="direct", members=[cast.Sofia]).json
    again = begin(api_of("Sofia"), kind="direct", members=[cast.Eleni]).json
    assert first["id"] == again["id"]
    assert (first["name"], again["name"]) == ("Sofia Rigas", "Eleni Markou")
    for name in ("Nikos", "Anna", "Kostas", "Reza"):
        assert api_of(name).get(f"{V1}/conversations/{first['id']}").status_code == 404, name
    refused = begin(api_of("Eleni"), kind="direct", members=[cast.ROADS])
    assert wrong(refused) == ["members"]


def test_a_direct_talk_stays_closed_to_whoever_stands_in(app, api_of, cast):
    from collab.core import clock
    from collab.core.actor import SYSTEM
    from collab.people.commands.absences import record_absence
    from collab.people.forms.people import AbsenceForm

    talk = begin(api_of("Eleni"), kind="direct", members=[cast.Sofia]).json["id"]
    say(api_of("Eleni"), f"/units/{cast.PARKS}", "Good morning")
    with app.app_context():
        day = clock.today("Europe/Athens")
        form = AbsenceForm(first_day=day, last_day=day + timedelta(days=3), substitute_id=cast.Katerina)
        record_absence(SYSTEM, cast.Eleni, form)
    katerina = api_of("Katerina")
    assert "Parks" in names(katerina)
    assert katerina.get(f"{V1}/conversations/{talk}").status_code == 404


def test_announcements_are_written_by_few_and_read_by_everybody_below(api_of, cast):
    made = begin(api_of("Yannis"), kind="announcement", title="From the director", audience=cast.TECH)
    assert made.status_code == 201
    talk = made.json["id"]
    assert say(api_of("Yannis"), f"/conversations/{talk}", "Winter hours begin").status_code == 201
    for name in ("Eleni", "Maria", "Petros"):
        read = api_of(name).get(f"{V1}/conversations/{talk}").json
        assert (read["unread"], read["may_write"]) == (1, False), name
        assert say(api_of(name), f"/conversations/{talk}", "Thanks").status_code == 403
    for name in ("Sofia", "Leila"):
        assert api_of(name).get(f"{V1}/conversations/{talk}").status_code == 404, name
    assert begin(api_of("Eleni"), kind="announcement", title="Mine", audience=cast.PARKS).status_code == 422
    assert begin(api_of("Yannis"), kind="announcement", title="All", audience=cast.ADMIN).status_code == 422
    assert begin(api_of("Kostas"), kind="announcement", title="Everybody").status_code == 201


def test_the_page_names_who_writes_announcements_and_offers_them_to_whoever_may_make_them(api_of, client_of, cast):
    talk = begin(api_of("Yannis"), kind="announcement", title="From the director", audience=cast.TECH).json["id"]
    about = client_of("Eleni").get(f"/conversations/{talk}/about").text
    assert re.search(r"Who writes</h3>.*Yannis", about, re.S)
    assert client_of("Yannis").get("/conversations/new?kind=announcement").status_code == 200
    assert client_of("Eleni").get("/conversations/new?kind=announcement").status_code == 403


def test_an_open_group_is_found_and_joined_and_what_was_said_before_is_not_unread(api_of):
    talk = begin(api_of("Eleni"), title="Cyclists", open=True).json["id"]
    say(api_of("Eleni"), f"/conversations/{talk}", "On Sunday to the lake")
    leila = api_of("Leila")
    assert leila.get(f"{V1}/conversations/{talk}").status_code == 404
    assert [one["name"] for one in leila.get(f"{V1}/conversations/joinable").json["items"]] == ["Cyclists"]
    assert leila.post(f"{V1}/conversations/{talk}/joining").json["unread"] == 0
    assert leila.get(f"{V1}/conversations/joinable").json["items"] == []
    closed = begin(api_of("Eleni"), title="Closed").json["id"]
    assert leila.post(f"{V1}/conversations/{closed}/joining").status_code == 404


def test_a_group_is_left_and_its_keeper_puts_others_out_and_closes_it(api_of, cast):
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    talk = begin(eleni, title="Flood", members=[cast.Sofia, cast.Maria]).json["id"]
    assert sofia.delete(f"{V1}/conversations/{talk}/members/{cast.Maria}").status_code == 403
    assert sofia.post(f"{V1}/conversations/{talk}/closure").status_code == 403
    assert eleni.delete(f"{V1}/conversations/{talk}/members/{cast.Maria}").status_code == 204
    assert api_of("Maria").get(f"{V1}/conversations/{talk}").status_code == 404
    assert eleni.delete(f"{V1}/conversations/{talk}/members/{cast.Eleni}").status_code == 204
    kept = sofia.get(f"{V1}/conversations/{talk}/members").json["items"]
    assert [(one["name"], one["keeper"]) for one in kept] == [("Sofia Rigas", True)]
    assert sofia.post(f"{V1}/conversations/{talk}/closure").json["archived_at"]
    assert say(sofia, f"/conversations/{talk}", "One more").status_code == 409
    assert sofia.delete(f"{V1}/conversations/{talk}/closure").json["may_write"]


def test_a_closed_group_is_left_too_and_its_keeper_puts_others_out_while_nobody_comes_in(api_of, client_of, cast):
    """It is read on by whom it lists: nobody is held there."""
    eleni, sofia, maria = api_of("Eleni"), api_of("Sofia"), api_of("Maria")
    talk = begin(eleni, title="Flood", members=[cast.Sofia, cast.Maria, cast.Leila]).json["id"]
    there = f"{V1}/conversations/{talk}"
    assert eleni.post(f"{there}/closure").json["archived_at"]
    assert "Leave…" in client_of("Sofia").get(f"/conversations/{talk}/about").text
    assert f"/members/{cast.Maria}?" in client_of("Eleni").get(f"/conversations/{talk}/about").text
    assert sofia.delete(f"{there}/members/{cast.Maria}").status_code == 403
    assert (sofia.delete(f"{there}/members/{cast.Sofia}").status_code, sofia.get(there).status_code) == (204, 404)
    assert (eleni.delete(f"{there}/members/{cast.Maria}").status_code, maria.get(there).status_code) == (204, 404)
    assert eleni.post(f"{there}/members", json={"party": cast.Maria}).status_code == 403
    assert eleni.delete(f"{there}/members/{cast.Eleni}").status_code == 204
    [left] = api_of("Leila").get(f"{there}/members").json["items"]
    assert (left["id"], left["keeper"]) == (cast.Leila, True)
    assert api_of("Leila").get(there).json["archived_at"]
    assert api_of("Leila").delete(f"{there}/members/{cast.Leila}").status_code == 204


def test_whoever_is_let_in_by_name_takes_part_and_a_stranger_lets_nobody_in(api_of, cast):
    talk = begin(api_of("Eleni"), title="Flood").json["id"]
    post = cast.head_posts["LEGAL"]
    assert api_of("Eleni").post(f"{V1}/conversations/{talk}/members", json={"party": post}).status_code == 201
    assert say(api_of("Sofia"), f"/conversations/{talk}", "As head of Legal").status_code == 201
    assert api_of("Dimitra").get(f"{V1}/conversations/{talk}").status_code == 404
    refused = api_of("Eleni").post(f"{V1}/conversations/{talk}/members", json={"party": cast.forestry})
    assert wrong(refused) == ["party"]
    assert api_of("Leila").post(f"{V1}/conversations/{talk}/members", json={"party": cast.Leila}).status_code == 404


def test_a_group_is_named_by_its_members_and_a_units_topic_set_by_its_head(api_of, cast, parks):
    talk = begin(api_of("Eleni"), title="Flood", members=[cast.Sofia]).json["id"]
    named = api_of("Sofia").put(f"{V1}/conversations/{talk}", json={"title": "Flood of March", "topic": "Pumps"})
    assert (named.json["name"], named.json["topic"]) == ("Flood of March", "Pumps")
    assert api_of("Sofia").put(f"{V1}/conversations/{talk}", json={"topic": "x"}).status_code == 422
    assert api_of("Nikos").put(f"{V1}/conversations/{parks}", json={"topic": "Spring"}).json["topic"] == "Spring"
    assert api_of("Eleni").put(f"{V1}/conversations/{parks}", json={"topic": "Mine"}).status_code == 403
    assert api_of("Nikos").put(f"{V1}/conversations/{parks}", json={"title": "Trees"}).status_code == 422


def test_a_closed_unit_keeps_its_conversation_which_leads_to_whoever_took_over(app, api_of, cast, parks, tell):
    from collab.core import clock
    from collab.core.actor import SYSTEM
    from collab.people.commands.units import close_unit
    from collab.people.forms.organisation import CloseUnitForm

    with app.app_context():
        today: date = clock.today("Europe/Athens")
        close_unit(SYSTEM, cast.PARKS, CloseUnitForm(on=today, into_id=cast.ROADS))
    tell()
    for name in ("Eleni", "Maria", "Yannis"):
        talk = api_of(name).get(f"{V1}/conversations/{parks}")
        assert talk.status_code == 200, name
        assert (talk.json["into"], talk.json["may_write"]) == (cast.ROADS, False)
    assert say(api_of("Eleni"), f"/conversations/{parks}", "Still here?").status_code in (403, 409)
    assert say(api_of("Eleni"), f"/units/{cast.ROADS}", "Now here").status_code == 201
    assert api_of("Sofia").get(f"{V1}/conversations/{parks}").status_code == 404
    with app.app_context():
        close_unit(SYSTEM, cast.ROADS, CloseUnitForm(on=today, into_id=cast.LEGAL))
    tell()
    assert api_of("Sofia").get(f"{V1}/conversations/{parks}").json["into"] == cast.LEGAL


def test_unread_is_a_subtraction_can_be_set_back_and_silence_keeps_it_from_the_badge(api_of, client_of, cast, parks):
    say(api_of("Eleni"), f"/conversations/{parks}", "And another")
    nikos = api_of("Nikos")
    assert names(nikos)["Parks"]["unread"] == 2
    assert nikos.put(f"{V1}/conversations/{parks}/read-state", json={"seq": 2}).status_code == 200
    assert names(nikos)["Parks"]["unread"] == 0
    assert nikos.put(f"{V1}/conversations/{parks}/unread", json={"seq": 1}).json == {"seq": 1}
    assert names(nikos)["Parks"]["unread"] == 1
    badge = client_of("Nikos")
    assert badge.get("/conversations/unread").json == {"unread": 1, "shown": "1"}
    nikos.put(f"{V1}/conversations/{parks}/silence")
    assert badge.get("/conversations/unread").json["unread"] == 0


def test_an_auditor_reads_where_they_belong_and_writes_nowhere(api_of, cast):
    say(api_of("Leila"), f"/units/{cast.FINANCE}", "Hello")
    reza = api_of("Reza")
    assert "Finance" in names(reza)
    assert say(reza, f"/units/{cast.FINANCE}", "Noted").status_code == 403
    assert begin(reza, title="Audit").status_code == 403


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "title"), ({"kind": "direct"}, "members"), ({"title": "x" * 300}, "title"),
        ({"title": "a\0b"}, "title"), ({"title": "x", "members": [999_999]}, "members"),
        ({"title": "x", "members": list(range(1, 200))}, "members"), ({"title": "x", "kind": "item"}, "kind"),
        ({"title": "x", "audience": "y"}, "audience"), ({"title": ["x"]}, "title"),
    ],
)  # fmt: skip
def test_what_cannot_be_begun_is_refused_at_the_field(api_of, form, field):
    assert wrong(begin(api_of("Eleni"), **form))[0].split(".")[0] == field


def test_opening_a_conversation_costs_few_questions_and_never_counts_or_skips(api_of, client_of, parks, queries):
    api, page = api_of("Nikos"), client_of("Nikos")
    page.get(f"/conversations/{parks}")
    api.get(f"{V1}/conversations/{parks}/messages")
    with queries() as sent:
        assert api.get(f"{V1}/conversations/{parks}/messages").status_code == 200
    assert len(sent) <= 8
    with queries() as sent:
        assert page.get(f"/conversations/{parks}").status_code == 200
    assert len(sent) <= 12
    # The number of My day counts what still asks to be confirmed, by an index of that alone.
    sent.sent = [one for one in sent.sent if "asks_receipt AND" not in one]
    assert not [one for one in sent.sent if "FROM message " in one and ("OFFSET" in one or "count(" in one)]
