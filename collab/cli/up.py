"""Run everything on this machine: database, broker, web, worker and teller."""

import sys

import click

from collab.cli.starting import settings


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True, help="End when the process that started this ends.")
def command(with_parent: bool) -> None:
    """Run everything on this machine until Ctrl-C.

    Without DATABASE_URL and REDIS_URL it brings its own PostgreSQL and Redis, kept in COLLAB_DATA_DIR
    (default ./var). The first start makes a sample organisation and prints how to sign in.

    \b
    Examples:
      collab up
      PORT=8010 COLLAB_DATA_DIR=/srv/second collab up
      DATABASE_URL=postgresql://collab:…@db/collab collab up
    """
    chosen = settings()
    from collab.cli.local import machine
    from collab.cli.local.launch import end_with_parent
    from collab.cli.local.problem import CannotStart

    if with_parent:
        end_with_parent(machine.ASKED_TO_END)
    try:
        machine.run(chosen)
    except CannotStart as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(1)
