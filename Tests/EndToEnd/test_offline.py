"""Without the control plane: what is shown, what is kept, and what is never sent by itself."""

from harness.client import Client
from harness.server import World


def online(terminal):
    """the connection is back"""
    return "OFFLINE" not in terminal.text


def prepared(context):
    """A world with one call, and a client of Ada that has seen it."""
    world = World(context)
    approval = world.agent.submitted(
        tool="issue_refund", arguments={"amount_cents": 184000},
        context={"summary": "a refund to look at"})
    client = Client(context, world.url, world.tokens["ada"])
    inbox = client.inbox(columns=120)
    inbox.wait("a refund to look at", "184000")
    inbox.settle(0.4)
    return world, approval, client, inbox


def quit_inbox(inbox):
    """Leaves."""
    inbox.press("\x03", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()


def test_offline_is_said_and_the_queue_survives_a_restart(context):
    """Goal: the banner with its age; the cached queue is there at the next start, offline too."""
    world, _, client, inbox = prepared(context)
    world.server.kill()
    inbox.wait("OFFLINE", "as of")
    quit_inbox(inbox)
    again = client.inbox(columns=120)
    again.wait("a refund to look at", "184000")
    again.wait("OFFLINE")
    world.server.start()
    again.wait(online, "a refund to look at", seconds=60)
    quit_inbox(again)


def draft(inbox):
    """Decides while offline, and sees that it is a draft."""
    inbox.press("a", "Approve this call?", "this becomes a draft, nothing is sent")
    inbox.press("y", "[draft: approve, not sent]", "nothing was sent")
    assert "Recorded" not in inbox.text, inbox.picture()


def test_a_decision_made_offline_is_a_draft(context):
    """Goal: never sent by itself; shown again beside the fresh approval; sent when confirmed."""
    world, approval, client, inbox = prepared(context)
    world.server.kill()
    inbox.wait("OFFLINE")
    draft(inbox)
    inbox.press("q", "Are you sure?", "not acknowledged by the server")
    inbox.press("y", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()
    again = client.inbox(columns=120)
    again.wait("a refund to look at")
    world.server.start()
    again.wait(online, "Send your draft", seconds=60)
    again.settle(0.5)
    assert world.agent.view(approval)["state"] == "pending", "a draft was sent by itself"
    again.wait("Send your draft: Approve?", "it did not reach the server")
    again.press("y", "Recorded: you approved")
    assert world.agent.view(approval)["state"] == "approved"


def test_a_draft_is_void_when_something_moved(context):
    """Goal: decided by somebody else meanwhile: the draft is void, with the reason."""
    world, approval, _, inbox = prepared(context)
    world.server.kill()
    inbox.wait("OFFLINE")
    draft(inbox)
    world.server.start()
    world.api("bo").decide(approval, "reject", comment="mine").expect(200)
    inbox.wait(online, "rejected", "by bo@acme.test", seconds=60)
    inbox.settle(0.5)
    view = world.api("lea").view(approval)
    assert [decision["by"] for decision in view["decisions"]] == ["bo@acme.test"]


def test_an_edit_survives_a_restart(context):
    """Goal: half-done work is there again."""
    _, _, client, inbox = prepared(context)
    inbox.press("e", "Edit issue_refund")
    inbox.send("j\r")
    inbox.settle()
    inbox.send("\x15" + "50000\r")
    inbox.wait("was 184000")
    inbox.press("\x1b", "1 change kept")
    quit_inbox(inbox)
    again = client.inbox(columns=120)
    again.wait("184000", "50000", "not sent")
    quit_inbox(again)


def test_a_server_that_goes_and_comes(context):
    """Goal: after `kill -9` the inbox finds its place again by itself, missing nothing."""
    world, _, _, inbox = prepared(context)
    world.server.kill()
    inbox.wait("OFFLINE")
    world.server.start()
    world.agent.submitted(tool="meanwhile")
    inbox.wait(online, "meanwhile", "2 pending", seconds=60)
    quit_inbox(inbox)
