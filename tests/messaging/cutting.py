"""A line that can be cut: a proxy before a port, whose connections are broken off and refused for a while."""

import contextlib
import socket
import threading
import time

from tests.machine.copies import free_port


class Line:
    """Everything that goes through `port` reaches `target`, while the line is whole."""

    def __init__(self, target: int) -> None:
        self.port, self._target, self._cut = free_port(), target, threading.Event()
        self._ends: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self, seconds: float) -> None:
        """Break every connection off, and refuse new ones for so long."""
        self._cut.set()
        for end in list(self._ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        time.sleep(seconds)
        self._cut.clear()

    def end(self) -> None:
        self._listener.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        if self._cut.is_set():
            near.close()
            return
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=30)
        except OSError:
            near.close()
            return
        with near, far:
            self._ends |= {near, far}
            there = threading.Thread(target=self._carry, args=(near, far), daemon=True)
            there.start()
            self._carry(far, near)
            there.join()
            self._ends -= {near, far}

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := source.recv(65536):
                target.sendall(said)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
