"""From talk to work: a message becomes a task, an answer that is wanted is ended by a reply, and nobody sees a card of
what they may not see."""

import json
import re

import pytest

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def say(client, talk, text, **more):
    body = {"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    sent = client.post(f"{V1}/conversations/{talk}/messages", json=body)
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def talk(api_of, cast):
    """A group of Eleni of Parks, Sofia of Legal and Maria of Roads."""
    form = {"title": "Storm", "members": [cast.Sofia, cast.Maria]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def cards(client, talk):
    return re.findall(r'class="message-card" href="/work-items/([^"]+)"', client.get(f"/conversations/{talk}").text)


def test_a_message_becomes_a_task_filled_in_from_it_and_each_shows_the_other(api_of, client_of, talk, cast):
    message = say(api_of("Sofia"), talk, "Somebody must **fell the pine** before Monday")
    eleni = client_of("Eleni")
    form = eleni.get(f"/messages/{message}/work/new?kind=task", headers=PART).text
    assert 'value="Somebody must fell the pine before Monday"' in form
    assert "&gt; Somebody must fell the pine before Monday" in form
    entered = {"kind": "task", "title": "Fell the pine", "unit": str(cast.PARKS), "holder": str(cast.Eleni)}
    made = eleni.post(f"/messages/{message}/work", data=entered, headers=PART)
    assert (made.status_code, '"talk-said": true' in made.headers["HX-Trigger"]) == (204, True)
    [reference] = cards(eleni, talk)
    assert f'href="/messages/{message}/place"' in eleni.get(f"/work-items/{reference}").text
    assert "made it of what was said" in eleni.get(f"/work-items/{reference}").text
    assert cards(client_of("Sofia"), talk) == []


def test_the_title_of_what_is_made_of_a_message_names_whom_it_called_and_calls_nobody(api_of, client_of, talk, cast):
    text = (
        f"@[Maria](party:{cast.Maria}), ask @[Sofia](party:{cast.Sofia}), call @112, see `@media`, legal@ermou.example"
    )
    message = say(api_of("Eleni"), talk, text)
    for made in ("task", "answer"):
        form = client_of("Eleni").get(f"/messages/{message}/work/new?kind={made}", headers=PART).text
        assert 'value="Maria Lekka, ask Sofia Rigas, call @112, see @media, legal@ermou.example"' in form, made


def test_what_is_made_of_a_message_says_to_whom_it_was_offered_or_given(api_of, client_of, talk, cast):
    message = say(api_of("Eleni"), talk, "Somebody must fell the pine")

    def told(name, holder):
        entered = {
            "kind": "task",
            "title": "Fell the pine",
            "unit": str(cast.PARKS),
            "holder": str(getattr(cast, holder)),
        }
        made = client_of(name).post(f"/messages/{message}/work", data=entered, headers=PART)
        return re.sub(r"PARKS-\d+", "It", json.loads(made.headers["HX-Trigger"])["toast"]["text"])

    assert told("Eleni", "Eleni") == "It was made of the message."
    offered = "It was made of the message and offered to Nikos Pappas. It is yours until they accept."
    assert told("Eleni", "Nikos") == offered
    assert told("Eleni", "PARKS") == "It was made of the message and given to Parks."


def test_whose_answer_is_wanted_is_filled_in_and_nobody_says_anothers_words_as_their_own(api_of, client_of, talk, cast):
    message = say(api_of("Sofia"), talk, "The clause holds")
    form = client_of("Eleni").get(f"/messages/{message}/work/new?kind=answer").text
    assert "Want an answer by a day" in form
    assert f'name="awaited" value="{cast.Sofia}"' in form
    entered = {
        "kind": "pending",
        "title": "The clause",
        "unit": str(cast.PARKS),
        "awaited": str(cast.Sofia),
        "until": "2099-01-04",
    }
    made = client_of("Eleni").post(f"/messages/{message}/work", data=entered)
    assert made.status_code == 303, made.text
    item = client_of("Eleni").get(made.headers["Location"]).text
    assert "Sofia Rigas: “The clause holds”" in item
    own = say(api_of("Eleni"), talk, "And what of the second one?")
    assert 'name="awaited" value=""' in client_of("Eleni").get(f"/messages/{own}/work/new?kind=answer").text


def test_a_form_that_wants_an_answer_stays_one_when_it_is_refused(api_of, client_of, talk, cast):
    message = say(api_of("Eleni"), talk, "And what of the second one?")
    where = f"/messages/{message}/work"
    form = client_of("Eleni").get(f"{where}/new?kind=answer").text
    assert 'name="kind" value="answer"' in form
    assert ("What do you want to know?" in form, "What is to be done" in form) == (True, False)
    assert "What is to be done" in client_of("Eleni").get(f"{where}/new?kind=task").text
    entered = {"kind": "answer", "title": "The second one", "unit": str(cast.PARKS), "awaited": "", "until": "soon"}
    refused = client_of("Eleni").post(where, data=entered, headers=PART)
    assert (refused.status_code, "Want an answer by a day" in refused.text, 'value="soon"' in refused.text) == (
        422,
        True,
        True,
    )
    assert 'id="f-until-error"' in refused.text
    refused = client_of("Eleni").post(where, data=entered | {"until": ""}, headers=PART)
    assert (refused.status_code, "Say from whom the answer is wanted." in refused.text) == (422, True)


def test_what_is_named_in_a_message_stands_below_it_as_it_is_now_for_those_who_may_see_it(
    api_of, client_of, talk, cast
):
    made = api_of("Eleni").post(f"{V1}/tasks", json={"title": "Water the trees", "unit": cast.PARKS}).json
    say(api_of("Eleni"), talk, f"See {made['reference']}, not NO-99 and not x{made['reference']}")
    assert cards(client_of("Eleni"), talk) == [made["reference"]]
    assert cards(client_of("Sofia"), talk) == []
    page = client_of("Eleni").get(f"/conversations/{talk}").text
    assert f"work-item:{made['id']}" in re.search(r'id="talk-messages"[^>]*data-live="([^"]+)"', page)[1]
    api_of("Eleni").post(f"{V1}/work-items/{made['reference']}/completion", json={})
    assert 'class="icon state-done"' in client_of("Eleni").get(f"/conversations/{talk}").text


def test_an_answer_wanted_by_a_day_waits_on_the_item_and_is_ended_by_the_reply(api_of, client_of, talk, cast, tell):
    message = say(api_of("Eleni"), talk, f"@[Maria](party:{cast.Maria}) is the pavement yours?")
    form = client_of("Eleni").get(f"/messages/{message}/work/new?kind=answer").text
    assert f'name="awaited" value="{cast.Maria}"' in form, "whoever was called is the one who is asked"
    wanted = {"kind": "pending", "title": "Pavement", "unit": cast.PARKS, "awaited": cast.Maria, "until": "2100-01-04"}
    made = api_of("Eleni").post(f"{V1}/messages/{message}/work", json=wanted)
    assert made.status_code == 201, made.text
    item = api_of("Eleni").get(f"{V1}/work-items/{made.json['reference']}").json
    assert item["holder"]["id"] == cast.Eleni, "whoever wants to know has it"
    assert "answer wanted from Maria" in client_of("Eleni").get(f"/conversations/{talk}").text
    say(api_of("Sofia"), talk, "I do not know", reply_to=message)
    tell()
    assert "answer wanted from" in client_of("Eleni").get(f"/conversations/{talk}").text
    say(api_of("Maria"), talk, "Yes, it is ours", reply_to=message)
    tell()
    assert "answer wanted from" not in client_of("Eleni").get(f"/conversations/{talk}").text
    said = api_of("Eleni").get(f"{V1}/work-items/{made.json['reference']}/messages").json["items"]
    assert [one["text"] for one in said] == ["@Maria Lekka is the pavement yours?", "Yes, it is ours"]
    assert said[-1]["kind"] == "answer"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"unit": 999_999}, "unit"),
        ({"until": "2100-01-04"}, "awaited"),
        ({"awaited": 999_999}, "awaited"),
        ({"kind": "wish"}, "kind"),
        ({"kind": "answer"}, "awaited"),
    ],
)
def test_what_cannot_be_made_is_said_at_its_field_and_nothing_is_made(api_of, talk, cast, change, field):
    message = say(api_of("Eleni"), talk, "Do it")
    form = {"kind": "task", "title": "Do it", "unit": cast.PARKS} | change
    refused = api_of("Eleni").post(f"{V1}/messages/{message}/work", json=form)
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json["errors"]] == [field]
    assert api_of("Eleni").get(f"{V1}/tasks").json["items"] == []


