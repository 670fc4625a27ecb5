"""What an agent wrote can move no cursor, hide nothing and imitate nothing."""

import json

from harness import escapes
from harness.client import Client
from harness.server import World

# Written for this test; the published cases come on top when their folder is named.
OWN_CASES = {
    "bidi-override": "invoice\u202egpj.exe", "bidi-isolate": "a\u2066b\u2069c",
    "zero-width": "pay\u200bpal\u2060", "tag": "ok\U000e0041\U000e0042", "bom": "\ufeffx",
    "c1-csi": "x\x9b2Jy", "c1-osc": "x\x9d0;t\x9cy", "nul": "a\x00b", "del": "a\x7fb",
    "backspaces": "reject\x08\x08\x08\x08\x08\x08accept", "return": "safe\rEVIL",
    "lines": "one\ntwo\n a approve   r reject", "tab": "a\tb", "soft-hyphen": "a\u00adb",
    "filler": "a\u3164b\u115fc", "combining": "z" + "\u0301" * 40, "wide": "價格 1,840 元",
    "separator": "a\u2028b\u2029c", "padding": "x" + " " * 200 + "rm -rf", "private": "a\ue000b",
    "sync": "\x1b[?2026h", "charset": "\x1b(0lqqk\x1b(B", "keypad": "\x1bc\x1b=",
    "string": "\x1b_Gf=100\x1b\\", "rtl": "\u05d0\u05d1\u05d2 admin",
}


def cases(context):
    """Name and text of every case."""
    found = dict(OWN_CASES)
    if context.conformance:
        text = (context.conformance / "terminal-injection" / "cases.json").read_text()
        found.update({case["name"]: case["s"] for case in json.loads(text)["cases"]})
    return found


def submitted(world, text):
    """An approval that carries `text` wherever an agent can put it; its id."""
    body = {
        "tool": text[:60], "arguments": {text: text, "list": [text, {text: 1}], "n": 1},
        "context": {"summary": text, "reason": text, "preview": text,
                    "links": [{"title": text, "url": "https://x.test/" + text}]},
        "origin": {"framework": text[:60], "run_id": text[:60], "session_id": text[:60]},
    }
    key = world.context.random.randbytes(8).hex()
    reply = world.agent.post("/v1/approvals", body, Idempotency_Key=key)
    if reply.status == 422:
        # A link that is no address may be refused; the words may not.
        del body["context"]["links"]
        reply = world.agent.post("/v1/approvals", body, Idempotency_Key=key)
    return reply.expect(201)["id"]


def test_plain_and_json_output(context):
    """Goal: no subcommand prints a byte that a terminal could obey; JSON keeps the value."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    for name, text in cases(context).items():
        approval = submitted(world, text)
        for arguments in (("list",), ("show", approval), ("list", "--json"),
                          ("show", approval, "--json")):
            done = client.run(*arguments)
            assert done.returncode == 0, (name, done)
            found = escapes.plain_complaints(done.stdout + done.stderr)
            assert not found, (name, arguments, found, done.stdout[:800])
        shown = client.json("show", approval, "--json")
        assert shown["arguments"]["list"] == [text, {text: 1}], (name, shown["arguments"])
        assert shown["context"]["summary"] == text, (name, shown["context"])
        world.api("bo").decide(approval, "reject", comment=text).expect(200)
        done = client.run("approve", approval, "--yes")
        assert not escapes.plain_complaints(done.stdout + done.stderr), (name, done)
        done = client.run("show", approval)
        assert not escapes.plain_complaints(done.stdout), (name, "a comment")
    done = client.run("history")
    assert not escapes.plain_complaints(done.stdout), done.stdout[-400:]


def test_full_screen(context):
    """Goal: in queue, detail, editor, diff and history the frame stays ours."""
    world = World(context)
    for index, (name, text) in enumerate(cases(context).items()):
        approval = submitted(world, text)
        inbox = Client(
            context, world.url, world.tokens["ada"], home=f"home-{index}").inbox(columns=120)
        inbox.wait("1 pending")
        title_row = inbox.screen.display[0]
        for keys in ("\r", "e", "jj\r", "\x1b", "d", "\x1b", "\x1b", "j", "k"):
            inbox.send(keys)
            inbox.settle(0.1)
        check(inbox, name, title_row)
        world.api("bo").decide(approval, "reject", comment=text[:200] or "x").expect(200)
        inbox.wait("0 pending")
        inbox.send("H")
        inbox.settle(0.1)
        check(inbox, name, title_row)
        inbox.process.terminate()
        inbox.finish()
        inbox.check_restored()


test_full_screen.seconds_max = 300


def check(inbox, name, title_row):
    """Nothing but what a program of ours says, and the frame where it was."""
    found = escapes.complaints(bytes(inbox.raw))
    assert not found, (name, found[:10], inbox.picture())
    words = title_row.split()[:2]
    assert inbox.screen.display[0].split()[:2] == words, (name, inbox.picture())
    assert "pwned" not in inbox.screen.title, name


def test_nothing_is_hidden(context):
    """Goal: what cannot be shown is shown as a mark, so that two texts never look the same."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    plain = world.agent.submitted(tool="pay", arguments={"to": "paypal"})
    hidden = world.agent.submitted(tool="pay", arguments={"to": "pay\u200bpal"})
    one, other = (client.run("show", approval).stdout.decode() for approval in (plain, hidden))
    assert "paypal" in one and "paypal" not in other and "200" in other, other


def test_an_agent_with_a_hostile_name(context):
    """Goal: a name is refused when it is set, or inert wherever it is shown."""
    world = World(context)
    client = Client(context, world.url, world.tokens["ada"])
    for number, text in enumerate(cases(context).values()):
        name = f"bot{number} {text}"[:60]
        if world.admin.post("/v1/agents", {"name": name}).status == 422:
            continue
        token = world.admin.post("/v1/tokens", {"agent": name}).expect(201)["token"]
        approval = world.server.api(token).submitted()
        for arguments in (("list",), ("show", approval)):
            done = client.run(*arguments)
            assert not escapes.plain_complaints(done.stdout), (name, done.stdout)


def test_errors_quote_nothing_raw(context):
    """Goal: what is refused is named without being obeyed."""
    client = Client(context, "http://127.0.0.1:9", "cs_" + "A" * 43)
    for arguments in (("show", "\x1b]0;x\x07"), ("list", "--\x1b[2J"), ("\x1b[2Jx",)):
        done = client.run(*arguments)
        assert done.returncode != 0
        assert not escapes.plain_complaints(done.stdout + done.stderr), (arguments, done.stderr)
    done = client.run("digest", stdin=b'{"\x1b[2J": \x1b}')
    assert not escapes.plain_complaints(done.stdout + done.stderr), done
