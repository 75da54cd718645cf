"""A direct talk of three and more: one for the same people, named after the others, opened by nobody else."""

import re

import pytest

V1 = "/api/v1"


def begin(client, *members):
    return client.post(f"{V1}/conversations", json={"kind": "direct", "members": list(members)})


def say(client, talk, text):
    return client.post(f"{V1}/conversations/{talk}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})


@pytest.fixture
def three(api_of, cast):
    """What Eleni, Sofia and Maria share."""
    made = begin(api_of("Eleni"), cast.Sofia, cast.Maria)
    assert made.status_code == 201, made.text
    return made.json["id"]


def test_three_people_share_one_talk_whoever_of_them_begins_it_and_each_reads_and_writes_there(api_of, cast, three):
    for name, others in (("Sofia", (cast.Maria, cast.Eleni)), ("Maria", (cast.Eleni, cast.Sofia, cast.Maria))):
        assert begin(api_of(name), *others).json["id"] == three, name
    for name in ("Eleni", "Sofia", "Maria"):
        assert say(api_of(name), three, f"Here is {name}").status_code == 201, name
    for name in ("Eleni", "Sofia", "Maria"):
        read = api_of(name).get(f"{V1}/conversations/{three}/messages").json["items"]
        assert [one["text"] for one in read] == ["Here is Eleni", "Here is Sofia", "Here is Maria"], name


def test_it_is_called_after_the_others_in_the_api_and_on_its_page(api_of, client_of, three):
    assert api_of("Eleni").get(f"{V1}/conversations/{three}").json["name"] == "Maria Lekka, Sofia Rigas"
    assert api_of("Maria").get(f"{V1}/conversations/{three}").json["name"] == "Eleni Markou, Sofia Rigas"
    page = client_of("Sofia").get(f"/conversations/{three}").text
    assert re.search(r'id="conversation-title"[^>]*>Eleni Markou, Maria Lekka<', page)


def test_nobody_else_opens_reads_writes_or_finds_it_not_even_those_above(api_of, client_of, three):
    assert say(api_of("Eleni"), three, "Among us about the pavement").status_code == 201
    for name in ("Nikos", "Petros", "Yannis", "Anna", "Kostas", "Reza", "Leila", "Dimitra"):
        client = api_of(name)
        for where in ("", "/messages", "/members"):
            assert client.get(f"{V1}/conversations/{three}{where}").status_code == 404, (name, where)
        assert client_of(name).get(f"/conversations/{three}").status_code == 404, name
        assert say(client, three, "And I?").status_code == 404, name
        assert client.get(f"{V1}/messages?q=pavement").json["items"] == [], name


def test_nobody_joins_it_lets_others_in_leaves_or_closes_it(api_of, cast, three):
    leila, eleni = api_of("Leila"), api_of("Eleni")
    assert leila.get(f"{V1}/conversations/joinable").json["items"] == []
    assert leila.post(f"{V1}/conversations/{three}/joining").status_code == 404
    assert eleni.post(f"{V1}/conversations/{three}/joining").status_code == 404
    assert eleni.post(f"{V1}/conversations/{three}/members", json={"party": cast.Leila}).status_code == 403
    assert eleni.delete(f"{V1}/conversations/{three}/members/{cast.Maria}").status_code == 403
    assert eleni.post(f"{V1}/conversations/{three}/closure").status_code == 403
    assert len(eleni.get(f"{V1}/conversations/{three}/members").json["items"]) == 3


def test_one_more_or_one_less_is_another_talk_that_knows_nothing_of_it(api_of, cast, three):
    say(api_of("Eleni"), three, "Among three")
    pair = begin(api_of("Eleni"), cast.Sofia).json["id"]
    four = begin(api_of("Maria"), cast.Eleni, cast.Sofia, cast.Dimitra).json["id"]
    assert len({three, pair, four}) == 3
    assert api_of("Dimitra").get(f"{V1}/conversations/{four}/messages").json["items"] == []
    assert api_of("Dimitra").get(f"{V1}/conversations/{three}").status_code == 404
    assert api_of("Maria").get(f"{V1}/conversations/{pair}").status_code == 404
