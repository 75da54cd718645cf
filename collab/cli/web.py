"""Answer requests: pages, API and sockets (gunicorn with gevent)."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from collab.cli.sample import refusal
from collab.cli.starting import WRONG_SETTINGS, settings

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parents[2]


@click.command()
def command() -> None:
    """Answer requests on HOST and PORT with WEB_PROCESSES processes until ended.

    Needs a database that `collab db upgrade` has brought up to date. `collab up` starts this by itself.
    """
    refuse_open_sample()
    arguments = ["-m", "gunicorn", "-c", "python:collab.cli.serving", "--pythonpath", str(ROOT), "wsgi:app"]
    os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606


def refuse_open_sample() -> None:
    """End here where the sample with its published passwords would be served to others."""
    refused = refusal(settings())
    if refused:
        click.echo(f"Error: {refused}", err=True)
        sys.exit(WRONG_SETTINGS)


def answer(app: "Flask") -> None:
    """The same in this process, from an application that is loaded already and has nothing open."""
    from gunicorn.app.base import Application

    class Loaded(Application):  # type: ignore[misc]
        def load_config(self) -> None:
            self.load_config_from_module_name_or_filename("python:collab.cli.serving")

        def load(self) -> "Flask":
            return app

    Loaded().run()
