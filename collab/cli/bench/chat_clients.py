"""The clients of the chat bench, in a process of their own: so many sockets, and what each of them heard and when.

Asked in JSON on standard input, line by line: `{"url", "tokens"}` opens a socket a token (without tokens the bare
server, as many as `number`); `{"count": true}` tells what came so far; an empty line ends it. They speak Socket.IO by
hand, so that what they cost themselves is the same for both servers.
"""

import asyncio
import json
import sys
import time
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

AT_ONCE = 50
MARK = "t="


class Heard:
    """What all clients heard: how long each delivery took, and how many came twice."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []
        self.doubled = 0
        self.cut = 0

    def hear(self, said: str, known: set[int]) -> None:
        """One message of the bench, whose text holds when it was sent and its number."""
        now = time.time()
        at = said.find(MARK)
        sent, number, _rest = said[at + len(MARK) :].split(" ", 2)
        if int(number) in known:
            self.doubled += 1
        known.add(int(number))
        self.milliseconds.append((now - float(sent)) * 1000)

    def told(self) -> dict[str, Any]:
        ordered = sorted(self.milliseconds)
        places = {name: ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else None
                  for name, part in (("p50", 0.5), ("p99", 0.99))}  # fmt: skip
        return {"delivered": len(ordered), "doubled": self.doubled, "cut": self.cut, **places}


async def open_one(url: str, token: str | None) -> ClientConnection:
    """A socket, signed in where there is a token."""
    socket = await connect(url, compression=None, max_queue=None, ping_interval=None, open_timeout=120)
    if token is not None:
        await socket.recv()
        await socket.send("40" + json.dumps({"token": token}))
        answer = await socket.recv()
        if not str(answer).startswith("40"):
            raise RuntimeError(f"a client was not let in: {answer!r}")
    return socket


async def listen(socket: ClientConnection, heard: Heard) -> None:
    known: set[int] = set()
    try:
        async for said in socket:
            if said == "2":
                await socket.send("3")
            elif MARK in str(said):
                heard.hear(str(said), known)
    except Exception:  # whatever broke it, this client is cut
        heard.cut += 1


async def main() -> None:
    lines = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    wanted = json.loads(await lines.readline())
    tokens: list[str | None] = wanted.get("tokens") or [None] * wanted["number"]
    heard, gate = Heard(), asyncio.Semaphore(AT_ONCE)

    async def sit(token: str | None) -> ClientConnection:
        async with gate:
            return await open_one(wanted["url"], token)

    sockets = await asyncio.gather(*(sit(token) for token in tokens))
    tasks = [asyncio.create_task(listen(socket, heard)) for socket in sockets]
    print(json.dumps({"open": len(sockets)}), flush=True)
    while (await lines.readline()).strip():
        print(json.dumps(heard.told()), flush=True)
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main())
