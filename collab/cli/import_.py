"""Bring lists of units, people or work in from CSV files, and conversations from other systems."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from collab.cli.starting import application
from collab.core.i18n import N_

if TYPE_CHECKING:
    from collab.people.importing.report import Outcome

BAD_ROWS, BAD_FILE, NOT_WRITTEN = 1, 2, 3

_LAST_WORD = {  # (written, some rows are bad) → what the report ends with
    (True, False): N_("All of it is written."),
    (True, True): N_("The good rows are written, the bad ones were left out."),
    (False, True): N_("Nothing was written. Mend the rows or add --skip-bad, then use --apply."),
    (False, False): N_("Nothing was written yet. Use --apply to write."),
}


@click.command()
@click.argument("what", type=click.Choice(["units", "people", "work", "chat"]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", "mode", flag_value="dry-run", default="dry-run", help="Only say what would happen.")
@click.option("--apply", "mode", flag_value="apply", help="Write, all rows or none.")
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out and take the others.")
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), help="How the file of another system is read: TOML."
)
@click.option("--source", metavar="NAME", help="Of chat: what the other system is called, if there are several.")
@click.option("--as", "email", metavar="EMAIL", help="The administrator in whose name it is done.")
@click.option("--language", type=click.Choice(["en", "el", "fa"]), help="Of the report; else that of LANG.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
def command(
    what: str,
    file: Path,
    mode: str,
    skip_bad: bool,
    map_file: Path | None,
    source: str | None,
    email: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Bring a list of WHAT in from the CSV FILE; only says what would happen until --apply is given.

    The same file again changes nothing: units are known by code, people by mail address, work by external id, messages
    by what the other system calls them. For chat FILE is a Slack export (zip or folder), a Mattermost bulk export or
    JSONL.
    Encodings (UTF-8, UTF-16, Windows-1253, Windows-1256) and delimiters (comma, semicolon, tab) are recognised.

    \b
    Columns:
      units   code, name, parent_code, valid_from, valid_to, successor_code
      people  email, name, unit_code, post, locale
      work    kind, external_id, title, body, unit_code, holder_email, state, priority, created, start, due,
              labels, parent_external_id, protocol, source, closed

    A list of another system is read with --map FILE.toml, which says what its columns are called, what its words mean
    and how it writes days.

    \b
    Examples:
      collab import units units.csv
      collab import work requests.csv --apply --skip-bad
      collab import people people.csv --json | jq .faults
      collab import work export.csv --map requests.toml
      collab import chat slack-export.zip --apply --as kostas@city.example

    Ends with 0 when all is well, 1 when rows are bad, 2 when the file cannot be read, 3 when nothing could be written.
    """
    if what == "chat" and map_file is not None:
        raise click.UsageError("--map is for lists; conversations need none.")
    app = application()
    from collab.core.i18n import speaking

    with app.app_context(), speaking(language or os.environ.get("LC_ALL", os.environ.get("LANG", "en"))[:2]):
        _run(what, file, map_file, source, mode == "apply", skip_bad, email, as_json)


def _run(
    what: str,
    file: Path,
    map_file: Path | None,
    source: str | None,
    apply: bool,
    skip_bad: bool,
    email: str | None,
    as_json: bool,
) -> None:
    from sqlalchemy.exc import DBAPIError

    from collab.core.db import db
    from collab.core.errors import Problem
    from collab.people.importing.report import BadFile

    from .importing import actor_named, bring, bring_talks

    try:
        if what == "chat":
            outcome, applied = bring_talks(file, source, apply, skip_bad, lambda: actor_named(email), _Bar(as_json))
        else:
            outcome, applied = bring(what, file, apply, skip_bad, lambda: actor_named(email), _Bar(as_json), map_file)
    except BadFile as problem:
        _refuse(str(problem), BAD_FILE, as_json)
    except Problem as problem:
        _refuse(problem.sentence(), NOT_WRITTEN, as_json)
    except DBAPIError as error:
        _refuse(str(error.orig).strip(), NOT_WRITTEN, as_json)
    finally:
        db.session.remove()
    _report(outcome, applied, as_json, left_out=apply and skip_bad)
    if what == "people" and apply and not as_json:
        _tell_not_invited()
    sys.exit(BAD_ROWS if outcome.faults else 0)


def _refuse(sentence: str, code: int, as_json: bool) -> Any:
    if as_json:
        click.echo(json.dumps({"error": sentence}, ensure_ascii=False))
    else:
        click.echo(f"Error: {sentence}", err=True)
    sys.exit(code)


def _report(outcome: "Outcome", applied: bool, as_json: bool, left_out: bool) -> None:
    """`left_out`: rows were to be written and bad ones left out."""
    from collab.core.i18n import _, ngettext

    if as_json:
        click.echo(
            json.dumps({**asdict(outcome), "bad_rows": outcome.bad_rows, "applied": applied}, ensure_ascii=False)
        )
        return
    for fault in outcome.faults:
        place = _(N_("line %(line)s, %(column)s"), line=fault.line, column=fault.column)
        row = _(N_("line %(line)s"), line=fault.line)
        click.echo(f"{place if fault.column else row}: {fault.reason}")
    told = N_("%(created)s new, %(updated)s changed, %(unchanged)s as they were, %(bad)s bad.")
    counts = {"created": outcome.created, "updated": outcome.updated, "unchanged": outcome.unchanged}
    click.echo(_(told, **counts, bad=outcome.bad_rows))
    if outcome.posts_ended:
        click.echo(_(N_("Posts of head, deputy or acting head that end: %(count)s."), count=outcome.posts_ended))
    if outcome.ignored:
        click.echo(_(N_("Columns that were passed over: %(columns)s."), columns=", ".join(outcome.ignored)))
    rows = outcome.created or outcome.updated or outcome.unchanged or outcome.faults
    if not rows:
        click.echo(_(N_("Nothing changed: there are no rows in it.")))
    elif not outcome.created and not outcome.updated and not outcome.faults:
        click.echo(_(N_("Nothing changed: all of it was here already.")))
    elif left_out and not applied:
        click.echo(
            ngettext(
                "Nothing new to write; %(n)s bad row was left out.",
                "Nothing new to write; %(n)s bad rows were left out.",
                outcome.bad_rows,
            )
        )
    else:
        click.echo(_(_LAST_WORD[applied, bool(outcome.faults)]))


def _tell_not_invited() -> None:
    """Nobody is invited by bringing a list in: how that is done comes last."""
    from collab.core.actor import SYSTEM
    from collab.core.dates import digits
    from collab.core.db import db
    from collab.core.i18n import ngettext
    from collab.people.queries.directory import without_password

    number, _invited = without_password(SYSTEM)
    db.session.remove()
    if number:
        click.echo(
            ngettext(
                "%(count)s person is not invited yet: `collab person invite --all`, or People of the administration.",
                "%(count)s people are not invited yet: `collab person invite --all`, or People of the administration.",
                number,
                count=digits(number),
            )
        )


class _Bar:
    """A progress bar on a terminal; silence elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._bar: Any = None

    def begin(self, label: str, length: int) -> None:
        self.end()
        if self._shown and length:
            self._bar = click.progressbar(length=length, label=label, file=sys.stderr)
            self._bar.__enter__()

    def reach(self, place: int) -> None:
        if self._bar is not None:
            self._bar.update(place - self._bar.pos)

    def step(self, more: int) -> None:
        if self._bar is not None:
            self._bar.update(more)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
