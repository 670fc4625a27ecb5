"""`POST /v1/hooks/claude-code`: the host of an agent calls the control plane itself."""

import http.client
import json
import socket
import threading
from urllib.parse import urlparse

from harness.context import eventually
from test_gate import Gated

EVENT = {
    "session_id": "s-1", "transcript_path": "/t", "cwd": "/c", "permission_mode": "default",
    "hook_event_name": "PreToolUse", "tool_name": "mcp__bank__issue_refund",
    "tool_input": {"amount_cents": 184000, "to": "ü"}, "tool_use_id": "toolu_01",
}


class Hook(threading.Thread):
    """One request of a host, in the background."""

    def __init__(self, gated, event=None, query="", token=None):
        super().__init__(daemon=True)
        self.event = {**EVENT, **(event or {})}
        self.query = query
        self.token = token or gated.world.tokens["support-bot"]
        self.connection = http.client.HTTPConnection(
            urlparse(gated.world.url).netloc, timeout=60)
        self.status = self.output = None
        self.start()

    def run(self):
        try:
            self.connection.request(
                "POST", "/v1/hooks/claude-code" + self.query, json.dumps(self.event),
                {"Authorization": "Bearer " + self.token, "Content-Type": "application/json"})
            answer = self.connection.getresponse()
            self.output = json.loads(answer.read())["hookSpecificOutput"]
            self.status = answer.status
        except OSError:
            pass

    def answer(self):
        """The verdict and the whole output."""
        self.join(50)
        assert self.status == 200, self.status
        return self.output["permissionDecision"], self.output


def test_an_edit_replaces_the_whole_input(context):
    """Goal: the host runs the complete effective arguments."""
    gated = Gated(context)
    hook = Hook(gated)
    approval = gated.pending()
    view = gated.ada.view(approval)
    assert view["tool"] == "mcp__bank__issue_refund" and view["origin"]["call_id"] == "toolu_01"
    edits = [{"op": "replace", "path": "/amount_cents", "value": 50000}]
    gated.ada.decide(approval, edits=edits).expect(200)
    verdict, output = hook.answer()
    assert verdict == "allow" and output["updatedInput"] == {"amount_cents": 50000, "to": "ü"}
    assert gated.ada.view(approval)["execution"] == "claimed"
    again, output = Hook(gated).answer()
    assert again == "deny" and "no rejection" in output["permissionDecisionReason"], output


def test_everything_else_is_a_refusal_that_the_host_understands(context):
    """Goal: a rejection, a wrong token, a strange event and the end of the wait are `deny`."""
    gated = Gated(context)
    hook = Hook(gated)
    gated.ada.decide(gated.pending(), verdict="reject", comment="twice").expect(200)
    verdict, output = hook.answer()
    assert verdict == "deny" and "twice" in output["permissionDecisionReason"]
    assert Hook(gated, token="cs_" + "A" * 43).answer()[0] == "deny"
    assert Hook(gated, token=gated.world.tokens["ada"]).answer()[0] == "deny"
    assert Hook(gated, {"hook_event_name": "PostToolUse"}).answer()[0] == "deny"
    assert Hook(gated, query="?wait=5").answer()[0] == "deny"
    late = Hook(gated, {"tool_use_id": "late"}, "?wait_s=1")
    approval = gated.pending()
    assert late.answer()[0] == "deny"
    assert gated.ada.view(approval)["state"] == "cancelled"


def test_a_deferred_call_waits_for_the_next_run(context):
    """Goal: `defer` leaves the approval, and the resumed run gets what was decided meanwhile."""
    gated = Gated(context)
    assert Hook(gated, query="?wait_s=0&pending=defer").answer()[0] in ("defer", "deny")
    first = Hook(gated, {"tool_use_id": "d"}, "?wait_s=1&pending=defer").answer()
    assert first[0] == "defer", first
    approval = gated.pending()
    gated.world.server.stop()
    gated.world.server.start()
    gated.world.api("ada").decide(approval).expect(200)
    verdict, output = Hook(gated, {"tool_use_id": "d"}, "?wait_s=5&pending=defer").answer()
    assert verdict == "allow" and output["updatedInput"] == EVENT["tool_input"], output


def test_a_host_that_goes_away_cancels_its_call(context):
    """Goal: nobody decides for a host that is gone; a server that stops says so."""
    gated = Gated(context)
    hook = Hook(gated)
    approval = gated.pending()
    hook.connection.sock.shutdown(socket.SHUT_RDWR)
    eventually(lambda: gated.ada.view(approval)["state"] == "cancelled", "cancelled")
    waiting = Hook(gated, {"tool_use_id": "stop"})
    gated.pending()
    gated.world.server.stop()
    assert waiting.answer()[0] == "deny"
