"""What is said to a room is written down once, as the bytes of a WebSocket frame, and handed to each line as it is.

Server frames carry no mask (RFC 6455, 5.1), so the same bytes serve everybody. A line that takes them at once gets them
without a queue, a switch of greenlets or an encoding of its own. One that is still busy, or whose reader is slow, keeps
its queue: the frame, or what is left of it, waits there in its turn. A queue that grows too long ends its line; the
page comes back and asks for what it missed.

In a crowd, writing to each line is what costs. After something was handed to a crowd, what is told next is gathered for
a moment and goes out in its order, as frames behind each other in one write (ADR 0066). Without a crowd nothing waits.
"""

import logging
import socket as plain
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import redis
import socketio
from engineio import packet as eio_packet
from engineio.async_drivers.gevent import WebSocketWSGI

from collab.core.realtime import MISSED, RESEAT, Voice

from .lately import Lately

log = logging.getLogger(__name__)

MOST_WAITING: Final = 500
MOST_SHORT, MOST_MEDIUM = 125, 0xFFFF
CROWD: Final = 100
"""Lines. Handing something to more of them begins a moment of gathering."""
GATHER: Final = 0.12
"""Seconds. About a quarter of what a word may take to be heard in a full room (500 ms for 99 of 100)."""

DEAF: Final = 1.0
"""Seconds, until Redis is asked again to tell this process what others say."""


class Frame(eio_packet.Packet):  # type: ignore[misc]
    """Bytes that are ready for the line, in the place of a packet."""

    def __init__(self, ready: bytes) -> None:
        super().__init__(eio_packet.MESSAGE, "")
        self.ready = ready

    def encode(self, b64: bool = False) -> bytes:  # noqa: ARG002 as it is called
        return self.ready


@dataclass
class Told:
    """What is told to those in `room`, in its order: as texts, and as the frames of a line."""

    namespace: str
    room: Any
    texts: list[str] = field(default_factory=list)

    def frames(self) -> Frame:
        return Frame(b"".join(frame(f"{eio_packet.MESSAGE}{text}") for text in self.texts))


class Wire(WebSocketWSGI):  # type: ignore[misc]
    """A line with its raw socket. Compression is not offered: it would cost every reader an encoding of their own."""

    busy = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        self.app.__self__.wire = self  # the engine's side of this line
        return super().__call__(environ, start_response)

    def send(self, message: str | bytes) -> None:
        """Whole, however slow the reader; nothing else goes out meanwhile."""
        self.busy = True
        try:
            if isinstance(message, bytes):
                self.ws.sock.sendall(message)
            else:
                super().send(message)
        finally:
            self.busy = False


def frame(text: str) -> bytes:
    """The bytes of an unmasked text frame that is one whole message."""
    payload = text.encode()
    size = len(payload)
    if size <= MOST_SHORT:
        head = bytes((0x81, size))
    elif size <= MOST_MEDIUM:
        head = bytes((0x81, 126)) + size.to_bytes(2)
    else:
        head = bytes((0x81, 127)) + size.to_bytes(8)
    return head + payload


