"""Letters: written once, handed in, kept while the server is away, never with a forged header."""

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from sqlalchemy import select

from collab.core import clock
from collab.core.actor import SYSTEM
from collab.core.db import db, writing
from collab.people.commands.people import invite_person
from collab.people.mailing import MOST_TRIES, message_of, send, sweep_links, write_mail
from collab.people.models import Mail
from config.checks import MailServer
from tests.cast import Cast


class Server:
    """Stands where smtplib would; takes letters, or refuses them."""

    taken: list[EmailMessage] = []
    refuses = False

    def __init__(self, host: str, port: int, timeout: float) -> None:
        if Server.refuses:
            raise OSError("connection refused")

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: Any) -> None:
        return None

    def send_message(self, message: EmailMessage) -> None:
        Server.taken.append(message)


@pytest.fixture
def server(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Server]]:
    Server.taken, Server.refuses = [], False
    monkeypatch.setattr(smtplib, "SMTP", Server)
    monkeypatch.setitem(app.config, "MAIL_SERVER", MailServer("mail.example", 25, "off"))
    with app.app_context():
        yield Server
        db.session.remove()


def only_letter() -> Any:
    return db.session.execute(select(Mail.id, Mail.sent_at, Mail.error, Mail.tries, Mail.next_at, Mail.body)).one()


def test_an_invitation_is_handed_in_once_and_its_link_forgotten(server: type[Server], cast: Cast) -> None:
    invite_person(SYSTEM, cast.Leila, "https://collab.example")
    letter = only_letter()
    assert send(letter.id)
    assert not send(letter.id)
    assert [message["To"] for message in server.taken] == [cast.email("Leila")]
    assert "https://collab.example/invitations/" in server.taken[0].get_content()
    db.session.remove()
    assert only_letter().body == ""
    assert only_letter().sent_at is not None


def test_a_letter_waits_while_the_server_is_away(server: type[Server], cast: Cast) -> None:
    invite_person(SYSTEM, cast.Leila, "https://collab.example")
    server.refuses = True
    assert not send(only_letter().id)
    db.session.remove()
    kept = only_letter()
    assert "connection refused" in kept.error
    assert kept.tries == 1
    assert kept.next_at > clock.now()
    server.refuses = False
    with clock.standing_at(kept.next_at):
        assert send(kept.id)


def test_a_letter_given_up_is_emptied_and_the_administrator_is_told(
    app: Flask, server: type[Server], cast: Cast, client_of: Callable[[str], Any]
) -> None:
    write_letter("digest:7", "a@city.example")
    server.refuses = True
    for _try in range(MOST_TRIES):
        with clock.standing_at(only_letter().next_at):
            send(only_letter().id)
        db.session.remove()
    kept = only_letter()
    assert (kept.tries, kept.body, kept.sent_at) == (MOST_TRIES, "", None)
    kostas, eleni = client_of("Kostas"), client_of("Eleni")
    with clock.standing_at(kept.next_at):
        page = kostas.get("/administration/mail").text
        assert "letter was not taken" in page
        assert "given up" in page
        assert re.search(r'id="nav-administration"[^\n]*<span class="count">1</span>', kostas.get("/people").text)
        assert eleni.get("/readyz").get_json()["letters_given_up"] == 1
    with clock.standing_at(kept.next_at + timedelta(days=8)):
        assert "letter was not taken" not in kostas.get("/administration/mail").text


def test_a_link_stands_in_no_letter_longer_than_it_opens_something(
    app: Flask, cast: Cast, client_of: Callable[[str | None], Any]
) -> None:
    """Without a mail server letters wait, also in backups: a link that is over is in none."""
    for _time in range(2):
        client_of(None).post("/password-reset", data={"email": cast.email("Eleni")})
    with app.app_context():
        bodies = db.session.scalars(select(Mail.body).order_by(Mail.id)).all()
        assert [bool(body) for body in bodies] == [False, True]
        with clock.standing_at(clock.now() + timedelta(minutes=59)):
            sweep_links()
        assert db.session.scalars(select(Mail.body).order_by(Mail.id)).all()[1]
        with clock.standing_at(clock.now() + timedelta(minutes=61)):
            sweep_links()
        db.session.remove()
        assert db.session.scalars(select(Mail.body)).all() == ["", ""]
        db.session.remove()
    assert "its link is over" in client_of("Kostas").get("/administration/mail").text


