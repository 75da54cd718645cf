"""From talk to a decision: a message and its thread become the question of a draft, each leads to the other."""

import json
import re

import pytest

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def say(client, where, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    sent = client.post(f"{V1}/{where}/messages", json=body)
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def talk(api_of, cast):
    """A group of Eleni of Parks, Sofia of Legal and Maria of Roads."""
    form = {"title": "Storm", "members": [cast.Sofia, cast.Maria]}
    talk = api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]
    return f"conversations/{talk}"


def cards(client, talk):
    return re.findall(r'class="message-card" href="/work-items/([^"]+)"', client.get(f"/{talk}").text)


def test_a_message_with_its_thread_becomes_a_draft_and_each_leads_to_the_other(api_of, client_of, talk, cast):
    message = say(api_of("Sofia"), talk, "Shall we **fell the pine**?")
    say(api_of("Maria"), talk, "It leans over the road", reply_to=message)
    gone = say(api_of("Maria"), talk, "Never mind", reply_to=message)
    assert api_of("Maria").delete(f"{V1}/messages/{gone}").status_code == 204
    say(api_of("Eleni"), talk, "What is for lunch?")
    eleni = client_of("Eleni")
    assert f'href="/messages/{message}/decisions/new"' in eleni.get(f"/messages/{message}").text
    form = eleni.get(f"/messages/{message}/decisions/new", headers=PART).text
    assert 'value="Shall we fell the pine?"' in form
    quoted = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.S)[1].strip().split("\n")
    assert quoted == ["&gt; Shall we fell the pine?", "&gt;", "&gt; Maria Lekka: It leans over the road"]
    assert re.findall(r'<option value="(\d+)"', form) == [str(cast.PARKS)]
    entered = {"title": "Shall we fell the pine?", "body": "It leans.", "unit": str(cast.PARKS)}
    made = eleni.post(f"/messages/{message}/decisions", data=entered, headers=PART)
    told = json.loads(made.headers["HX-Trigger"])
    assert (made.status_code, told["talk-said"]) == (204, True)
    [reference] = cards(eleni, talk)
    assert (told["toast"]["href"], told["toast"]["act"]) == (f"/decisions/{reference}", "Open")
    page = eleni.get(f"/decisions/{reference}").text
    assert f'href="/messages/{message}/place">Came from what Sofia Rigas said</a>' in page
    decision = api_of("Eleni").get(f"{V1}/decisions/{reference}").json
    assert (decision["stage"], decision["reach"], decision["title"]) == ("draft", "unit", "Shall we fell the pine?")
    assert cards(client_of("Sofia"), talk) == [], "who may not see the decision sees no card of it"
    seen = client_of("Giorgos").get(f"/decisions/{reference}")
    assert seen.status_code == 200
    assert f"/messages/{message}" not in seen.text, "who may not read the message is not led to it"


def test_of_a_long_thread_it_is_said_how_much_is_left_out(api_of, client_of, talk):
    message = say(api_of("Sofia"), talk, "Shall we fell the pine?")
    for number in range(23):
        say(api_of(("Maria", "Eleni")[number % 2]), talk, f"Answer {number}", reply_to=message)
    form = client_of("Eleni").get(f"/messages/{message}/decisions/new", headers=PART).text
    lines = re.search(r"<textarea[^>]*>(.*?)</textarea>", form, re.S)[1].strip().split("\n")
    assert "&gt; (3 earlier answers are left out)" in lines
    assert (sum("Answer" in line for line in lines), "Answer 2" in form.split()) == (20, False)


@pytest.mark.parametrize("stage", ["draft", "open"])
def test_the_question_of_what_was_said_with_options_about_items_asks_few_questions(
    api_of, client_of, talk, cast, queries, stage
):
    eleni = api_of("Eleni")
    message = say(eleni, talk, "Which bench?")
    made = eleni.post(f"{V1}/messages/{message}/decisions", json={"title": "Which bench?", "unit": cast.PARKS})
    where = f"decisions/{made.json['reference']}"
    task = {"title": "Benches", "unit": cast.PARKS, "holder": cast.Eleni}
    task = eleni.post(f"{V1}/tasks", json=task).json["reference"]
    asked = {"title": "Which bench?", "preset": "one", "closes_on": "2030-11-25"}
    assert eleni.put(f"{V1}/{where}", json=asked).status_code == 200
    for title in ("Oak", "Steel"):
        assert eleni.post(f"{V1}/{where}/options", json={"title": title, "about": task}).status_code == 201
    said = {"side": "for", "text": "It lasts", "option": eleni.get(f"{V1}/{where}").json["options"][0]["id"]}
    assert eleni.post(f"{V1}/{where}/arguments", json=said).status_code == 201
    if stage == "open":
        assert api_of("Nikos").put(f"{V1}/{where}/opening").status_code == 200
    client = client_of("Eleni")
    client.get(f"/{where}?tab=question")
    with queries() as sent:
        page = client.get(f"/{where}?tab=question").text
    assert (f"/messages/{message}/place" in page, f'href="/work-items/{task}"' in page) == (True, True)
    assert len(sent) <= 12, "\n\n".join(f"{n} {one[:700]}" for n, one in enumerate(sent.sent, 1))