class Broadcasting(Voice):
    """The manager of rooms: what came from the broker, or from this process, goes out as one frame.

    `reseat` is asked, in its place in the order of what is told, who may still sit where.
    """

    reseat: Callable[[int | None], None] | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._gathered: list[Told] = []
        self._gathering = False
        self._turn = threading.RLock()
        self.lately = Lately()

    def _listen(self) -> Iterator[Any]:
        """What the other processes say. After a break something may have passed us by, and open pages are told so."""
        ear, broke = None, False
        while True:
            try:
                if ear is None:
                    ear = redis.Redis.from_url(self.redis_url, **self.redis_options).pubsub()  # type: ignore[no-untyped-call]
                    ear.subscribe(self.channel)
                for message in ear.listen():
                    if message["type"] == "subscribe":  # also when the client came back by itself
                        self.lately.begin()
                        if broke:
                            self._handle_emit({"event": MISSED, "data": [{}]})
                        broke = True
                    elif message["type"] == "message":
                        yield message["data"]
            except redis.RedisError as error:
                log.warning("Redis tells this process nothing (%s); it is asked again", type(error).__name__)
            self.lately.deaf()
            ear, broke = None, True
            self.server.sleep(DEAF)

    def _handle_emit(self, message: dict[str, Any]) -> None:
        if message["event"] == MISSED:
            self.lately.begin()
        self.lately.note(message["event"], message["data"], message.get("room"))
        if message["event"] == RESEAT:
            if self.reseat is not None:
                self._hand_out()  # to those who could read it when it was told
                self.reseat(message["data"][0]["person"])
            return
        if message.get("callback") or message.get("binary") or message.get("skip_sid"):
            self._hand_out()
            super()._handle_emit(message)
            return
        namespace = message.get("namespace") or "/"
        if namespace not in self.rooms:
            return
        text = self.server.packet_class(
            socketio.packet.EVENT, namespace=namespace, data=[message["event"], *message["data"]]
        ).encode()
        self._tell(namespace, message.get("room"), text)

    def _tell(self, namespace: str, room: Any, text: str) -> None:
        with self._turn:
            if self._gathered and (self._gathered[-1].namespace, self._gathered[-1].room) == (namespace, room):
                self._gathered[-1].texts.append(text)
            else:
                self._gathered.append(Told(namespace, room, [text]))
            if not self._gathering and self._hand_out() > CROWD:
                self.server.start_background_task(self._gather)
                self._gathering = True

    def _gather(self) -> None:
        """Hands out what came, moment by moment, until nothing came to a crowd."""
        handed = CROWD + 1
        while handed > CROWD:
            self.server.sleep(GATHER)
            with self._turn:
                self._gathering = False  # whatever breaks, the next word is not left behind
                handed = self._hand_out()
                self._gathering = handed > CROWD

    def _hand_out(self) -> int:
        """Hands over what was gathered, in its order. Returns how many lines the largest of those told have."""
        with self._turn:
            largest = 0
            gathered, self._gathered = self._gathered, []
            for told in gathered:
                frames, lines = told.frames(), 0
                for _sid, eio_sid in self.get_participants(told.namespace, told.room):
                    line = self.server.eio.sockets.get(eio_sid)
                    if line is not None:
                        lines += 1
                        try:
                            hand(line, frames, told.texts)
                        except Exception:  # one line that is just opening or ending keeps nobody else from hearing
                            log.exception("a line could not be told")
                largest = max(largest, lines)
            return largest


def hand(line: Any, ready: Frame, texts: list[str]) -> None:
    """Frames to one line: at once where it can be, else in its turn. A line that is no wire takes the texts."""
    wire = getattr(line, "wire", None)
    if wire is None:
        for text in texts:
            line.send(eio_packet.Packet(eio_packet.MESSAGE, text))
        return
    if line.closed or line.closing:
        return
    if wire.busy or not line.queue.empty():
        if line.queue.qsize() >= MOST_WAITING:
            _cut(wire)
        else:
            line.queue.put(ready)
        return
    try:
        sent = wire.ws.sock._sock.send(ready.ready, plain.MSG_DONTWAIT)
    except BlockingIOError:
        sent = 0
    except OSError:
        return  # it is gone; whoever reads it finds out
    if sent < len(ready.ready):
        line.queue.put(Frame(ready.ready[sent:]))


def _cut(wire: Wire) -> None:
    try:
        wire.ws.sock._sock.shutdown(plain.SHUT_RDWR)
    except OSError:
        return


def take_over(engine: Any) -> None:
    """Let the lines of this server be wires; where it does not serve with gevent (tests) they stay as they are."""
    if engine.async_mode == "gevent":
        engine._async = {**engine._async, "websocket": Wire}
