"""What makes something carries a token of its own: sent again, by Back or after a cut line, it is made once."""

import re

import pytest


def form_in(page, action):
    """The token of the form with this action; empty where there is none."""
    form = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    return (re.findall(r'name="once" value="(\w+)"', form) or [""])[0]


@pytest.mark.parametrize("kind", ["decisions", "meetings"])
def test_a_decision_and_a_meeting_are_made_once(client_of, api_of, cast, kind):
    eleni = client_of("Eleni")
    token = form_in(eleni.get(f"/{kind}/new").text, f"/{kind}")
    assert token
    typed = {"title": "Shall we?", "unit": str(cast.PARKS), "once": token}
    typed |= {"closes_on": "2030-11-25"} if kind == "decisions" else {"on": "2030-11-25", "clock": "10:00"}
    answers = [eleni.post(f"/{kind}", data=typed) for _pressed in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303], answers[0].text[:500]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    other = eleni.post(f"/{kind}", data=typed | {"title": "Or shall we?"})
    assert other.headers["Location"] != answers[0].headers["Location"]


def test_what_is_made_of_a_message_is_made_once(client_of, api_of, cast):
    talk = api_of("Eleni").post("/api/v1/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]
    said = {"text": "Shall we fell it?", "nonce": "n-1"}
    message = api_of("Eleni").post(f"/api/v1/conversations/{talk}/messages", json=said).json["id"]
    eleni = client_of("Eleni")
    for way, asks in (
        ("decisions", f"/messages/{message}/decisions/new"),
        ("work", f"/messages/{message}/work/new?kind=task"),
    ):
        action = f"/messages/{message}/{way}"
        page = eleni.get(asks).text
        token = re.findall(r'name="once" value="(\w+)"', page.partition("<main")[2])[0]
        typed = {"title": "Fell it", "unit": str(cast.PARKS), "once": token}
        typed |= {"kind": "task"} if way == "work" else {}
        made = [eleni.post(action, data=typed) for _pressed in range(2)]
        assert [one.status_code for one in made] == [303, 303], made[0].text[:600]
    items = api_of("Eleni").get("/api/v1/work-items?query=creator:me").json["items"]
    assert sorted(item["kind"] for item in items) == ["decision", "task"]


def test_other_forms_that_make_carry_one_too(client_of, api_of, cast):
    talk = api_of("Eleni").post("/api/v1/conversations", json={"title": "Storm", "members": [cast.Sofia]}).json["id"]
    meeting = {"title": "Winter", "unit": cast.PARKS, "on": "2030-11-25", "clock": "10:00"}
    met = api_of("Eleni").post("/api/v1/meetings", json=meeting).json["reference"]
    asked = {"title": "Planes?", "unit": cast.PARKS, "closes_on": "2030-11-25"}
    vote = api_of("Eleni").post("/api/v1/decisions", json=asked).json["reference"]
    for page, action in (
        (f"/conversations/{talk}/later", f"/conversations/{talk}/later"),
        (f"/meetings/{met}/points/new", f"/meetings/{met}/points"),
        (f"/meetings/{met}/questions/new", f"/meetings/{met}/questions"),
        (f"/decisions/{vote}/advice/new", f"/decisions/{vote}/advice"),
        ("/letter-templates", "/letter-templates"),
    ):
        answer = client_of("Nikos" if "letter" in page else "Eleni").get(page)
        assert (answer.status_code, bool(form_in(answer.text, action))) == (200, True), page
