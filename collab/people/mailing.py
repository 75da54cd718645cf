"""Letters by mail: written in the transaction that causes them, handed in by a worker, shown when there is no server.

What only its reader should see is kept no longer than it is of use: a letter is emptied when the mail server took it,
when it is given up, and when the code in its link was used or is too old.

A letter may be handed in twice when a worker dies between handing it in and noting it: its Message-ID is that of its
row, so that mail systems show one. It is never lost: the row stays due until it was taken.
"""

import logging
import smtplib
import ssl
from collections.abc import Sequence
from datetime import timedelta
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any, Final
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from collab.core import clock, jobs
from collab.core.actor import SYSTEM, Actor
from collab.core.db import db
from collab.core.envelope import open_command, record, session, system
from collab.core.errors import Forbidden, NotFound
from collab.core.i18n import N_, _
from config.checks import MailServer

from .events import LetterGivenUp, LetterOpened
from .models import EmailCode, Mail, Person
from .policy import may_administer

log = logging.getLogger(__name__)

PATIENCE: Final = 20.0
MOST_AT_ONCE: Final = 100
MOST_TRIES: Final = 20
MOST_ERROR: Final = 300
TOLD_FOR: Final = timedelta(days=7)
"""So long an administrator is told of a letter that was given up."""
LONG_LINE: Final = 900
NOT_TO_BE_OPENED: Final = N_("A mail server is set, so letters go to their readers and nobody else opens them.")


def write_mail(
    writing: Session, effect: str, to: str, subject: str, body: str, *, html: str | None = None,
    stop: str | None = None, code: int | None = None, calendar: str | None = None,
) -> None:  # fmt: skip
    """A letter, once for each `effect`. `to` is one mail address; subject and body are in its reader's language.

    `html` says the same for mail programs that show it, `calendar` for calendar programs: what is to be done about an
    entry, with its METHOD (RFC 5546). `stop` is the address that ends letters of this sort; `code` is the id of the
    code in its link.
    """
    write_mails(writing, [letter_row(effect, to, subject, body, html=html, stop=stop, code=code, calendar=calendar)])


