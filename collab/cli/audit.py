"""Hold the ledger of facts against its seal."""

import json
import sys
from pathlib import Path

import click

from collab.cli.starting import application


@click.group()
def command() -> None:
    """The ledger of facts: whether it still says what was sealed, and the signed head to take away."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--heads",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of heads that were taken away, one to a line.",
)
def verify(as_json: bool, heads: Path | None) -> None:
    """Find every fact and text that was changed, removed, slipped in or reordered. Ends with code 1 if there is one.

    Erased texts still verify. Only heads that were taken away from the machine tell of somebody who holds both the
    database and the key, or who cut off the end of the ledger: keep them elsewhere.

    \b
    Examples:
      collab audit verify
      collab audit verify --heads /media/usb/heads.jsonl --json
    """
    app = application()
    from collab.core.sealing import hold, read_heads

    with app.app_context():
        try:
            taken = read_heads(heads.read_text(encoding="utf-8").splitlines()) if heads else []
            report = hold(Path(app.config["COLLAB_DATA_DIR"]), taken)
        except (ValueError, OSError) as error:
            raise click.ClickException(f"the heads or the key cannot be read: {error}") from error
    if as_json:
        click.echo(
            json.dumps(
                {
                    "holds": report.holds,
                    "facts": report.facts,
                    "sealed": report.sealed,
                    "unsealed": report.unsealed,
                    "texts": report.texts,
                    "erased": report.erased,
                    "heads": report.heads,
                    "findings": [found._asdict() for found in report.findings],
                    "more": report.more,
                }
            )
        )
    else:
        for found in report.findings:
            click.echo(f"WRONG {'fact ' + str(found.fact_id) + ' ' if found.fact_id else ''}{found.said}")
        if report.more:
            click.echo(f"WRONG and {report.more} more")
        click.echo(
            f"{report.facts} facts, {report.sealed} of them sealed, under {report.heads} signed heads; "
            f"{report.unsealed} newer than the last head; {report.texts} texts as they were written, "
            f"{report.erased} erased."
        )
        click.echo("The ledger holds." if report.holds else "The ledger does NOT hold.")
    sys.exit(0 if report.holds else 1)


@command.command()
def head() -> None:
    """Print the newest signed head as one line, to be kept away from this machine.

    \b
    Example:
      collab audit head >> /media/usb/heads.jsonl
    """
    app = application()
    from collab.core.db import db
    from collab.core.sealing import newest_head

    with app.app_context():
        found = newest_head(db.session())
    if found is None:
        raise click.ClickException("nothing is sealed yet; the teller seals once a minute")
    click.echo(found.line())
