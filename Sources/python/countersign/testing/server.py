"""The HTTP side of the fake control plane, by the standard library."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, Mapping


class Reply:
    """A status and a body; status 0 cuts the connection."""

    def __init__(self, status: int, body: Any = None) -> None:
        self.status = status
        self.body = body

    @staticmethod
    def cut() -> "Reply":
        """No answer at all."""
        return Reply(0)


Answer = Callable[[str, str, Mapping[str, str], Any], Reply]


class _HTTPServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """A client that went away is no news."""


class Server:
    """Listens on a loopback port of its own choice until it is closed."""

    def __init__(self, answer: Answer) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *_: Any) -> None:
                """Says nothing: headers hold tokens."""

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                data = self.rfile.read(length)
                headers = {name.lower(): value for name, value in self.headers.items()}
                try:
                    body = json.loads(data) if data else None
                except ValueError:
                    body = None
                reply = answer(self.command, self.path, headers, body)
                if reply.status == 0:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                is_text = isinstance(reply.body, str)
                out = (reply.body if is_text else json.dumps(reply.body)).encode("utf-8")
                self.send_response(reply.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)

            do_GET = do_POST = _serve

        self._server = _HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True, name="fake-plane"
        ).start()

    def close(self) -> None:
        """Listens no more."""
        self._server.shutdown()
        self._server.server_close()
