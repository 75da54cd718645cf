"""Talks over the API: pages before and after a number, one message, changes, and every wrong thing one can send."""

import pytest


@pytest.fixture
def talk(said):
    for number in range(1, 8):
        said("Eleni" if number % 2 else "Nikos", f"message {number}")
    return said("Eleni", "message 8")["conversation"]


def seqs(response):
    assert response.status_code == 200, response.text
    return [line["seq"] for line in response.json["items"]]


def test_the_newest_come_first_asked_for_and_in_order(api_of, talk):
    eleni = api_of("Eleni")
    assert seqs(eleni.get(f"/api/v1/conversations/{talk}/messages?limit=3")) == [6, 7, 8]
    assert seqs(eleni.get(f"/api/v1/conversations/{talk}/messages?before=6&limit=3")) == [3, 4, 5]


def test_after_a_cut_one_asks_for_what_follows(api_of, talk):
    answer = api_of("Eleni").get(f"/api/v1/conversations/{talk}/messages?after=2&limit=3")
    assert seqs(answer) == [3, 4, 5]
    assert answer.json["next"] == 5
    assert answer.json["last_seq"] == 8
    rest = api_of("Eleni").get(f"/api/v1/conversations/{talk}/messages?after=5")
    assert (seqs(rest), rest.json["next"]) == ([6, 7, 8], None)


def test_a_number_from_the_future_finds_nothing(api_of, talk):
    assert seqs(api_of("Eleni").get(f"/api/v1/conversations/{talk}/messages?after=999999999")) == []


def test_posting_gives_id_and_number_and_again_the_same(api_of, talk):
    eleni, body = api_of("Eleni"), {"text": "Yes", "nonce": "n1"}
    first = eleni.post(f"/api/v1/conversations/{talk}/messages", json=body)
    assert (first.status_code, first.json["seq"]) == (201, 9)
    again = eleni.post(f"/api/v1/conversations/{talk}/messages", json=body)
    assert (again.status_code, again.json) == (201, first.json)
    other = eleni.post(f"/api/v1/conversations/{talk}/messages", json={**body, "text": "No"})
    assert other.status_code == 409
    assert eleni.get(first.headers["Location"]).json["text"] == "Yes"


def test_only_ones_own_words_are_changed_and_the_change_shows(api_of, talk):
    eleni, nikos = api_of("Eleni"), api_of("Nikos")
    id_ = eleni.post(f"/api/v1/conversations/{talk}/messages", json={"text": "Yse", "nonce": "n1"}).json["id"]
    assert nikos.patch(f"/api/v1/messages/{id_}", json={"text": "No"}).status_code == 403
    changed = eleni.patch(f"/api/v1/messages/{id_}", json={"text": "Yes"})
    assert (changed.status_code, changed.json["text"]) == (200, "Yes")
    assert changed.json["edited_at"]
    assert changed.json["seq"] == 9


def test_a_deleted_message_keeps_its_place_without_its_words(api_of, talk):
    eleni = api_of("Eleni")
    id_ = eleni.post(f"/api/v1/conversations/{talk}/messages", json={"text": "A secret", "nonce": "n1"}).json["id"]
    assert api_of("Nikos").delete(f"/api/v1/messages/{id_}").status_code == 403
    assert eleni.delete(f"/api/v1/messages/{id_}").status_code == 204
    left = eleni.get(f"/api/v1/messages/{id_}").json
    assert (left["text"], left["seq"]) == (None, 9)
    assert left["deleted_at"]
    assert eleni.patch(f"/api/v1/messages/{id_}", json={"text": "x"}).status_code == 403
    assert "A secret" not in eleni.get(f"/api/v1/conversations/{talk}/messages").text


def test_retrying_what_was_changed_or_deleted_meanwhile_still_sends_nothing(api_of, talk):
    eleni, body = api_of("Eleni"), {"text": "Yse", "nonce": "n1"}
    first = eleni.post(f"/api/v1/conversations/{talk}/messages", json=body).json
    eleni.patch(f"/api/v1/messages/{first['id']}", json={"text": "Yes"})
    assert eleni.post(f"/api/v1/conversations/{talk}/messages", json=body).json == first
    eleni.delete(f"/api/v1/messages/{first['id']}")
    assert eleni.post(f"/api/v1/conversations/{talk}/messages", json=body).json == first | {"deleted": True}


def test_unread_is_what_follows_the_number_read(api_of, talk):
    nikos = api_of("Nikos")
    assert nikos.get(f"/api/v1/conversations/{talk}").json["unread"] == 2  # he wrote the sixth
    assert nikos.put(f"/api/v1/conversations/{talk}/read-state", json={"seq": 7}).json == {"seq": 7}
    assert nikos.put(f"/api/v1/conversations/{talk}/read-state", json={"seq": 3}).json == {"seq": 7}
    assert nikos.put(f"/api/v1/conversations/{talk}/read-state", json={"seq": 5000}).json == {"seq": 8}
    assert nikos.get(f"/api/v1/conversations/{talk}").json["unread"] == 0


