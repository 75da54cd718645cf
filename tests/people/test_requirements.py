"""What posts require: who says so, the gap report of a unit, and the notices that something ends."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from collab.core.db import db
from collab.people.models import Mail
from collab.people.queries.skills.required import state_of
from collab.people.skill_notices import step_on, sweep_notices

V1 = "/api/v1"
DAY = date(2026, 11, 23)


@pytest.fixture
def skills(api_of):
    made = {}
    for name, more in (("Crane licence", {"expires": True}), ("First aid", {}), ("Greek", {})):
        answer = api_of("Kostas").post(f"{V1}/skills", json={"name": name, "family": "licence"} | more)
        made[name] = answer.json["id"]
    return made


@pytest.fixture
def post(api_of, cast, skills):
    """The head's post of Parks, which requires all three."""
    post = cast.head_posts["PARKS"]
    for name, level, must in (("Crane licence", 2, True), ("First aid", 3, True), ("Greek", 1, False)):
        sent = {"skill_id": skills[name], "level": level, "must": must}
        assert api_of("Yannis").post(f"{V1}/posts/{post}/requirements", json=sent).status_code == 201
    return post


@pytest.mark.parametrize(
    ("has", "ends", "confirmed", "state"),
    [
        (None, None, False, "missing"), (1, None, True, "low"), (2, None, True, "met"), (2, None, False, "unconfirmed"),
        (2, date(2026, 11, 22), True, "over"), (2, DAY, True, "soon"), (2, date(2027, 2, 21), True, "soon"),
        (2, date(2027, 2, 22), True, "met"),
    ],
)  # fmt: skip
def test_how_somebody_stands_to_a_requirement(has, ends, confirmed, state):
    assert state_of(has, 2, ends, confirmed, DAY) == state


@pytest.mark.parametrize(
    ("left", "step"), [(91, None), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 7), (-1, -1), (-20, -1)]
)
def test_each_notice_has_its_turn(left, step):
    assert step_on(date.fromordinal(DAY.toordinal() + left), DAY) == step


def test_whoever_heads_the_unit_says_what_a_post_requires_and_reads_who_lacks_it(
    api_of, client_of, cast, skills, post, at
):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    note = f"{V1}/people/{cast.Nikos}/skills"
    crane = {"skill_id": skills["Crane licence"], "level": 2, "expires_on": "2026-12-31"}
    assert api_of("Yannis").post(note, json=crane).status_code == 201
    assert api_of("Yannis").post(note, json={"skill_id": skills["First aid"], "level": 1}).status_code == 201
    report = f"{V1}/units/{cast.PARKS}/skill-gaps"
    found = [
        (one["skill"]["name"], one["person"]["name"], one["state"])
        for one in api_of("Yannis").get(report).json["items"]
    ]
    nikos = "Nikos Pappas"
    assert found == [("Crane licence", nikos, "soon"), ("First aid", nikos, "low"), ("Greek", nikos, "missing")]
    assert {name: api_of(name).get(report).status_code for name in ("Eleni", "Maria", "Reza", "Kostas", "Nikos")} == {
        "Eleni": 403, "Maria": 403, "Reza": 200, "Kostas": 200, "Nikos": 200,
    }  # fmt: skip
    page = client_of("Yannis").get("/units/TECH/skills")
    assert "Crane licence" in page.text
    sheet = client_of("Yannis").get("/units/PARKS/skills/sheet").text
    assert sheet.count("Nikos Pappas") == 3
    # Everybody reads what is required; only who heads the unit says it.
    required = f"/posts/{post}/requirements"
    assert "Crane licence" in client_of("Maria").get(required).text
    sent = {"skill_id": skills["Greek"], "level": 3}
    assert api_of("Maria").post(V1 + required, json=sent).status_code == 403
    assert api_of("Maria").delete(f"{V1}{required}/{skills['Greek']}").status_code == 403
    assert api_of("Nikos").post(V1 + required, json=sent | {"skill_id": 999_999}).status_code == 422
    assert client_of("Nikos").post(required, data={"skill_id": "", "level": "2"}).status_code == 422
    assert api_of("Nikos").delete(f"{V1}{required}/{skills['Greek']}").status_code == 204
    assert api_of("Nikos").delete(f"{V1}{required}/{skills['Greek']}").status_code == 404
    assert api_of("Nikos").get(f"{V1}/posts/999999/requirements").status_code == 404


def test_what_is_only_good_to_have_is_neither_red_nor_counted_among_what_is_lacking(client_of, post):
    page = client_of("Yannis").get("/units/PARKS/skills").text
    assert "lacking&nbsp;<b>2</b>" in page
    red, quiet = '<span class="due due-over">lacking</span>', '<span class="muted">lacking</span>'
    of = {skill: page.split(f"<bdi>{skill}</bdi>")[1].split("</tr>")[0] for skill in ("First aid", "Greek")}
    assert red in of["First aid"]
    assert quiet in of["Greek"]
    assert red not in of["Greek"]


def test_the_end_of_a_skill_is_told_to_its_holder_and_their_head_once_each_time(app, api_of, cast, skills, at):
    at(datetime(2026, 11, 23, 9, tzinfo=UTC))
    crane = {"skill_id": skills["Crane licence"], "level": 2, "expires_on": "2026-12-20"}
    assert api_of("Nikos").post(f"{V1}/people/{cast.Eleni}/skills", json=crane).status_code == 201

    def letters():
        with app.app_context():
            sweep_notices()
            found = db.session.execute(select(Mail.to, Mail.subject).where(Mail.subject.contains("Crane"))).all()
            db.session.rollback()
            return sorted(to for to, _subject in found)

    both = [cast.email("Eleni"), cast.email("Nikos")]
    assert letters() == both
    assert letters() == both
    at(datetime(2026, 12, 14, 9, tzinfo=UTC))
    assert letters() == sorted(both * 2)
    at(datetime(2026, 12, 21, 9, tzinfo=UTC))
    assert letters() == sorted(both * 3)
    assert letters() == sorted(both * 3)
