"""One HTTP exchange at a time: an answer that came whole, or nothing."""

from __future__ import annotations

import http.client
import os
import socket
import ssl
import threading
import time
from typing import Dict, List, Optional, Tuple

from .address import Address, Token, trust
from .jsontext import BYTES_MAX

#: How long a kept connection may have been idle to be used again.
IDLE_SECONDS_MAX = 20.0
CONNECTIONS_MAX = 8


class NoAnswer(Exception):
    """Nothing is known about what the control plane did."""


class NotTrusted(Exception):
    """The certificate is not believed; asking again does not help."""


class Response:
    """A status, headers with names in lower case, and a body."""

    def __init__(self, status: int, headers: Dict[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def is_success(self) -> bool:
        """True for 200 to 299."""
        return 200 <= self.status <= 299

    @property
    def retry_after(self) -> Optional[int]:
        """For how many seconds the server wants to be left alone."""
        text = self.headers.get("retry-after", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class Stop:
    """Tells a gate that runs on another thread to end, and wakes it from what it waits for."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._socket: Optional[socket.socket] = None

    @property
    def is_set(self) -> bool:
        """True once somebody wants the end."""
        return self._event.is_set()

    def set(self) -> None:
        """Wants the end."""
        self._event.set()
        with self._lock:
            if self._socket is not None:
                _shut(self._socket)

    def sleep(self, seconds: float) -> None:
        """Sleeps, but not longer than until the end is wanted."""
        self._event.wait(max(0.0, seconds))

    def watch(self, connection: Optional[http.client.HTTPConnection]) -> None:
        """Breaks this connection when the end is wanted; None for no connection."""
        with self._lock:
            self._socket = connection.sock if connection is not None else None
            if self._socket is not None and self.is_set:
                _shut(self._socket)


def _shut(stream: socket.socket) -> None:
    try:
        # Not the method of a TLS socket: the other thread still reads from that.
        socket.socket.shutdown(stream, socket.SHUT_RDWR)
    except OSError:
        pass


class Transport:
    """Connections to one control plane; any thread may use it. Proxies are never asked."""

    def __init__(self, address: Address, token: Token, ca_file: Optional[str] = None) -> None:
        self.address = address
        self._token = token
        self._tls: Optional[ssl.SSLContext] = trust(ca_file) if address.is_encrypted else None
        self._lock = threading.Lock()
        self._idle: List[Tuple[float, http.client.HTTPConnection]] = []
        self._process = os.getpid()

    def exchange(
        self,
        method: str,
        path: str,
        body: Optional[bytes] = None,
        headers: Optional[Dict[str, str]] = None,
        seconds: float = 30.0,
        stop: Optional[Stop] = None,
    ) -> Response:
        """Sends a request and returns its whole answer; raises NoAnswer or NotTrusted."""
        lines = {"Authorization": self._token.header(), "Accept": "application/json"}
        if body is not None:
            lines["Content-Type"] = "application/json"
        lines.update(headers or {})
        connection = self._take()
        try:
            return self._converse(connection, method, path, body, lines, seconds, stop)
        except ssl.SSLCertVerificationError as error:
            connection.close()
            raise NotTrusted(f"The certificate is not trusted: {error.verify_message}.") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            connection.close()
            raise NoAnswer(_words(error)) from None
        except BaseException:
            connection.close()
            raise
        finally:
            if stop is not None:
                stop.watch(None)

    def close(self) -> None:
        """Drops the connections that are kept."""
        with self._lock:
            idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def _converse(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: Optional[bytes],
        headers: Dict[str, str],
        seconds: float,
        stop: Optional[Stop],
    ) -> Response:
        end = time.monotonic() + seconds
        connection.timeout = min(seconds, 15.0)
        if connection.sock is None:
            connection.connect()
        connection.sock.settimeout(seconds)
        if stop is not None:
            stop.watch(connection)
        connection.request(method, self.address.path + path, body=body, headers=headers)
        answer = connection.getresponse()
        data = _whole(answer, end)
        names = {name.lower(): value for name, value in answer.getheaders()}
        if answer.will_close:
            connection.close()
        else:
            self._keep(connection)
        return Response(answer.status, names, data)

    def _take(self) -> http.client.HTTPConnection:
        now = time.monotonic()
        with self._lock:
            if self._process != os.getpid():
                # A forked child must not read answers that are meant for its parent.
                self._process, self._idle = os.getpid(), []
            while self._idle:
                since, connection = self._idle.pop()
                if now - since < IDLE_SECONDS_MAX:
                    return connection
                connection.close()
        if self._tls is not None:
            return http.client.HTTPSConnection(
                self.address.host, self.address.port, context=self._tls
            )
        return http.client.HTTPConnection(self.address.host, self.address.port)

    def _keep(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            if self._process == os.getpid() and len(self._idle) < CONNECTIONS_MAX:
                self._idle.append((time.monotonic(), connection))
                return
        connection.close()


def _whole(answer: http.client.HTTPResponse, end: float) -> bytes:
    """The body; a server that sends it drop by drop is given up."""
    parts: List[bytes] = []
    size = 0
    while True:
        part = answer.read1(65536)
        if not part:
            break
        parts.append(part)
        size += len(part)
        if size > BYTES_MAX or time.monotonic() > end:
            raise NoAnswer("the answer is too long")
    if answer.length:
        raise NoAnswer("the answer ended too early")
    # Else the connection would not know that the next request may come.
    answer.close()
    return b"".join(parts)


def _words(error: Exception) -> str:
    """What went wrong, in words that hold nothing of the request."""
    return str(getattr(error, "strerror", None) or type(error).__name__)
