"""The servers a bench needs: those that are given, or embedded ones of its own, as durable as in use."""

import contextlib
from collections.abc import Iterator

from config.settings import Settings


@contextlib.contextmanager
def reachable(settings: Settings) -> Iterator[str]:
    """The address of the database, its embedded servers running inside the block where they were not yet."""
    started = []
    from collab.cli.local import folder, postgres, redis
    from collab.cli.local.testing import end, start, wait

    try:
        if settings.database_embedded and not postgres_answers(settings.database_url):
            folder.prepare(settings.data_dir)
            postgres.initialise(settings.data_dir)
            log = settings.data_dir / "postgres.log"
            database = start(postgres.command(settings.data_dir), log, postgres.environment())
            started.append((database, postgres.STOP))
            wait("PostgreSQL", database, lambda: postgres.ready(settings.data_dir, database.pid), log)
            postgres.make_database(settings.data_dir)
        if settings.redis_embedded and not redis_answers(settings.redis_url):
            folder.prepare(settings.data_dir)
            log = settings.data_dir / "redis.log"
            broker = start(redis.command(settings.data_dir), log)
            started.append((broker, redis.STOP))
            wait("Redis", broker, lambda: redis.ready(settings.data_dir), log)
        from collab.core import migrate

        migrate.upgrade(settings.database_url)
        yield settings.database_url
    finally:
        for child, how in reversed(started):
            end(child, how)


def plain(url: str) -> str:
    """The address as psycopg reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def postgres_answers(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(plain(url), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_answers(url: str) -> bool:
    import redis

    try:
        redis.Redis.from_url(url, socket_connect_timeout=1, socket_timeout=1).ping()
    except (redis.RedisError, OSError):
        return False
    return True
