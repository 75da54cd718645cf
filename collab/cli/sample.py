"""The sample organisation has published passwords: this machine alone is served it, unless somebody says otherwise."""

import time
from typing import Final

from config.settings import Settings

REFUSED: Final = (
    "The sample organisation is not served where others reach it (HOST={host}, COLLAB_URL={url}): its passwords are "
    "published. Set COLLAB_ENV=production and an empty COLLAB_DATA_DIR for an organisation of your own, "
    "HOST=127.0.0.1 and no COLLAB_URL to look at the sample on this machine, or COLLAB_SAMPLE=open to let others in."
)
SILENT: Final = (
    "The database did not answer within {seconds} seconds, so it is not known whether it holds the sample "
    "organisation, which is not served where others reach it (HOST={host}, COLLAB_URL={url}). Start Collab again when "
    "it answers. It said: {reason}"
)
SECONDS_TO_ANSWER: Final = 60
"""A database that starts with the machine may come later than whoever needs it."""


def refusal(settings: Settings, *, coming: bool = False, patience: float = SECONDS_TO_ANSWER) -> str | None:
    """Why these settings may not serve what is in the database, in a sentence; None when they may. Waits up to
    `patience` seconds for a database that does not answer yet: nothing is served before it was asked.

    `coming`: the sample is about to be made.
    """
    if settings.sample_open or not settings.reached_by_others:
        return None
    place = {"host": settings.host, "url": settings.url}
    if coming:
        return REFUSED.format(**place)
    until = time.monotonic() + patience
    while True:
        try:
            return REFUSED.format(**place) if _is_here(settings.database_url) else None
        except ConnectionError as away:
            if time.monotonic() >= until:
                return SILENT.format(**place, seconds=round(patience), reason=away)
            time.sleep(1)


def _is_here(database_url: str) -> bool:
    """Whether the organisation of this database is the sample. Raises ConnectionError when it cannot be asked."""
    import psycopg

    from collab.cli.demo import house

    try:
        with psycopg.connect(database_url.replace("+psycopg", "", 1), connect_timeout=5) as line:
            found = line.execute("select 1 from person where email = %s", (house.PEOPLE[0].email,))
            return found.fetchone() is not None
    except psycopg.errors.UndefinedTable:
        return False  # nothing was made in it yet
    except psycopg.Error as error:
        raise ConnectionError(" ".join(str(error).split())) from error
