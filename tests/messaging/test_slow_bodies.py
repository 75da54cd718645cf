"""Whoever sends a body drop by drop keeps nobody else out, and is told in the end that it took too long; what cannot
be made out is told so."""

import http.client
import socket
from contextlib import ExitStack, closing

import pytest

from tests.databases import on_a_clone
from tests.machine.copies import soon
from tests.messaging.serving import Web

MORE_THAN_THE_POOL = 14
HEAD = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nCookie: collab=nobodys\r\nContent-Length: 1000\r\n"


@pytest.fixture(scope="module")
def app(one_app, clones):
    """One database for all of this file: nothing that is sent here is kept."""
    with on_a_clone(one_app, clones) as made:
        yield made


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """What the web process says."""
    return tmp_path_factory.mktemp("slow") / "a.log"


@pytest.fixture(scope="module")
def web(servers, clones, app, log):
    one = Web(servers, clones, log.with_suffix(""), "tests.messaging.hurried_line")
    try:
        assert soon(lambda: one.process.poll() is not None or one.ready(), 400)
        assert one.process.poll() is None, log.read_text()[-2000:]
        yield one
    finally:
        one.kill()


def test_a_body_that_drips_holds_no_place_in_the_pool_and_is_not_waited_for_long(web):
    with ExitStack() as opened:
        lines = [socket.create_connection(("127.0.0.1", web.port), timeout=60) for _each in range(MORE_THAN_THE_POOL)]
        drips = [opened.enter_context(line) for line in lines]
        for drip in drips:
            drip.sendall(f"{HEAD}Content-Type: application/x-www-form-urlencoded\r\n\r\ne".encode())
        page = opened.enter_context(closing(http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)))
        page.request("GET", "/people", headers={"Cookie": "collab=nobodys"})
        assert page.getresponse().status == 303
        assert {drip.recv(12).decode() for drip in drips} == {"HTTP/1.1 408"}


GARBLED = [b"zz\r\nhello\r\n0\r\n\r\n", b"5\r\nhelloXX0\r\n\r\n", b"-1\r\nhello\r\n", b"5;\rx\r\nhello\r\n0\r\n\r\n"]


def test_chunks_that_are_none_are_no_fault_of_the_house(web, log, api_of):
    form, json = "Content-Type: application/x-www-form-urlencoded\r\n", "Content-Type: application/json\r\n"
    doors = {"/sign-in": form, "/api/v1/tasks": f"{json}Authorization: Bearer {api_of('Eleni').token}\r\n"}
    for address, said in doors.items():
        for body in GARBLED:
            with socket.create_connection(("127.0.0.1", web.port), timeout=60) as line:
                head = f"POST {address} HTTP/1.1\r\nHost: localhost\r\n{said}Transfer-Encoding: chunked\r\n\r\n"
                line.sendall(head.encode() + body)
                assert line.recv(12) == b"HTTP/1.1 400", (address, body)
    assert b"Traceback" not in log.read_bytes()


def said_on(line):
    """All that is answered until the line is closed."""
    return b"".join(iter(lambda: line.recv(65_536), b""))


REFUSED = {"/api/v1/tasks": b"401", "/api/v1/nothing-there": b"401", "/people": b"405", "/profile": b"303"}


@pytest.mark.parametrize("body", GARBLED)
def test_what_is_refused_before_its_body_is_read_is_answered_once_and_the_line_closed(web, body, log):
    answers = {}
    for address in REFUSED:
        with socket.create_connection(("127.0.0.1", web.port), timeout=60) as line:
            line.sendall(
                f"POST {address} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n".encode() + body
            )
            answers[address] = said_on(line)
    assert {address: said.count(b"HTTP/1.1 ") for address, said in answers.items()} == dict.fromkeys(REFUSED, 1)
    assert b"Traceback" not in log.read_bytes()


def test_a_whole_body_that_nobody_read_leaves_the_line_to_the_next_request(web):
    with closing(http.client.HTTPConnection("127.0.0.1", web.port, timeout=60)) as line:
        for _time in range(2):
            line.request(
                "POST",
                "/api/v1/tasks",
                body=iter([b"x" * 100_000, b"y"]),
                encode_chunked=True,
                headers={"Transfer-Encoding": "chunked"},
            )
            answer = line.getresponse()
            assert (answer.status, answer.read() != b"", line.sock is not None) == (401, True, True)
