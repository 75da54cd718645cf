"""The line: who is writing is told to readers alone and not too often; what was seen is noted; nonsense is silence."""

import pytest
from sqlalchemy import select

from collab.core import realtime
from collab.core.db import db, writing
from collab.messaging.models import ReadState
from collab.people.organisation.parties import Naming, rename_parties


def heard(page, name):
    return [event["args"][0] for event in page.get_received() if event["name"] == name]


def test_readers_see_who_is_writing_and_others_do_not(line, item, api_of, cast):
    eleni, nikos, leila = (line(api_of(name)) for name in ("Eleni", "Nikos", "Leila"))
    eleni.emit("typing", {"kind": "work-item", "id": item})
    told = {"kind": "work-item", "id": item, "person": cast.Eleni, "name": "Eleni Markou", "names": {}}
    assert told in heard(nikos, "typing")
    assert heard(leila, "typing") == []


def test_whoever_writes_comes_with_the_names_they_have_in_each_language(app, line, item, api_of, cast):
    with app.app_context(), writing() as session:
        rename_parties(session, [(cast.Babis, Naming("Babis Alexiou", {"el": "Μπάμπης Αλεξίου", "fa": "بابیس"}))])
    babis, nikos = line(api_of("Babis")), line(api_of("Nikos"))
    babis.emit("typing", {"kind": "work-item", "id": item})
    [told] = heard(nikos, "typing")
    assert (told["name"], told["names"]) == ("Babis Alexiou", {"el": "Μπάμπης Αλεξίου", "fa": "بابیس"})


def test_whoever_may_not_write_there_is_not_told_of(line, item, api_of):
    nikos, leila, reza = (line(api_of(name)) for name in ("Nikos", "Leila", "Reza"))
    leila.emit("typing", {"kind": "work-item", "id": item})
    reza.emit("typing", {"kind": "work-item", "id": item})
    assert heard(nikos, "typing") == []


def test_writing_is_told_once_in_two_seconds(line, item, api_of):
    eleni, nikos = line(api_of("Eleni")), line(api_of("Nikos"))
    for _key in range(20):
        eleni.emit("typing", {"kind": "work-item", "id": item})
    assert len({str(told) for told in heard(nikos, "typing")}) == 1


def test_what_was_seen_is_read(app, line, said, api_of, cast):
    said("Eleni", "Two trees are down")
    talk = said("Eleni", "And a third")["conversation"]
    line(api_of("Nikos")).emit("seen", {"conversation": talk, "seq": 2})
    with app.app_context():
        assert db.session.scalar(select(ReadState.read_seq).where(ReadState.person_id == cast.Nikos)) == 2


def test_how_far_one_has_read_is_told_to_ones_own_pages_and_to_nobody_else(line, said, api_of):
    said("Eleni", "Two trees are down")
    talk = said("Eleni", "And a third")["conversation"]
    there = f"/api/v1/conversations/{talk}"
    mine, other, hers = line(api_of("Nikos")), line(api_of("Nikos")), line(api_of("Eleni"))
    for page in (mine, other, hers):
        page.get_received()

    def told():
        return [[one["args"][0] for one in page.get_received() if one["name"] == "read"] for page in (other, hers)]

    mine.emit("seen", {"conversation": talk, "seq": 1})
    assert told() == [[{"conversation": talk, "seq": 1}], []]
    api_of("Nikos").put(f"{there}/read-state", json={"seq": 9})
    assert told() == [[{"conversation": talk, "seq": 2}], []]
    api_of("Nikos").put(f"{there}/unread", json={"seq": 0})
    assert told() == [[{"conversation": talk, "seq": 0}], []]


def test_seeing_what_one_may_not_see_changes_nothing(app, line, said, api_of, cast):
    talk = said("Eleni", "Two trees are down")["conversation"]
    line(api_of("Leila")).emit("seen", {"conversation": talk, "seq": 1})
    with app.app_context():
        assert db.session.scalar(select(ReadState.read_seq).where(ReadState.person_id == cast.Leila)) is None


NONSENSE = [
    None, [], "x", 7, {}, {"conversation": "x", "seq": 1}, {"conversation": 1, "seq": -1}, {"kind": "a\0b", "id": 1},
    {"kind": "nothing", "id": 1}, {"kind": "work-item", "id": 2**70}, {"kind": ["work-item"], "id": {}},
]  # fmt: skip


@pytest.mark.parametrize("data", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("event", ["seen", "typing"])
def test_nonsense_is_answered_and_the_line_stands(line, item, api_of, event, data, caplog):
    eleni = line(api_of("Eleni"))
    answer = eleni.emit(event, data, callback=True)
    assert (answer["ok"], answer["status"] in (404, 422), bool(answer["reason"])) == (False, True, True)
    assert eleni.is_connected()
    eleni.emit(event, data)  # who asks for no answer is told nothing
    assert eleni.get_received() == []
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_whatever_else_is_said_up_the_line_is_answered_in_ones_language(line, item, said, api_of, client_of, cast):
    talk = said("Eleni", "Two trees are down")["conversation"]
    eleni, leila, nikos = (line(api_of(name)) for name in ("Eleni", "Leila", "Nikos"))
    for event in ("reseat", "message", "hint", "no-such-event"):
        answer = eleni.emit(event, {"person": None, "text": "I am Nikos"}, callback=True)
        assert (answer["ok"], answer["status"], "no such event" in answer["reason"]) == (False, 404, True)
    assert "Δεν υπάρχει" in nikos.emit("reseat", callback=True)["reason"]
    # A number that was not given out yet counts up to the newest message; what one may not see is not there.
    assert eleni.emit("seen", {"conversation": talk, "seq": 10**9}, callback=True) == {"ok": True, "seq": 1}
    unseen = leila.emit("seen", {"conversation": talk, "seq": 1}, callback=True)
    assert unseen == leila.emit("seen", {"conversation": 10**9, "seq": 1}, callback=True)
    assert (unseen["status"], leila.emit("typing", {"kind": "work-item", "id": item}, callback=True)["status"]) == (
        404,
        404,
    )
    # An answer to a message of another conversation is refused over HTTP, and changes nothing of the line.
    other = api_of("Eleni").post(f"/api/v1/units/{cast.PARKS}/messages", json={"text": "Storm", "nonce": "a"}).json
    wrong = {"text": "I come", "nonce": "b", "reply_to": other["id"]}
    refused = api_of("Eleni").post(f"/api/v1/conversations/{talk}/messages", json=wrong)
    assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "reply_to")
    assert all(page.is_connected() for page in (eleni, leila, nikos))


