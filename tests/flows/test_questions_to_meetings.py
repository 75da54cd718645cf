"""Questions to a meeting that are refused: the reason stands at its field, and no typed word is lost."""

from datetime import UTC, datetime

import pytest

from .test_meetings import DONE, added, at_, called

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
KEPT = '<textarea class="input" id="f-written"'


@pytest.fixture(autouse=True)
def morning(at):
    at(NOW)


@pytest.fixture
def asked(cast, api_of):
    """A meeting that Nikos chairs and Eleni writes down, with a question; its address on the pages."""
    made = called(api_of("Nikos"), cast)
    one = api_of("Eleni").post(at_(made, "/questions"), json={"question": "When?", "asker": "Anna Doe"}).get_json()
    return made, one["id"], f"/meetings/{made['reference']}/questions/{one['id']}"


def points(client, made):
    return [one["title"] for one in client.get(at_(made)).get_json()["points"]]


def test_placed_twice_it_is_one_point(api_of, client_of, asked):
    made, id_, page = asked
    nikos = api_of("Nikos")
    for _time in range(3):
        assert client_of("Eleni").put(f"{page}/place", data={"point": ""}).status_code in DONE
    first = nikos.put(at_(made, f"/questions/{id_}/place"), json={}).get_json()["items"][0]
    assert points(nikos, made) == ["When?"]
    salt = added(nikos, made, "Salt")
    moved = nikos.put(at_(made, f"/questions/{id_}/place"), json={"point": salt}).get_json()["items"][0]
    again = nikos.put(at_(made, f"/questions/{id_}/place"), json={"point": salt}).get_json()["items"][0]
    assert (moved["point"], moved["version"], again) == (salt, first["version"] + 1, moved)
    assert "A point of its own" not in client_of("Eleni").get(page).text
    nikos.put(at_(made, f"/points/{salt}/standing"), json={"state": "put-off"})
    assert "A point of its own" in client_of("Eleni").get(page).text
    own = nikos.put(at_(made, f"/questions/{id_}/place"), json={}).get_json()["items"][0]
    assert own["point"] != salt, "the point it stood under does not stand there any more"


def test_a_point_that_does_not_stand_on_the_agenda_is_refused_at_its_field(cast, api_of, client_of, asked):
    made, id_, page = asked
    nikos = api_of("Nikos")
    elsewhere = added(nikos, called(nikos, cast), "Elsewhere")
    off, salt = added(nikos, made, "Put off"), added(nikos, made, "Salt")
    nikos.put(at_(made, f"/points/{off}/standing"), json={"state": "put-off"})
    for point in (elsewhere, off, 987_654):
        refused = nikos.put(at_(made, f"/questions/{id_}/place"), json={"point": point})
        assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, "point")
        shown = client_of("Eleni").put(f"{page}/place", data={"point": str(point)})
        assert (shown.status_code, 'id="f-point-error"' in shown.text) == (422, True)
    nikos.put(at_(made, f"/questions/{id_}/declining"), json={"reason": "No"})
    assert nikos.put(at_(made, f"/questions/{id_}/place"), json={"point": salt}).status_code == 409


def test_what_was_typed_stands_on_the_page_that_refuses_it(api_of, client_of, asked):
    made, id_, page = asked
    nikos, eleni = api_of("Nikos"), client_of("Eleni")
    answer, reason = {"answer": "In the <spring>.", "version": "1"}, {"reason": "Not for the <parks>."}

    def kept(refused, status, words):
        assert refused.status_code == status
        assert words in refused.text.split(KEPT)[1].split("</textarea>")[0]
        assert "readonly" in refused.text.split(KEPT)[1].split(">")[0]

    assert KEPT not in eleni.get(page).text
    kept(eleni.put(f"{page}/answer", data=answer), 409, "In the &lt;spring&gt;.")
    kept(client_of("Maria").put(f"{page}/answer", data=answer), 403, "In the &lt;spring&gt;.")
    kept(client_of("Maria").put(f"{page}/declining", data=reason), 403, "Not for the &lt;parks&gt;.")
    nikos.put(at_(made, "/beginning"))
    other = nikos.post(at_(made, "/questions"), json={"question": "Why?", "asker": "Bob Roe"}).get_json()["id"]
    nikos.put(at_(made, f"/questions/{other}/declining"), json={"reason": "No"})
    set_aside = f"/meetings/{made['reference']}/questions/{other}"
    kept(eleni.put(f"{set_aside}/answer", data=answer | {"version": "2"}), 409, "In the &lt;spring&gt;.")
    assert nikos.put(at_(made, f"/questions/{id_}/answer"), json={"answer": "Soon.", "version": 1}).status_code == 200
    late = eleni.put(f"{page}/declining", data=reason)
    kept(late, 409, "Not for the &lt;parks&gt;.")
    assert "Soon." in late.text.split('id="f-answer"')[1].split("</textarea>")[0], "what stands there is not emptied"
    nikos.put(at_(made, "/ending"), json={})
    nikos.put(at_(made, "/approval"))
    kept(eleni.put(f"{page}/answer", data=answer | {"version": "2"}), 409, "In the &lt;spring&gt;.")
    kept(eleni.put(f"{page}/declining", data=reason), 409, "Not for the &lt;parks&gt;.")
    assert KEPT not in eleni.get(page).text


@pytest.mark.parametrize("name", ["Eleni", "Maria"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"channel": "pigeon"}, "One of these is expected here"),
        ({"asker_kind": "dog"}, "One of these is expected here"),
        ({"received_on": "2099-01-01"}, "That day is still to come."),
        ({"asker": "x" * 300}, "This is too long: at most 200 characters."),
    ],
)
def test_a_question_that_is_refused_says_why_to_whoever_asks(client_of, asked, name, typed, said):
    page = asked[2].rsplit("/", 1)[0]
    refused = client_of(name).post(page, data={"question": "How?", "asker": "Anna Doe"} | typed)
    assert (refused.status_code, refused.text.count(said)) == (422, 1)


@pytest.mark.parametrize("version", [2**63, 10**400], ids=["2**63", "10**400"])
def test_a_version_that_cannot_be_is_refused_at_its_field(api_of, asked, version):
    made, id_, _page = asked
    nikos = api_of("Nikos")
    nikos.put(at_(made, "/beginning"))
    salt = added(nikos, made, "Salt")
    for address, said in (
        (f"/questions/{id_}/answer", {"answer": "Soon.", "version": version}),
        (f"/points/{salt}/minutes", {"notes": "Soon.", "version": version}),
        (f"/points/{salt}", {"title": "Salt", "edition": version}),
    ):
        refused = nikos.put(at_(made, address), json=said)
        field = "edition" if "edition" in said else "version"
        assert (refused.status_code, refused.get_json()["errors"][0]["field"]) == (422, field)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"every": "month", "day": "0"}, "Choose a day of the month."),
        ({"every": "month", "by": "weekday", "place": "0"}, "Choose which of them in the month."),
        ({"every": "year", "interval": "300"}, "At most 20 can lie between two."),
        ({"every": "month", "ahead": "91"}, "At most 90 is taken here."),
        ({"every": "month", "ends": "until", "until": "2026-11-24"}, "By this rule it would never come again."),
    ],
)
def test_why_a_meeting_does_not_come_again_is_said_once(client_of, asked, typed, said):
    page = asked[2].split("/questions")[0]
    refused = client_of("Eleni").put(f"{page}/series", data={"ends": "never"} | typed)
    assert (refused.status_code, refused.text.count(said)) == (422, 1)
