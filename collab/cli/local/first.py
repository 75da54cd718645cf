"""The first account: whoever starts an empty Collab is told how it is made."""

from typing import Final

from config.settings import Settings

HOW: Final = (
    "Nobody has an account yet. The first administrator is made with: "
    'bin/collab person add EMAIL --name "NAME" --role administrator --organisation "ORGANISATION"'
)


def word(settings: Settings) -> str:
    """How the first account is made, as one line; empty where there is one, or where the database cannot be asked."""
    import psycopg

    try:
        with psycopg.connect(settings.database_url.replace("+psycopg", "", 1), connect_timeout=5) as line:
            found = line.execute("select 1 from person where kind = 'person' limit 1").fetchone()
    except psycopg.Error:
        return ""  # what is wrong with it is said by those who need it
    return HOW if found is None else ""
