"""People with an account: add, send a link for a new password, close."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from collab.cli.starting import application


@click.group()
def command() -> None:
    """Accounts, from the command line.

    \b
    Examples:
      collab person add anna@city.example --name "Anna Stathi" --role administrator
      collab person invite --all
      collab person reset anna@city.example
      collab person deactivate anna@city.example
    """


@command.command()
@click.argument("email")
@click.option("--name", required=True, help="The name colleagues read.")
@click.option("--unit", "unit_code", help="Code of the unit they belong to.")
@click.option("--kind", type=click.Choice(["member", "head", "deputy", "acting"]), default="member")
@click.option("--role", "roles", multiple=True, type=click.Choice(["administrator", "auditor", "secretary"]))
@click.option("--locale", type=click.Choice(["en", "el", "fa"]), help="Their language.")
@click.option("--organisation", default="Collab", help="Its name, where this is the very first person.")
def add(
    email: str,
    name: str,
    unit_code: str | None,
    kind: str,
    roles: tuple[str, ...],
    locale: str | None,
    organisation: str,
) -> None:
    """Add a person and send the invitation; prints the link with which they choose a password."""
    with speaking_plainly() as site:
        from collab.core.actor import SYSTEM
        from collab.people.command_line import add_from_outside

        click.echo(add_from_outside(SYSTEM, email, name, unit_code, kind, roles, locale, organisation, site))


@command.command()
@click.argument("email", required=False)
@click.option("--all", "everybody", is_flag=True, help="All who were not invited yet, such as those of a list.")
def invite(email: str | None, everybody: bool) -> None:
    """Send the invitation to one person, or with --all the first one to all to whom none went yet."""
    if everybody == bool(email):
        raise click.UsageError("Give either a mail address or --all.")
    with speaking_plainly() as site:
        from collab.core.actor import SYSTEM
        from collab.core.dates import digits
        from collab.core.i18n import ngettext
        from collab.people.command_line import person_of
        from collab.people.commands.people import invite_all, invite_person

        if email:
            invite_person(SYSTEM, person_of(email), site)
        number = 1 if email else invite_all(SYSTEM, site)
        said = ngettext("%(count)s person invited", "%(count)s people invited", number, count=digits(number))
        click.echo(said)


@command.command()
@click.argument("email")
def reset(email: str) -> None:
    """Send a link for a new password; prints the link."""
    with speaking_plainly() as site:
        from collab.core.actor import SYSTEM
        from collab.people.command_line import reset_from_outside

        click.echo(reset_from_outside(SYSTEM, email, site))


@command.command()
@click.argument("email")
def deactivate(email: str) -> None:
    """Close an account: its sessions and tokens end at once."""
    with speaking_plainly():
        from collab.core.actor import SYSTEM
        from collab.people.command_line import person_of
        from collab.people.commands.people import deactivate_person

        deactivate_person(SYSTEM, person_of(email))


@contextmanager
def speaking_plainly() -> Iterator[str]:
    """The application around a command; a refusal is a sentence and exit code 1. Gives the site's address."""
    app = application()
    from collab.core.errors import Problem

    with app.app_context():
        try:
            yield app.config["COLLAB_URL"]
        except Problem as problem:
            reasons = [f"{field}: {reason}" for field, found in problem.fields.items() for reason in found]
            for sentence in reasons or [problem.sentence()]:
                click.echo(f"Error: {sentence.removeprefix(': ')}", err=True)
            sys.exit(1)
