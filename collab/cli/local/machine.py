"""One machine from nothing to the first answer, and back to nothing."""

import contextlib
import signal
from pathlib import Path

from collab.cli import available, sample
from collab.cli.local import first, folder, postgres, probe, programs, redis
from collab.cli.local.output import say
from collab.cli.local.problem import CannotStart
from collab.cli.local.supervisor import Running, Stopped, Supervisor
from config.settings import Settings

ASKED_TO_END = signal.SIGTERM
SECONDS_FOR_A_SERVER = 15.0
SECONDS_UNTIL_A_WORD = 60.0
MOST_DEATHS = 4
"""Before the first answer; after it a program is started again for as long as it takes."""


def run(settings: Settings) -> None:
    """Run everything until asked to end.

    Raises CannotStart with a sentence when the machine cannot be brought up; nothing is left running then.
    """
    with folder.held(settings.data_dir) as left_behind:
        probe.need_free_port(settings, earlier_copy=left_behind)
        with Supervisor() as supervisor:
            try:
                _bring_up(supervisor, settings)
                supervisor.forever()
            except Stopped:
                say("Collab ends.")


def _bring_up(supervisor: Supervisor, settings: Settings) -> None:
    if settings.redis_embedded:
        _start_broker(supervisor, settings)
    if settings.database_embedded:
        _start_database(supervisor, settings)
    _run_once(supervisor, settings, "migrate", "db", "upgrade")
    _refuse_open_sample(settings)
    _bring_sample(supervisor, settings)
    _announce(supervisor, settings, supervisor.start(programs.collab(settings, "together")))


def _start_broker(supervisor: Supervisor, settings: Settings) -> None:
    running = supervisor.start(programs.broker(settings))
    if not supervisor.until(lambda: redis.ready(settings.data_dir), SECONDS_FOR_A_SERVER):
        raise CannotStart(f"Redis did not start. Its last words:\n{running.last_words()}")


def _start_database(supervisor: Supervisor, settings: Settings) -> None:
    if not (postgres.cluster(settings.data_dir) / "PG_VERSION").exists():
        say(f"First start: making the database in {settings.data_dir} …")
        _sample_wanted(settings).touch()
    new = postgres.initialise(settings.data_dir)
    running = supervisor.start(programs.database(settings))
    if not supervisor.until(lambda: postgres.ready(settings.data_dir, running.pid), SECONDS_FOR_A_SERVER):
        raise CannotStart(f"PostgreSQL did not start. Its last words:\n{running.last_words()}")
    if new or _sample_wanted(settings).exists():
        postgres.make_database(settings.data_dir)


def _sample_wanted(settings: Settings) -> Path:
    """A mark that stays until the sample organisation is complete, so that a start cut short makes up for it."""
    return settings.data_dir / "sample-organisation-wanted"


def _refuse_open_sample(settings: Settings) -> None:
    """Before anything of the sample is made, and before anything of it is served."""
    coming = settings.database_embedded and settings.environment == "development" and _sample_wanted(settings).exists()
    refused = sample.refusal(settings, coming=coming)
    if refused:
        raise CannotStart(refused)


def _bring_sample(supervisor: Supervisor, settings: Settings) -> None:
    if not settings.database_embedded or not _sample_wanted(settings).exists():
        return
    if settings.environment == "development" and "demo" in available():
        say("First start: making the sample organisation …")
        _run_once(supervisor, settings, "demo", "demo")
    _sample_wanted(settings).unlink()


def _run_once(supervisor: Supervisor, settings: Settings, name: str, *arguments: str) -> None:
    try:
        supervisor.once(programs.collab(settings, name, *arguments))
    except RuntimeError as error:
        raise CannotStart(f"`collab {' '.join(arguments)}` failed. Its last words:\n{error}") from error


def _announce(supervisor: Supervisor, settings: Settings, ours: Running) -> None:
    def decided() -> bool:
        return ours.deaths >= MOST_DEATHS or probe.answers(settings)

    while not supervisor.until(decided, SECONDS_UNTIL_A_WORD):
        say(f"Collab is not ready yet: {settings.url}/readyz says what is missing.")
    if ours.deaths >= MOST_DEATHS:
        raise CannotStart(f"`collab {ours.program.name}` ends again and again; its reasons are above.")
    say(f"\nCollab answers at {settings.url}\n")
    if settings.database_embedded and settings.environment == "development" and "demo" in available():
        _show_signins(supervisor, settings)
    how = first.word(settings)
    if how:
        say(f"{how}\n")
    say("Ctrl-C ends it.\n")


def _show_signins(supervisor: Supervisor, settings: Settings) -> None:
    # Somebody who emptied the sample organisation has no sign-ins to show, which is no reason to end.
    with contextlib.suppress(RuntimeError):
        supervisor.once(programs.collab(settings, "", "demo", "--signins"))
