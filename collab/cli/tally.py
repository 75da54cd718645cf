"""Count a file of votes by a stated rule and show every step."""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

import click

if TYPE_CHECKING:
    from collab.decisions.counting import Result, Rule
    from collab.decisions.formats import Item, Votes

DECIDED, BAD_FILE, TIED = 0, 2, 3
FORMS = ("blt", "preflib", "pabulib", "debian", "ranks", "scores", "choices", "roll-call", "tsc")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--method", metavar="NAME", help="How to count; see below. A card given by --rule names its own.")
@click.option(
    "--seats", type=click.IntRange(1, 1000), help="How many are elected. Usual: what the file says of STV, else 1."
)
@click.option(
    "--rule",
    "card",
    type=click.Path(path_type=Path),
    metavar="CARD.json",
    help="A rule card; goes before all options but --seed.",
)
@click.option("--seed", help="What the lot is drawn from (RFC 3797) where the rule says so and a tie is left.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.option("--format", "form", type=click.Choice(FORMS), help="What the file is, when it is not recognised.")
@click.option("--encoding", metavar="NAME", help="How the file is written. Usual: its mark, UTF-8, else Windows-1252.")
@click.option("--scale", metavar="LOW..HIGH", help="Between which scores must lie, such as 0..5.")
@click.option("--unranked", type=click.Choice(["below", "no-opinion"]), help="What an option without a rank is.")
@click.option("--no-gaps", is_flag=True, help="Refuse ballots of a CSV that leave a rank out.")
@click.option("--entitled", type=click.IntRange(0), help="How many were entitled, where the rule reckons from them.")
@click.option("--item", metavar="NUMBER", help="Of a roll call: the one item to count, by its number on the agenda.")
def command(
    file: Path,
    method: str | None,
    seats: int | None,
    card: Path | None,
    seed: str | None,
    as_json: bool,
    form: str | None,
    encoding: str | None,
    scale: str | None,
    unranked: str | None,
    no_gaps: bool,
    entitled: int | None,
    item: str | None,
) -> None:
    """Count the votes in FILE (- for standard input) by a rule, and print the outcome and every step towards it.

    Needs neither the database nor Redis. FILE is recognised by its name and content: BLT (.blt .hil), PrefLib
    (.soi .soc .toi .toc), Pabulib (.pb), tally sheets of Debian, tables as .csv or .xlsx (ranks, scores, approvals,
    cast vote records, roll calls of a council), votes of Node.js (.json).

    \b
    Methods (and other names for them):
      majority           more yes than no (yes-no, simple-majority)
      absolute-majority  yes from more than half of all entitled
      two-thirds         at least two thirds of yes and no
      plurality          most first places (fptp)
      approval           most approvals
      score              most points (range)
      dots               most of the dots that each may hand out
      borda              points by place
      copeland           most duels won
      schulze            the strongest chains of duels (beatpath, condorcet)
      ranked-pairs       the clearest duels first (tideman)
      irv                the last drops out, round by round (instant-runoff, rcv, av)
      scottish-stv       transferable votes as counted in Scotland, five decimals (stv, wigm)
      plain-stv          transferable votes in exact fractions
      budget             most votes first, as far as the money goes (pb)

    An option that a ballot does not rank stands below all that it does, except in a CSV of ranks, where an empty cell
    is no opinion; --unranked says otherwise. A tie that matters is left open unless --seed is given.

    \b
    Examples:
      collab tally ward5.blt --method scottish-stv
      collab tally ballots.csv --method schulze --seats 3 --json
      collab tally scores.csv --method score --scale 0..5
      collab tally budget.pb --rule card.json --seed "4 17 22 31"
      collab tally council.csv --method majority --item CA-3

    Keys of the JSON: method, seats, winners, order (a list stands for equals), ties, quota, rounds (votes, action,
    elected, excluded, exhausted), pairwise. Of a roll call without --item: a list `items`, each with its `result`.

    Ends with 0 when all is decided, 3 when the rule leaves a tie open, 2 when the file, the rule or the options are
    bad; the line and the reason are then said on standard error.
    """
    from collab.decisions.counting import BadBallots, BadRule
    from collab.decisions.formats import BadFile, read
    from collab.decisions.tally import Unfit

    try:
        if method is None and card is None:
            raise Unfit("say how to count: --method NAME or --rule CARD.json (collab tally --help lists the methods)")
        data = _bytes(file)
        scored = _scored(method, card)
        found = read(
            data, file.name, form=form, scored=scored, encoding=encoding, scale=_scale(scale), gaps=not no_gaps
        )
        asked = Asked(method, seats, card, seed, unranked, entitled)
        if isinstance(found, list):
            code = _roll_call(found, item, asked, as_json)
        else:
            result = asked.count(found)
            if result.outcome == "no-valid-votes":
                raise Unfit("no ballot of the file names an option")
            click.echo(_json(result) if as_json else _text(result, found))
            code = _code(result)
    except BadFile as error:
        _refuse(str(file), error.line, error.reason)
    except (Unfit, BadRule, BadBallots) as error:
        _refuse(str(file), 0, _sentence(error))
    sys.exit(code)


class Asked:
    """What the options ask for."""

    def __init__(
        self, method: str | None, seats: int | None, card: Path | None, seed: str | None, unranked: str | None,
        entitled: int | None,
    ) -> None:  # fmt: skip
        self.method, self.seats, self.seed, self.unranked, self.entitled = method, seats, seed, unranked, entitled
        self.card = _card(card) if card else None

    def count(self, votes: "Votes") -> "Result":
        """The result of one vote. Raises Unfit, BadRule and BadBallots."""
        from collab.decisions.counting import Electorate, count
        from collab.decisions.tally import ballots_of

        rule = self._rule(votes)
        cast = votes.ballots
        entitled = self.entitled
        if entitled is None and votes.form == "roll-call":
            entitled = cast + votes.absent + votes.recused
        return count(rule, ballots_of(votes, rule, self.seed), Electorate(entitled=entitled, recused=votes.recused))

    def _rule(self, votes: "Votes") -> "Rule":
        from collab.decisions.tally import Unfit, rule_of

        if self.card is None:
            return rule_of(self.method or "", votes, seats=self.seats, unranked=self.unranked)
        if self.method or self.seats or self.unranked:
            raise Unfit("the card of --rule settles method, seats and what is unranked; leave those options out")
        return self.card


def _roll_call(items: "list[Item]", number: str | None, asked: Asked, as_json: bool) -> int:
    from collab.decisions.tally import Unfit

    if number is not None:
        items = [each for each in items if each.number == number]
        if len(items) != 1:
            raise Unfit(f"{len(items) or 'no'} items of the file have the number {number!r}")
    results = [asked.count(each.votes) for each in items]
    if as_json and number is not None:
        click.echo(_json(results[0]))
    elif as_json:
        from collab.decisions.tally import as_json as told

        rows = [
            {"line": each.line, "item": each.number, "title": each.title, "result": told(result)}
            for each, result in zip(items, results, strict=True)
        ]
        click.echo(json.dumps({"items": rows}, ensure_ascii=False, indent=2))
    else:
        for each, result in zip(items, results, strict=True):
            click.echo(f"{each.number or f'line {each.line}'}  {_text(result, each.votes)}\n")
    return max(_code(result) for result in results)


def _code(result: "Result") -> int:
    return TIED if result.outcome == "tie" else DECIDED


def _json(result: "Result") -> str:
    from collab.decisions.tally import as_json

    return json.dumps(as_json(result), ensure_ascii=False, indent=2)


def _text(result: "Result", votes: "Votes") -> str:
    from collab.decisions.tally import as_text

    return as_text(result, votes)


def _bytes(file: Path) -> bytes:
    from collab.decisions.formats import BadFile

    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise BadFile(0, f"the file cannot be read ({error.strerror or error})") from error
    except (ValueError, MemoryError) as error:
        raise BadFile(0, "the file cannot be read") from error


def _card(file: Path) -> "Rule":
    from collab.decisions.counting import Rule
    from collab.decisions.tally import Unfit

    try:
        return Rule.from_json(file.read_bytes())
    except OSError as error:
        raise Unfit(f"the rule card {file} cannot be read ({error.strerror or error})") from error


def _scored(method: str | None, card: Path | None) -> bool:
    """Whether bare numbers in a table are points, not ranks."""
    from collab.decisions.tally.methods import scored

    return scored(_card(card).method if card else method or "")


def _scale(said: str | None) -> tuple[Fraction, Fraction] | None:
    from collab.decisions.tally import Unfit

    if said is None:
        return None
    low, dots, high = said.partition("..")
    try:
        scale = Fraction(low), Fraction(high)
    except (ValueError, ZeroDivisionError) as error:
        raise Unfit(f"--scale is written LOW..HIGH, such as 0..5, not {said!r}") from error
    if not dots or scale[0] >= scale[1]:
        raise Unfit(f"--scale is written LOW..HIGH, such as 0..5, not {said!r}")
    return scale


def _sentence(error: Any) -> str:
    why = getattr(error, "why", None)
    if why is None:
        return str(error)
    said = why % error.values if error.values else why
    return f"{error.field}: {said}"


def _refuse(file: str, line: int, reason: str) -> Never:
    click.echo(f"{file}{f', line {line}' if line else ''}: {reason}", err=True)
    sys.exit(BAD_FILE)
