"""Answer requests: pages, API and sockets (gunicorn with gevent)."""

import os
import sys
from pathlib import Path

import click

from collab.cli.sample import refusal
from collab.cli.starting import WRONG_SETTINGS, settings

ROOT = Path(__file__).resolve().parents[2]


@click.command()
def command() -> None:
    """Answer requests on HOST and PORT with WEB_PROCESSES processes until ended.

    Needs a database that `collab db upgrade` has brought up to date. `collab up` starts this by itself.
    """
    chosen = settings()
    refused = refusal(chosen)
    if refused:
        click.echo(f"Error: {refused}", err=True)
        sys.exit(WRONG_SETTINGS)
    arguments = ["-m", "gunicorn", "-c", "python:collab.cli.serving", "--pythonpath", str(ROOT), "wsgi:app"]
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606
