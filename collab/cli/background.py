"""Worker and teller beside each other in less memory; `collab up` starts this."""

import click

from collab.cli.starting import application


@click.command()
def command() -> None:
    """Load the application once and run `collab worker` and `collab teller` from it, each in its own process."""
    app = application()
    from collab.cli.local import crew
    from collab.core import jobs, teller

    crew.keep({"worker": lambda: jobs.work(app), "teller": lambda: teller.run(app)})