def test_one_person_has_so_many_lines_and_no_more(line, api_of, monkeypatch):
    from collab.web import sockets

    monkeypatch.setattr(sockets, "MOST_LINES", 3)
    eleni = api_of("Eleni")
    pages = [line(eleni) for _each in range(4)]
    assert [page.is_connected() for page in pages] == [True, True, True, False]
    assert line(api_of("Nikos")).is_connected()
    pages[0].disconnect()
    assert line(eleni).is_connected()
    assert not line(eleni).is_connected()


class Voice:
    """Writes down what would go to open pages."""

    def __init__(self):
        self.sent = []

    def emit(self, event, data, room, **_more):
        self.sent.append((event, data, room))


def test_what_is_said_goes_to_the_rooms_of_the_readers_and_hints_carry_no_words(item, said, tell, cast, monkeypatch):
    voice = Voice()
    monkeypatch.setattr(realtime, "_voice", voice)
    said("Eleni", "Two trees are down")
    tell()
    hints = [each for each in voice.sent if each[0] == "hint"]
    owner = {"kind": "work-item", "id": item}
    rooms = {str(room) for event, data, room in voice.sent if event == "message" and data["owner"] == owner}
    assert f"unit:{cast.PARKS}" in str(rooms)
    assert f"unit:{cast.FINANCE}" not in str(rooms)
    assert "all" not in rooms
    assert "trees" not in str(hints)


def messages(page):
    # What the test client hears under this name comes without the list around it.
    said = [event["args"] for event in page.get_received() if event["name"] == "message"]
    return [(told["conversation"], told["seq"], told["text"]) for told in said]


def test_what_is_said_reaches_the_open_pages_of_its_readers_and_nobody_else(line, api_of, cast, tell):
    eleni = api_of("Eleni")
    nikos, yannis, leila = (line(api_of(name)) for name in ("Nikos", "Yannis", "Leila"))
    sent = eleni.post(f"/api/v1/units/{cast.PARKS}/messages", json={"text": "Storm at six", "nonce": "a"}).json
    tell()
    told = (sent["conversation"], 1, "Storm at six")
    assert messages(nikos) == messages(yannis) == [told]
    assert messages(leila) == []


def test_who_is_called_comes_down_the_line_with_the_names_of_every_language(app, line, api_of, cast, tell):
    from collab.core.db import writing
    from collab.people.organisation.parties import Naming, rename_parties

    names = {"el": "Πράσινο", "fa": "فضای سبز"}
    with app.app_context(), writing() as session:
        rename_parties(session, [(cast.PARKS, Naming("Parks", names, "PARKS"))])
    nikos = line(api_of("Nikos"))
    for text in (f"@[x](party:{cast.PARKS}) look", "Nobody in particular"):
        api_of("Eleni").post(f"/api/v1/units/{cast.PARKS}/messages", json={"text": text, "nonce": f"n{len(text)}"})
    tell()
    called = [event["args"]["called"] for event in nikos.get_received() if event["name"] == "message"]
    assert called == [[{"id": cast.PARKS, "name": "Parks", "names": names}], []]


def test_whoever_was_put_out_of_a_group_hears_nothing_more_at_once(line, api_of, cast, tell):
    eleni, group = api_of("Eleni"), {"title": "Flood", "members": [cast.Leila, cast.Maria]}
    talk = eleni.post("/api/v1/conversations", json=group).json["id"]
    leila, maria = line(api_of("Leila")), line(api_of("Maria"))
    eleni.post(f"/api/v1/conversations/{talk}/messages", json={"text": "Pumps", "nonce": "a"})
    tell()
    eleni.delete(f"/api/v1/conversations/{talk}/members/{cast.Leila}")
    eleni.post(f"/api/v1/conversations/{talk}/messages", json={"text": "Sandbags", "nonce": "b"})
    tell()
    assert messages(leila) == [(talk, 1, "Pumps")]
    assert messages(maria) == [(talk, 1, "Pumps"), (talk, 2, "Sandbags")]


@pytest.mark.parametrize(
    ("origin", "seated"),
    [("http://localhost:8000", True), ("https://evil.example", False), ("null", False), (None, False)],
)
def test_a_page_from_elsewhere_is_nobody_whatever_cookie_comes_with_it(line, client_of, origin, seated):
    opened = line(cookie=client_of("Eleni"), origin=origin)
    assert opened.is_connected() is seated
