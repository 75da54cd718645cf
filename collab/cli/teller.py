"""Tell what has happened to everything that follows from it, in order."""

import click

from collab.cli.starting import application


@click.command()
def command() -> None:
    """Read the outbox until ended. One works at a time; a second one stands by and takes over."""
    app = application()
    from collab.core import teller

    teller.run(app)
