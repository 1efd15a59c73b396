"""A network that fails: a TCP relay on loopback that can be cut for a while in the middle of a transfer."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_CHUNK = 1 << 16


class Proxy:
    """Relays a port of its own to `target`. Once cut, connections break, and new ones are refused."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self._target = (parts.hostname or "", parts.port or 80)
        self._port = 0
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._left: int | None = None
        self._words = b""
        self._seconds = 0.0
        self.cuts = 0
        self._listen()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def cut(self, seconds: float, after: int = 0, at: bytes = b"") -> None:
        """Break off for so many seconds: now, when `after` more bytes have passed, or in a request with words `at`."""
        self._seconds = seconds
        self._left = after or None
        self._words = at
        if not (after or at):
            self._break()

    def close(self) -> None:
        self._shut()

    def _listen(self) -> None:
        self._server = socket.create_server(("127.0.0.1", self._port))
        self._port = self._server.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._server,), daemon=True).start()

    def _accept(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = server.accept()
                far = socket.create_connection(self._target)
                self._pairs.append((near, far))
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._relay, args=(one, other), daemon=True).start()

    def _relay(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(_CHUNK):
                if self._is_due(data):
                    self._break()
                    return
                other.sendall(data)
        for end in (one, other):
            end.close()

    def _is_due(self, data: bytes) -> bool:
        if self._left is not None:
            self._left -= len(data)
        return (self._left is not None and self._left <= 0) or bool(self._words and self._words in data)

    def _break(self) -> None:
        self._left, self._words = None, b""
        self.cuts += 1
        self._shut()
        threading.Thread(target=self._mend, daemon=True).start()

    def _mend(self) -> None:
        time.sleep(self._seconds)
        self._listen()

    def _shut(self) -> None:
        for end in (self._server, *(end for pair in self._pairs for end in pair)):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._pairs.clear()


@contextmanager
def proxied(target: str) -> Iterator[Proxy]:
    proxy = Proxy(target)
    try:
        yield proxy
    finally:
        proxy.close()