def test_nobody_makes_work_of_what_they_may_not_read_nor_of_what_is_gone(api_of, talk, cast):
    message = say(api_of("Eleni"), talk, "Do it")
    form = {"kind": "task", "title": "Do it", "unit": cast.LEGAL}
    assert api_of("Dimitra").post(f"{V1}/messages/{message}/work", json=form).status_code == 404
    api_of("Eleni").delete(f"{V1}/messages/{message}")
    form["unit"] = cast.PARKS
    assert api_of("Eleni").post(f"{V1}/messages/{message}/work", json=form).status_code == 403


@pytest.fixture
def quiet(api_of, cast):
    """A message of Eleni in the talk of an item that only she and Dimitra, who is asked, may see."""
    eleni = api_of("Eleni")
    form = {"title": "A complaint", "unit": cast.PARKS, "holder": cast.Eleni, "reach": "named"}
    item = f"{V1}/work-items/{eleni.post(f'{V1}/tasks', json=form).json['reference']}"
    assert eleni.post(f"{item}/waits", json={"of": cast.Dimitra, "what": "An opinion"}).status_code == 201
    said = eleni.post(f"{item}/messages", json={"text": "It is about the head", "nonce": "quiet"})
    assert said.status_code == 201, said.text
    return said.json["id"]