def write_mails(writing: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Many letters, each as `letter_row` gives it; once for each `effect`."""
    if rows:
        writing.execute(insert(Mail).on_conflict_do_nothing(index_elements=["effect"]), rows)


def letter_row(
    effect: str, to: str, subject: str, body: str, *, html: str | None = None, stop: str | None = None,
    code: int | None = None, calendar: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What is kept of a letter; as `write_mail`."""
    now = clock.now()
    return {
        "effect": effect,
        "to": to,
        "subject": " ".join(subject.split()),
        "body": body,
        "html": html,
        "calendar": calendar,
        "unsubscribe": stop,
        "code_id": code,
        "created_at": now,
        "next_at": now,
    }


def has_server() -> bool:
    """Whether letters go out. Without a mail server they wait under Mail and an administrator hands them on."""
    return current_app.config.get("MAIL_SERVER") is not None


def site() -> str:
    """The address of the house, with which links in letters begin; without a slash at its end."""
    return str(current_app.config["COLLAB_URL"])


def sender() -> str:
    """The mail address from which letters come, without its name."""
    return parseaddr(current_app.config["MAIL_FROM"])[1]


def sweep() -> None:
    """Every few seconds: ask a worker to hand in what is due. Without a mail server letters stay where they are."""
    if not has_server():
        return
    due = (
        select(Mail.id)
        .where(Mail.sent_at.is_(None), Mail.next_at <= clock.now(), Mail.tries < MOST_TRIES)
        .where(Mail.body != "")
        .order_by(Mail.next_at)
        .limit(MOST_AT_ONCE)
    )
    for mail_id in db.session.scalars(due).all():
        if not jobs.enqueue("collab.people.mailing.send_job", mail_id, job_id=f"mail-{mail_id}", timeout=60):
            return


def send_job(mail_id: int) -> None:
    """The job that hands in one letter."""
    with jobs.running_app().app_context():
        send(mail_id)


def send(mail_id: int) -> bool:
    """Hand in one letter, if it is still due. Whether it was taken."""
    server: MailServer | None = current_app.config.get("MAIL_SERVER")
    if server is None:
        return False
    letter = begin_sending(SYSTEM, mail_id)
    if letter is None:
        return False
    try:
        _hand_in(server, message_of(mail_id, **letter))  # type: ignore[arg-type]
    except (OSError, smtplib.SMTPException, ValueError, UnicodeError) as error:
        log.warning("letter %s was not taken: %s", mail_id, type(error).__name__)
        note_failure(SYSTEM, mail_id, f"{type(error).__name__}: {error}"[:MOST_ERROR].replace("\x00", ""))
        return False
    note_sent(SYSTEM, mail_id)
    return True


@open_command(may_administer)
def open_letter(_actor: Actor, mail_id: int) -> str:
    """Read a letter that is somebody else's, which is written into the ledger. Gives its text.

    Raises NotFound, and Forbidden where a mail server is set: then nobody but its reader needs to read a letter.
    """
    if has_server():
        raise Forbidden(_(NOT_TO_BE_OPENED))
    row = session().execute(select(Mail.to, Mail.body).where(Mail.id == mail_id)).first()
    if row is None or not row.body:
        raise NotFound
    reader = session().scalar(select(Person.id).where(func.lower(Person.email) == row.to.lower()))
    record(LetterOpened(subject=mail_id, person=reader))
    return str(row.body)


@open_command(system)
def begin_sending(_actor: Actor, mail_id: int) -> dict[str, str | None] | None:
    """Take a due letter in hand: nobody else does for a while, longer after each try. None when it is not due."""
    now = clock.now()
    mine = (Mail.id == mail_id) & Mail.sent_at.is_(None) & (Mail.next_at <= now) & (Mail.body != "")
    columns = (Mail.to, Mail.subject, Mail.body, Mail.html, Mail.unsubscribe, Mail.calendar, Mail.tries)
    row = session().execute(select(*columns).where(mine).with_for_update()).first()
    if row is None:
        return None
    wait = timedelta(seconds=min(3600, 60 * 2 ** min(row.tries, 6)))
    session().execute(update(Mail).where(Mail.id == mail_id).values(tries=row.tries + 1, next_at=now + wait))
    return {
        "to": row.to, "subject": row.subject, "body": row.body, "html": row.html, "stop": row.unsubscribe,
        "calendar": row.calendar,
    }  # fmt: skip


@open_command(system)
def note_sent(_actor: Actor, mail_id: int) -> None:
    """The mail server took it. What only its reader should see is not kept any longer."""
    session().execute(
        update(Mail)
        .where(Mail.id == mail_id)
        .values(sent_at=clock.now(), error=None, body="", html=None, calendar=None)
    )


@open_command(system)
def note_failure(_actor: Actor, mail_id: int, reason: str) -> None:
    """The mail server did not take it; the reason stands where the administrator sees it. After the last try the letter
    is given up: it is emptied, and the administrator is told."""
    failed = update(Mail).where(Mail.id == mail_id).values(error=reason).returning(Mail.tries, Mail.to)
    row = session().execute(failed).one()
    if row.tries < MOST_TRIES:
        return
    session().execute(update(Mail).where(Mail.id == mail_id).values(body="", html=None, calendar=None))
    reader = session().scalar(select(Person.id).where(func.lower(Person.email) == row.to.lower()))
    record(LetterGivenUp(subject=mail_id, person=reader))


def forget_links(writing: Session) -> int:
    """Empty the letters whose link opens nothing any more. Returns how many."""
    over = EmailCode.used_at.is_not(None) | (EmailCode.expires_at <= clock.now())
    emptied = (
        update(Mail)
        .where(Mail.code_id == EmailCode.id, Mail.body != "", over)
        .values(body="", html=None, calendar=None)
    )
    return len(writing.execute(emptied.returning(Mail.id).execution_options(synchronize_session=False)).all())


@open_command(system)
def empty_letters(_actor: Actor) -> int:
    """Keep no link longer than it opens something. Returns how many letters were emptied."""
    return forget_links(session())


def sweep_links() -> None:
    """Every minute: has some link grown too old?"""
    over = EmailCode.used_at.is_not(None) | (EmailCode.expires_at <= clock.now())
    known = select(Mail.id).join(EmailCode, EmailCode.id == Mail.code_id).where(Mail.body != "", over).limit(1)
    if db.session.scalar(known) is not None:
        empty_letters(SYSTEM)


def given_up() -> int:
    """How many letters were given up of late."""
    late = (Mail.tries >= MOST_TRIES) & (Mail.next_at > clock.now() - TOLD_FOR)
    return db.session.scalar(select(func.count()).where(Mail.sent_at.is_(None), late)) or 0


def readiness() -> dict[str, object]:
    """For `/readyz`."""
    return {"letters_given_up": given_up()}


def badges(actor: Actor) -> dict[str, int]:
    """Beside *Administration*, for whoever can do something about it."""
    return {"administration": given_up()} if actor.is_administrator else {}


class Headers(EmailPolicy):
    """How headers travel. An address is not folded: mail programs would not know it again (RFC 8058 asks for one line).
    A subject in any language goes in pieces of 75 letters at most (RFC 2047); the library's own policy drops a space
    between two of them. Contents keep to short lines all the same (RFC 2045, 6.8).
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() == "subject" and not str(value).isascii():
            pieces = Header(str(value), "utf-8", header_name=name, maxlinelen=75).encode(linesep=self.linesep)
            return f"{name}: {pieces}{self.linesep}"
        return str(EmailPolicy.fold(self.clone(max_line_length=LONG_LINE), name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() == "subject":
            return self.fold(name, value).encode("ascii", "surrogateescape")
        return EmailPolicy.fold_binary(self.clone(max_line_length=LONG_LINE), name, value)


def message_of(
    mail_id: int, to: str, subject: str, body: str, html: str | None = None, stop: str | None = None,
    calendar: str | None = None,
) -> EmailMessage:  # fmt: skip
    """The letter as it travels. Raises ValueError for an address or a subject that could add a header."""
    message = EmailMessage(Headers(linesep="\r\n"))
    message["From"] = current_app.config["MAIL_FROM"]
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(clock.now())
    host = urlsplit(current_app.config["COLLAB_URL"]).hostname or "localhost"
    message["Message-ID"] = f"<letter-{mail_id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    if stop:
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    if calendar:
        message.add_alternative(
            calendar, subtype="calendar", params={"method": _method(calendar), "name": "invite.ics"}
        )
    return message


def _method(calendar: str) -> str:
    """What is to be done with it: stands in the type of the part too, where mail programs look (RFC 6047, 2.4)."""
    return next(line for line in calendar.splitlines() if line.startswith("METHOD:")).partition(":")[2]


def _hand_in(server: MailServer, message: EmailMessage) -> None:
    with _line_to(server) as line:
        if server.user:
            line.login(server.user, server.password or "")
        line.send_message(message)


def _line_to(server: MailServer) -> smtplib.SMTP:
    """A line to the mail server; where it is to be secret, only to one whose certificate is good for its name."""
    if server.tls == "on":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=ssl.create_default_context())
    line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    if server.tls == "starttls":
        try:
            line.starttls(context=ssl.create_default_context())
        except BaseException:
            line.close()
            raise
    return line
