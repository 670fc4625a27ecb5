"""The plain subcommands: for pipes, scripts and screen readers."""

import hashlib
import json
import os
import stat
import subprocess

from harness import exits
from harness.client import Client
from harness.context import eventually
from harness.server import World
from harness.terminal import Terminal


def test_list_show_edit_approve(context):
    """Goal: the queue, one approval, and a decision with an edit, without a full screen."""
    world = World(context)
    approval = world.agent.submitted(
        arguments={"amount_cents": 184000, "note": "x"}, context={"summary": "refund for cus_91"})
    client = Client(context, world.url, world.tokens["ada"])
    assert b"refund for cus_91" in client.run("list").stdout
    listed = client.json("list", "--json")
    rows = listed["items"] if isinstance(listed, dict) else listed
    assert [row["id"] for row in rows] == [approval]
    assert b"184000" in client.run("show", approval).stdout
    assert client.json("show", approval, "--json")["arguments"]["amount_cents"] == 184000
    done = client.run("approve", approval, "--edit", "/amount_cents=50000", "--yes", "--json")
    assert done.returncode == 0, done
    arguments = world.agent.claim(approval).expect(200)["arguments"]
    assert arguments == {"amount_cents": 50000, "note": "x"}


def test_script_approves_one_call(context):
    """Goal: without a terminal one call is approved by its name, shown on standard error, and
    what is of high risk, or several, are not."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    approval, other, grave = (
        world.agent.submitted(arguments={"amount_cents": cents}, risk=risk)
        for cents, risk in ((100, "medium"), (200, "medium"), (300, "high")))
    done = client.run("approve", approval)
    assert done.returncode == 0 and b"approved" in done.stdout, done
    assert b'"amount_cents": 100' in done.stderr, done
    assert client.run("approve", grave).returncode == exits.USAGE
    assert client.run("approve", other, approval).returncode == exits.USAGE
    assert [world.api("lea").view(id)["state"] for id in (other, grave)] == ["pending"] * 2


def test_a_person_is_asked_wherever_standard_error_goes(context):
    """Goal: at a terminal `2>log` does not answer for the person, and what is asked is seen."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    approval = world.agent.submitted(arguments={"amount_cents": 100}, risk="medium")
    log = context.scratch / "log"
    program = context.program("countersign")
    for answer, state in (("no", "pending"), ("yes", "approved")):
        for options in ("", " --json"):
            if world.api("lea").view(approval)["state"] != "pending":
                continue
            shell = Terminal(
                context, ["sh", "-c", f"{program} approve {approval}{options} 2>{log}"],
                env=client.env)
            shell.wait("Approve issue_refund? Type yes:", '"amount_cents": 100')
            assert world.api("lea").view(approval)["state"] == "pending"
            shell.send(answer + "\n")
            shell.process.wait(20)
        assert world.api("lea").view(approval)["state"] == state


def test_nothing_is_decided_that_cannot_be_shown(context):
    """Goal: when nobody reads standard error, a decision fails instead of seeming to be made."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    approval = world.agent.submitted(risk="medium")
    reader, writer = os.pipe()
    os.close(reader)
    process = client.start("approve", approval, "--yes", stderr=writer, stdin=subprocess.DEVNULL)
    os.close(writer)
    assert process.wait(20) == exits.FAILED
    assert world.api("lea").view(approval)["state"] == "pending"


def test_a_script_says_what_it_approved(context):
    """Goal: the log of a script has what was approved, and a revision guards against a change."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    approval = world.agent.submitted(risk="medium")
    view = world.api("ada").view(approval)
    moved = client.run("approve", approval, "--revision", view["revision"] + 1)
    assert moved.returncode == exits.NOT_DECIDED and b"moved" in moved.stderr, moved
    done = client.run("approve", approval, "--revision", view["revision"])
    assert done.returncode == 0, done
    said = f"issue_refund, revision {view['revision']}, {view['displayed_digest']}."
    assert f"Nobody was asked. Approved: {said}".encode() in done.stderr, done


def test_reject_needs_a_comment(context):
    """Goal: a rejection without a word is not sent."""
    world = World(context)
    approval = world.agent.submitted()
    client = Client(context, world.url, world.tokens["ada"])
    assert client.run("reject", approval).returncode == exits.USAGE
    done = client.run("reject", approval, "--comment", "no such customer")
    assert done.returncode == 0, done
    assert world.api("lea").view(approval)["state"] == "rejected"
    again = client.run("approve", approval, "--yes")
    assert again.returncode != 0 and b"ada@acme.test" in again.stderr, again