def test_work_made_in_the_talk_of_an_item_for_named_people_is_for_named_people(api_of, client_of, quiet, cast):
    eleni, form = client_of("Eleni"), {"kind": "task", "title": "About the head", "unit": cast.PARKS}
    assert "and so is what is made of it" in eleni.get(f"/messages/{quiet}/work/new?kind=task").text
    by_page = eleni.post(f"/messages/{quiet}/work", data=form | {"holder": str(cast.Eleni)})
    assert by_page.status_code == 303, by_page.text
    by_api = api_of("Eleni").post(f"{V1}/messages/{quiet}/work", json=form | {"holder": cast.Giorgos})
    answer = form | {"kind": "pending", "awaited": cast.Dimitra}
    waiting = api_of("Eleni").post(f"{V1}/messages/{quiet}/work", json=answer)
    assert (by_api.status_code, waiting.status_code) == (201, 201), by_api.text + waiting.text
    made = [by_page.headers["Location"].rsplit("/", 1)[1], by_api.json["reference"], waiting.json["reference"]]

    def sees(name):
        return [api_of(name).get(f"{V1}/work-items/{one}").status_code == 200 for one in made]

    assert [api_of("Eleni").get(f"{V1}/work-items/{one}").json["reach"] for one in made] == ["named"] * 3
    assert [sees(name) for name in ("Babis", "Nikos", "Reza")] == [[False] * 3] * 3
    assert (sees("Giorgos"), sees("Dimitra")) == ([False, True, False], [False, False, True])


@pytest.mark.parametrize("holder", [None, "PARKS", "ROADS"])
def test_no_unit_and_nobody_holds_what_is_made_there(api_of, client_of, quiet, cast, holder):
    form = {"kind": "task", "title": "About the head", "unit": cast.PARKS, "holder": holder and getattr(cast, holder)}
    refused = api_of("Eleni").post(f"{V1}/messages/{quiet}/work", json=form)
    assert refused.status_code == 422, refused.text
    assert [one["field"] for one in refused.json["errors"]] == ["holder"]
    page = client_of("Eleni").post(f"/messages/{quiet}/work", data=form | {"holder": form["holder"] or ""})
    assert (page.status_code, "An item for named people only is held by a person." in page.text) == (422, True)
    assert len(api_of("Eleni").get(f"{V1}/tasks").json["items"]) == 1


