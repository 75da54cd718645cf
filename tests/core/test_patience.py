"""How the database is waited for where gevent lets many work in one thread."""

import os
import socket
from collections.abc import Generator, Iterator

import pytest
from psycopg import waiting
from psycopg.errors import OperationalError

from collab.core.patience import beside_others


@pytest.fixture
def line() -> Iterator[tuple[int, int]]:
    """Two ends of a line: what is written into the second can be read from the first."""
    here, there = socket.socketpair()
    with here, there:
        yield here.fileno(), there.fileno()


def test_what_arrives_ends_the_wait(line: tuple[int, int]) -> None:
    here, there = line

    def asked() -> Generator[waiting.Wait, waiting.Ready, tuple[waiting.Ready, waiting.Ready, bytes]]:
        sent = yield waiting.WAIT_RW
        os.write(there, b"answer")
        read = yield waiting.WAIT_R
        return sent, read, os.read(here, 10)

    assert beside_others(asked(), here, timeout=5.0) == (waiting.READY_RW, waiting.READY_R, b"answer")


def test_a_database_that_says_nothing_is_given_up(line: tuple[int, int]) -> None:
    def asked() -> Generator[waiting.Wait, waiting.Ready, None]:
        yield waiting.WAIT_R

    with pytest.raises(OperationalError):
        beside_others(asked(), line[0], timeout=0.01)
