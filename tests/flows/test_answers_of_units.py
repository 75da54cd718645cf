"""An answer wanted of a unit is given by whoever of its people replies; and a plain pending item made of a message."""

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
    """A group of Eleni of Parks, Sofia of Legal and everybody of Roads."""
    form = {"title": "Storm", "members": [cast.Sofia, cast.ROADS]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def open_waits(client, reference):
    """Of whom the item waits for an answer; that its holder is to act is another sense."""
    waits = client.get(f"{V1}/work-items/{reference}").json["waits"]
    return [one["of"]["name"] for one in waits if one["sense"] == "answer" and one["ended_at"] is None]


WAITING = (["Roads"], True, True, True)


@pytest.mark.parametrize("name", ["Maria", "Petros"])
def test_a_unit_that_is_asked_has_answered_when_one_of_its_people_replies(
    api_of, client_of, talk, cast, tell, name
):  # fmt: skip
    message = say(api_of("Eleni"), talk, f"@[Roads](party:{cast.ROADS}) is the pavement yours?")
    form = client_of("Eleni").get(f"/messages/{message}/work/new?kind=answer", headers=PART).text
    assert f'name="awaited" value="{cast.ROADS}"' in form, "the unit that was called is the one that is asked"
    entered = {"kind": "pending", "title": "Pavement", "unit": str(cast.PARKS), "awaited": str(cast.ROADS)}
    made = client_of("Eleni").post(f"/messages/{message}/work", data=entered)
    assert made.status_code == 303, made.text
    reference = made.headers["Location"].rsplit("/", 1)[1]

    def shown():
        """Whether it is waited for: on the item, on its page, in the talk, among what the unit owes."""
        page = client_of("Eleni").get(f"/work-items/{reference}").text
        in_talk = client_of("Eleni").get(f"/conversations/{talk}").text
        owed = [one["item"]["reference"] for one in api_of("Petros").get(f"{V1}/waits").json["items"]]
        on_page = re.search(r'<ul class="rows" id="waits">.*?</ul>', page, re.S)
        return (
            open_waits(api_of("Eleni"), reference),
            on_page is not None and "Roads" in on_page[0],
            "answer wanted from Roads" in in_talk, reference in owed,
        )  # fmt: skip

    assert shown() == WAITING
    say(api_of("Sofia"), talk, "Ask Roads", reply_to=message)
    say(api_of(name), talk, "I was not asked by this")
    tell()
    assert shown() == WAITING, "neither a stranger's reply nor a word beside it is the answer"
    answer = say(api_of(name), talk, "Yes, it is ours", reply_to=message)
    tell()
    assert shown() == ([], False, False, False)
    said = api_of("Eleni").get(f"{V1}/work-items/{reference}/messages").json["items"]
    assert [(one["text"], one["kind"]) for one in said][-1] == ("Yes, it is ours", "answer")
    assert said[-1]["author"]["id"] == getattr(cast, name)
    assert answer not in {one["id"] for one in said}, "the reply stays where it was said"


def test_a_pending_item_is_filled_in_from_a_message_and_each_shows_the_other(api_of, client_of, talk, cast):
    message = say(api_of("Sofia"), talk, "The **Forestry Office** has not answered")
    eleni = client_of("Eleni")
    assert f'href="/messages/{message}/work/new?kind=pending"' in eleni.get(f"/messages/{message}").text
    form = eleni.get(f"/messages/{message}/work/new?kind=pending", headers=PART).text
    assert "Make a pending item of it" in form
    assert '<input type="hidden" name="kind" value="pending">' in form
    assert 'value="The Forestry Office has not answered"' in form
    assert "&gt; The Forestry Office has not answered" in form
    assert f'name="holder" value="{cast.Eleni}"' in form
    assert 'name="awaited"' not in form, "of a plain one no answer is wanted"
    entered = {
        "kind": "pending", "title": "Forestry", "body": "> The Forestry Office has not answered",
        "unit": str(cast.PARKS), "holder": str(cast.Eleni), "due_on": "2099-01-04",
    }  # fmt: skip
    made = eleni.post(f"/messages/{message}/work", data=entered, headers=PART)
    assert (made.status_code, '"talk-said": true' in made.headers["HX-Trigger"]) == (204, True)
    talk_page = eleni.get(f"/conversations/{talk}").text
    [reference] = re.findall(r'class="message-card" href="/work-items/([^"]+)"', talk_page)
    item = api_of("Eleni").get(f"{V1}/pending-items/{reference}").json
    assert (item["kind"], item["title"], item["holder"]["id"], item["due_on"]) == (
        "pending", "Forestry", cast.Eleni, "2099-01-04",
    )  # fmt: skip
    assert open_waits(api_of("Eleni"), reference) == []
    page = eleni.get(f"/work-items/{reference}").text
    assert f'href="/messages/{message}/place">Came from what Sofia Rigas said</a>' in page
    assert "message-card" not in client_of("Sofia").get(f"/conversations/{talk}").text
