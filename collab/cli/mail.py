"""Mail that comes in."""

import re
import sys
from email import policy
from email.parser import BytesHeaderParser

import click

from collab.cli.starting import application

MOST = 50_000_000
NO_SUCH = 67  # EX_NOUSER of sysexits.h: the mail server tells the sender that there is no such address
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
    nothing, so that the mail server gives the message back.

    \b
    Examples:
      collab mail receive < message.eml
      collab mail receive --to "$ORIGINAL_RECIPIENT" < message.eml
    """
    raw = sys.stdin.buffer.read(MOST + 1)
    if len(raw) > MOST:
        raise click.ClickException(f"The message is larger than {MOST // 1_000_000} MB.")
    found = secret or _secret_of(raw, to)
    app = application()
    from collab.core.errors import NotFound
    from collab.work.mail_reading import read_message
    from collab.work.mailed import take_in

    with app.app_context():
        try:
            taken = bool(found) and take_in(found or "", read_message(raw))
        except NotFound:
            found = None
    if not found:
        click.echo("Nothing is awaited under this address.", err=True)
        sys.exit(NO_SUCH)
    click.echo("Taken as the answer." if taken else "It was sent automatically: not an answer.")


def _secret_of(raw: bytes, to: str | None) -> str | None:
    heads = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
    places = [to] if to else [str(value) for name in TO for value in heads.get_all(name, [])]
    for place in places:
        match = re.search(r"\+([0-9a-f]{40})@", place.lower())
        if match:
            return match[1]
    return None
