"""Many approvals decided together, in the full screen and by the plain commands."""

import json

from harness.client import Client
from harness.server import World


def waiting(world, count, tool="send_note", **fields):
    """Calls that wait; their ids."""
    return [world.agent.submitted(tool=tool, arguments={"to": "cus_%d" % n, "n": n},
                                  context={"summary": "%s %d" % (tool, n)}, **fields)
            for n in range(count)]


def states(world, ids):
    """What the control plane says of them."""
    ada = world.api("ada")
    return [ada.view(approval)["state"] for approval in ids]


def test_reject_three_and_approve_two(context):
    """Goal: rows are marked, looked through in one table, and each is answered for itself."""
    world = World(context)
    ids = waiting(world, 3)
    inbox = Client(context, world.url, world.tokens["ada"]).inbox(columns=120)
    inbox.wait("send_note 2", "3 pending")
    inbox.press("*a", "3 marked")
    inbox.press("r", "Reject 3 of 3", "Why (goes to every agent)")
    inbox.send("not during the freeze")
    inbox.wait("not during the freeze")
    inbox.press("\r", "[ Cancel ]")
    inbox.press("y", "3 recorded", "Recorded: you rejected")
    assert states(world, ids) == ["rejected"] * 3
    inbox.press("\x1b", "0 pending")

    risks = {"name": "acme", "tool_risks": [{"tool": "read_note", "risk": "low"}]}
    world.admin.call("PUT", "/v1/tenants/acme", risks).expect(200)
    ids = waiting(world, 2, tool="read_note")
    inbox.wait("read_note 0", "read_note 1", "2 pending")
    inbox.press("\x12", "read_note 0")
    inbox.press("*a", "2 marked")
    inbox.press("a", "Approve 2 of 2", "cannot be undone", '"cus_1"')
    inbox.press("y", "2 recorded", "Recorded: you approved")
    assert states(world, ids) == ["approved"] * 2
    inbox.press("\x1b", "0 pending")
    inbox.press("q", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0


def test_plain_commands_take_several(context):
    """Goal: several ids are sent together, answered one by one, and the status says the worst."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    ids = waiting(world, 3)
    done = client.run("reject", *ids[:2], "--comment", "twice", "--yes", "--json")
    assert done.returncode == 0, done
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted(answer["id"] for answer in answers) == sorted(ids[:2]), answers
    assert [answer["status"] for answer in answers] == [200, 200], answers
    again = client.run("approve", ids[0], ids[2], "--yes")
    assert again.returncode == 14, again
    assert "1 of 2 was not decided" in again.stderr.decode(), again
    assert states(world, ids) == ["rejected", "rejected", "approved"]
    unasked = client.run("approve", *ids)
    assert unasked.returncode in (14, 64), unasked
