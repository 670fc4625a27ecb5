"""`countersign mcp-gateway --upstream URL`: a server behind Streamable HTTP."""

import http.server
import json
import queue
import threading

from harness import exits
from harness.context import eventually
from harness.lines import LineClient
from test_gate import Gated


class BankServer(http.server.ThreadingHTTPServer):
    """An MCP server over HTTP that writes down what it was asked and what it ran."""

    daemon_threads = True

    def __init__(self, context, **habits):
        super().__init__(("127.0.0.1", 0), Handler)
        self.habits = habits
        self.ran, self.seen = [], []
        self.told = queue.Queue()
        self.url = f"http://127.0.0.1:{self.server_port}/mcp"
        threading.Thread(target=self.serve_forever, daemon=True).start()
        context.on_close(self.shutdown)


class Handler(http.server.BaseHTTPRequestHandler):
    """Streamable HTTP, as the protocol has it; answers calls as a stream when told to."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Is quiet."""

    def do_POST(self):
        """One message."""
        message = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.server.seen.append((message, dict(self.headers.items())))
        habits = self.server.habits
        if message.get("method") != "initialize" and habits.get("session", True):
            if self.headers.get("mcp-session-id") != "s-1":
                return self.say(404, b"")
        if "id" not in message or "method" not in message:
            return self.say(202, b"")
        answer = {"jsonrpc": "2.0", "id": message["id"], "result": self.result(message)}
        if message["method"] != "tools/call":
            return self.say(200, json.dumps(answer, indent=1).encode())
        self.server.ran.append(message["params"])
        if habits.get("breaks"):
            self.begin()
            return self.close_hard()
        if not habits.get("streams"):
            return self.say(200, json.dumps(answer).encode())
        self.begin()
        note = {"jsonrpc": "2.0", "method": "notifications/progress",
                "params": {"progressToken": "p", "progress": 1}}
        self.event(note, "e-1")
        if habits.get("resumes"):
            self.server.answer = answer
            return self.close_hard()
        self.event(answer, "e-2")
        self.end()

    def result(self, message):
        """What a method gives."""
        if message["method"] == "initialize":
            return {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
                    "serverInfo": {"name": "bank", "version": "1"}}
        if message["method"] == "tools/list":
            return {"tools": [{"name": "issue_refund", "inputSchema": {
                "type": "object", "required": ["amount_cents"], "properties": {
                    "amount_cents": {"type": "integer"},
                    "region": {"type": "string", "x-mcp-header": "Region"}}}}]}
        if message["method"] == "tools/call":
            amount = message["params"]["arguments"].get("amount_cents")
            return {"content": [{"type": "text", "text": f"refunded {amount}"}]}
        return {}

    def do_GET(self):
        """What the server tells by itself, or a stream that is taken up again."""
        self.server.seen.append(("GET", dict(self.headers.items())))
        if self.headers.get("last-event-id") == "e-1":
            self.begin()
            self.event(self.server.answer, "e-2")
            return self.end()
        if not self.server.habits.get("tells"):
            return self.say(405, b"")
        self.begin()
        while True:
            self.event(self.server.told.get(), "g")

    def do_DELETE(self):
        """The end of the session."""
        self.server.seen.append(("DELETE", dict(self.headers.items())))
        self.say(200, b"")

    def say(self, status, body):
        """A whole answer."""
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.send_header("mcp-session-id", "s-1")
        self.end_headers()
        self.wfile.write(body)

    def begin(self):
        """The head of a stream."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()

    def event(self, message, name):
        """One event, its data on two lines, as a stream may have it."""
        text = json.dumps(message).replace('"jsonrpc"', '\n"jsonrpc"', 1)
        lines = "".join(f"data: {line}\r\n" for line in text.split("\n"))
        data = f": a remark\r\nid: {name}\r\nretry: 20\r\nevent: message\r\n{lines}\r\n".encode()
        # Cut in the middle, so that no piece is an event.
        for piece in (data[:7], data[7:]):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.flush()

    def end(self):
        """The end of a stream."""
        self.wfile.write(b"0\r\n\r\n")

    def close_hard(self):
        """Breaks off without an end."""
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(2)


class Bank(LineClient):
    """A client, the gateway, and a server behind a URL."""

    def __init__(self, context, *options, **habits):
        self.gated = Gated(context)
        self.server = BankServer(context, **habits)
        super().__init__(self.gated.client.start(
            "mcp-gateway", "--upstream", self.server.url, *options, stdin=-1, stdout=-1))

    def shake(self):
        """The handshake, and the list of tools."""
        self.ask(0, "initialize", {})
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        self.ask("list", "tools/list", {})
        assert self.next()["result"]["serverInfo"]["name"] == "bank"
        assert self.next()["id"] == "list"


def edited(bank):
    """Approves the one call that waits, for less."""
    approval = bank.gated.pending()
    edits = [{"op": "replace", "path": "/amount_cents", "value": 50000}]
    bank.gated.ada.decide(approval, edits=edits).expect(200)
    return approval


def test_an_edited_call_runs_once_with_what_was_approved(context):
    """Goal: one POST with the effective arguments, in the session; its end is the receipt."""
    bank = Bank(context)
    bank.shake()
    bank.call(2, {"amount_cents": 184000, "note": "ü"})
    approval = bank.gated.pending()
    view = bank.gated.ada.view(approval)
    assert view["schema"]["required"] == ["amount_cents"] and bank.server.ran == []
    edited(bank)
    answer = bank.next()
    assert answer["id"] == 2 and answer["result"]["content"][1]["text"] == "refunded 50000"
    assert [call["arguments"] for call in bank.server.ran] == [
        {"amount_cents": 50000, "note": "ü"}]
    message, headers = bank.server.seen[-1]
    headers = {name.lower(): value for name, value in headers.items()}
    assert headers["mcp-session-id"] == "s-1", headers
    assert headers["mcp-protocol-version"] == "2025-06-18", headers
    assert "authorization" not in headers, "the token of the control plane goes nowhere else"
    assert bank.end() == exits.DONE
    assert bank.server.seen[-1][0] == "DELETE"
    assert bank.gated.ada.view(approval)["execution"] == "succeeded"


def test_a_stream_is_passed_on_as_it_comes_and_taken_up_again(context):
    """Goal: progress of the tool arrives; a stream that broke off goes on where it was."""
    for habits in ({"streams": True}, {"streams": True, "resumes": True}):
        inner = type(context)(context.binaries)
        context.on_close(inner.close)
        bank = Bank(inner, **habits)
        bank.shake()
        bank.call(2, {"amount_cents": 184000})
        approval = edited(bank)
        assert bank.next()["method"] == "notifications/progress"
        assert bank.next()["result"]["content"][1]["text"] == "refunded 50000"
        assert len(bank.server.ran) == 1 and bank.end() == exits.DONE
        assert bank.gated.ada.view(approval)["execution"] == "succeeded"


def test_an_answer_that_is_lost_is_not_called_a_failure(context):
    """Goal: the model hears that nobody knows whether it ran, and there is no receipt."""
    bank = Bank(context, "--lease", "1s", breaks=True)
    bank.shake()
    bank.call(2, {"amount_cents": 184000})
    approval = edited(bank)
    said = bank.next()["result"]
    assert said["isError"] and "not known" in said["content"][0]["text"], said
    assert len(bank.server.ran) == 1
    eventually(lambda: bank.gated.ada.view(approval)["execution"] == "unknown", "unknown")
    bank.end()


def test_what_the_server_tells_by_itself_reaches_the_client(context):
    """Goal: a request of the server goes to the client, and the client's answer to the server."""
    bank = Bank(context, tells=True)
    bank.shake()
    bank.server.told.put({"jsonrpc": "2.0", "id": "ask-1", "method": "ping"})
    assert bank.next() == {"jsonrpc": "2.0", "id": "ask-1", "method": "ping"}
    bank.send({"jsonrpc": "2.0", "id": "ask-1", "result": {}})
    eventually(lambda: any(isinstance(seen, dict) and seen.get("id") == "ask-1"
                           for seen, _ in bank.server.seen), "the answer of the client")
    assert bank.end() == exits.DONE