def test_for_a_stranger_there_is_no_such_talk(api_of, talk, said):
    id_ = said("Eleni", "One more")["id"]
    leila = api_of("Leila")
    for method, address, body in [
        ("get", f"/api/v1/conversations/{talk}", None),
        ("get", f"/api/v1/conversations/{talk}/messages", None),
        ("post", f"/api/v1/conversations/{talk}/messages", {"text": "x", "nonce": "n"}),
        ("put", f"/api/v1/conversations/{talk}/read-state", {"seq": 1}),
        ("get", f"/api/v1/messages/{id_}", None),
        ("patch", f"/api/v1/messages/{id_}", {"text": "x"}),
        ("delete", f"/api/v1/messages/{id_}", None),
    ]:
        foreign = getattr(leila, method)(address, json=body) if body else getattr(leila, method)(address)
        nowhere = address.replace(str(talk), "999999") if str(talk) in address else "/api/v1/messages/999999"
        absent = getattr(leila, method)(nowhere, json=body) if body else getattr(leila, method)(nowhere)
        assert foreign.status_code == absent.status_code == 404, address


def test_an_auditor_reads_and_may_not_write(api_of, talk):
    reza = api_of("Reza")
    assert reza.get(f"/api/v1/conversations/{talk}/messages").status_code == 200
    assert reza.get(f"/api/v1/conversations/{talk}").json["may_write"] is False
    assert reza.post(f"/api/v1/conversations/{talk}/messages", json={"text": "x", "nonce": "n"}).status_code == 403


def test_a_token_that_only_reads_does_not_write(api_of, talk):
    reading = api_of("Eleni", scopes=("read",))
    assert reading.post(f"/api/v1/conversations/{talk}/messages", json={"text": "x", "nonce": "n"}).status_code == 403
    assert reading.put(f"/api/v1/conversations/{talk}/read-state", json={"seq": 1}).status_code == 403


BAD = [
    {}, {"text": "x"}, {"nonce": "n"}, {"text": "", "nonce": "n"}, {"text": "   \n", "nonce": "n"},
    {"text": None, "nonce": "n"}, {"text": ["x"], "nonce": "n"}, {"text": 7, "nonce": "n"},
    {"text": "x\0y", "nonce": "n"},
    {"text": "x" * 20_001, "nonce": "n"}, {"text": "x", "nonce": ""}, {"text": "x", "nonce": "n" * 65},
    {"text": "x", "nonce": "a b"}, {"text": "x", "nonce": None}, {"text": "x", "nonce": {"a": 1}},
    {"text": "x", "nonce": "νι"}, {"text": "x", "nonce": "n", "reply_to": "x"}, {"text": "x", "nonce": "n", "more": 1},
    {"text": "x", "nonce": "n", "reply_to": 2**60}, {"text": "x", "nonce": "n", "reply_to": -1},
    {"text": "\u2060\u200b", "nonce": "n"},
]  # fmt: skip


@pytest.mark.parametrize("body", BAD, ids=range(len(BAD)))
def test_what_cannot_be_sent_is_refused_at_its_field(api_of, talk, body):
    answer = api_of("Eleni").post(f"/api/v1/conversations/{talk}/messages", json=body)
    assert answer.status_code == 422
    assert answer.json["errors"]


@pytest.mark.parametrize(
    "asked", ["after=x", "after=-1", "after=9999999999999999999", "before=1.5", "limit=0", "limit=9999", "page=2"]
)
def test_a_wrong_question_is_refused(api_of, talk, asked):
    assert api_of("Eleni").get(f"/api/v1/conversations/{talk}/messages?{asked}").status_code == 422


def test_lone_surrogates_and_no_json_are_refused(api_of, talk):
    eleni, address = api_of("Eleni"), f"/api/v1/conversations/{talk}/messages"
    headers = {"Content-Type": "application/json"}
    assert eleni.post(address, data='{"text": "\\ud800", "nonce": "n"}', headers=headers).status_code == 422
    assert eleni.post(address, data="[1]", headers=headers).status_code == 400
    assert eleni.post(address, data="{", headers=headers).status_code == 400
    assert eleni.post(address, data="text=x").status_code == 415


def test_opening_a_long_talk_costs_the_same_few_queries(api_of, talk, queries):
    eleni = api_of("Eleni")
    eleni.get(f"/api/v1/conversations/{talk}/messages")
    with queries() as sent:
        eleni.get(f"/api/v1/conversations/{talk}/messages")
    assert len(sent) <= 6  # the last one: their files
