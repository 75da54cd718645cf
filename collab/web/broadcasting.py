"""What is said to a room is written down once, as the bytes of a WebSocket frame, and handed to each line as it is.

Server frames carry no mask (RFC 6455, 5.1), so the same bytes serve everybody. A line that takes them at once gets them
without a queue, a switch of greenlets or an encoding of its own. One that is still busy, or whose reader is slow, keeps
its queue: the frame, or what is left of it, waits there in its turn. A queue that grows too long ends its line; the
page comes back and asks for what it missed.
"""

import socket as plain
from collections.abc import Callable
from typing import Any, Final

import socketio
from engineio import packet as eio_packet
from engineio.async_drivers.gevent import WebSocketWSGI

from collab.core.realtime import RESEAT, Voice

MOST_WAITING: Final = 500
MOST_SHORT, MOST_MEDIUM = 125, 0xFFFF


class Frame(eio_packet.Packet):  # type: ignore[misc]
    """Bytes that are ready for the line, in the place of a packet."""

    def __init__(self, ready: bytes, text: str = "") -> None:
        super().__init__(eio_packet.MESSAGE, text)
        self.ready = ready

    def encode(self, b64: bool = False) -> bytes:  # noqa: ARG002 as it is called
        return self.ready


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

    def _handle_emit(self, message: dict[str, Any]) -> None:
        if message["event"] == RESEAT:
            if self.reseat is not None:
                self.reseat(message["data"][0]["person"])
            return
        if message.get("callback") or message.get("binary") or message.get("skip_sid"):
            super()._handle_emit(message)
            return
        namespace = message.get("namespace") or "/"
        if namespace not in self.rooms:
            return
        data = message["data"]
        said = self.server.packet_class(
            socketio.packet.EVENT, namespace=namespace, data=[message["event"], *data]
        ).encode()
        ready = Frame(frame(f"{eio_packet.MESSAGE}{said}"), said)
        sockets = self.server.eio.sockets
        for _sid, eio_sid in self.get_participants(namespace, message.get("room")):
            line = sockets.get(eio_sid)
            if line is not None:
                hand(line, ready)


def hand(line: Any, ready: Frame) -> None:
    """One frame to one line: at once where it can be, else in its turn."""
    wire = getattr(line, "wire", None)
    if wire is None:
        line.send(eio_packet.Packet(eio_packet.MESSAGE, ready.data))
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
