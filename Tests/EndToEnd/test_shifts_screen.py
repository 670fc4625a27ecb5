"""The Shifts screen of the inbox against a real control plane, by keys alone."""

from harness.client import Client
from harness.server import World


def world_with_schedule(context):
    """Lea leads; ada is on duty all the time, and eve could be."""
    world = World(context)
    world.add_member("eve", "approver")
    lea = Client(context, world.url, world.tokens["lea"], home="lea", TZ="America/New_York")
    lea.json(
        "schedule", "set", "primary", "--group", "on-call", "--zone", "Europe/Berlin",
        "--people", "ada@acme.test", "--start", "2026-01-05T09:00", "--json")
    return world, lea


def fill(inbox, comes, reason):
    """Fills the form for an override in, and asks what comes of it."""
    inbox.wait("Who comes (e-mail")
    inbox.send("\x1b[B" + comes + "\x1b[B\x1b[B\x1b[B" + reason)
    inbox.wait(reason)
    inbox.send("\r")
    inbox.settle()
    inbox.send("\t")
    inbox.settle(quiet=0.6)
    inbox.send("\r")


def test_a_week_is_read_and_changed_by_keys(context):
    """Goal: a lead sees the week, reads what an override does, makes it, and takes it back."""
    world, lea = world_with_schedule(context)
    inbox = lea.inbox(columns=80, rows=24)
    inbox.wait("online")
    inbox.press("F", "Who is expected to decide", "primary")
    inbox.press("\r", "Shifts of primary", "times in Europe/Berlin", "your zone")
    inbox.wait("ada@acme.test", "Somebody is on duty at every hour")
    inbox.press("]", "times in Europe/Berlin")
    inbox.settle()
    inbox.press("[", "today")
    inbox.settle(quiet=0.5)
    inbox.send("\r")
    fill(inbox, "eve@acme.test", "Dentist")
    inbox.wait("eve@acme.test for ada@acme.test", "Save it?")
    assert lea.json("override", "list", "primary", "--json")["items"] == []
    inbox.send("\t")
    inbox.settle(quiet=0.6)
    inbox.send("\r")
    inbox.wait("Made: eve@acme.test for ada@acme.test")
    inbox.wait("override")
    made = lea.json("override", "list", "primary", "--json")["items"]
    assert [item["add"] for item in made] == ["eve@acme.test"], made
    inbox.settle(quiet=0.5)
    inbox.send("G")
    for _ in range(12):
        inbox.settle()
        line = next((row for row in inbox.text.splitlines() if row.startswith("▸")), "")
        if "eve@acme.test for" in line:
            break
        inbox.send("k")
    inbox.settle(quiet=0.5)
    inbox.send("\r")
    inbox.wait("is taken back")
    inbox.settle(quiet=0.6)
    inbox.send("\t")
    inbox.settle(quiet=0.6)
    inbox.send("\r")
    inbox.wait("Taken back: eve@acme.test for ada@acme.test")
    assert lea.json("override", "list", "primary", "--json")["items"] == []
