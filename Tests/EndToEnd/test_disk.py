"""A disk that fails in the middle of a commit."""

import pathlib
import subprocess
import uuid

from harness import audit
from harness.api import NoAnswer
from harness.server import World

SOURCE = pathlib.Path(__file__).parent / "harness" / "failing_disk.c"


def on_a_failing_disk(context):
    """A world whose disk fails while the returned file holds the name of a call."""
    library = context.scratch / "failing_disk.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
    switch = context.scratch / "switch"
    world = World(context)
    assert world.server.stop() == 0
    world.server.start(
        env=context.environment(LD_PRELOAD=library, FAILING_DISK_SWITCH=switch))
    return world, switch


def fail_in_a_decision(context, call):
    """The server stops at the first failure, says so, and what it acknowledged is there."""
    world, switch = on_a_failing_disk(context)
    ada = world.api("ada")
    kept = world.agent.submitted()
    ada.decide(kept, "reject", comment="no").expect(200)
    lost = world.agent.submitted()
    view, key = ada.view(lost), str(uuid.uuid4())
    switch.write_text(call)
    try:
        answer = ada.decide(lost, "approve", view=view, key=key)
        assert answer.status == 503, answer
    except NoAnswer:
        pass
    # A second commit could succeed where the first was lost: there must be none.
    switch.unlink()
    assert world.server.process.wait(timeout=20) == 74, world.server.output()
    assert "The store stopped" in world.server.output(), world.server.output()
    events = audit.read_events(world.server.store_file, "acme")
    assert not audit.chain_faults(events)

    world.server.start()
    ada = world.api("ada")
    assert ada.view(kept)["state"] == "rejected"
    # Whether the failed commit reached the disk nobody knows; the same key settles it once.
    ada.decide(lost, "approve", view=view, key=key).expect(200)
    assert ada.view(lost)["state"] == "approved"
    events = audit.read_events(world.server.store_file, "acme")
    assert not audit.chain_faults(events)
    assert world.server.stop() == 0


def test_a_sync_that_fails(context):
    """Goal: after an error in the sync of a commit nothing more is written or acknowledged."""
    fail_in_a_decision(context, "sync")


def test_a_full_disk(context):
    """Goal: a write without room ends the same way."""
    fail_in_a_decision(context, "write")