def test_a_link_that_was_used_stands_in_no_letter(app: Flask, cast: Cast, client_of: Callable[..., Any]) -> None:
    client = client_of(None)
    client.post("/password-reset", data={"email": cast.email("Eleni")})
    with app.app_context():
        path = re.search(r"https?://[^/\s]+(/\S+)", only_letter().body)
        assert path
        db.session.remove()
        fresh = {"password": "a quite new password", "again": "a quite new password"}
        assert client.post(path[1], data=fresh).status_code == 303
        bodies = db.session.scalars(select(Mail.body).order_by(Mail.id)).all()
        db.session.remove()
    assert bodies[0] == ""
    assert "was changed just now" in bodies[1]


def write_letter(effect: str, to: str) -> None:
    with writing() as session:
        write_mail(session, effect, to, "Subject", "Body")
    db.session.remove()


def test_one_cause_writes_one_letter(server: type[Server], cast: Cast) -> None:
    for _n in range(3):
        with writing() as session:
            write_mail(session, "digest:7:2026-11-23", "a@city.example", "Subject", "Body")
    db.session.remove()
    assert only_letter().tries == 0


@pytest.mark.parametrize(
    "subject",
    [
        "Η πρόσκληση στη συνάντηση «Άνοιξη στα πάρκα» ισχύει έως τις 28 Νοεμβρίου 2026, ώρα 14:00 στην αίθουσα",
        "دعوت به نشست «بهار در پارک‌ها» تا ۷ آذر ۱۴۰۵ ساعت ۱۴:۰۰ در سالن شهرداری معتبر است و سپس پایان می‌یابد",
        "An invitation that is long enough to be written on more lines than one, were it not for the long lines",
    ],
)
def test_a_long_subject_arrives_as_it_was_written(app: Flask, subject: str) -> None:
    with app.app_context():
        sent = message_of(1, "eleni@city.example", subject, "Body", stop="https://city.example/stop").as_bytes()
    assert message_from_bytes(sent, policy=default)["Subject"] == subject
    assert max(map(len, re.findall(rb"=\?utf-8\?\S*\?=", sent, re.I)), default=0) <= 75


@pytest.mark.parametrize("stop", [None, "https://city.example/stop?" + "x" * 120])
def test_contents_travel_in_short_lines_and_an_address_in_one(app: Flask, stop: str | None) -> None:
    body = "Η πρόσκληση ισχύει έως τις 28 Νοεμβρίου. " * 30
    with app.app_context():
        sent = message_of(
            1, "eleni@city.example", "S", body, html=f"<p>{body}</p>", stop=stop, calendar=f"METHOD:REQUEST\r\n{body}"
        ).as_bytes()
    parts = list(message_from_bytes(sent, policy=default).iter_parts())
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html", "text/calendar"]
    assert all(len(line) <= 78 for part in parts for line in part.as_bytes().partition(b"\n\n")[2].splitlines())
    assert not stop or f"\r\nList-Unsubscribe: <{stop}>\r\n".encode() in sent


@pytest.mark.parametrize(
    ("to", "subject"),
    [("a@city.example\r\nBcc: b@city.example", "S"), ("a@city.example", "S\r\nBcc: b@city.example")],
)
def test_no_header_can_be_added(app: Flask, to: str, subject: str) -> None:
    with app.app_context():
        with pytest.raises(ValueError, match=r"header|newline|linefeed|invalid"):
            message_of(1, to, subject, "Body")
        with writing() as session:
            write_mail(session, "x", "a@city.example", "S\r\nBcc: b@city.example", "Body")
        assert db.session.scalar(select(Mail.subject)) == "S Bcc: b@city.example"
        db.session.remove()


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[int]:
    """The port of somebody who says to be the mail server, with a certificate made by themselves."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (tmp_path / "own.pem").write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    with socket.create_server(("localhost", 0)) as listening:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _who = listening.accept()
                    with line, suppress(OSError):
                        context.wrap_socket(line, server_side=True).sendall(b"220 localhost\r\n")

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def test_a_mail_server_that_cannot_show_who_it_is_gets_no_letter(
    app: Flask, cast: Cast, impostor: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_SERVER", MailServer("localhost", impostor, "on"))
    with app.app_context():
        invite_person(SYSTEM, cast.Leila, "https://collab.example")
        assert not send(only_letter().id)
        db.session.remove()
        assert "CERTIFICATE_VERIFY_FAILED" in only_letter().error
        db.session.remove()
