"""The search index."""

import click

from collab.cli.starting import application

KINDS = {"party": "people, units, posts, outsiders", "item": "items", "message": "messages", "file": "files"}


@click.group()
def command() -> None:
    """The search index. It follows what happens by itself; after moving a large database in, make it anew."""


@command.command()
def rebuild() -> None:
    """Make the search index anew from everything there is. People may go on working.

    \b
    Example:
      collab search rebuild
    """
    app = application()
    from sqlalchemy import func, select

    from collab.core.db import db
    from collab.feed.search.documents import TABLES
    from collab.feed.search.indexing import rebuild as make_anew

    with app.app_context():
        last = {kind: db.session.scalar(select(func.max(column))) or 0 for kind, column in TABLES.items()}
        db.session.remove()

        def heard(kind: str, reached: int) -> None:
            share = 100 * reached // max(1, last[kind])
            click.echo(f"\r{KINDS[kind]}: {share} %   ", nl=reached >= last[kind], err=True)

        make_anew(heard)
        db.session.remove()
    click.echo("The search index is made anew.")
