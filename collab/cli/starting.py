"""What every command needs first: checked settings, and the application where it needs one."""

import os
import sys
from typing import TYPE_CHECKING

import click

from config.settings import BadSettings, Settings, read

if TYPE_CHECKING:
    from flask import Flask

WRONG_SETTINGS = 2


def settings() -> Settings:
    """The settings of this process; prints each mistake as a sentence and ends with code 2."""
    try:
        return read(os.environ)
    except BadSettings as error:
        for problem in error.problems:
            click.echo(f"Error: {problem}", err=True)
        sys.exit(WRONG_SETTINGS)


def application() -> "Flask":
    """The application with these settings, loaded only by the commands that need it."""
    chosen = settings()
    from collab.app import create_app

    return create_app(chosen)
