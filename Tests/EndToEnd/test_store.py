"""The store and the life of the server process."""

import os
import re
import signal
import sqlite3
import stat
import threading
import time

from harness import audit
from harness.server import Server, World


def test_first_start_prints_the_token_once(context):
    """Goal: `serve` on an empty folder makes the store, and its token works."""
    server = Server(context).start()
    tokens = re.findall(r"cs_[A-Za-z0-9_-]{43}", server.output())
    assert len(tokens) == 1, server.output()
    assert server.api(tokens[0]).get("/v1/me").expect(200)["roles"]
    assert server.stop() == 0
    restarted = server.output()
    server.start()
    assert not re.search(r"cs_[A-Za-z0-9_-]{43}", server.output(len(restarted)))


def test_init_refuses_an_existing_store(context):
    """Goal: a second `init` changes nothing."""
    server = Server(context).initialise()
    again = context.run(
        [context.program("countersignd"), "init", "--data", str(server.data), "--tenant", "acme"])
    assert again.returncode != 0 and not again.stdout, again
    assert len(again.stderr.splitlines()) <= 3, again.stderr


def test_files_are_private(context):
    """Goal: 0700 for the folder and 0600 for every file, the write-ahead log and the key too."""
    world = World(context)
    world.agent.submitted()
    assert stat.S_IMODE(world.server.data.stat().st_mode) == 0o700
    files = [path for path in world.server.data.rglob("*") if path.is_file()]
    assert len(files) >= 3, files
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, (path, oct(path.stat().st_mode))


def test_one_process_holds_a_store(context):
    """Goal: a second server on the same folder is refused, and the first does not notice."""
    world = World(context)
    second = Server(context, folder=world.server.data)
    second.log = context.scratch / "second.log"
    second.start(wait=False)
    assert second.process.wait(timeout=20) != 0
    assert "listening on" not in second.output(), second.output()
    assert second.output().strip(), "a refusal without a word"
    world.agent.submitted()


def test_a_newer_schema_is_refused(context):
    """Goal: an old program leaves a store alone that it does not understand."""
    world = World(context)
    assert world.server.stop() == 0
    store = sqlite3.connect(world.server.store_file)
    version = store.execute("PRAGMA user_version").fetchone()[0]
    assert version >= 1
    store.execute(f"PRAGMA user_version = {version + 1}")
    store.commit()
    store.close()
    world.server.start(wait=False)
    assert world.server.process.wait(timeout=20) != 0
    assert "this program knows only up to" in world.server.output(), world.server.output()


def test_a_wrong_key_is_refused(context):
    """Goal: arguments sealed with another key are never shown as something else, and no log is
    signed by another key."""
    world = World(context)
    world.agent.submitted(arguments={"word": "plover"})
    assert world.server.stop() == 0
    for name in ("key", "log-key"):
        key = world.server.data / name
        content = key.read_bytes()
        key.write_bytes(bytes(reversed(content.strip())) + content[len(content.strip()):])
        world.server.start(wait=False)
        assert world.server.process.wait(timeout=20) == 78, world.server.output()
        key.write_bytes(content)


def test_a_loose_key_file_is_refused(context):
    """Goal: a key that others may read stops the start."""
    world = World(context)
    assert world.server.stop() == 0
    for name in ("key", "log-key"):
        os.chmod(world.server.data / name, 0o644)
        world.server.start(wait=False)
        assert world.server.process.wait(timeout=20) != 0, world.server.output()
        os.chmod(world.server.data / name, 0o600)


def test_a_clean_stop_answers_the_waiting(context):
    """Goal: SIGTERM ends waiting polls with an answer, commits, and exits 0."""
    world = World(context)
    approval = world.agent.submitted()
    heard = []
    waiter = threading.Thread(target=lambda: heard.append(world.agent.view(approval, wait=50)))
    waiter.start()
    _wait_for_connections(world, 2)
    began = time.monotonic()
    assert world.server.stop() == 0
    assert time.monotonic() - began < 15
    waiter.join(timeout=10)
    assert heard and heard[0]["state"] == "pending", heard
    world.server.start()
    assert world.agent.view(approval)["state"] == "pending"


def _wait_for_connections(world, count):
    from harness.context import eventually

    def open_connections():
        port = f":{world.server.port:04X}"
        with open("/proc/net/tcp", encoding="ascii") as table:
            rows = [line.split() for line in table][1:]
        return sum(row[1].endswith(port) and row[3] == "01" for row in rows) >= count

    eventually(open_connections, f"{count} connections")


