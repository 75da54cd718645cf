"""Fill a database of its own with a large organisation, and measure pages against it."""

import json
import sys

import click

from collab.cli.starting import settings

SIZES = {"people": 5_000, "units": 400, "items": 200_000, "messages": 200_000, "decisions": 2_000}


@click.group()
def command() -> None:
    """Measure Collab on this machine.

    \b
    Examples:
      collab bench seed --items 200000
      collab bench run --clients 8
      collab bench run --json > before.json
      collab bench run --only decision --only ballot
      collab bench chat --clients 1000
      collab bench history --messages 1000000
      collab bench ballots --voters 500
      collab bench start
    """


@command.command()
@click.option("--people", type=click.IntRange(10, 100_000), default=SIZES["people"], show_default=True)
@click.option("--units", type=click.IntRange(5, 10_000), default=SIZES["units"], show_default=True)
@click.option("--items", type=click.IntRange(1, 10_000_000), default=SIZES["items"], show_default=True)
@click.option("--messages", type=click.IntRange(0, 50_000_000), default=SIZES["messages"], show_default=True)
@click.option("--decisions", type=click.IntRange(0, 1_000_000), default=SIZES["decisions"], show_default=True)
def seed(people: int, units: int, items: int, messages: int, decisions: int) -> None:
    """Fill an empty, migrated database with an organisation of this size, the same each time.

    Refused where there is anything else in the database. DATABASE_URL says which one, or an embedded one is started.
    What is written can be searched where it is not more than 200,000 items: the index is not made in bulk.
    """
    from .database import reachable
    from .marking import NotOurs, Size
    from .searching import FINDABLE, make_findable
    from .seeding import seed as fill

    with reachable(settings()) as url:
        try:
            fill(url, Size(people, units, items, messages, decisions), lambda said: click.echo(said, err=True))
        except NotOurs as refusal:
            click.echo(f"Error: {refusal}", err=True)
            sys.exit(1)
        if items > FINDABLE:
            click.echo("search index: left out, `collab search rebuild` makes it", err=True)
        else:
            make_findable(lambda said: click.echo(said, err=True))


@command.command()
@click.option("--clients", type=click.IntRange(1, 5_000), default=1_000, show_default=True, help="Who listen.")
@click.option("--rate", type=click.IntRange(1, 200), default=20, show_default=True, help="Messages a second.")
@click.option("--seconds", type=click.IntRange(1, 600), default=20, show_default=True)
@click.option("--idle", type=click.IntRange(0, 5_000), default=2_000, show_default=True, help="Sockets left idle.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def chat(clients: int, rate: int, seconds: int, idle: int, as_json: bool) -> None:
    """Fill one conversation with clients, and print what arrived, how late, and what a delivery costs.

    Starts servers and clients of its own, in a folder that is thrown away. Beside it, in the same run, the bare
    `websockets` library. Needs that library: `pip install -e .[bench]`.
    """
    try:
        import websockets  # noqa: F401
    except ImportError:
        click.echo("Error: the library websockets is not here. Install it with: pip install -e .[bench]", err=True)
        sys.exit(1)
    from .chat import Plan, measure, table

    figures = measure(Plan(clients, rate, seconds, idle), lambda said: click.echo(said, err=True))
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else table(figures))


@command.command()
@click.option("--messages", type=click.IntRange(10, 20_000_000), default=1_000_000, show_default=True)
@click.option("--requests", type=click.IntRange(5, 10_000), default=60, show_default=True, help="A round of each page.")
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True, help="Rounds; their median counts.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def history(messages: int, requests: int, rounds: int, as_json: bool) -> None:
    """Open a conversation of many messages beside one of ten, and My day with all of them unread.

    Starts servers of its own, in a folder that is thrown away. CPU is that of all processes together a request.
    """
    from .long_talk import Plan, measure, table

    figures = measure(Plan(messages, requests, rounds), lambda said: click.echo(said, err=True))
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else table(figures))


@command.command()
@click.option("--clients", type=click.IntRange(1, 64), default=8, show_default=True, help="Who ask at once.")
@click.option("--requests", type=click.IntRange(10, 10_000), default=200, show_default=True, help="A run of each page.")
@click.option("--rounds", type=click.IntRange(1, 20), default=3, show_default=True, help="Runs; their median counts.")
@click.option("--only", multiple=True, help="A word: only pages with it in their name. May be given several times.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def run(clients: int, requests: int, rounds: int, only: tuple[str, ...], as_json: bool) -> None:
    """Start the real web processes on the seeded database, ask them, and print what each page costs.

    CPU is that of all processes together, PostgreSQL and Redis included, a request. The bare ceiling is a Flask page
    with one indexed query, started the same way in the same run.
    """
    from .database import reachable
    from .marking import NotOurs
    from .measuring import Plan, measure
    from .report import table

    chosen = settings()
    with reachable(chosen) as url:
        try:
            plan = Plan(clients, requests, rounds, only)
            figures = measure(chosen, url, plan, lambda said: click.echo(said, err=True))
        except NotOurs as refusal:
            click.echo(f"Error: {refusal}", err=True)
            sys.exit(1)
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else table(figures))


@command.command()
@click.option("--voters", type=click.IntRange(10, 500), default=500, show_default=True, help="Who vote.")
@click.option("--clients", type=click.IntRange(1, 64), default=8, show_default=True, help="Who send at once.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def ballots(voters: int, clients: int, as_json: bool) -> None:
    """Let many vote at once, over the API and by the page, and hold what was counted against what was sent.

    Starts servers of its own, in a folder that is thrown away. Ends with 1 where a ballot was lost, refused or counted
    twice, or where it took more than a minute. CPU is that of all processes together, the teller included, a ballot.
    """
    from .ballots import Plan, broken, measure, table

    figures = measure(Plan(voters, clients), lambda said: click.echo(said, err=True))
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else table(figures))
    if broken(figures):
        click.echo("Error: " + "; ".join(broken(figures)), err=True)
        sys.exit(1)


@command.command()
@click.option("--rounds", type=click.IntRange(1, 20), default=5, show_default=True, help="Runs; their median counts.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.option("--libraries", is_flag=True, help="Beside the libraries of the extra `ballots`, in the same run.")
def tally(rounds: int, as_json: bool, libraries: bool) -> None:
    """Count ten thousand made-up ballots by each method, and print what that costs. Needs no database."""
    from .tally import measure as count_all
    from .tally import table as counted
    from .tally_libraries import installed

    beside = installed() if libraries else []
    if libraries and not beside:
        raise click.UsageError("None of the libraries is installed: pip install 'collab[ballots]'.")
    cells = count_all(rounds, beside)
    click.echo(json.dumps(cells) if as_json else counted(cells))


@command.command()
@click.option("--rows", type=click.IntRange(1, 200_000), default=20_000, show_default=True, help="Of work brought in.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
def start(rows: int, as_json: bool) -> None:
    """Start Collab in an empty folder until it is ready, start it again, and bring a list of work in.

    The folder is thrown away. CPU is that of all processes together.
    """
    from .starting import measure, table

    figures = measure(rows, lambda said: click.echo(said, err=True))
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else table(figures))
