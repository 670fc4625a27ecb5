"""A TCP proxy that breaks one connection after a given number of bytes."""

import select
import socket
import struct
import threading

from .context import eventually


class CutProxy:
    """Relays to a loopback port and cuts each connection at a planned byte.

    `request_bytes` lets so many bytes through to the server before the cut; `response_bytes` so
    many back to the client. None does not cut in that direction. After the cut both sides are
    reset, as by a firewall that forgot the connection.
    """

    def __init__(self, context, port):
        self.upstream = port
        self.request_bytes = None
        self.response_bytes = None
        self.sent = self.received = 0
        self.is_closed = False
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        context.on_close(self.close)

    def plan(self, request_bytes=None, response_bytes=None):
        """What happens to the connections from now on."""
        self.request_bytes, self.response_bytes = request_bytes, response_bytes

    def close(self):
        """Takes no more connections."""
        self.is_closed = True
        self.listener.close()

    def _serve(self):
        while not self.is_closed:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client):
        self.sent = self.received = 0
        request_left, response_left = self.request_bytes, self.response_bytes
        try:
            server = socket.create_connection(("127.0.0.1", self.upstream))
        except OSError:
            _reset(client)
            return
        while True:
            if request_left == 0 or (response_left == 0 and _answers(server)):
                break
            ready, _, _ = select.select([client, server], [], [])
            try:
                if client in ready:
                    data = client.recv(65536)
                    if not data:
                        break
                    part = data if request_left is None else data[:request_left]
                    self.sent += len(part)
                    server.sendall(part)
                    request_left = None if request_left is None else request_left - len(part)
                if server in ready:
                    data = server.recv(65536)
                    if not data:
                        break
                    part = data if response_left is None else data[:response_left]
                    self.received += len(part)
                    client.sendall(part)
                    response_left = None if response_left is None else response_left - len(part)
                    if len(part) < len(data):
                        break
            except OSError:
                break
        _reset(client)
        _reset(server)


def _answers(server):
    """True when the server began to answer, so that what it did is done."""
    ready, _, _ = select.select([server], [], [], 0)
    return bool(ready)


def _reset(connection):
    """Closes with a reset instead of a farewell."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass
    connection.close()


def cut_and_killed(context, make, start):
    """One call of an agent, three times: cut on the way at a place, the server killed twice.

    `make` makes the agent of a world, `start` its process at a URL. Gives each agent, its process
    and its approval, approved by a part.
    """
    for cut in ((10, None), (None, 0), (None, 40)):
        inner = type(context)(context.binaries)
        context.on_close(inner.close)
        agent = make(inner)
        proxy = CutProxy(inner, agent.world.server.port)
        proxy.plan(*cut)
        process = start(agent, proxy.url)
        eventually(lambda: proxy.sent, "a request came")
        agent.world.server.kill()
        agent.world.server.start()
        proxy.plan()
        agent.ada.close()
        approval = agent.gated.pending()
        agent.world.server.kill()
        agent.world.server.start()
        proxy.plan(None, cut[1])
        # Its connection ended with the server; whether it has heard of that yet is chance.
        agent.ada.close()
        agent.approve(approval)
        proxy.plan()
        yield agent, process, approval
