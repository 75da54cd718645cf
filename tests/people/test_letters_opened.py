"""Without a mail server an administrator may open a letter: asked first, and written down. With one, never."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from collab.core.actor import SYSTEM
from collab.core.db import db
from collab.core.facts import FactRow
from collab.people.commands.people import invite_person
from collab.people.models import Mail
from config.checks import MailServer
from tests.cast import Cast
from tests.clients import Client


@pytest.fixture
def letter(app: Flask, cast: Cast) -> int:
    """An invitation to Leila, with its link."""
    with app.app_context():
        invite_person(SYSTEM, cast.Leila, "https://collab.example")
        found = db.session.execute(select(Mail.id, Mail.body)).one()
        assert "https://collab.example/" in found.body
        db.session.remove()
    return int(found.id)


def openings(app: Flask) -> list[tuple[int, int, Any]]:
    with app.app_context():
        rows = db.session.execute(
            select(FactRow.actor_id, FactRow.subject_id, FactRow.payload).where(FactRow.kind == "letter-opened")
        )
        return [(actor, subject, payload["person"]) for actor, subject, payload in rows]


def test_the_list_shows_no_texts_and_opening_asks_first_and_is_written_down(
    app: Flask, cast: Cast, client_of: Callable[[str], Client], letter: int
) -> None:
    kostas, address = client_of("Kostas"), f"/administration/mail/{letter}/opening"
    page = kostas.get("/administration/mail").text
    assert cast.email("Leila") in page
    assert "collab.example/" not in page
    assert f'href="{address}"' in page
    asked = kostas.get(address).text
    assert "This letter is not addressed to you" in asked
    assert re.search('<p class="page-note" dir="auto">[^<]+</p>', asked), "its subject in its own direction"
    assert "collab.example/" not in asked
    assert openings(app) == []
    opened = kostas.post(address)
    assert opened.status_code == 200
    assert "https://collab.example/" in opened.text
    assert openings(app) == [(cast.Kostas, letter, cast.Leila)]


def test_who_invites_is_told_whether_the_invitation_goes_out_or_waits(
    app: Flask, cast: Cast, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    kostas, address = client_of("Kostas"), f"/administration/people/{cast.Leila}"
    kostas.post(f"{address}/invitations")
    page = kostas.get(address).text
    assert "the invitation waits under Mail" in page
    assert 'class="toast-act" href="/administration/mail"' in page
    monkeypatch.setitem(app.config, "MAIL_SERVER", MailServer("mail.example", 25, "off"))
    kostas.post(f"{address}/invitations")
    assert "The invitation is on its way." in kostas.get(address).text


def test_with_a_mail_server_no_letter_can_be_opened(
    app: Flask, client_of: Callable[[str], Client], letter: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", MailServer("mail.example", 25, "off"))
    kostas, address = client_of("Kostas"), f"/administration/mail/{letter}/opening"
    assert address not in kostas.get("/administration/mail").text
    for answer in (kostas.get(address), kostas.post(address)):
        assert answer.status_code == 403
        assert "collab.example/" not in answer.text
    assert openings(app) == []


def test_nobody_else_finds_letters_and_there_are_none_but_those(
    client_of: Callable[[str], Client], letter: int
) -> None:
    for name in ("Eleni", "Nikos", "Reza", "Leila"):
        assert client_of(name).post(f"/administration/mail/{letter}/opening").status_code == 404
    for other in (letter + 1, 0, 2**62):
        assert client_of("Kostas").post(f"/administration/mail/{other}/opening").status_code == 404
