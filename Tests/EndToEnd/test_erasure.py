"""Erasing values: two people, a log that still verifies, and no byte of what was there."""

import json

from harness import exits
from harness.client import Client
from harness.server import World
from test_audit import trusted, verified


def people(context, world):
    """The commands of the admin and of a lead."""
    return (
        Client(context, world.url, world.server.admin_token, home="admin"),
        Client(context, world.url, world.tokens["lea"], home="lea"))


def occurs(word, folder):
    """The files below a folder that have these bytes."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files, folder
    return [path for path in files if word in path.read_bytes()]


def test_what_was_erased_is_nowhere_and_the_log_verifies(context):
    """Goal: after two people erased a call, no file has its value, and the export verifies."""
    world = World(context)
    approval = world.agent.submitted(arguments={"customer": "canary-4711", "amount_cents": 5})
    world.api("ada").decide(approval, "reject", comment="canary-4711 asked us not to.").expect(200)
    kept = world.agent.submitted(arguments={"customer": "kept-0815"}, key="k-kept")
    world.api("ada").decide(kept, "reject", comment="No.").expect(200)
    admin, lead = people(context, world)
    trust = trusted(context, admin)
    world.sealed()
    assert admin.run("audit", "export", str(context.scratch / "before")).returncode == 0
    assert occurs(b"canary-4711", context.scratch / "before"), "the search finds what is there"

    proposed = admin.json(
        "audit", "erase", "propose", "--approval", approval, "--reason", "Asked for.", "--json")
    assert proposed["state"] == "proposed", proposed
    alone = admin.run("audit", "erase", "confirm", proposed["id"])
    assert alone.returncode == exits.NOT_DECIDED and b"does not confirm" in alone.stderr, alone
    done = lead.json("audit", "erase", "confirm", proposed["id"], "--json")
    assert done["state"] == "done" and done["documents"] == 2, done
    listed = admin.run("audit", "erase", "list")
    assert proposed["id"].encode() in listed.stdout and b"done" in listed.stdout, listed

    folder = context.scratch / "after"
    world.sealed()
    assert admin.run("audit", "export", str(folder)).returncode == 0
    report = json.loads(verified(admin, folder, trust, "--json").stdout)
    assert report["result"] == "verified" and report["stats"]["erased"] > 0, report
    before = (context.scratch / "before" / "events.jsonl").read_bytes()
    assert (folder / "events.jsonl").read_bytes().startswith(before), "the log was changed"
    assert not occurs(b"canary-4711", folder) and occurs(b"kept-0815", folder)
    assert not occurs(b"canary-4711", world.server.data)
    view = world.api("ada").get(f"/v1/approvals/{approval}").expect(200)
    assert "canary" not in json.dumps(view) and "erased" in view["context"]["summary"], view
    assert world.server.stop() == 0
    assert not occurs(b"canary-4711", world.server.data)


def test_a_pending_call_is_not_erased(context):
    """Goal: the refusal says why, and the call can still be decided."""
    world = World(context)
    approval = world.agent.submitted()
    admin, _ = people(context, world)
    done = admin.run(
        "audit", "erase", "propose", "--approval", approval, "--reason", "Asked for.")
    assert done.returncode == exits.NOT_DECIDED and b"pending" in done.stderr, done
    world.api("ada").decide(approval).expect(200)
