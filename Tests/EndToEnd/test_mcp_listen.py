"""`countersign mcp-gateway --listen`: clients that talk HTTP are held too."""

import http.client
import json
import signal
import sys
import urllib.parse

from harness import exits
from harness.context import eventually
from test_gate import Gated
from test_mcp import SERVER

JSON = "application/json"
EVENTS = "application/json, text/event-stream"
NEWEST = "2026-07-28"


class Answer:
    """An answer, read event by event."""

    def __init__(self, connection):
        self.connection = connection
        self.response = connection.getresponse()
        self.status = self.response.status
        self.last_id = None

    def event(self):
        """The next message of the stream; None at its end."""
        data = None
        for raw in self.response:
            line = raw.rstrip(b"\n").decode()
            if line.startswith("id: "):
                self.last_id = line[4:]
            elif line.startswith("data: "):
                data = line[6:]
            elif not line and data:
                return json.loads(data)
        return None

    def body(self):
        return json.loads(self.response.read() or b"null")

    def cut(self):
        """Breaks the connection, as something between does."""
        self.connection.sock and self.connection.sock.shutdown(2)
        self.response.close()
        self.connection.close()


class Front:
    """A listener before the bank's server."""

    def __init__(self, context, *options, listen="127.0.0.1:0", gated=None):
        self.gated = gated or Gated(context)
        self.ran_file = context.folder("bank") / "ran"
        self.ran_file.touch()
        self.process = self.gated.client.start(
            "mcp-gateway", "--listen", listen, *options, "--", "env", f"RAN={self.ran_file}",
            sys.executable, "-c", SERVER, stdout=-1)
        line = self.process.stdout.readline().decode()
        assert line.startswith("listening on "), line
        self.url = urllib.parse.urlsplit(line.split()[-1])

    def send(self, method, message=None, **headers):
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=30)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        names = {"Accept": EVENTS, "Content-Type": JSON, **names}
        connection.request(method, self.url.path, message and json.dumps(message), names)
        return Answer(connection)

    @property
    def ran(self):
        return [json.loads(line)["arguments"] for line in self.ran_file.read_text().splitlines()]

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


class Guest:
    """A client with a session."""

    def __init__(self, front):
        self.front = front
        answer = front.send("POST", request(0, "initialize"))
        assert answer.event()["result"]["serverInfo"]["name"] == "bank"
        self.session = answer.response.headers["Mcp-Session-Id"]
        assert answer.event() is None

    def send(self, message=None, method="POST", **headers):
        return self.front.send(method, message, Mcp_Session_Id=self.session, **headers)

    def call(self, number, amount, **headers):
        return self.send(request(number, "tools/call", called(amount)), **headers)


def request(number, method, params=None):
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params or {}}


def called(amount, **more):
    return {"name": "issue_refund", "arguments": {"amount_cents": amount}, **more}


def cents(amount):
    return [{"op": "replace", "path": "/amount_cents", "value": amount}]


def test_two_sessions_are_held_apart(context):
    """Goal: each client hears its own answer, with the effective arguments; asked alike or not."""
    front = Front(context)
    one, two = Guest(front), Guest(front)
    assert one.session != two.session
    first = one.call(1, 100)
    approval = front.gated.pending()
    second = two.call(1, 200)
    eventually(lambda: len(inbox(front)) == 2, "both wait")
    other = next(found for found in inbox(front) if found != approval)
    front.gated.ada.decide(other, "reject", comment="not today").expect(200)
    said = second.event()
    assert said["id"] == 1 and "not today" in said["result"]["content"][0]["text"], said
    assert second.event() is None and front.ran == []
    front.gated.ada.decide(approval, edits=cents(50)).expect(200)
    said = first.event()
    assert said["result"]["content"][1]["text"] == "refunded 50", said
    assert front.ran == [{"amount_cents": 50}]
    listed = one.send(request(2, "tools/list"), Accept=JSON)
    assert listed.body()["result"]["tools"][0]["name"] == "issue_refund"
    assert two.send(method="DELETE").status == 204
    assert two.send(request(3, "tools/list")).status == 404
    assert front.end() == exits.DONE