def test_the_newest_revision_has_its_headers(context):
    """Goal: without a session; what the headers repeat is what runs, not what was asked for."""
    bank = Bank(context, session=False)
    version = {"io.modelcontextprotocol/protocolVersion": "2026-07-28"}
    bank.ask("list", "tools/list", {"_meta": version})
    assert bank.next()["id"] == "list"
    bank.call(2, {"amount_cents": 184000, "region": "nörd"}, **version)
    edits = [{"op": "replace", "path": "/region", "value": "süd"}]
    bank.gated.ada.decide(bank.gated.pending(), edits=edits).expect(200)
    assert bank.next()["id"] == 2
    message, headers = bank.server.seen[-1]
    headers = {name.lower(): value for name, value in headers.items()}
    assert headers["mcp-protocol-version"] == "2026-07-28", headers
    assert (headers["mcp-method"], headers["mcp-name"]) == ("tools/call", "issue_refund")
    assert headers["mcp-param-region"] == "=?base64?c8O8ZA==?=", headers
    assert bank.end() == exits.DONE


def test_a_server_that_forgot_the_session_ends_the_gateway(context):
    """Goal: what waits is withdrawn, and the client hears that nothing ran."""
    bank = Bank(context)
    bank.shake()
    bank.call(2, {"amount_cents": 1})
    approval = bank.gated.pending()
    bank.server.habits["session"] = True
    handler = Handler.do_POST
    Handler.do_POST = lambda self: (self.rfile.read(int(self.headers["content-length"])),
                                    self.say(404, b""))
    try:
        bank.ask(3, "ping", {})
        texts = [json.dumps(bank.next()) for _ in range(2)]
    finally:
        Handler.do_POST = handler
    assert any("did not run" in text for text in texts), texts
    assert bank.process.wait(30) == exits.DONE
    assert bank.gated.ada.view(approval)["state"] == "cancelled", texts
    assert bank.server.ran == []


def test_a_wrong_address_is_named(context):
    """Goal: no server there, no encryption, no token: a sentence, and nothing runs."""
    bank = Bank(context)
    bank.server.shutdown()
    bank.server.server_close()
    bank.ask(0, "initialize", {})
    assert "cannot be reached" in bank.next()["error"]["message"]
    bank.end()
    for options, status, wanted in (
            (["--upstream", "http://example.com/mcp"], exits.USAGE, b"not encrypted"),
            (["--upstream", "https://u:p@example.com/"], exits.USAGE, b"no URL"),
            (["--upstream", "https://example.com/", "--upstream-token-from", "NO_SUCH"],
             exits.BAD_SETTINGS, b"NO_SUCH")):
        process = bank.gated.client.start("mcp-gateway", *options, stdin=-1, stdout=-1, stderr=-1)
        _, said = process.communicate(timeout=20)
        assert process.returncode == status and wanted in said, (options, said)
