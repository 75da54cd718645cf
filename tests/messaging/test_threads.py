"""Answers, signs, pins, changed words and drafts: what happens around one message."""

import re

import pytest

from collab.messaging.commands import sending_later, signing

V1 = "/api/v1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def say(client, talk, text, **more):
    sent = client.post(
        f"{V1}/conversations/{talk}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"} | more
    )
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


@pytest.fixture
def talk(api_of, cast):
    """A group of Eleni of Parks and Sofia of Legal."""
    return api_of("Eleni").post(f"{V1}/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]


def test_answers_hang_under_the_first_message_are_counted_there_and_are_read_alone(api_of, client_of, talk):
    eleni, sofia = api_of("Eleni"), api_of("Sofia")
    root = say(eleni, talk, "Two trees are down")
    first = say(sofia, talk, "Is the road closed?", reply_to=root)
    say(eleni, talk, "Lunch?")
    say(eleni, talk, "Until Friday", reply_to=first)
    thread = sofia.get(f"{V1}/messages/{first}/thread").json
    assert (thread["root"]["id"], thread["root"]["answers"]) == (root, 2)
    assert [one["text"] for one in thread["items"]] == ["Is the road closed?", "Until Friday"]
    page = client_of("Sofia").get(f"/messages/{root}/thread")
    assert "Until Friday" in page.text
    assert "Lunch?" not in page.text
    talk_page = client_of("Sofia").get(f"/conversations/{talk}").text
    assert "2 answers, last" in talk_page
    assert re.search(r'class="message-quote"[^>]*>.*?Sofia Rigas.*?Is the road closed\?', talk_page, re.S)
    moved = client_of("Sofia").get(f"/messages/{first}/thread")
    assert moved.headers["Location"] == f"/messages/{root}/thread"
    assert api_of("Leila").get(f"{V1}/messages/{root}/thread").status_code == 404


def test_an_answer_written_in_the_thread_is_one_and_what_is_not_sent_comes_back_there(client_of, api_of, talk):
    root = say(api_of("Eleni"), talk, "Two trees are down")
    sofia = client_of("Sofia")
    sent = sofia.post(f"/messages/{root}/thread", data={"text": "Coming", "nonce": "n1"}, headers=PART)
    assert (sent.status_code, sent.headers["HX-Trigger"]) == (200, "talk-said")
    assert 'id="thread-composer"' in sent.text
    refused = sofia.post(f"/messages/{root}/thread", data={"text": " ", "nonce": "n2"}, headers=PART)
    assert refused.status_code == 422
    assert 'id="thread-composer"' in refused.text
    assert "Coming" in sofia.get(f"/messages/{root}/thread/answers", headers=PART).text
    other = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Other"}).json["id"]
    strange = {"text": "x", "nonce": "n3", "reply_to": root}
    assert api_of("Eleni").post(f"{V1}/conversations/{other}/messages", json=strange).status_code == 422


def test_whoever_answers_is_told_with_their_answer_alone_that_they_hear_of_the_next(client_of, api_of, talk):
    root = say(api_of("Eleni"), talk, "Two trees are down")
    sofia, address = client_of("Sofia"), f"/messages/{root}/thread"
    assert "You do not hear of the answers." in sofia.get(address).text

    def line(text):
        sent = sofia.post(address, data={"text": text, "nonce": text}, headers=PART).text
        found = re.findall(r'<form class="thread-following" id="thread-following"[^>]*>.*?</form>', sent, re.S)
        assert ['hx-swap-oob="' in one for one in found] == [True]
        return found[0]

    assert "You hear of the answers." in line("Coming")
    assert "hx-swap-oob" not in sofia.get(address).text
    sofia.delete(f"{address}/following", headers=PART)
    assert "You do not hear of the answers." in line("Here")
    # An answer to the refreshing that was asked for before one chose and comes after it must not tell the old.
    assert "thread-following" not in sofia.get(f"{address}/answers", headers=PART).text
    refused = sofia.post(address, data={"text": " ", "nonce": "n2"}, headers=PART)
    assert (refused.status_code, "thread-following" in refused.text) == (422, False)


def test_a_sign_is_put_once_seen_by_all_and_taken_off_by_whoever_put_it(api_of, client_of, talk, cast):
    root = say(api_of("Eleni"), talk, "Two trees are down")
    for _again in range(2):
        put = api_of("Sofia").put(f"{V1}/messages/{root}/signs/seen")
    assert put.json["signs"] == {"seen": [cast.Sofia]}
    api_of("Eleni").put(f"{V1}/messages/{root}/signs/seen")
    who = api_of("Eleni").get(f"{V1}/messages/{root}/signs").json["items"]
    assert [one["person"]["name"] for one in who] == ["Sofia Rigas", "Eleni Markou"]
    pressed = client_of("Sofia").delete(f"/messages/{root}/signs/seen", headers=PART)
    assert 'aria-pressed="false"' in pressed.text
    assert api_of("Eleni").get(f"{V1}/messages/{root}").json["signs"] == {"seen": [cast.Eleni]}
    assert api_of("Eleni").put(f"{V1}/messages/{root}/signs/nonsense").status_code == 404
    assert api_of("Leila").put(f"{V1}/messages/{root}/signs/seen").status_code == 404


def test_in_announcements_whoever_only_reads_puts_no_sign_and_pins_nothing(api_of, cast):
    told = api_of("Yannis").post(
        f"{V1}/conversations", json={"kind": "announcement", "title": "News", "audience": cast.TECH}
    )
    news = say(api_of("Yannis"), told.json["id"], "Winter hours")
    assert api_of("Eleni").put(f"{V1}/messages/{news}/signs/seen").status_code == 403
    assert api_of("Eleni").put(f"{V1}/messages/{news}/pin").status_code == 403


def test_pins_are_listed_for_everybody_and_leave_with_their_message(api_of, client_of, talk):
    first, second = (say(api_of("Eleni"), talk, text) for text in ("The plan", "The law"))
    for message in (first, second):
        api_of("Sofia").put(f"{V1}/messages/{message}/pin")
    pinned = api_of("Eleni").get(f"{V1}/conversations/{talk}/pins").json["items"]
    assert [one["text"] for one in pinned] == ["The law", "The plan"]
    assert "The plan" in client_of("Eleni").get(f"/conversations/{talk}/about").text
    api_of("Eleni").delete(f"{V1}/messages/{second}/pin")
    api_of("Eleni").delete(f"{V1}/messages/{first}")
    assert api_of("Eleni").get(f"{V1}/conversations/{talk}/pins").json["items"] == []


def test_one_pin_too_many_is_refused_and_none_drops_out_of_sight(api_of, client_of, talk, monkeypatch):
    monkeypatch.setattr(signing, "MOST_PINS", 2)
    eleni, sofia, there = api_of("Eleni"), api_of("Sofia"), f"{V1}/conversations/{talk}/pins"
    first, second, third = (say(eleni, talk, text) for text in ("One", "Two", "Three"))
    for message in (first, second, first):
        assert sofia.put(f"{V1}/messages/{message}/pin").status_code == 200
    refused = eleni.put(f"{V1}/messages/{third}/pin")
    assert (refused.status_code, refused.json["detail"]) == (
        409,
        "2 messages are pinned here. Take some off the pins first.",
    )
    page = client_of("Eleni").put(f"/messages/{third}/pin")
    assert (page.status_code, "Take some off the pins first" in page.text) == (409, True)
    assert [one["id"] for one in eleni.get(there).json["items"]] == [second, first]
    assert eleni.delete(f"{V1}/messages/{first}/pin").status_code == 200
    assert eleni.put(f"{V1}/messages/{third}/pin").status_code == 200
    assert [one["id"] for one in eleni.get(there).json["items"]] == [third, second]


def test_bounds_are_told_in_the_digits_of_the_reader(api_of, client_of, monkeypatch):
    monkeypatch.setattr(signing, "MOST_PINS", 1)
    monkeypatch.setattr(sending_later, "MOST", 1)
    leila = api_of("Leila")
    there = f"{V1}/conversations/{leila.post(f'{V1}/conversations', json={'title': 'Storm', 'members': []}).json['id']}"
    first, second = (say(leila, int(there.rsplit("/", 1)[1]), text) for text in ("One", "Two"))
    assert leila.put(f"{V1}/messages/{first}/pin").status_code == 200
    pinned = leila.put(f"{V1}/messages/{second}/pin")
    assert (pinned.status_code, "۱" in pinned.json["detail"], "1" in pinned.json["detail"]) == (409, True, False)
    for text, status in (("One", 303), ("Two", 422)):
        typed = {"text": text, "nonce": text, "reply_to": "", "when": "monday"}
        later = client_of("Leila").post(f"{there.removeprefix(V1)}/later", data=typed)
        assert later.status_code == status, later.text
    assert "۱ پیام" in later.text
    monkeypatch.setattr(sending_later, "LONGEST", 8)
    assert leila.put(f"{there}/draft", json={"text": "Tomorrow"}).status_code < 300
    [waits] = leila.get(f"{V1}/later-messages").json["items"]
    refused = leila.delete(f"{V1}/later-messages/{waits['id']}")
    assert (refused.status_code, "۸" in refused.json["detail"], "8" in refused.json["detail"]) == (409, True, False)


def test_what_a_message_said_before_can_be_read_until_it_is_deleted(api_of, client_of, talk):
    message = say(api_of("Eleni"), talk, "On Monday")
    for text in ("On Tuesday", "On Wednesday"):
        api_of("Eleni").patch(f"{V1}/messages/{message}", json={"text": text})
    former = api_of("Sofia").get(f"{V1}/messages/{message}/versions").json["items"]
    assert [one["text"] for one in former] == ["On Monday", "On Tuesday"]
    page = client_of("Sofia").get(f"/messages/{message}/versions").text
    assert page.index("On Monday") < page.index("On Tuesday") < page.index("On Wednesday")
    api_of("Eleni").delete(f"{V1}/messages/{message}")
    assert api_of("Sofia").get(f"{V1}/messages/{message}/versions").status_code == 404


def test_a_draft_waits_on_every_desk_until_it_is_sent(api_of, client_of, talk):
    say(api_of("Sofia"), talk, "Well?")
    kept = client_of("Eleni").put(f"/conversations/{talk}/draft", data={"text": "I think that"})
    assert kept.status_code == 204
    assert "I think that</textarea>" in client_of("Eleni").get(f"/conversations/{talk}").text
    assert "I think that" not in client_of("Sofia").get(f"/conversations/{talk}").text
    say(api_of("Eleni"), talk, "Yes")
    assert api_of("Eleni").get(f"{V1}/conversations/{talk}/draft").json == {"text": ""}


def test_opening_a_conversation_asks_the_same_few_questions_however_much_was_said(api_of, client_of, talk, queries):
    eleni, page = api_of("Eleni"), client_of("Sofia")
    asked = []
    for size in (3, 40):
        for number in range(size):
            message = say(eleni, talk, f"Message {size}-{number}")
            if number % 3 == 0:
                say(api_of("Sofia"), talk, f"Answer {size}-{number}", reply_to=message)
                api_of("Sofia").put(f"{V1}/messages/{message}/signs/agree")
        page.get(f"/conversations/{talk}")
        with queries() as sent:
            assert page.get(f"/conversations/{talk}").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1] <= 8, sent.sent


