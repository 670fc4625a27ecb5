"""The audit log from the server to somebody who trusts nobody."""

import json
import random
import stat

import test_policies
from harness import exits
from harness.client import Client
from harness.context import eventually
from harness.recorded import Outsider, cut_back
from harness.server import World


def lived(context, **options):
    """A world in which calls were approved, edited, refused, hidden, executed and forgotten."""
    world = World(context, **options)
    approver = world.api("ada")
    plain = world.agent.submitted(arguments={"amount_cents": 100, "to": "cus_1"})
    approver.decide(plain).expect(200)
    claim = world.agent.claim(plain).expect(200)
    world.agent.receipt(plain, claim).expect(200)
    edited = world.agent.submitted(arguments={"amount_cents": 100}, key="k-edited")
    approver.decide(
        edited, edits=[{"op": "replace", "path": "/amount_cents", "value": 50}]).expect(200)
    claim = world.agent.claim(edited).expect(200)
    world.agent.receipt(edited, claim, outcome="failed").expect(200)
    hidden = world.agent.submitted(
        arguments={"pin": "canary-1234", "amount_cents": 1}, redact=["/pin"], key="k-hidden")
    approver.decide(hidden, "reject", comment="No.").expect(200)
    world.agent.cancel(world.agent.submitted(key="k-left")).expect(200)
    world.agent.submitted(key="k-waiting")
    return world


def auditor(context, world):
    """The command of a member who only reads."""
    return Client(context, world.url, world.tokens["aud"], home="aud")


def trusted(context, client):
    """The trust file, as an auditor keeps it."""
    path = context.scratch / "trust.json"
    done = client.run("audit", "trust")
    assert done.returncode == 0 and b"another way" in done.stderr, done
    path.write_bytes(done.stdout)
    return path


def verified(client, folder, trust, *options):
    return client.run("audit", "verify", str(folder), "--trust", str(trust), *options)


def test_an_export_verifies_elsewhere_and_no_changed_byte_does(context):
    """Goal: what the server writes is what the verifier expects; any other byte is found."""
    world = lived(context)
    client = auditor(context, world)
    trust = trusted(context, client)
    folder = context.scratch / "export"
    world.sealed()
    counts = client.json("audit", "export", str(folder), "--json")
    assert counts["events"] > 20 and counts["values"] > 10 and counts["withheld"] > 0, counts
    assert world.server.stop() == 0
    done = verified(client, folder, trust, "--json")
    assert done.returncode == 0, done
    report = json.loads(done.stdout)
    assert report["result"] == "verified" and not report["findings"], report
    for path in folder.rglob("*"):
        assert b"canary" not in (path.read_bytes() if path.is_file() else b""), path
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    rng = random.Random(context.seed)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    for _ in range(16):
        path = rng.choice(files)
        whole = bytearray(path.read_bytes())
        changed = bytearray(whole)
        place = rng.randrange(len(changed))
        changed[place] ^= 1 << rng.randrange(8)
        path.write_bytes(changed)
        assert verified(client, folder, trust).returncode == 1, (path, place)
        path.write_bytes(whole)
    assert verified(client, folder, trust).returncode == 0


def log_key(context, world, *arguments):
    """Changes the key of the logs, and says what came of it."""
    return context.run(
        [context.program("countersignd"), "log-key", *arguments, "--data", str(world.server.data)])


def test_the_key_of_the_logs_changes_and_the_old_trust_file_still_verifies(context):
    """Goal: what trusted the first key goes on, through two changes; a foreign key does not."""
    world = lived(context)
    client = auditor(context, world)
    trust = trusted(context, client)
    busy = log_key(context, world, "rotate")
    assert busy.returncode == exits.UNREACHABLE and b"is held" in busy.stderr, busy
    for number in range(2):
        assert world.server.stop() == 0
        done = log_key(context, world, "rotate")
        assert done.returncode == 0 and b"A new key signs" in done.stdout, done
        again = log_key(context, world, "rotate")
        assert again.returncode != 0 and b"log-key retire" in again.stderr, again
        world.server.start()
        world.api("ada").decide(world.agent.submitted(key=f"k-both-{number}")).expect(200)
        assert world.server.stop() == 0
        assert b"removed" in log_key(context, world, "retire").stdout
        world.server.start()
        world.api("ada").decide(world.agent.submitted(key=f"k-new-{number}")).expect(200)
    world.sealed()
    folder = context.scratch / "export"
    client.json("audit", "export", str(folder), "--json")
    done = verified(client, folder, trust, "--json")
    report = json.loads(done.stdout)
    assert done.returncode == 0 and report["result"] == "verified", report
    changes = [line for line in report["checked"] if "follows key" in line]
    assert len(changes) == 2, report["checked"]
    newest = json.loads(client.run("audit", "trust").stdout)
    assert len(newest["log_vkeys"]) == 3, newest
    changes = json.loads(world.api("ada").get("/v1/audit/keys").raw)["changes"]
    assert ["key.rotated" in change["event"] for change in changes] == [True, True], changes
    for keys, status in ((newest["log_vkeys"][2:], 0), (newest["log_vkeys"][:2], 0)):
        trust.write_text(json.dumps({**newest, "log_vkeys": keys}))
        done = verified(client, folder, trust, "--json")
        assert done.returncode == status, (keys, done)
    approval = world.api("ada").get("/v1/history").expect(200)["items"][0]["id"]
    told = client.run("audit", "story", approval, "--trust", str(trust))
    assert told.returncode == exits.INCONCLUSIVE, told
    assert b"by a key that" in told.stderr and b"does not name" in told.stderr, told


