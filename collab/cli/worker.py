"""Do the slow work that others asked for (RQ)."""

import click

from collab.cli.starting import application


@click.command()
@click.option("--burst", is_flag=True, help="End when nothing is left to do.")
def command(burst: bool) -> None:
    """Work through the queue until ended; start as many as the work needs.

    \b
    Examples:
      collab worker
      collab worker --burst
    """
    app = application()
    from collab.core import jobs

    jobs.work(app, burst=burst)