def test_the_log_links_and_everything_is_in_it(context):
    """Goal: each change of state has one event, in a chain anybody can check."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    approved, rejected, cancelled = (agent.submitted(arguments={"n": n}) for n in range(3))
    expired = agent.submitted(timeout_s=1)
    ada.decide(approved).expect(200)
    ada.decide(rejected, "reject").expect(200)
    agent.cancel(cancelled).expect(200)
    ticket = agent.claim(approved).expect(200)
    agent.receipt(approved, ticket).expect(200)
    agent.view(expired, wait=20)
    events = audit.read_events(world.server.store_file, "acme")
    assert not audit.chain_faults(events), audit.chain_faults(events)
    assert audit.settlements(events) == {
        approved: "approved", rejected: "rejected", cancelled: "cancelled", expired: "expired"}


def test_the_log_cannot_be_changed_by_a_statement(context):
    """Goal: UPDATE, DELETE, REPLACE and a forged INSERT are refused by the store itself."""
    world = World(context)
    world.agent.submitted()
    assert world.server.stop() == 0
    store = sqlite3.connect(world.server.store_file)
    columns = [row[1] for row in store.execute("PRAGMA table_info(event)")]
    names = ", ".join(columns)
    for statement in (
            "UPDATE event SET line = '{}'", "DELETE FROM event",
            f"INSERT OR REPLACE INTO event ({names}) SELECT {names} FROM event",
            f"INSERT INTO event ({names}) SELECT {names} FROM event"):
        try:
            store.execute(statement)
            raise AssertionError(f"was not refused: {statement}")
        except sqlite3.Error:
            store.rollback()


def test_loopback_only_without_tls(context):
    """Goal: without a certificate no other address is listened on unless told to."""
    Server(context).initialise()
    done = context.run(
        [context.program("countersignd"), "serve", "--data", str(context.scratch / "data"),
         "--listen", "0.0.0.0:0"], seconds=20)
    assert done.returncode != 0 and b"listening on" not in done.stdout + done.stderr, done


def test_log_lines_are_structured_and_without_tokens(context):
    """Goal: one line an event, no token, no arguments."""
    world = World(context)
    world.agent.submitted(arguments={"word": "xyzzy-plugh"})
    world.server.process.send_signal(signal.SIGTERM)
    world.server.process.wait(timeout=20)
    output = world.server.output()
    assert "xyzzy-plugh" not in output
    for token in [world.server.admin_token, *world.tokens.values()]:
        assert token not in output
    assert output.strip(), "not a line was logged"


def test_unknown_arguments_are_usage_errors(context):
    """Goal: a wrong flag says so on standard error and ends with a status of its own."""
    done = context.run([context.program("countersignd"), "serve", "--dat", "x"])
    assert done.returncode == 64 and done.stderr and not done.stdout, done
    assert context.run([context.program("countersignd"), "--help"]).returncode == 0


def restored(context, world, copy):
    """A server on a folder that holds a copy of the database and the keys."""
    server = Server(context, folder=context.folder("restored"))
    (server.data / world.server.store_file.name).write_bytes(copy.read_bytes())
    for name in ("key", "log-key"):
        (server.data / name).write_bytes((world.server.data / name).read_bytes())
    for path in server.data.iterdir():
        path.chmod(0o600)
    return server.start()


def test_a_backup_of_a_running_store_can_be_restored(context):
    """Goal: what was there at the backup is there again; a later cursor is reset, not trusted."""
    world = World(context)
    kept = world.agent.submitted(arguments={"word": "kept"})
    copy = context.scratch / "copy.db"
    source, target = audit.read_only(world.server.store_file), sqlite3.connect(copy)
    source.backup(target)
    source.close()
    target.close()
    lost = [world.agent.submitted() for _ in range(5)]
    ahead = world.api("ada").get("/v1/inbox").expect(200)["next"]
    server = restored(context, world, copy)
    ada = server.api(world.tokens["ada"])
    assert ada.view(kept)["arguments"] == {"word": "kept"}
    assert all(ada.get(f"/v1/approvals/{approval}").status == 404 for approval in lost)
    reset = ada.get(f"/v1/inbox?since={ahead}")
    assert reset.status == 410 and "cursor" in reset.json["type"], reset
    assert [item["id"] for item in ada.get("/v1/inbox").expect(200)["items"]] == [kept]
    assert not audit.chain_faults(audit.read_events(server.store_file, "acme"))


def test_the_key_can_come_from_elsewhere(context):
    """Goal: with the key in the environment or from a command no key file is made."""
    key = "ab" * 32
    for name, options, env in (("env", [], {"COUNTERSIGN_KEY": key}),
                               ("command", ["--key-command", f"printf {key}"], {})):
        server = Server(context, folder=context.scratch / name, options=options)
        server.start(env=context.environment(**env))
        assert not (server.data / "key").exists()
        assert server.stop() == 0
    other = Server(context, folder=context.scratch / "env")
    other.start(wait=False, env=context.environment(COUNTERSIGN_KEY="cd" * 32))
    assert other.process.wait(timeout=20) == 78, other.output()
