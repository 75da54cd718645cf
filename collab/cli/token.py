"""Access tokens for the API."""

import click

from collab.cli.person import speaking_plainly


@click.group()
def command() -> None:
    """Access tokens, made for a person."""


@command.command()
@click.argument("email")
@click.option("--scopes", default="read,write", help="read, write or both, with a comma.")
@click.option("--days", default=90, type=click.IntRange(1, 366), help="How long it holds.")
@click.option("--name", default="command line", help="What it is for.")
def create(email: str, scopes: str, days: int, name: str) -> None:
    """Make an access token for a person and print it alone. It is shown this once.

    \b
    Example:
      curl -H "Authorization: Bearer $(collab token create anna@city.example --scopes read)" …/api/v1/me
    """
    with speaking_plainly():
        from collab.core.actor import SYSTEM
        from collab.people.command_line import token_from_outside

        click.echo(token_from_outside(SYSTEM, email, name, scopes.split(","), days))
