"""Who reads in a unit follows the day: a membership opens its conversation at midnight, and shuts it at midnight."""

from datetime import UTC, datetime

import pytest

from collab.core import realtime
from tests.machine.copies import soon
from tests.messaging.serving import Page, Web
from tests.messaging.standing import membership_of

V1 = "/api/v1"
EVENING = datetime(2026, 11, 30, 21, 59, tzinfo=UTC)  # a minute before midnight in Athens
MIDNIGHT = datetime(2026, 11, 30, 22, 0, tzinfo=UTC)
DAY = "2026-12-01"


def say(client, where, text):
    sent = client.post(f"{V1}/{where}/messages", json={"text": text, "nonce": f"n-{abs(hash(text))}"})
    assert sent.status_code == 201, sent.text
    return sent.json["conversation"]


@pytest.fixture
def moving(app, api_of, cast, at):
    """On the first of December Eleni leaves Parks and Maria of Roads comes to it. It is the evening before."""
    at(EVENING)
    kostas = api_of("Kostas")
    with app.app_context():
        eleni = membership_of(cast.Eleni)
    ended = kostas.post(f"{V1}/memberships/{eleni}/end", json={"on": DAY})
    assert ended.status_code in (200, 201, 204), ended.text
    came = kostas.post(f"{V1}/people/{cast.Maria}/memberships", json={"unit_id": cast.PARKS, "valid_from": DAY})
    assert came.status_code == 201, came.text


def reads(client, page, where, talk):
    """What the conversation answers: the API by its number and by its unit, its page, and whether the list has it."""
    listed = [one["id"] for one in client.get(f"{V1}/conversations").json["items"]]
    answers = [client.get(f"{V1}/{way}").status_code for way in (f"conversations/{talk}", f"{where}/messages")]
    return [*answers, page.get(f"/conversations/{talk}").status_code, talk in listed]


OPEN, SHUT = [200, 200, 200, True], [404, 404, 404, False]


def test_a_membership_opens_the_conversation_of_its_unit_and_shuts_it_at_midnight(
    moving, api_of, client_of, cast, at, tell
):
    where = f"units/{cast.PARKS}"
    talk = say(api_of("Eleni"), where, "Until tomorrow")
    people = {name: (api_of(name), client_of(name)) for name in ("Eleni", "Maria", "Giorgos")}
    tell()

    def seen():
        return {name: reads(*clients, where, talk) for name, clients in people.items()}

    assert seen() == {"Eleni": OPEN, "Maria": SHUT, "Giorgos": OPEN}
    at(MIDNIGHT)
    assert seen() == {"Eleni": SHUT, "Maria": OPEN, "Giorgos": OPEN}
    eleni, maria = (people[name][0] for name in ("Eleni", "Maria"))
    body = {"text": "One more", "nonce": "one-more"}
    assert eleni.post(f"{V1}/{where}/messages", json=body).status_code == 404
    assert eleni.get(f"{V1}/messages?q=tomorrow").json["items"] == []
    assert maria.post(f"{V1}/{where}/messages", json=body).status_code == 201
    assert len(maria.get(f"{V1}/messages?q=tomorrow").json["items"]) == 1


@pytest.fixture
def web(servers, clones, app, tmp_path, monkeypatch):
    """One web process that knows the time it is told, and this one speaking to its pages through Redis."""
    one = Web(servers, clones, tmp_path / "a", "tests.messaging.dated_line")
    monkeypatch.setattr(realtime, "_voice", None)
    try:
        tell_time(tmp_path, EVENING)
        assert soon(lambda: one.process.poll() is not None or one.ready(), 400)
        assert one.process.poll() is None, (tmp_path / "a.log").read_text()[-2000:]
        realtime.use(servers.redis_url)
        yield one
    finally:
        one.kill()


@pytest.fixture
def sit(web, signed_in):
    """`sit("Eleni")`: an open page of hers. Left open when a test fails, they would keep the process from ending."""
    pages = []

    def open_page(name):
        pages.append(Page(web, signed_in(name)))
        return pages[-1]

    yield open_page
    for page in pages:
        page.line.disconnect()


def tell_time(folder, instant):
    new = folder / "a" / "new"
    new.write_text(instant.isoformat())
    new.replace(folder / "a" / "now")


def test_an_open_line_hears_a_unit_from_midnight_on_and_no_more_from_midnight_on(
    sit, moving, api_of, cast, at, tmp_path
):
    nikos, where = api_of("Nikos"), f"units/{cast.PARKS}"
    form = {"kind": "direct", "members": [cast.Eleni]}
    direct = nikos.post(f"{V1}/conversations", json=form).json["id"]
    leaves, comes, stays = (sit(name) for name in ("Eleni", "Maria", "Giorgos"))
    say(nikos, where, "Before midnight")
    assert soon(lambda: leaves.said == stays.said == ["Before midnight"], 60)
    at(MIDNIGHT)
    tell_time(tmp_path, MIDNIGHT)
    tries = iter(range(1000))

    def comes_hears():
        say(nikos, where, f"Midnight {next(tries)}")
        return comes.said != []

    assert soon(comes_hears, 60)
    assert "Before midnight" not in comes.said
    say(nikos, where, "After midnight")
    say(nikos, f"conversations/{direct}", "Goodbye")
    assert soon(lambda: "Goodbye" in leaves.said and "After midnight" in stays.said, 60)
    assert soon(lambda: comes.said[-1] == "After midnight", 60)
    assert "After midnight" not in leaves.said
    assert all(page.line.connected for page in (leaves, comes, stays))
