"""An unattended inbox, what is left on the machine, and the program that looks at all of it."""

import json
import os
import shutil

from harness.cache import files, folders
from harness.client import Client
from harness.context import eventually
from harness.server import World
from harness.sealing import Kernel

WORDS = ("quiet-canary-tool", "quiet-canary-summary", "quiet-canary-value", "quiet-canary-draft")


def logged_in(context, world, **settings):
    """A client of Ada with a stored login and these settings."""
    client = Client(context, home="ada")
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())
    folder = client.home / ".config/countersign"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "settings.toml").write_text(lines)
    (folder / "settings.toml").chmod(0o600)
    done = client.run("login", world.url, stdin=world.tokens["ada"].encode() + b"\n")
    assert done.returncode == 0, done
    return client


def planted(world):
    """A call full of words to look for."""
    return world.agent.submitted(
        tool=WORDS[0], arguments={"note": WORDS[2]}, context={"summary": WORDS[1]})


def readable(context, *homes):
    """The planted words that can be read in some file."""
    text = b"".join(path.read_bytes() for home in homes for path in files(home))
    return [word for word in WORDS if word.encode() in text]


def test_nothing_can_be_read_in_the_files_and_logout_leaves_none(context):
    """Goal: no word of an approval or a draft is on disk at any time; logging out removes all."""
    world = World(context)
    planted(world)
    client = logged_in(context, world, tour=False)
    inbox = client.inbox(columns=120)
    inbox.wait(WORDS[0], WORDS[1], WORDS[2])
    inbox.press("e", "Edit " + WORDS[0])
    inbox.send("j\r")
    inbox.settle()
    inbox.send("\x15" + WORDS[3] + "\r")
    inbox.wait(WORDS[3], "was")
    inbox.press("\x1b", "1 change kept")
    inbox.settle(0.3)
    assert readable(context, client.home, context.runtime) == []
    inbox.press("\x03", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    kept = folders(client.home)
    assert len(kept) == 1 and readable(context, client.home, context.runtime) == []
    again = client.inbox(columns=120)
    again.wait(WORDS[0], WORDS[3])
    again.press("\x03", lambda terminal: terminal.process.poll() is not None)
    again.finish()
    assert client.run("logout").returncode == 0
    assert folders(client.home) == []
    assert Kernel.find("countersign:" + kept[0].name) < 0, "the key is still there"
    assert list(context.runtime.rglob("*inbox-*")) == []


def test_without_a_copy_nothing_is_written_and_leaving_asks(context):
    """Goal: --no-cache writes nothing; an edit that would be lost is named before."""
    world = World(context)
    planted(world)
    client = logged_in(context, world, tour=False)
    inbox = client.inbox("--no-cache", columns=120)
    inbox.wait(WORDS[2])
    inbox.press("e", "Edit " + WORDS[0])
    inbox.send("j\r")
    inbox.settle()
    inbox.send("\x15" + WORDS[3] + "\r")
    inbox.wait(WORDS[3], "was")
    inbox.send("\x1b")
    inbox.settle(0.3)
    assert folders(client.home) == []
    inbox.press("\x03", "leaving loses them")
    inbox.press("y", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    assert folders(client.home) == []


def test_an_inbox_left_alone_locks(context):
    """Goal: after a minute nothing is on the screen; Enter asks the server and brings it back."""
    world = World(context)
    planted(world)
    client = logged_in(context, world, tour=False, lock_minutes=1)
    inbox = client.inbox(columns=120)
    inbox.wait(WORDS[0])
    inbox.wait("countersign is locked", "1 approval waits", seconds=75)
    assert not [word for word in WORDS if word in inbox.text], inbox.picture()
    inbox.send("ay")
    inbox.settle(0.3)
    assert "countersign is locked" in inbox.text
    inbox.press("\r", WORDS[0], WORDS[2])
    assert "locked" not in inbox.text
    inbox.press("\x03", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0


def test_a_revoked_token_removes_what_is_kept(context):
    """Goal: the server's own refusal, seen twice, leaves no copy; the screen says so."""
    world = World(context)
    planted(world)
    client = logged_in(context, world, tour=False)
    inbox = client.inbox(columns=120)
    inbox.wait(WORDS[2])
    assert folders(client.home)
    revoke(world, "ada")
    inbox.wait("NOT ACCEPTED", "was removed", seconds=60)
    eventually(lambda: folders(client.home) == [], "the copy is gone")
    assert WORDS[0] not in inbox.text
    inbox.press("\x03", lambda terminal: terminal.process.poll() is not None)
    inbox.finish()


def revoke(world, who):
    """Removes every token of a person."""
    for token in world.admin.get("/v1/tokens").expect(200)["items"]:
        if token["holder"] == f"{who}@acme.test":
            world.admin.call("DELETE", f"/v1/tokens/{token['id']}").expect(200, 204)


def test_doctor_of_a_living_server(context):
    """Goal: one line a thing, no failure, no secret; the same as JSON."""
    world = World(context)
    client = logged_in(context, world)
    done = client.run("doctor")
    text = done.stdout.decode()
    assert done.returncode == 0, done
    for area in ("settings", "theme", "token", "server", "account", "clock", "contract", "cache",
                 "disk", "memory"):
        assert any(line.split()[:2] == ["ok", area] for line in text.splitlines()), (area, text)
    assert world.tokens["ada"] not in text
    found = json.loads(client.run("doctor", "--json").stdout)
    assert found["verdict"] in ("ok", "warn") and len(found["findings"]) >= 10, found


def test_doctor_of_a_dead_server_and_bad_settings(context):
    """Goal: what does not work is named with what to do, and the status says so."""
    world = World(context)
    client = logged_in(context, world)
    world.server.kill()
    settings = client.home / ".config/countersign/settings.toml"
    settings.write_text("colour = true\n")
    login = next(path for path in files(client.home) if path.name == "login.json")
    done = client.run("doctor")
    text = done.stdout.decode()
    assert done.returncode == 1, done
    assert "fail  settings" in text and "fail  server" in text, text
    settings.write_text("")
    os.chmod(login, 0o644)
    done = client.run("doctor")
    assert done.returncode == 1 and "fail  token" in done.stdout.decode(), done


def test_an_inbox_notices_another_history(context):
    """Goal: a log that was put back and went on otherwise is said in red by whoever saw it."""
    world = World(context)
    world.agent.submitted()
    data, before = world.server.data, context.scratch / "before"
    world.server.stop()
    shutil.copytree(data, before)
    world.server.start()
    world.agent.submitted(context={"summary": "only in the first history"})
    world.sealed()  # what is pinned below must hold what the other history does not
    client = logged_in(context, world, tour=False)
    inbox = client.inbox(columns=120)
    inbox.wait("only in the first history")
    inbox.press("T", "events, as signed; seen")
    assert "AUDIT LOG" not in inbox.text, inbox.picture()
    inbox.press("\x03", lambda terminal: terminal.process.poll() is not None)
    world.server.stop()
    shutil.rmtree(data)
    shutil.copytree(before, data)
    world.server.start()
    for number in range(4):
        world.agent.submitted(context={"summary": f"another history {number}"})
    world.sealed()
    for _ in range(2):  # and it stays so over a restart
        again = client.inbox(columns=120)
        again.wait("AUDIT LOG REWRITTEN", "Stop deciding", seconds=60)
        again.press("\x03", lambda terminal: terminal.process.poll() is not None)