def test_watch_says_what_happens(context):
    """Goal: one line of JSON a change, while it runs."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    output = context.scratch / "watch.out"
    with open(output, "wb") as sink:
        client.start("watch", "--json", stdout=sink)
    approval = world.agent.submitted()
    eventually(lambda: approval in output.read_text(), "the new approval is reported")
    world.api("bo").decide(approval).expect(200)
    eventually(lambda: "approved" in output.read_text(), "the decision is reported")
    for line in output.read_text().splitlines():
        json.loads(line)


def test_administration(context):
    """Goal: a tenant is set up from nothing with the admin's token."""
    world = World(context)
    admin = Client(context, world.url, world.server.admin_token)
    for arguments in (("group", "add", "finance"),
                      ("member", "add", "eve@acme.test", "--role", "approver",
                       "--group", "finance"),
                      ("agent", "add", "payer")):
        done = admin.run(*arguments)
        assert done.returncode == 0, done
    token = admin.run("token", "add", "--member", "eve@acme.test")
    assert token.returncode == 0 and token.stdout.startswith(b"cs_"), token
    assert len(token.stdout.split()) == 1, token
    me = world.server.api(token.stdout.decode().strip()).get("/v1/me").expect(200)
    assert me["groups"] == ["finance"]
    bot = admin.run("token", "add", "--agent", "payer").stdout.decode().strip()
    payer = world.server.api(bot)
    payer.submit("t", {"n": 1}, group="finance").expect(201)
    for kind, name in (("group", b"finance"), ("member", b"eve@acme.test"), ("agent", b"payer")):
        assert name in admin.run(kind, "list").stdout, kind
    assert b"cs_" not in admin.run("token", "list").stdout
    assert admin.run("member", "remove", "eve@acme.test").returncode == 0
    assert world.server.api(token.stdout.decode().strip()).get("/v1/me").status == 401
    denied = Client(context, world.url, world.tokens["ada"]).run("agent", "add", "x")
    assert denied.returncode != 0 and denied.stderr, denied


def test_digest(context):
    """Goal: anyone can check a digest by hand; invalid JSON is refused with its position."""
    client = Client(context)
    done = client.run("digest", stdin=b'{"b": 1, "a": [1.0, 1e2, "\\u00e9"]}')
    canonical = '{"a":[1,100,"é"],"b":1}'.encode()
    assert done.stdout == b"sha256:" + hashlib.sha256(canonical).hexdigest().encode() + b"\n"
    assert client.run("digest", "--canonical", stdin=b'{"b":1,"a":2}').stdout.rstrip(
        b"\n") == b'{"a":2,"b":1}'
    big = client.run("digest", "--canonical", stdin=b"[9007199254740993]")
    assert big.stdout.rstrip(b"\n") == b"[9007199254740993]", big
    broken = client.run("digest", stdin=b'{\n "a": 1,\n "a": 2}')
    assert broken.returncode != 0 and not broken.stdout
    assert b"3" in broken.stderr and b"line" in broken.stderr, broken


def test_login_keeps_the_token_private(context):
    """Goal: 0600, and refused when anybody else could read it or a link leads elsewhere."""
    world = World(context)
    client = Client(context, home="fresh")
    done = client.run("login", world.url, stdin=world.tokens["ada"].encode() + b"\n")
    assert done.returncode == 0, done
    assert world.tokens["ada"].encode() not in done.stdout + done.stderr
    kept = [path for path in client.home.rglob("*") if path.is_file()
            and world.tokens["ada"] in path.read_text(errors="replace")]
    assert len(kept) == 1, kept
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600
    assert client.run("list").returncode == 0
    os.chmod(kept[0], 0o644)
    loose = client.run("list")
    assert loose.returncode != 0 and str(kept[0]).encode() in loose.stderr, loose
    elsewhere = context.scratch / "elsewhere"
    os.chmod(kept[0], 0o600)
    kept[0].rename(elsewhere)
    kept[0].symlink_to(elsewhere)
    linked = client.run("list")
    assert linked.returncode != 0, linked


def test_token_command(context):
    """Goal: a token can come from a command in the settings."""
    world = World(context)
    client = Client(context, home="fresh")
    folder = client.home / ".config" / "countersign"
    folder.mkdir(parents=True, mode=0o700)
    settings = folder / "settings.toml"
    settings.write_text(
        f'url = "{world.url}"\ntoken_command = ["printf", "%s", "{world.tokens["ada"]}"]\n')
    settings.chmod(0o600)
    assert client.run("list").returncode == 0, client.run("list")


def test_a_wrong_token_and_a_dead_server(context):
    """Goal: each is said in a sentence and has its own status."""
    world = World(context)
    wrong = Client(context, world.url, "cs_" + "B" * 43).run("list")
    assert wrong.returncode == exits.NOT_ALLOWED and wrong.stderr, wrong
    world.server.stop()
    dead = Client(context, world.url, world.tokens["ada"]).run("list")
    assert dead.returncode == exits.UNREACHABLE and dead.stderr, dead
    nobody = Client(context, home="empty").run("list")
    assert nobody.returncode != 0 and b"login" in nobody.stderr, nobody