def test_no_unit_is_asked_for_an_answer_there(api_of, quiet, cast):
    form = {"kind": "pending", "title": "About the head", "unit": cast.PARKS, "awaited": cast.ROADS}
    refused = api_of("Eleni").post(f"{V1}/messages/{quiet}/work", json=form)
    assert (refused.status_code, [one["field"] for one in refused.json["errors"]]) == (422, ["awaited"])


@pytest.fixture
def between(api_of, cast):
    """A direct talk of Eleni and Nikos."""
    form = {"kind": "direct", "members": [cast.Nikos]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


UNIT_READS = "in the unit and its heads will read what stands here. Nothing else of this conversation is copied."


def test_what_two_said_to_each_other_is_not_copied_to_where_others_read(api_of, client_of, between, cast, tell):
    """Eleni wants an answer to what Nikos told her alone: who was not there reads that one is wanted and was given."""
    message = say(api_of("Nikos"), between, "Between us: Babis will be moved")
    form = client_of("Eleni").get(f"/messages/{message}/work/new?kind=answer", headers=PART).text
    assert UNIT_READS in form
    wanted = {"kind": "answer", "title": "A matter of staff", "unit": cast.PARKS, "awaited": cast.Nikos}
    made = api_of("Eleni").post(f"{V1}/messages/{message}/work", json=wanted)
    assert made.status_code == 201, made.text
    reply = say(api_of("Nikos"), between, "In June, and he does not know", reply_to=message)
    tell()
    item = f"/work-items/{made.json['reference']}"
    said = api_of("Giorgos").get(f"{V1}{item}/messages").json["items"]
    leads = f"[Προωθημένο μήνυμα](/messages/{reply}/place)"  # as Nikos has Collab speak
    assert [(one["kind"], one["text"]) for one in said] == [("question", "A matter of staff"), ("answer", leads)]
    waits = api_of("Giorgos").get(f"{V1}{item}").json["waits"]
    assert [one["what"] for one in waits if one["ended_at"]] == ["A matter of staff"]
    for name, reads in (("Giorgos", False), ("Babis", False), ("Eleni", True), ("Nikos", True)):
        page = client_of(name).get(f"{item}?tab=talk").text + client_of(name).get(item).text
        assert ("In June" in page) == reads, name
        assert name in ("Eleni", "Nikos") or "Between us" not in page, name


@pytest.mark.parametrize(
    "made", ["work/new?kind=task", "work/new?kind=pending", "work/new?kind=answer", "decisions/new"]
)
def test_a_form_filled_in_from_what_two_said_says_who_will_read_it_and_quotes_nothing(api_of, client_of, between, made):
    message = say(api_of("Nikos"), between, "Between us: Babis will be moved")
    say(api_of("Eleni"), between, "When?", reply_to=message)
    form = client_of("Eleni").get(f"/messages/{message}/{made}", headers=PART).text
    assert (UNIT_READS in form, "&gt; " in form, "When?" in form) == (True, False, False)
    assert ("Between us" in form, 'name="title"' in form) == (False, True), "not even as a title"


def test_a_form_for_an_answer_in_a_group_says_that_the_words_will_be_read(api_of, client_of, talk, quiet):
    message = say(api_of("Sofia"), talk, "The clause holds")
    said = "will read the message and the reply to it."
    eleni = client_of("Eleni")
    assert said in eleni.get(f"/messages/{message}/work/new?kind=answer", headers=PART).text
    assert said not in eleni.get(f"/messages/{message}/work/new?kind=task", headers=PART).text
    assert said not in eleni.get(f"/messages/{quiet}/work/new?kind=answer", headers=PART).text