def test_an_auditor_who_reads_along_is_shown_no_form_to_make_anything(api_of, client_of, cast):
    eleni = api_of("Eleni")
    item = eleni.post(f"{V1}/tasks", json={"title": "Benches", "unit": cast.PARKS, "reach": "all"}).json["reference"]
    message = say(eleni, f"work-items/{item}", "Which bench?")
    auditor = client_of("Reza")
    assert auditor.get(f"/work-items/{item}").status_code == 200
    for what in ("work", "points", "decisions"):
        assert auditor.get(f"/messages/{message}/{what}/new").status_code == 403, what


def test_over_the_api_and_without_scripts_it_is_drafted_too(api_of, client_of, talk, cast):
    message, form = say(api_of("Sofia"), talk, "Who pays?"), {"title": "Who pays?", "unit": cast.PARKS}
    made = api_of("Eleni").post(f"{V1}/messages/{message}/decisions", json=form)
    assert made.status_code == 201, made.text
    assert made.headers["Location"].endswith(f"/api/v1/decisions/{made.json['reference']}")
    page = client_of("Eleni").post(f"/messages/{message}/decisions", data=form)
    assert page.status_code == 303, page.text
    assert cards(client_of("Eleni"), talk) == [made.json["reference"], page.headers["Location"].rsplit("/", 1)[1]]


@pytest.mark.parametrize(
    ("change", "field"), [({"title": ""}, "title"), ({"title": "x" * 300}, "title"), ({"unit": 999_999}, "unit")]
)
def test_what_is_no_question_is_said_at_its_field_and_nothing_is_drafted(api_of, client_of, talk, cast, change, field):
    message = say(api_of("Eleni"), talk, "Who pays?")
    form = {"title": "Who pays?", "unit": cast.PARKS} | change
    refused = api_of("Eleni").post(f"{V1}/messages/{message}/decisions", json=form)
    assert (refused.status_code, [one["field"] for one in refused.json["errors"]]) == (422, [field])
    page = client_of("Eleni").post(f"/messages/{message}/decisions", data=form, headers=PART)
    assert (page.status_code, f'id="f-{field}-error"' in page.text) == (422, True)
    assert cards(client_of("Eleni"), talk) == []


def test_nobody_decides_what_they_may_not_read_nor_for_others_nor_what_is_gone(api_of, client_of, talk, cast):
    message, form = say(api_of("Sofia"), talk, "Who pays?"), {"title": "Who pays?", "unit": cast.PARKS}
    assert api_of("Giorgos").post(f"{V1}/messages/{message}/decisions", json=form).status_code == 404
    assert client_of("Giorgos").get(f"/messages/{message}/decisions/new").status_code == 404
    assert api_of("Maria").post(f"{V1}/messages/{message}/decisions", json=form).status_code == 422, "not her unit"
    assert api_of("Sofia").delete(f"{V1}/messages/{message}").status_code == 204
    assert api_of("Eleni").post(f"{V1}/messages/{message}/decisions", json=form).status_code == 403
    assert client_of("Eleni").get(f"/messages/{message}/decisions/new").status_code == 404


def test_a_decision_made_in_the_talk_of_an_item_for_named_people_is_for_named_people(api_of, client_of, cast):
    eleni = api_of("Eleni")
    item = {"title": "A complaint", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named"}
    item = eleni.post(f"{V1}/tasks", json=item).json["reference"]
    message = say(eleni, f"work-items/{item}", "Shall the head be heard?")
    form = client_of("Eleni").get(f"/messages/{message}/decisions/new", headers=PART).text
    assert "This is for named people only, and so is the decision" in form
    made = eleni.post(f"{V1}/messages/{message}/decisions", json={"title": "Heard?", "unit": cast.PARKS})
    assert made.status_code == 201, made.text
    where = f"{V1}/decisions/{made.json['reference']}"
    assert eleni.get(where).json["reach"] == "named"
    assert eleni.put(f"{where}/discussion").status_code == 200
    for name in ("Giorgos", "Nikos", "Yannis", "Reza"):
        assert api_of(name).get(where).status_code == 404, name
    assert [one["person"] for one in eleni.get(f"{where}/electorate").json["items"]] == [cast.Eleni]


def test_a_card_of_a_decision_and_of_a_meeting_speaks_of_its_own_stages(api_of, client_of, talk, cast):
    eleni = api_of("Eleni")
    asked = {"title": "Planes?", "unit": cast.PARKS, "closes_on": "2030-11-25", "reach": "all"}
    vote = eleni.post(f"{V1}/decisions", json=asked).json["reference"]
    called = {"title": "Winter", "unit": cast.PARKS, "on": "2030-11-25", "clock": "10:00", "reach": "all"}
    meeting = eleni.post(f"{V1}/meetings", json=called).json["reference"]
    say(eleni, talk, f"See {vote} and {meeting}")

    def words():
        page = client_of("Eleni").get(f"/{talk}").text
        found = re.findall(
            r'href="/work-items/([^"]+)" data-shows.*?state-(\w+)" role="img" aria-label="([^"]*)"', page, re.S
        )
        return {reference: (state, word) for reference, state, word in found}

    assert words() == {vote: ("new", "draft"), meeting: ("new", "planned")}
    assert eleni.put(f"{V1}/decisions/{vote}/discussion").status_code == 200
    assert api_of("Nikos").put(f"{V1}/meetings/{meeting}/cancellation", json={"reason": "Rain"}).status_code == 200
    assert words() == {vote: ("new", "in discussion"), meeting: ("cancelled", "cancelled")}
