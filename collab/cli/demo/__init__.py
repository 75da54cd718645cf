"""Make a living sample organisation in three languages, or show how to sign in to it."""

import json
import sys
import time

import click

from collab.cli.starting import application, settings

NOT_HERE = 1


@click.command()
@click.option("--signins", is_flag=True, help="Only print how to sign in as whom.")
@click.option("--json", "as_json", is_flag=True, help="The sign-ins as JSON: [{role, email, password}].")
def command(signins: bool, as_json: bool) -> None:
    """Fill an empty database with a town that is on no map: units, people and five months of work.

    Safe to repeat: what is there already stays. A database with an organisation of its own is left alone, and in
    production nothing is made at all.

    \b
    Examples:
      collab demo
      collab demo --signins --json
    """
    if settings().environment == "production":
        click.echo("Error: the sample organisation is not for production: its passwords are known to all.", err=True)
        sys.exit(NOT_HERE)
    app = application()
    from collab.core.db import db

    from . import town

    with app.app_context():
        try:
            if signins or as_json:
                _show(as_json) if town.is_sample() else _refuse("There is no sample organisation here.")
            elif not town.is_empty() and not town.is_sample():
                _refuse("This database has an organisation of its own; it is left as it is.")
            else:
                _make(sys.stderr.isatty())
        finally:
            db.session.remove()


def _refuse(sentence: str) -> None:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(NOT_HERE)


def _show(as_json: bool) -> None:
    from . import house

    rows = [
        {"role": role, "email": house.BY_KEY[key].email, "password": house.PASSWORD} for role, key in house.SIGN_INS
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    languages = {"en": "English", "el": "Greek", "fa": "Persian"}
    click.echo("Sample sign-ins (the same password for all):")
    for row, (_role, key) in zip(rows, house.SIGN_INS, strict=True):
        click.echo(f"  {row['role']:<26} {row['email']:<36} {row['password']}   {languages[house.BY_KEY[key].locale]}")


def _make(talkative: bool) -> None:
    from collab.core.db import db

    from .making import make

    began = time.monotonic()
    made = make(
        lambda step: click.echo(f"\r{step} steps …", nl=False, err=True) if step % 20 == 0 and talkative else None
    )
    db.session.remove()
    if made:
        click.echo(f"The sample organisation is ready: {made} items ({time.monotonic() - began:.0f} s).")
    else:
        click.echo("The sample organisation was here already.")
