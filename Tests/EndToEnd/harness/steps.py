"""A proxy that knows requests, and breaks the one that it is told to break."""

import concurrent.futures
import socket
import threading

from .chaos import _reset

#: What may happen to one request.
KINDS = ("request lost", "answer lost", "answer cut", "asked twice", "answered twice",
         "server killed before", "server killed after")


class StepProxy:
    """Relays HTTP/1.1 to a server, one request after another on each connection.

    `plan(step, kind)` breaks the request of that number, counted from 1, in one of `KINDS`; every
    other one passes. `count` is how many came since. `restart` kills the server and starts it.
    """

    def __init__(self, context, port, restart):
        self.upstream = port
        # A server dies with the thread that started it: one thread lives as long as the proxy.
        hand = concurrent.futures.ThreadPoolExecutor(max_workers=1)
        self.restart = lambda: hand.submit(restart).result()
        self.lock = threading.Lock()
        self.plan(0, None)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()
        context.on_close(self.listener.close)

    def plan(self, step, kind):
        """What happens from now on."""
        self.step, self.kind, self.count, self.happened = step, kind, 0, False

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client):
        try:
            while True:
                request = _message(client)
                if not request:
                    break
                with self.lock:
                    self.count += 1
                    kind = self.kind if self.count == self.step else None
                    self.happened = self.happened or bool(kind)
                answer = self._carry(request, kind)
                if answer is None:
                    break
                client.sendall(answer)
                if kind == "answer cut":
                    break
        except OSError:
            pass
        _reset(client)

    def _carry(self, request, kind):
        """The bytes that the client gets; None for a broken connection."""
        if kind == "request lost":
            return None
        if kind == "server killed before":
            self.restart()
            return None
        answer = self._ask(request)
        if kind == "answer lost":
            return None
        if kind == "answer cut":
            return answer[:len(answer) - 3]
        if kind == "asked twice":
            return self._ask(request)
        if kind == "answered twice":
            return answer + answer
        if kind == "server killed after":
            self.restart()
            return None
        return answer

    def _ask(self, request):
        with socket.create_connection(("127.0.0.1", self.upstream)) as server:
            server.sendall(request)
            return _message(server) or b""


def _message(connection):
    """One whole request or answer with a length; empty at the end of the connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        part = connection.recv(65536)
        if not part:
            return b""
        body += part
    return head + b"\r\n\r\n" + body
