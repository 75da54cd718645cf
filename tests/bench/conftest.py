"""A seeded bench database for the tests of this folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from collab.cli.bench.database import plain
from collab.cli.bench.marking import Size
from collab.cli.bench.seeding import seed
from collab.core.migrate import upgrade
from tests.databases import Servers

SMALL = Size(people=120, units=24, items=3_000, messages=1_500, decisions=120)


@dataclass(frozen=True)
class Bench:
    url: str
    size: Size

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(plain(self.url)) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def one(self, query: str, *values: Any) -> Any:
        return self.ask(query, *values)[0][0]


def made(servers: Servers, name: str, size: Size) -> Bench:
    servers.administer(f"drop database if exists {name} with (force)", f"create database {name}")
    url = servers.url_of(name)
    upgrade(url)
    seed(url, size)
    return Bench(url, size)


@pytest.fixture(scope="session")
def bench(servers: Servers) -> Iterator[Bench]:
    yield made(servers, "collab_bench", SMALL)
    servers.administer("drop database collab_bench with (force)")