def test_the_story_of_one_approval_is_proved_and_masked(context):
    """Goal: who allowed it, on what, and that it ran as decided; each step in the signed log."""
    world = lived(context)
    client = auditor(context, world)
    trust = trusted(context, client)
    world.sealed()
    ids = [item["id"] for item in world.api("ada").get("/v1/history").expect(200)["items"]]
    texts = []
    for approval in ids:
        done = client.run("audit", "story", approval, "--trust", str(trust), "--zone", "UTC")
        assert done.returncode == 0 and b"canary" not in done.stdout, done
        texts.append(done.stdout.decode())
    edited = [text for text in texts if "Approved with edits." in text]
    assert len(edited) == 1 and "~ /amount_cents 100 \u2192 50" in edited[0], texts
    assert "All 4 steps are in the audit log" in edited[0] and "run " in edited[0], edited
    assert sum("> No." in text for text in texts) == 1, texts
    whole = client.json("audit", "story", ids[0], "--json")
    assert whole["proved"] > 0 and whole["open"] == 0 and whole["wrong"] == 0, whole
    text = trust.read_text()
    other = json.loads(text)
    other["log_vkeys"] = []
    trust.write_text(json.dumps(other))
    foreign = client.run("audit", "story", ids[0], "--trust", str(trust))
    assert foreign.returncode == exits.TAMPERED and b"not signed by" in foreign.stderr, foreign


def test_a_decision_names_the_log_that_its_inbox_saw(context):
    """Goal: what an approver saw of the log is in the log, and an export that differs is found."""
    world = World(context)
    approval = world.agent.submitted()
    world.sealed()
    inbox = Client(context, world.url, world.tokens["ada"], home="ada").inbox()
    inbox.wait("online", "issue_refund")
    inbox.press("T", "events, as signed", "checked.")
    inbox.settle()
    inbox.press("\x1b", "issue_refund")
    inbox.settle()
    inbox.press("a", "Approve this call?")
    inbox.press("y", "Recorded: you approved")
    client = auditor(context, world)
    trust = trusted(context, client)
    world.sealed()
    events = world.api("aud").get("/v1/audit/events?from=0&limit=200").expect(200)["items"]
    decided = [event for event in events if event["type"] == "approval.decided"]
    assert len(decided) == 1 and decided[0]["subject"]["id"] == approval, decided
    assert 0 < decided[0]["facts"]["seen_size"] <= decided[0]["seq"], decided
    folder = context.scratch / "export"
    client.json("audit", "export", str(folder), "--json")
    done = verified(client, folder, trust)
    assert done.returncode == 0, done
    assert b"that 1 deciders' inboxes had seen this log" in done.stdout, done


def test_the_policies_in_an_export_are_the_published_ones(context):
    """Goal: every document of a policy is held against the log; another byte of one is found."""
    world = World(context)
    test_policies.enforced(context, world)
    world.agent.submitted(key="k-after")
    client = auditor(context, world)
    trust = trusted(context, client)
    folder = context.scratch / "export"
    world.sealed()
    counts = client.json("audit", "export", str(folder), "--json")
    files = sorted((folder / "policies").iterdir())
    assert counts["policies"] == len(files) > 0, counts
    report = json.loads(verified(client, folder, trust, "--json").stdout)
    assert report["result"] == "verified", report
    said = f"{len(files)} documents of policies against what was published"
    assert said in report["checked"], report
    whole = files[0].read_bytes()
    files[0].write_bytes(whole.replace(b"300", b"301", 1))
    done = verified(client, folder, trust, "--json")
    assert done.returncode == 1, done
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == ["E_POLICY"]
    files[0].write_bytes(whole)
    (folder / "policies" / "refunds.99.json").write_bytes(whole)
    assert verified(client, folder, trust).returncode == 1