def inbox(front):
    items = front.gated.ada.get("/v1/inbox").expect(200)["items"]
    return [item["id"] for item in items
            if item["approval"] and item["approval"]["state"] == "pending"]


def test_a_connection_that_breaks_takes_nothing_back(context):
    """Goal: what waits goes on without its client, runs once, and is found by its last event."""
    front = Front(context)
    guest = Guest(front)
    params = called(100, _meta={"progressToken": "p"})
    waiting = guest.send(request(1, "tools/call", params))
    assert waiting.event()["params"]["progressToken"] == "p"
    waiting.cut()
    front.gated.ada.decide(front.gated.pending()).expect(200)
    eventually(lambda: front.ran, "it ran")
    again = guest.send(method="GET", Last_Event_Id=waiting.last_id)
    assert again.event()["result"]["content"][0]["text"] == "refunded 100"
    assert again.event() is None and len(front.ran) == 1


def test_what_the_server_tells_by_itself_is_heard(context):
    """Goal: a stream that listens gets what answers nothing."""
    front = Front(context)
    guest = Guest(front)
    listening = guest.send(method="GET")
    told = guest.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
    assert told.status == 202
    assert listening.event()["method"] == "seen"
    assert guest.send(method="GET").status == 409


def test_the_newest_revision_has_no_sessions(context):
    """Goal: two clients with the same names are kept apart, and a closed answer takes back."""
    front = Front(context)

    def ask(amount, **headers):
        meta = {"io.modelcontextprotocol/protocolVersion": NEWEST,
                "io.modelcontextprotocol/clientCapabilities": {}}
        names = {"Mcp_Protocol_Version": NEWEST, "Mcp_Method": "tools/call",
                 "Mcp_Name": "issue_refund"}
        return front.send("POST", request(1, "tools/call", called(amount, _meta=meta)),
                          **{**names, **headers})

    first = ask(100)
    approval = front.gated.pending()
    second = ask(200)
    other = next(found for found in eventually(
        lambda: len(inbox(front)) == 2 and inbox(front), "both wait") if found != approval)
    second.cut()
    eventually(lambda: front.gated.ada.view(other)["state"] == "cancelled", "it is taken back")
    front.gated.ada.decide(approval).expect(200)
    said = first.event()
    assert (said["id"], said["result"]["content"][0]["text"]) == (1, "refunded 100"), said
    assert front.ran == [{"amount_cents": 100}]
    assert ask(300, Mcp_Name="look").status == 400 and len(front.ran) == 1


def test_the_end_of_the_listener_takes_back_what_waits(context):
    """Goal: nobody is asked about a call that nobody waits for."""
    front = Front(context)
    guest = Guest(front)
    waiting = guest.call(1, 100)
    approval = front.gated.pending()
    assert front.end() == exits.DONE
    assert waiting.event() is None
    assert front.gated.ada.view(approval)["state"] == "cancelled"
    assert front.ran == []


def test_who_may_talk_to_it(context):
    """Goal: pages of elsewhere and callers without the token are refused; and so is a listener
    that others could reach without one."""
    gated = Gated(context)
    gated.client.env["LISTENER"] = "tok-1"
    front = Front(context, "--listen-token-from", "LISTENER", gated=gated)
    hello = request(0, "initialize")
    assert front.send("POST", hello).status == 401
    assert front.send("POST", hello, Authorization="Bearer tok-2").status == 401
    evil = {"Authorization": "Bearer tok-1", "Origin": "https://evil.example"}
    assert front.send("POST", hello, **evil).status == 403
    welcome = front.send("POST", hello, Authorization="Bearer tok-1")
    assert welcome.status == 200 and welcome.event()["result"]
    for options, sentence in [
            (["--listen", "0.0.0.0:0"], b"Anybody who reaches it"),
            (["--listen", "0.0.0.0:0", "--listen-token-from", "LISTENER"], b"unprotected"),
            (["--listen", "nowhere"], b"nowhere"),
            (["--listen-token-from", "LISTENER"], b"go with --listen"),
            (["--listen", "127.0.0.1:0", "--listen-token-from", "NO_SUCH"], b"NO_SUCH")]:
        done = gated.client.run("mcp-gateway", *options, "--", "true")
        assert done.returncode == exits.USAGE and sentence in done.stderr, (options, done)
