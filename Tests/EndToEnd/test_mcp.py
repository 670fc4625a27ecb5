"""`countersign mcp-gateway`: the calls between an MCP client and an MCP server are held."""

import json
import os
import sys

from harness import exits
from harness.context import eventually
from harness.lines import LineClient
from test_gate import Gated

SERVER = r"""
import json, os, sys
for line in sys.stdin:
    message = json.loads(line)
    method = message.get("method")
    if method == "initialize":
        result = {"protocolVersion": "2025-06-18", "capabilities": {"tools": {}},
                  "serverInfo": {"name": "bank", "version": "1"}}
    elif method == "tools/list":
        result = {"tools": [{"name": "issue_refund", "inputSchema": {
            "type": "object", "properties": {"amount_cents": {"type": "integer"}},
            "required": ["amount_cents"]}}]}
    elif method == "tools/call":
        open(os.environ["RAN"], "a").write(json.dumps(message["params"]) + "\n")
        if message["params"]["name"] == "die":
            os._exit(3)
        amount = message["params"]["arguments"].get("amount_cents")
        result = {"content": [{"type": "text", "text": "refunded %s" % amount}],
                  "isError": message["params"]["name"] == "broken"}
    else:
        print(json.dumps({"jsonrpc": "2.0", "method": "seen", "params": {"line": line}}),
              flush=True)
        continue
    print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
"""


class Bank(LineClient):
    """A client, the gateway, and a server that writes down what it ran."""

    def __init__(self, context, *options):
        self.gated = Gated(context)
        self.ran_file = os.path.join(context.folder("bank"), "ran")
        open(self.ran_file, "w").close()
        server = ["env", "RAN=" + self.ran_file, sys.executable, "-c", SERVER]
        super().__init__(self.gated.client.start(
            "mcp-gateway", *options, "--", *server, stdin=-1, stdout=-1))

    @property
    def ran(self):
        with open(self.ran_file, encoding="utf-8") as file:
            return [json.loads(line) for line in file]


def test_an_edited_call_runs_once_with_what_was_approved(context):
    """Goal: the server gets the effective arguments, once; the model is told of the change."""
    bank = Bank(context)
    bank.ask(1, "initialize", {})
    assert bank.next()["result"]["serverInfo"]["name"] == "bank"
    bank.ask("list", "tools/list", {})
    assert bank.next()["id"] == "list"
    bank.call(2, {"amount_cents": 184000, "note": "ü"})
    approval = bank.gated.pending()
    view = bank.gated.ada.view(approval)
    assert view["tool"] == "issue_refund" and view["schema"]["required"] == ["amount_cents"]
    assert view["origin"]["framework"] == "mcp" and bank.ran == []
    bank.ask(3, "tools/list", {})
    assert bank.next()["id"] == 3, "a held call holds nothing else up"
    edits = [{"op": "replace", "path": "/amount_cents", "value": 50000}]
    bank.gated.ada.decide(approval, edits=edits).expect(200)
    answer = bank.next()
    assert answer["id"] == 2 and answer["result"]["content"][1]["text"] == "refunded 50000"
    assert "changed the arguments" in answer["result"]["content"][0]["text"]
    assert [call["arguments"] for call in bank.ran] == [{"amount_cents": 50000, "note": "ü"}]
    assert bank.end() == exits.DONE
    assert bank.gated.ada.view(approval)["execution"] == "succeeded"


def test_what_is_refused_never_reaches_the_server(context):
    """Goal: a rejection, a batch, a line that is no JSON and a call without an id do not run."""
    bank = Bank(context)
    bank.call("r", {"amount_cents": 1})
    bank.gated.ada.decide(bank.gated.pending(), verdict="reject", comment="twice").expect(200)
    answer = bank.next()["result"]
    assert answer["isError"] and "twice" in answer["content"][0]["text"], answer
    hidden = '{"jsonrpc":"2.0","id":7,"method":"tools\\/call","params":{"name":"x"},"id":8}'
    call = {"jsonrpc": "2.0", "id": 9, "method": "tools/call", "params": {"name": "x"}}
    for raw in (hidden, "{", json.dumps([call]),
                json.dumps({**call, "id": None}), json.dumps({**call, "params": {}})):
        bank.send(raw)
        assert "error" in bank.next(), raw
    assert bank.ran == []
    bank.end()


def test_a_client_that_gives_up_cancels_the_approval(context):
    """Goal: progress while it waits; after the client's cancellation nobody decides in vain."""
    bank = Bank(context, "--prefix", "bank.")
    bank.call(1, {"amount_cents": 5}, progressToken="p1")
    progress = bank.next()
    assert progress["method"] == "notifications/progress"
    assert progress["params"]["progressToken"] == "p1" and progress["params"]["progress"] > 0
    approval = bank.gated.pending()
    assert bank.gated.ada.view(approval)["tool"] == "bank.issue_refund"
    bank.send({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}})
    eventually(lambda: bank.gated.ada.view(approval)["state"] == "cancelled", "cancelled")
    assert bank.ran == [] and bank.end() == exits.DONE


def test_the_end_of_either_side_is_told(context):
    """Goal: the answer says when it is not known whether a tool ran; the status is the server's."""
    bank = Bank(context)
    bank.call(1, {}, name="broken")
    first = bank.gated.pending()
    bank.gated.ada.decide(first).expect(200)
    assert bank.next()["result"]["isError"]
    bank.call(2, {}, name="die")
    deadly = bank.gated.pending()
    bank.call(3, {"amount_cents": 1})
    bank.gated.pending(2)
    waiting = next(item["id"] for item in bank.gated.ada.get("/v1/inbox").expect(200)["items"]
                   if item["id"] not in (first, deadly))
    bank.gated.ada.decide(deadly).expect(200)
    texts = {}
    for _ in range(2):
        answer = bank.next()
        texts[answer["id"]] = answer["result"]["content"][0]["text"]
    assert "not known" in texts[2] and "did not run" in texts[3], texts
    assert bank.process.wait(30) == 3
    assert bank.gated.ada.view(first)["execution"] == "failed"
    assert bank.gated.ada.view(waiting)["state"] == "cancelled"


def test_without_a_control_plane_no_call_goes_on(context):
    """Goal: a dead control plane keeps calls back, and lets everything else pass."""
    bank = Bank(context, "--timeout", "2")
    bank.gated.world.server.kill()
    bank.call(1, {"amount_cents": 1})
    bank.ask(2, "tools/list", {})
    assert bank.next()["id"] == 2
    assert "did not run" in bank.next(40)["result"]["content"][0]["text"]
    assert bank.ran == []
    bank.end()
