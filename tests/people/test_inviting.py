"""Those whom a list brought in: seen in the list, narrowed to, and invited all at once, nobody twice."""

import re
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select, update

from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.core.facts import FactRow
from collab.people.commands.people import invite_all, invite_person
from collab.people.importing.people import bring_in_people
from collab.people.importing.people_plan import PersonRow
from collab.people.importing.sheet import Row
from collab.people.models import Mail, Person
from tests.cast import Cast

Make = Callable[..., Any]
LIST = "/administration/people"
SITE = "https://collab.example"


@pytest.fixture
def brought(app: Flask, cast: Cast) -> dict[str, int]:
    """Whoever of the cast has no password has one; three come from a list, one of them is invited."""
    with app.app_context():
        with writing() as session:
            session.execute(update(Person).where(Person.password_hash.is_(None)).values(password_hash="$"))
        new = [(f"{name.lower()}@new.example", f"{name} Alexi") for name in ("Zoe", "Zenon", "Zacharo")]
        says = [{"email": email, "name": name, "unit_code": "PARKS"} for email, name in new]
        bring_in_people(SYSTEM, [Row(line, PersonRow.model_validate(one)) for line, one in enumerate(says, start=2)])
        ids = {row.email.split("@")[0]: row.id for row in db.session.execute(select(Person.email, Person.id))}
        invite_person(SYSTEM, ids["zacharo"], SITE)
        db.session.remove()
    return {name: ids[name] for name in ("zoe", "zenon", "zacharo")}


def rows(page: str) -> dict[str, str]:
    """What stands at the end of each row of the list, by name."""
    found = re.findall(
        r'<li class="row">.*?<bdi>(.*?)</bdi></a>.*?<span class="row-end">(.*?)</span>\s*</li>', page, re.S
    )
    return {name: " ".join(re.sub("<[^>]*>", " ", end).split()) for name, end in found}


def letters(app: Flask) -> list[str]:
    with app.app_context():
        found = list(db.session.scalars(select(Mail.to).where(Mail.effect.startswith("invitation:")).order_by(Mail.to)))
        db.session.remove()
    return found


def test_the_list_shows_who_was_not_invited_and_who_has_no_password_and_is_narrowed_to_them(
    cast: Cast, brought: dict[str, int], client_of: Make, api_of: Make
) -> None:
    kostas, api = client_of("Kostas"), api_of("Kostas")
    ends = rows(kostas.get(f"{LIST}?text=alexi").text)
    assert ends["Zoe Alexi"].startswith("not invited yet")
    assert ends["Zacharo Alexi"].startswith("no password yet")
    assert "yet" not in rows(kostas.get(LIST).text)["Eleni Markou"]
    for account, names in (("not-invited", ["Zenon Alexi", "Zoe Alexi"]), ("invited", ["Zacharo Alexi"])):
        assert list(rows(kostas.get(f"{LIST}?account={account}").text)) == names
        items = api.get(f"/api/v1/people?account={account}").get_json()["items"]
        assert [(one["name"], one["account"]) for one in items] == [(name, account) for name in names]
    assert api.get(f"/api/v1/people/{brought['zoe']}").get_json()["account"] == "not-invited"
    assert api.get(f"/api/v1/people/{cast.Eleni}").get_json()["account"] == "open"


def test_a_narrowed_list_without_anybody_says_what_that_means(cast: Cast, client_of: Make) -> None:
    kostas = client_of("Kostas")
    for asked, said in (
        ("account=not-invited", "Everybody was invited"),
        ("account=invited", "Whoever was invited has a password"),
        ("closed=1", "No account is closed"),
        ("closed=1&text=zzz", "Nobody found"),
    ):
        assert said in kostas.get(f"{LIST}?{asked}").text, asked


def test_how_accounts_stand_is_told_to_administrators_alone(cast: Cast, brought: dict[str, int], api_of: Make) -> None:
    eleni = api_of("Eleni")
    assert eleni.get("/api/v1/people?account=invited").status_code == 403
    assert {one["account"] for one in eleni.get("/api/v1/people").get_json()["items"]} == {None}
    assert eleni.get(f"/api/v1/people/{brought['zoe']}").get_json()["account"] is None
    assert eleni.post("/api/v1/people/invitations").status_code == 403


