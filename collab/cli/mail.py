"""Mail that comes in."""

import re
import sys

import click

from collab.cli.starting import application

MOST = 50_000_000
NO_SUCH = 67  # EX_NOUSER of sysexits.h: the mail server tells the sender that there is no such address
TOO_LARGE = 65  # EX_DATAERR
LATER = 75  # EX_TEMPFAIL: the mail server keeps the message and tries again
TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")


@click.group()
def command() -> None:
    """Mail that comes in: answers to what is awaited of somebody outside."""


@command.command()
@click.option("--to", "to", help="The address it was delivered to; else the one in its own head.")
@click.option("--secret", help="The secret of the question alone, where the mail server took it out of the address.")
def receive(to: str | None, secret: str | None) -> None:
    """Take a message from standard input as the answer to what is awaited.

    The secret stands in the address behind the plus sign: answers+SECRET@city.example. Exit code 67 where it opens
    nothing, so that the mail server gives the message back, and 75 where it cannot be taken now, so that it is kept
    and tried again.

    \b
    Examples:
      collab mail receive < message.eml
      collab mail receive --to "$ORIGINAL_RECIPIENT" < message.eml
    """
    raw = sys.stdin.buffer.read(MOST + 1)
    if len(raw) > MOST:
        click.echo(f"The message is larger than {MOST // 1_000_000} MB.", err=True)
        sys.exit(TOO_LARGE)
    found = secret or _secret_of(raw, to)
    try:
        taken = _taken(found, raw) if found else None
    except Exception as problem:  # whatever it is, it may be mended: a message that was given back is lost to the house
        click.echo(f"Not now: {problem}", err=True)
        sys.exit(LATER)
    if taken is None:
        click.echo("Nothing is awaited under this address.", err=True)
        sys.exit(NO_SUCH)
    click.echo("Taken as the answer." if taken else "It was sent automatically: not an answer.")


def _taken(secret: str, raw: bytes) -> bool | None:
    """Whether it was taken as the answer; None where the secret opens nothing."""
    app = application()
    from collab.core.errors import NotFound
    from collab.work.mail_reading import read_message
    from collab.work.mailed import take_in

    with app.app_context():
        try:
            return take_in(secret, lambda: read_message(raw))
        except NotFound:
            return None


def _secret_of(raw: bytes, to: str | None) -> str | None:
    from collab.work.mail_parts import heads_of

    heads = {} if to else heads_of(raw)
    places = [to] if to else [value for name in TO for value in heads.get(name, [])]
    for place in places:
        match = re.search(r"\+([0-9a-f]{40})@", place.lower())
        if match:
            return match[1]
    return None