def test_a_later_export_goes_on_from_an_earlier_one(context):
    """Goal: a kept checkpoint pins the log, across a restart and against another log."""
    world = lived(context)
    client = auditor(context, world)
    trust = trusted(context, client)
    first, second = context.scratch / "first", context.scratch / "second"
    world.sealed()
    assert client.run("audit", "export", str(first)).returncode == 0
    kept = sorted(first.glob("checkpoint.*"), key=lambda path: int(path.suffix[1:]))[-1]
    world.server.stop()
    world.server.start()
    client = Client(context, world.url, world.tokens["aud"], home="aud2")
    world.agent.submitted(key="k-later")
    world.sealed()
    done = client.run("audit", "export", str(second), "--since", str(kept))
    assert done.returncode == 0, done
    assert verified(client, second, trust, "--pin", str(kept)).returncode == 0
    assert client.run("audit", "export", str(second)).returncode == exits.BAD_INPUT
    other = lived(context, folder=context.folder("other"))
    stranger = auditor(context, other)
    done = stranger.run("audit", "export", str(context.scratch / "third"), "--since", str(kept))
    assert done.returncode == exits.TAMPERED, done


def test_a_log_that_root_cut_back_is_found_by_who_kept_a_checkpoint(context):
    """Goal: neither the shorter log nor one that grew again passes, though the log's key signed."""
    world = World(context)
    outsider = Outsider(world, "outsider")
    refused = world.agent.submitted()
    world.api("ada").decide(refused, "reject").expect(200)
    # A start signs for everything that is there.
    world.server.stop()
    world.server.start()
    assert outsider.look()[-1]["outcome"] == "rejected"
    world.server.kill()
    cut_back(world.server.store_file)
    world.server.start()

    def codes():
        status, report = outsider.report(outsider.export())
        assert status == 1 and report["result"] == "tampered", report
        return {finding["code"] for finding in report["findings"]}

    assert codes() == {"E_PIN_AHEAD"}
    for number in range(3):
        world.agent.submitted(key=f"k-{number}")
    eventually(lambda: codes() == {"E_PIN_MISMATCH"}, "the log that grew again is another one")


def test_only_overseers_export(context):
    """Goal: an approver is told no, and nothing is written."""
    world = World(context)
    ada = Client(context, world.url, world.tokens["ada"], home="ada")
    done = ada.run("audit", "export", str(context.scratch / "export"))
    assert done.returncode == exits.NOT_ALLOWED, done
    assert not (context.scratch / "export" / "disclosures.jsonl").exists()


def test_events_stream_in_every_format(context):
    """Goal: each event is one line in every format, and a cursor neither skips nor repeats."""
    world = lived(context)
    client = auditor(context, world)
    lines = client.run("audit", "events").stdout.splitlines()
    assert [json.loads(line)["seq"] for line in lines] == list(range(len(lines))), lines
    for name, head in (("ocsf", 0), ("cef", 0), ("syslog", 0), ("csv", 1)):
        done = client.run("audit", "events", "--format", name)
        assert done.returncode == 0 and len(done.stdout.splitlines()) == len(lines) + head, name
        assert f"--since {len(lines)}".encode() in done.stderr, done
    first = client.run("audit", "events", "--format", "cef").stdout.splitlines()[0]
    assert first.startswith(b"CEF:0|Countersign|countersignd|1|log.opened|"), first
    world.agent.submitted(key="k-later")
    more = client.run("audit", "events", "--since", str(len(lines))).stdout.splitlines()
    assert [json.loads(line)["type"] for line in more] == ["approval.requested"], more


def test_who_allowed_it_is_found_in_three_keys(context):
    """Goal: a lead finds an approval by tool, person and time, in the inbox and by a command."""
    world = lived(context)
    client = auditor(context, world)
    found = client.json(
        "audit", "search", "--by", "ada@acme.test", "--type", "approval.decided", "--since", "1h",
        "--json")
    assert "next" not in found and len(found["items"]) == 3, found
    numbers = [item["seq"] for item in found["items"]]
    assert numbers == sorted(numbers, reverse=True), found
    names = {party["name"] for party in found["names"]}
    assert {"ada@acme.test", "issue_refund"} <= names, found
    none = client.run("audit", "search", "--tool", "drop_table")
    assert none.returncode == 0 and b"Nothing in the log fits." in none.stderr, none
    wrong = client.run("audit", "search", "--by", "nobody@acme.test")
    assert wrong.returncode != 0 and b"is no member's e-mail" in wrong.stderr, wrong
    inbox = Client(context, world.url, world.tokens["lea"], home="lea").inbox(columns=80, rows=24)
    inbox.wait("online")
    inbox.press("T", "events, as signed")
    inbox.settle()
    inbox.press("/", "Look for events of the audit log")
    inbox.settle()
    inbox.send("who:ada\r")
    inbox.wait("There is no who: to look for")
    inbox.send("\x15issue_refund by:ada@acme.test type:approval.decided\r")
    inbox.wait("Looked for:", "approval.decided edited", "approval.decided rejected")
    inbox.settle()
    inbox.press("\r", "The story of one approval")
