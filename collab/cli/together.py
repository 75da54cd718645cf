"""Web processes, worker and teller beside each other in less memory; `collab up` starts this."""

import click

from collab.cli.starting import application
from collab.cli.web import answer, refuse_open_sample


@click.command()
def command() -> None:
    """Load the application once and run `collab web`, `collab worker` and `collab teller` from it, each in processes
    of its own.
    """
    from gevent import monkey

    monkey.patch_all()  # before anything that waits is imported
    refuse_open_sample()
    app = application()
    from collab.app import make_ready
    from collab.cli.local import crew
    from collab.core import jobs, teller

    make_ready(app)
    members = {"web": lambda: answer(app), "worker": lambda: jobs.work(app), "teller": lambda: teller.run(app)}
    crew.keep(members, needed="web")
