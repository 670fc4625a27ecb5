"""What one client may take of the server, and what others keep."""

import http.client
import socket
import urllib.parse

from harness.api import Api
from harness.server import Server


def served(context, *options):
    """A running server with options, and its address."""
    server = Server(context, options=options)
    server.initialise().start()
    address = urllib.parse.urlsplit(server.url)
    return server, (address.hostname, address.port)


def is_closed(connection):
    """True when the server ended the connection; false when it answers a request."""
    connection.settimeout(20)
    try:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        return connection.recv(16) == b""
    except (ConnectionResetError, BrokenPipeError):
        return True


def test_one_client_has_so_many_connections(context):
    """Goal: past its number a client's connections are closed, and each that ends makes room."""
    _, address = served(context, "--connections-per-client", "3")
    held = [socket.create_connection(address) for _ in range(3)]
    assert not any(is_closed(connection) for connection in held)
    for _ in range(3):
        assert is_closed(socket.create_connection(address))
    held.pop().close()
    for _ in range(200):
        if not is_closed(socket.create_connection(address)):
            return
    raise AssertionError("a connection that ended made no room")


def test_a_head_that_trickles(context):
    """Goal: a request whose head does not come to an end loses its connection, whatever comes."""
    _, address = served(context, "--head-seconds", "1")
    connection = socket.create_connection(address)
    connection.settimeout(0.2)
    connection.sendall(b"GET /healthz HTTP/1.1\r\n")
    for _ in range(100):
        try:
            connection.sendall(b"X: y\r\n")
            if connection.recv(1) == b"":
                return
        except TimeoutError:
            continue
        except (ConnectionResetError, BrokenPipeError):
            return
    raise AssertionError("a head may trickle for ever")


def test_a_quiet_waiter_is_no_slow_head(context):
    """Goal: a request that waits for longer than a head may take is answered."""
    server, _ = served(context, "--head-seconds", "1")
    answer = Api(server.url, server.admin_token).get("/v1/inbox")
    cursor = answer.expect(200)["next"]
    waited = Api(server.url, server.admin_token).get(f"/v1/inbox?since={cursor}&wait=3")
    assert waited.expect(200)["items"] == []


def test_head_is_get_without_a_body(context):
    """Goal: HEAD has the status and the length of GET, and no body."""
    _, (host, port) = served(context)
    connection = http.client.HTTPConnection(host, port, timeout=20)
    lengths = []
    for method in ["GET", "HEAD"]:
        connection.request(method, "/healthz")
        answer = connection.getresponse()
        assert answer.status == 200
        lengths.append(answer.getheader("content-length"))
        assert (answer.read() == b"") == (method == "HEAD")
    assert lengths[0] == lengths[1] and int(lengths[0]) > 0, lengths


def test_a_token_of_nobody(context):
    """Goal: who has no token of ours is refused on every way in, and a new token works at once."""
    server, _ = served(context)
    admin = server.api(server.admin_token)
    for token in ["cs_" + "A" * 43, "cs_" + "B" * 43]:
        stranger = Api(server.url, token)
        assert stranger.post("/v1/groups", {"name": "x"}).status == 401
        assert stranger.get("/v1/me").status == 401
    admin.post("/v1/agents", {"name": "bot"}).expect(201)
    made = admin.post("/v1/tokens", {"agent": "bot"}).expect(201)
    agent = Api(server.url, made["token"])
    assert agent.post("/v1/groups", {"name": "x"}).status == 403
    admin.call("DELETE", "/v1/tokens/" + made["id"]).expect(204)
    assert agent.post("/v1/groups", {"name": "x"}).status == 401