def test_a_draft_in_a_thread_is_its_own_and_ends_with_its_answer_alone(api_of, client_of, talk):
    root = say(api_of("Sofia"), talk, "Well?")
    page, api = client_of("Eleni"), api_of("Eleni")
    other = say(api_of("Sofia"), talk, "And you?")
    page.put(f"/conversations/{talk}/draft", data={"text": "Said to all"})
    assert page.put(f"/messages/{root}/thread/draft", data={"text": "Said here"}).status_code == 204
    thread = f"/messages/{root}/thread"
    assert "Said here</textarea>" in page.get(thread).text
    assert "Said here" not in page.get(f"/messages/{other}/thread").text + client_of("Sofia").get(thread).text
    assert page.post(thread, data={"text": "I do", "nonce": "n-t"}).status_code == 303
    assert "Said here" not in page.get(thread).text
    assert api.get(f"{V1}/conversations/{talk}/draft").json == {"text": "Said to all"}
    # What is answered from the composer of the talk ends the draft there, and no thread's.
    page.put(f"{thread}/draft", data={"text": "Once more"})
    page.post(f"/conversations/{talk}/messages", data={"text": "So", "nonce": "n-u", "reply_to": root})
    assert api.get(f"{V1}/conversations/{talk}/draft").json == {"text": ""}
    assert "Once more</textarea>" in page.get(thread).text
