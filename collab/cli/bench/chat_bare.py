"""The bare server beside which delivery is measured: the `websockets` library and nothing else.

Told one line of JSON on standard input (`{"messages", "pause", "padding"}`) it says so many to everybody.
"""

import asyncio
import json
import sys
import time

from websockets.asyncio.server import ServerConnection, broadcast, serve

from .chat_clients import MARK

OPEN: set[ServerConnection] = set()


async def stay(socket: ServerConnection) -> None:
    OPEN.add(socket)
    try:
        await socket.wait_closed()
    finally:
        OPEN.discard(socket)


async def main(port: int) -> None:
    lines = asyncio.StreamReader(limit=2**24)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    async with serve(stay, "127.0.0.1", port, compression=None, ping_interval=None, backlog=2000):
        print("ready", flush=True)
        wanted = json.loads(await lines.readline())
        next_at = time.monotonic()
        for number in range(wanted["messages"]):
            broadcast(OPEN, f"{MARK}{time.time():.6f} {number} {'x' * wanted['padding']}")
            next_at += wanted["pause"]
            await asyncio.sleep(max(0.0, next_at - time.monotonic()))
        print("said", flush=True)
        await lines.readline()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
