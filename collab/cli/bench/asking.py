"""Clients that ask over keep-alive connections, and what they found."""

import gzip
import http.client
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import NamedTuple


class Request(NamedTuple):
    """What is asked. The number of the request may be written into a body with `%d`. `each`: further headers, one after
    the other in turn, where everybody who asks is somebody else."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: str = ""
    each: Sequence[Mapping[str, str]] = ()

    def headers_of(self, number: int) -> dict[str, str]:
        """What is sent with the request of this number."""
        own = self.each[number % len(self.each)] if self.each else {}
        return {name: value.replace("%d", str(number)) for name, value in {**self.headers, **own}.items()}

    def body_of(self, number: int) -> bytes | None:
        return self.body.replace("%d", str(number)).encode() or None


class Answer(NamedTuple):
    status: int
    wire_bytes: int
    bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One run: how long answers took, in seconds, and how large they were."""

    answers: list[Answer]

    @property
    def failed(self) -> list[int]:
        return sorted({answer.status for answer in self.answers if answer.status >= 400})

    @property
    def p50(self) -> float:
        return median(answer.seconds for answer in self.answers)

    @property
    def p95(self) -> float:
        return quantiles((answer.seconds for answer in self.answers), n=20)[18]

    @property
    def wire_bytes(self) -> int:
        return int(median(answer.wire_bytes for answer in self.answers))

    @property
    def bytes(self) -> int:
        return int(median(answer.bytes for answer in self.answers))


def ask(port: int, request: Request, times: int, clients: int, counter: Iterator[int]) -> Asked:
    """Ask `times` in all, `clients` at once."""
    answers: list[Answer] = []
    lock = threading.Lock()

    def client(share: int) -> None:
        mine = list(_ask_in_turn(port, request, share, lambda: next(counter)))
        with lock:
            answers.extend(mine)

    shares = [times // clients + (number < times % clients) for number in range(clients)]
    threads = [threading.Thread(target=client, args=(share,)) for share in shares if share]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Asked(answers)


def _ask_in_turn(port: int, request: Request, times: int, number: Callable[[], int]) -> Iterator[Answer]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        for _time in range(times):
            one = number()
            body, headers = request.body_of(one), request.headers_of(one)
            began = time.perf_counter()
            connection.request(request.method, request.path, body=body, headers=headers)
            response = connection.getresponse()
            content = response.read()
            took = time.perf_counter() - began
            head = sum(len(name) + len(value) + 4 for name, value in response.getheaders())
            packed = response.headers.get("Content-Encoding") == "gzip"
            size = len(gzip.decompress(content)) if packed else len(content)
            yield Answer(response.status, head + len(content), size, took)
    finally:
        connection.close()
