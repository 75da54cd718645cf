"""What should not stand is hidden by whoever keeps the talk: who may, who still reads it, and that nothing leaks it."""

import pytest

V1 = "/api/v1"
WORD = "Xylophagou"  # said once, found nowhere else
REASON = "Names a citizen"


@pytest.fixture
def parks(api_of, cast):
    """The conversation of Parks with a message of Eleni's that Giorgos answered; Nikos is called in it."""
    eleni = api_of("Eleni")
    file = eleni.post(f"{V1}/files", data={"file": (b_file(), f"{WORD}.txt")}).json["items"][0]["id"]
    text = f"@[Nikos](party:{cast.Nikos}) Mrs {WORD} owes us"
    said = {"text": text, "nonce": "one", "files": [file]}
    made = eleni.post(f"{V1}/units/{cast.PARKS}/messages", json=said).json
    answer = {"text": "Which one?", "nonce": "two", "reply_to": made["id"]}
    api_of("Giorgos").post(f"{V1}/units/{cast.PARKS}/messages", json=answer)
    return made


def b_file():
    from io import BytesIO

    return BytesIO(b"Xylophagou owes us")


def hide(api, message, reason=REASON):
    return api.put(f"{V1}/messages/{message}/hiding", json={"reason": reason})


def test_it_is_hidden_by_whoever_keeps_the_talk_and_by_nobody_else(api_of, cast, parks):
    for name, wanted in (("Giorgos", 403), ("Eleni", 403), ("Maria", 404), ("Kostas", 404), ("Reza", 404)):
        assert hide(api_of(name), parks["id"]).status_code == wanted, name
    assert hide(api_of("Nikos"), parks["id"], " ").status_code == 422
    assert hide(api_of("Yannis"), parks["id"]).status_code == 200  # heads the unit above
    group = api_of("Eleni").post(f"{V1}/conversations", json={"title": "Flood", "members": [cast.Sofia]}).json["id"]
    said = api_of("Sofia").post(f"{V1}/conversations/{group}/messages", json={"text": "x", "nonce": "a"}).json["id"]
    assert hide(api_of("Sofia"), said).status_code == 403
    assert hide(api_of("Eleni"), said).json["hidden_by"]["reason"] == REASON
    direct = {"kind": "direct", "members": [cast.Sofia]}
    talk = api_of("Eleni").post(f"{V1}/conversations", json=direct).json["id"]
    said = api_of("Sofia").post(f"{V1}/conversations/{talk}/messages", json={"text": "x", "nonce": "a"}).json["id"]
    assert hide(api_of("Eleni"), said).status_code == 403  # among two nobody stands above the other


def test_what_is_hidden_leaks_nowhere_and_stands_again_when_shown(app, api_of, client_of, cast, parks, tell):
    from collab.feed.search.indexing import keep_up

    talk, at = f"/conversations/{parks['conversation']}", f"/messages/{parks['id']}"
    pages = (talk, f"{talk}/messages", f"{talk}/about", at, f"{at}/thread", f"{at}/versions", "/conversations/missed",
             f"/conversations/search?q={WORD}", f"/search?q={WORD}")  # fmt: skip
    doors = (f"{talk}/messages", f"{talk}/pins", at, f"{at}/thread", f"{at}/versions", "/conversations/missed",
             f"/messages?q={WORD}", "/messages?q=from:Eleni", f"/search?q={WORD}")  # fmt: skip

    def found():
        """Where Babis, who has read nothing yet, meets what was said or its file."""
        tell()
        with app.app_context():
            keep_up()
        told = {page: client_of("Babis").get(page).text for page in pages}
        told |= {f"{V1}{door}": api_of("Babis").get(f"{V1}{door}").text for door in doors}
        plain = {door: text.replace("<mark>", "").replace("</mark>", "") for door, text in told.items()}
        return {door for door, text in plain.items() if f"Mrs {WORD}" in text or f"{WORD}.txt" in text}

    api_of("Eleni").patch(f"{V1}/messages/{parks['id']}", json={"text": f"Mrs {WORD} owes us much"})
    api_of("Eleni").put(f"{V1}/messages/{parks['id']}/pin")
    before = {*pages, *(f"{V1}{door}" for door in doors)}
    assert found() == before
    assert hide(api_of("Nikos"), parks["id"]).status_code == 200
    assert found() == set()
    page = client_of("Giorgos").get(f"/conversations/{parks['conversation']}").text
    assert REASON in page
    assert "Nikos Pappas" in page
    assert REASON in client_of("Giorgos").get(f"/messages/{parks['id']}/thread").text
    assert api_of("Nikos").delete(f"{V1}/messages/{parks['id']}/hiding").json["text"] == f"Mrs {WORD} owes us much"
    assert before - found() == {f"{talk}/about", f"{V1}{talk}/pins"}  # it was taken off the pins


def test_the_open_line_tells_nobody_what_a_hidden_message_says(app, api_of, cast, parks, monkeypatch):
    from collab.core import realtime

    told = []
    monkeypatch.setattr(realtime, "emit", lambda *args: told.append(str(args)))
    hinted = []
    monkeypatch.setattr(realtime, "hint", lambda rooms, kind, id_, version=None: hinted.append((kind, id_)))
    hide(api_of("Nikos"), parks["id"])
    assert ("unit-talk", cast.PARKS) in hinted
    assert not [one for one in told if WORD in one]


def test_its_author_reads_it_still_and_an_auditor_with_a_line_in_the_ledger(app, api_of, client_of, cast, said):
    made = said("Eleni", f"Mrs {WORD} owes us")
    assert hide(api_of("Nikos"), made["id"]).status_code == 200
    there = f"{V1}/messages/{made['id']}/hidden-text"
    assert api_of("Eleni").get(there).json["text"] == f"Mrs {WORD} owes us"
    assert WORD in client_of("Eleni").get(f"/messages/{made['id']}/hidden-text").text
    assert api_of("Giorgos").get(there).status_code == api_of("Nikos").get(there).status_code == 403
    assert api_of("Maria").get(there).status_code == 404
    assert api_of("Reza", ("read",)).get(there).json["text"] == f"Mrs {WORD} owes us"
    assert lines(app, "conversation") == ["message-posted", "message-hidden", "hidden-message-read"]
    # Nobody changes, signs, passes on or makes work of what is hidden.
    eleni = api_of("Eleni")
    assert eleni.patch(f"{V1}/messages/{made['id']}", json={"text": "x"}).status_code == 403
    assert eleni.delete(f"{V1}/messages/{made['id']}").status_code == 403
    assert eleni.put(f"{V1}/messages/{made['id']}/signs/agree").status_code == 403


def test_whoever_said_it_hears_that_it_was_hidden(api_of, client_of, cast, said, tell):
    made = said("Giorgos", f"Mrs {WORD} owes us")
    hide(api_of("Nikos"), made["id"])
    tell()
    inbox = client_of("Giorgos").get("/inbox").text
    assert "απέκρυψε" in inbox
    assert WORD not in inbox


def lines(app, subject):
    from sqlalchemy import select

    from collab.core.db import db
    from collab.core.facts import FactRow

    with app.app_context():
        return list(
            db.session.scalars(select(FactRow.kind).where(FactRow.subject_kind == subject).order_by(FactRow.id))
        )
