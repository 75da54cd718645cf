"""Bring the database to the shape this version expects."""

import click

from collab.cli.starting import settings


@click.group()
def command() -> None:
    """The database at DATABASE_URL, or the embedded one while `collab up` runs."""


@command.command()
def upgrade() -> None:
    """Apply every migration that is still missing; safe to repeat.

    \b
    Example:
      DATABASE_URL=postgresql://collab:…@db/collab collab db upgrade
    """
    chosen = settings()
    from collab.core import migrate

    migrate.upgrade(chosen.database_url)
