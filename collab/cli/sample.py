"""The sample organisation has published passwords: this machine alone is served it, unless somebody says otherwise."""

from typing import Final

from config.settings import Settings

REFUSED: Final = (
    "The sample organisation is not served where others reach it (HOST={host}, COLLAB_URL={url}): its passwords are "
    "published. Set COLLAB_ENV=production and an empty COLLAB_DATA_DIR for an organisation of your own, "
    "HOST=127.0.0.1 and no COLLAB_URL to look at the sample on this machine, or COLLAB_SAMPLE=open to let others in."
)


def refusal(settings: Settings, *, coming: bool = False) -> str | None:
    """Why these settings may not serve what is in the database, in a sentence; None when they may.

    `coming`: the sample is about to be made.
    """
    if settings.sample_open or not settings.reached_by_others:
        return None
    if not coming and not _is_here(settings.database_url):
        return None
    return REFUSED.format(host=settings.host, url=settings.url)


def _is_here(database_url: str) -> bool:
    """Whether the organisation of this database is the sample. A database that cannot be asked is looked at later."""
    import psycopg

    from collab.cli.demo import house

    try:
        with psycopg.connect(database_url.replace("+psycopg", "", 1), connect_timeout=5) as line:
            found = line.execute("select 1 from person where email = %s", (house.PEOPLE[0].email,))
            return found.fetchone() is not None
    except psycopg.Error:
        return False
