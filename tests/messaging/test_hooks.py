"""Other systems speak in a conversation through a secret address: who makes it, what it takes, when it ends."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from collab.people import throttling

V1 = "/api/v1"


def made(api, talk, name="Pumping station"):
    return api.post(f"{V1}/conversations/{talk}/webhooks", json={"name": name})


@pytest.fixture
def parks(api_of, cast):
    sent = api_of("Eleni").post(f"{V1}/units/{cast.PARKS}/messages", json={"text": "Good morning", "nonce": "a"})
    return sent.json["conversation"]


@pytest.fixture
def hook(api_of, parks):
    """`hook(body)`: what another system posts to the address that Nikos made, by nobody who is signed in."""
    address = made(api_of("Nikos"), parks).json["address"]
    nobody = api_of(None)

    def post(body, **more):
        return nobody.post(urlsplit(address).path, json=body, **more)

    post.address = urlsplit(address).path
    return post


def said(api, talk):
    return api.get(f"{V1}/conversations/{talk}/messages").json["items"]


def test_what_another_system_says_stands_in_the_conversation_under_its_name(hook, parks, api_of):
    answer = hook({"text": "Pump 3 has **stopped**", "nonce": "alarm-1"})
    assert (answer.status_code, answer.json["seq"]) == (201, 2)
    assert hook({"text": "Pump 3 has **stopped**", "nonce": "alarm-1"}).json == answer.json
    slack = {
        "username": "Grafana",
        "icon_emoji": ":x:",
        "attachments": [{"fallback": "Level <https://a.example/1|high>"}],
    }
    assert hook(slack).status_code == 201
    last = said(api_of("Eleni"), parks)[1:]
    assert [one["author"]["name"] for one in last] == ["Pumping station"] * 2
    assert [one["text"] for one in last] == ["Pump 3 has **stopped**", "Level [high](https://a.example/1)"]


@pytest.mark.parametrize(
    "body",
    [{}, {"text": ""}, {"text": None}, {"text": 7}, {"text": "x\0"}, {"text": "x" * 30_000}, {"attachments": "x"},
     {"text": "@[Nobody](party:999999)"}, {"text": "x", "nonce": "a b"}, {"attachments": [{"text": {"a": 1}}]}],
)  # fmt: skip
def test_what_cannot_be_said_is_refused(hook, body):
    assert hook(body).status_code == 422


def test_nonsense_and_wrong_addresses_find_nothing(hook, api_of):
    nobody = api_of(None)
    for data in ("[1]", "{", '"x"', "\ud800".encode("utf-8", "surrogatepass")):
        answer = nobody.post(hook.address, data=data, headers={"Content-Type": "application/json"})
        assert 400 <= answer.status_code < 500
    for secret in ("hook_nothing", "x", "hook_" + "x" * 500):
        assert nobody.post(f"{V1}/hooks/{secret}", json={"text": "x"}).status_code == 404


def test_only_who_keeps_the_conversation_makes_and_ends_addresses(hook, parks, api_of):
    nikos, eleni, leila = api_of("Nikos"), api_of("Eleni"), api_of("Leila")
    assert (made(eleni, parks).status_code, made(leila, parks).status_code) == (403, 404)
    [known] = nikos.get(f"{V1}/conversations/{parks}/webhooks").json["items"]
    assert known["name"] == "Pumping station"
    assert hook.address.rsplit("/", 1)[-1] not in str(known)
    assert eleni.delete(f"{V1}/conversations/{parks}/webhooks/{known['id']}").status_code == 403
    assert nikos.delete(f"{V1}/conversations/{parks}/webhooks/{known['id']}").status_code == 204
    assert hook({"text": "Still there?"}).status_code == 404
    assert nikos.get(f"{V1}/conversations/{parks}/webhooks").json["items"] == []


def test_a_system_that_floods_is_held_back_and_a_closed_conversation_takes_nothing(hook, api_of, monkeypatch, cast):
    from datetime import timedelta

    from collab.messaging import flood

    monkeypatch.setitem(flood.HERE, "bot", flood.Limit(2, timedelta(minutes=1)))
    codes = [hook({"text": f"m {number}"}).status_code for number in range(3)]
    assert codes == [201, 201, 429]
    eleni = api_of("Eleni")
    group = eleni.post(f"{V1}/conversations", json={"title": "Flood", "members": [cast.Maria]}).json["id"]
    address = urlsplit(made(eleni, group).json["address"]).path
    eleni.post(f"{V1}/conversations/{group}/closure")
    assert api_of(None).post(address, json={"text": "x"}).status_code == 409


def test_the_page_shows_the_address_once(client_of, parks):
    nikos = client_of("Nikos")
    page = nikos.post(f"/conversations/{parks}/webhooks", data={"name": "Alarm"})
    assert "/api/v1/hooks/hook_" in page.text
    later = nikos.get(f"/conversations/{parks}/webhooks")
    assert "Alarm" in later.text
    assert "/api/v1/hooks/hook_" not in later.text
    assert client_of("Eleni").get(f"/conversations/{parks}/webhooks").status_code == 403


def test_an_address_is_told_once_however_often_the_same_is_asked(api_of, client_of, parks):
    asked = {"json": {"name": "Pumps"}, "headers": {"Idempotency-Key": "pumps-1"}}
    first, again = (api_of("Nikos").post(f"{V1}/conversations/{parks}/webhooks", **asked).json for _time in range(2))
    assert first["address"]
    assert again == first | {"address": None}
    nikos = client_of("Nikos")
    form = nikos.get(f"/conversations/{parks}/webhooks").text
    tide = {"name": "Tide", "once": re.search(r'name="once" value="([^"]+)"', form)[1]}
    told = [nikos.post(f"/conversations/{parks}/webhooks", data=tide).text for _time in range(2)]
    assert ["/api/v1/hooks/hook_" in page for page in told] == [True, False]


def test_guessing_addresses_is_counted(api_of, hook, monkeypatch):
    monkeypatch.setitem(throttling.LIMITS, ("token", "address"), throttling.Limit(3, timedelta(minutes=15)))
    wrong = [api_of(None).post(f"{V1}/hooks/hook_{number}", json={"text": "x"}).status_code for number in range(5)]
    assert wrong == [404, 404, 404, 429, 429]
    assert hook({"text": "the right one still speaks"}).status_code == 201
