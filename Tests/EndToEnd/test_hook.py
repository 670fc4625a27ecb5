"""`countersign gate --hook claude-code`: one event in, one answer out, closed otherwise."""

import json

from harness.client import Client
from harness.server import World
from test_gate import Gated, finish

EVENT = {
    "session_id": "s-1", "transcript_path": "/t", "cwd": "/c", "permission_mode": "default",
    "hook_event_name": "PreToolUse", "tool_name": "mcp__bank__issue_refund",
    "tool_input": {"amount": 90000, "note": "as is", "exact": 12345678901234567890},
    "tool_use_id": "toolu_01",
}


def answer(out):
    """The hook's answer; there is always exactly one."""
    body = json.loads(out)
    output = body["hookSpecificOutput"]
    assert output["hookEventName"] == "PreToolUse" and output["permissionDecisionReason"], body
    return output


def start(gated):
    """Starts a hook."""
    return gated.client.start(
        "gate", "--hook", "claude-code", stdin=-1, stdout=-1, stderr=-1)


def test_allow_with_edits(context):
    """Goal: allowed with the complete input, what was not edited as it was."""
    gated = Gated(context)
    hook = start(gated)
    hook.stdin.write(json.dumps(EVENT).encode())
    hook.stdin.close()
    hook.stdin = None
    approval = gated.pending()
    assert gated.ada.view(approval)["tool"] == "mcp__bank__issue_refund"
    edits = [{"op": "replace", "path": "/amount", "value": 50000}]
    gated.ada.decide(approval, edits=edits).expect(200)
    status, out, _ = finish(hook)
    output = answer(out)
    assert (status, output["permissionDecision"]) == (0, "allow"), out
    assert output["updatedInput"] == {**EVENT["tool_input"], "amount": 50000}
    assert b"12345678901234567890" in out


def test_deny(context):
    """Goal: the model is told who said no, and why."""
    gated = Gated(context)
    hook = start(gated)
    hook.stdin.write(json.dumps(EVENT).encode())
    hook.stdin.close()
    hook.stdin = None
    gated.ada.decide(gated.pending(), "reject", comment="ask Finance first").expect(200)
    status, out, _ = finish(hook)
    output = answer(out)
    assert (status, output["permissionDecision"]) == (0, "deny")
    assert "ask Finance first" in output["permissionDecisionReason"]
    assert "updatedInput" not in output


def test_garbage_is_denied(context):
    """Goal: whatever is no complete event is denied, with an answer the hook understands."""
    world = World(context)
    client = Client(context, world.url, world.tokens["support-bot"])
    without_name = {k: v for k, v in EVENT.items() if k != "tool_name"}
    for text in (b"", b"{", b"[]", b"null", b"\xff\xfe", json.dumps(without_name).encode(),
                 json.dumps({**EVENT, "hook_event_name": "PostToolUse"}).encode(),
                 b'{"a":1,"a":2}', json.dumps(EVENT).encode() + b" x"):
        done = client.run("gate", "--hook", "claude-code", stdin=text)
        assert answer(done.stdout)["permissionDecision"] == "deny", (text, done)
        assert done.returncode == 0, done


def test_a_dead_server_is_a_deny(context):
    """Goal: no control plane, no call: within the hook's own deadline."""
    world = World(context)
    world.server.stop()
    client = Client(context, world.url, world.tokens["support-bot"])
    done = client.run(
        "gate", "--hook", "claude-code", "--timeout", "2s", stdin=json.dumps(EVENT).encode(),
        seconds=60)
    assert answer(done.stdout)["permissionDecision"] == "deny", done


def test_no_settings_is_a_deny(context):
    """Goal: a hook on a machine where nobody logged in closes, too."""
    done = Client(context).run(
        "gate", "--hook", "claude-code", stdin=json.dumps(EVENT).encode())
    assert answer(done.stdout)["permissionDecision"] == "deny", done