def test_all_are_invited_in_one_act_once_it_was_asked_how_many_and_nobody_twice(
    app: Flask, brought: dict[str, int], client_of: Make
) -> None:
    kostas = client_of("Kostas")
    question = "Send 2 people the invitation with which they choose a password?"
    assert f'data-confirm="{question}"' in kostas.get(f"{LIST}?account=not-invited").text
    asked = kostas.post(f"{LIST}/invitations", data={"sure": ""})
    assert asked.status_code == 200
    assert question in asked.text
    assert letters(app) == ["zacharo@new.example"]
    done = kostas.post(f"{LIST}/invitations", data={"sure": "on"})
    assert done.status_code == 303
    assert letters(app) == ["zacharo@new.example", "zenon@new.example", "zoe@new.example"]
    page = kostas.get(LIST).text
    assert "No mail server is set: 2 invitations wait under Mail" in page
    assert "Not invited yet&nbsp;0" in page
    kostas.post(f"{LIST}/invitations", data={"sure": "on"})
    assert "Everybody is invited already." in kostas.get(LIST).text
    assert len(letters(app)) == 3
    with app.app_context():
        told = db.session.scalars(select(FactRow.subject_id).where(FactRow.kind == "person-invited")).all()
        bodies = db.session.execute(select(Mail.to, Mail.body).where(Mail.to.endswith("@new.example"))).all()
        db.session.remove()
    assert sorted(told) == sorted(brought.values())
    for to, body in bodies:
        name = to.split("@")[0].capitalize()
        link = re.search(r"https?://[^/\s]+(/invitations/\S+)", body)
        assert name in body
        assert link
        assert f"{name} Alexi" in client_of(None).get(link[1]).text, "each has a link of their own"


def test_two_who_invite_all_at_once_send_one_letter_each(app: Flask, brought: dict[str, int]) -> None:
    sent: list[int] = []

    def act() -> None:
        with app.app_context():
            sent.append(invite_all(SYSTEM, SITE))
            db.session.remove()

    threads = [Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [0, 0, 0, 2]
    assert len(letters(app)) == 3


def test_inviting_many_takes_no_more_statements_than_inviting_two(
    app: Flask, cast: Cast, brought: dict[str, int], api_of: Make, queries: Make
) -> None:
    kostas = api_of("Kostas")
    with queries() as two:
        assert kostas.post("/api/v1/people/invitations").get_json() == {"invited": 2}
    with app.app_context():
        with writing() as session:
            session.execute(update(Person).where(Person.kind == "person").values(password_hash=None, invited_at=None))
        number = db.session.scalar(select(func.count()).select_from(Person).where(Person.active))
        db.session.remove()
    with queries() as many:
        assert kostas.post("/api/v1/people/invitations").get_json() == {"invited": number}
    assert len(many.sent) <= len(two.sent), many.sent


def test_from_the_command_line_and_told_by_the_report_of_a_list(
    app: Flask, brought: dict[str, int], tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collab.cli import import_, person

    for module in (import_, person):
        monkeypatch.setattr(module, "application", lambda: app)
    file = tmp_path / "people.csv"
    file.write_text("email,name,unit_code\nzina@new.example,Zina Alexi,PARKS\n")
    looked = CliRunner().invoke(import_.command, ["people", str(file), "--language", "en"])
    assert "invited" not in looked.output
    told = CliRunner().invoke(import_.command, ["people", str(file), "--apply", "--language", "en"])
    assert told.output.splitlines()[-1].startswith("3 people are not invited yet: `collab person invite --all`")
    said = CliRunner().invoke(person.command, ["invite", "--all"])
    assert said.output == "3 people invited\n", said.output
    assert CliRunner().invoke(person.command, ["invite", "--all"]).output == "0 people invited\n"
    assert CliRunner().invoke(person.command, ["invite", "zina@new.example"]).output == "1 person invited\n"
    assert CliRunner().invoke(person.command, ["invite"]).exit_code == 2
    again = CliRunner().invoke(import_.command, ["people", str(file), "--apply", "--language", "en"])
    assert "invited" not in again.output
