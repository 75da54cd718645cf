"""Look at everything Collab stands on and say what is wrong."""

import sys

import click

from collab.cli.starting import settings


@click.command()
@click.option("--tests", is_flag=True, help="Also look for what the tests need: a Chromium.")
def command(tests: bool) -> None:
    """Check settings, disk, database, migrations and Redis; one line each. Ends with code 1 if one is not well.

    \b
    Examples:
      collab doctor
      DATABASE_URL=postgresql://collab:…@db/collab collab doctor
    """
    chosen = settings()
    from collab.cli.local import examine

    click.echo("ok    settings: each one can be read.")
    well = True
    for name, question in examine.questions(chosen, tests=tests):
        try:
            click.echo(f"ok    {name}: {question()}")
        except examine.NotWell as problem:
            click.echo(f"WRONG {name}: {problem}")
            well = False
    sys.exit(0 if well else 1)
