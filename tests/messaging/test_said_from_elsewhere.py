"""Whoever says something without having the talk before them has read nothing there by it, and loses no draft."""

from datetime import UTC, datetime, timedelta

import pytest

V1 = "/api/v1"
NOON = datetime(2026, 3, 6, 10, tzinfo=UTC)


@pytest.fixture
def talk(api_of, cast, at):
    at(NOON)
    form = {"title": "Storm", "members": [cast.Sofia]}
    return api_of("Eleni").post(f"{V1}/conversations", json=form).json["id"]


def say(api, talk, text, **more):
    sent = api.post(f"{V1}/conversations/{talk}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"} | more)
    assert sent.status_code == 201, sent.text
    return sent.json["id"]


def sent_at_its_time(app, eleni, talk, _root, at):
    from collab.messaging.package import sweep_later

    assert eleni.post(f"{V1}/conversations/{talk}/later", json={"text": "Later", "when": "hour"}).status_code == 201
    yield
    at(NOON + timedelta(hours=2))
    with app.app_context():
        sweep_later()


def forwarded(_app, eleni, talk, root, _at):
    yield
    passed = eleni.post(f"{V1}/messages/{root}/forwarding", json={"talk": talk, "nonce": "f1"})
    assert passed.status_code == 201, passed.text


def written_before_the_line_was_cut(_app, eleni, talk, _root, _at):
    yield
    say(eleni, talk, "Waited", written_at=(NOON - timedelta(hours=1)).isoformat())


def answered_in_a_thread(_app, eleni, _talk, root, _at):
    yield
    form = {"text": "An answer", "nonce": "t1"}
    assert eleni.page.post(f"/messages/{root}/thread", data=form).status_code in (200, 303)


WAYS = (sent_at_its_time, forwarded, written_before_the_line_was_cut, answered_in_a_thread)


class Both:
    """Somebody's programs and, as `page`, their browser."""

    def __init__(self, api, page):
        self.page, self.get, self.post, self.put = page, api.get, api.post, api.put


@pytest.mark.parametrize("way", WAYS)
def test_what_others_said_stays_unread_and_what_one_was_writing_stays_a_draft(app, api_of, client_of, talk, at, way):
    eleni, sofia = Both(api_of("Eleni"), client_of("Eleni")), api_of("Sofia")
    root = say(eleni, talk, "Who has sacks?")
    going = way(app, eleni, talk, root, at)
    next(going)
    say(sofia, talk, "I have twenty")
    say(sofia, talk, "At the mill")
    eleni.put(f"{V1}/conversations/{talk}/draft", json={"text": "Half a sen"})
    next(going, None)
    mine = eleni.get(f"{V1}/conversations/{talk}").json
    assert (mine["last_seq"], mine["read_seq"]) == (4, 1)
    [missed] = eleni.get(f"{V1}/conversations/missed").json["items"]
    assert [one["text"] for one in missed["first"]] == ["I have twenty", "At the mill"]
    draft = eleni.get(f"{V1}/conversations/{talk}/draft").json["text"]
    assert draft == "Half a sen"


@pytest.mark.parametrize(
    ("kept", "minutes", "left"),
    [
        ("Half a sen", -70, ""),
        ("The next on", -1, "The next on"),
        ("Wait", -1, ""),
        ("Waited", -1, ""),
    ],
)
def test_what_waited_ends_the_draft_that_it_was_and_none_that_was_begun_since(api_of, talk, at, kept, minutes, left):
    eleni = api_of("Eleni")
    at(NOON + timedelta(minutes=minutes))
    eleni.put(f"{V1}/conversations/{talk}/draft", json={"text": kept})
    at(NOON)
    fast = timedelta(hours=3)  # their clock
    times = {"written_at": (NOON - timedelta(minutes=2) + fast).isoformat(), "sent_at": (NOON + fast).isoformat()}
    say(eleni, talk, "Waited", **times)
    assert eleni.get(f"{V1}/conversations/{talk}/draft").json["text"] == left


@pytest.mark.parametrize("way", WAYS)
def test_where_nothing_else_is_unread_ones_own_words_are_not(app, api_of, client_of, talk, at, way):
    eleni = Both(api_of("Eleni"), client_of("Eleni"))
    root = say(eleni, talk, "Who has sacks?")
    going = way(app, eleni, talk, root, at)
    next(going)
    next(going, None)
    mine = eleni.get(f"{V1}/conversations/{talk}").json
    assert (mine["last_seq"], mine["unread"]) == (2, 0)
