"""Planted secrets: wherever a redacted value or a token could end up, it is looked for."""

import base64
import itertools
import json

from harness.cache import files
from harness.client import Client
from harness.server import World

SECRETS = {
    "iban": "DE89-CANARY-370400440532013000", "password": "hunter2-canary-Zq8",
    "nested": {"pin": "canary-nested-4711", "codes": ["canary-code-0815"]},
    "number": 77712345677712345,
}
WORDS = (
    "DE89-CANARY-370400440532013000", "hunter2-canary-Zq8", "canary-nested-4711",
    "canary-code-0815", "77712345677712345")


def planted(world, **fields):
    """A call with secrets in its arguments and in the words of its agent; its id."""
    words = f"pay {SECRETS['iban']} with {SECRETS['password']}"
    return world.agent.submitted(
        tool="wire", arguments={**SECRETS, "amount": 5},
        redact=["/iban", "/password", "/nested", "/number"],
        context={"summary": words, "reason": words, "preview": words}, **fields)


def test_no_secret_travels(context):
    """Goal: no planted value is in a store, a log, a cache, an answer or on a screen."""
    world = World(context)
    ada, lead = world.api("ada"), world.api("lea")
    seen = bytearray()

    def look(*replies):
        for reply in replies:
            seen.extend(reply.raw + str(reply.headers).encode())

    approved, rejected, expired, cancelled = (
        planted(world), planted(world), planted(world, timeout_s=1), planted(world))
    for caller in (ada, lead, world.api("aud"), world.admin):
        look(caller.get(f"/v1/approvals/{approved}"), caller.get("/v1/inbox"),
             caller.get("/v1/history"))
    edits = [
        {"op": "replace", "path": "/amount", "value": 4},
        {"op": "replace", "path": "/password", "value": "replaced-canary-Yx7"}]
    look(ada.decide(approved, edits=edits), ada.decide(rejected, "reject"))
    look(world.agent.cancel(cancelled), world.agent.get(f"/v1/approvals/{expired}?wait=15"))
    claim = world.agent.claim(approved).expect(200)
    assert claim["arguments"]["iban"] == SECRETS["iban"], "the agent gets the true value"
    look(world.agent.receipt(approved, claim))
    look(*refusals(world))
    use_clients(context, world, planted(world), seen)
    look(ada.get(f"/v1/approvals/{approved}"), ada.get("/metrics"), ada.get("/v1/history"))
    assert world.server.stop() == 0
    for path in files(world.server.data) + files(context.scratch):
        seen.extend(path.read_bytes())
    found = [word for word in (*WORDS, "replaced-canary-Yx7") if word.encode() in seen]
    assert not found, f"{found} travelled"
    tokens = [world.server.admin_token, *world.tokens.values()]
    assert not [token for token in tokens if token.encode() in seen], "a token travelled"


def refusals(world):
    """Answers to requests that are wrong and carry a secret: an error must not quote it."""
    agent = world.agent
    secret = SECRETS["password"]
    yield agent.submit("wire", {"password": secret}, redact=["/password"], colour=secret)
    yield agent.submit(
        "wire", {"password": secret}, redact=["/password"],
        schema={"type": "object", "properties": {"password": {"maxLength": 3}}})
    yield agent.call(
        "POST", "/v1/approvals", b'{"tool":"t","arguments":{"p":"%b","p":1}}' % secret.encode(),
        {"Idempotency-Key": "k-1"})
    approval = planted(world)
    yield world.api("ada").decide(
        approval, edits=[{"op": "replace", "path": "/password/x", "value": secret}])


def use_clients(context, world, approval, seen):
    """Lets every face of the client show the approval."""
    client = Client(context, world.url, world.tokens["ada"], home="reader")
    for arguments in (("list",), ("list", "--json"), ("show", approval),
                      ("show", approval, "--json"), ("history",)):
        done = client.run(*arguments)
        seen.extend(done.stdout + done.stderr)
    inbox = client.inbox(columns=120)
    inbox.wait("rev 1", "Arguments")
    for keys in ("\r", "e", "j", "j", "\x1b", "d", "\x1b", "\x1b"):
        inbox.send(keys)
        inbox.settle(0.1)
    assert "redacted" in inbox.raw.decode("utf-8", "replace"), inbox.picture()
    inbox.process.terminate()
    inbox.finish()
    seen.extend(inbox.raw)
    gate = client.run("approve", approval, "--yes")
    seen.extend(gate.stdout + gate.stderr)


def test_reveal_is_recorded_and_not_kept(context):
    """Goal: a value is shown to one person for a reason, and the log says so, without the value."""
    world = World(context)
    approval = planted(world)
    ada = world.api("ada")
    refused = ada.post(f"/v1/approvals/{approval}/reveal", {"pointer": "/iban"})
    assert refused.status in (400, 422), refused
    shown = ada.post(
        f"/v1/approvals/{approval}/reveal", {"pointer": "/iban", "reason": "compare the account"})
    assert shown.expect(200)["value"] == SECRETS["iban"]
    assert "no-store" in shown.headers["cache-control"]
    assert world.api("aud").post(
        f"/v1/approvals/{approval}/reveal", {"pointer": "/iban", "reason": "x"}).status == 403
    view = world.api("lea").view(approval)
    assert any("reveal" in entry["type"] for entry in view["history"]), view["history"]
    assert SECRETS["iban"] not in json.dumps(view)


TOKEN = "ghp_CANARYqn021BEwabk19Z3LCcr945G6Cx0Yz1"
INNER = base64.b64encode(b"password=canary-inner-9Kd3 host=db.test").decode()
FOUND = {
    "cmd": f"curl -H 'Authorization: Bearer {TOKEN}' https://x.test",
    "dsn": {"address": "postgres://app:canary-dsn-Zq81@db.test/x"},
    "to": "GB82WEST12345698765432", "client_secret": "canary-named-7Hq2", "blob": f"a {INNER} b",
    "env": [{"name": "DB_PASSWORD", "value": "canary-env-5Tz0"}],
    "declared": "canary-declared-1Aa2",
}
ORDERS = itertools.count(1)
LATER = ("ghp_LATERqn021BEwabk19Z3LCcr945G6Cx0Yz12", "canary-prose-3Vx9",
         "sk_live_CANARY39HqLyjWDarjtT1")
FOUND_WORDS = (
    TOKEN, INNER, "canary-inner-9Kd3", "canary-dsn-Zq81", FOUND["to"], "canary-named-7Hq2",
    "canary-env-5Tz0", FOUND["declared"], *LATER)


def undeclared(world, **fields):
    """A call with secrets that its agent forgot to declare; its id."""
    return world.agent.submitted(
        tool="deploy", arguments={**FOUND, "amount": 5, "order": next(ORDERS)},
        redact=["/declared"],
        context={
            "summary": f"runs with {TOKEN}", "reason": f"pays {FOUND['to']}, password: {LATER[1]}",
            "preview": f"client_secret={FOUND['client_secret']}",
            "links": [{"title": "t", "url": f"https://u:{LATER[1]}@x.test/"}]},
        origin={"session_id": LATER[2]}, **fields)


def test_no_undeclared_secret_travels(context):
    """Goal: a secret that nobody declared is in no store, log, cache, answer or screen either."""
    world = World(context)
    ada = world.api("ada")
    seen = bytearray()

    def look(*replies):
        for reply in replies:
            seen.extend(reply.raw + str(reply.headers).encode())

    approval, rejected = undeclared(world), undeclared(world)
    for caller in (ada, world.api("lea"), world.api("aud"), world.admin):
        look(caller.get(f"/v1/approvals/{approval}"), caller.get("/v1/inbox"),
             caller.get("/v1/history"))
    shown = ada.view(approval)["arguments"]
    assert shown["cmd"]["shown"].startswith("curl -H 'Authorization: Bearer \u2039"), shown
    assert shown["to"]["shown"] == "\u2039IBAN \u00b7 22\u203a", shown
    words = f"try {LATER[0]}"
    look(ada.post(f"/v1/approvals/{approval}/comment", {"text": words}))
    edits = [{"op": "replace", "path": "/amount", "value": 4},
             {"op": "add", "path": "/note", "value": f"use {LATER[2]}"}]
    look(ada.decide(approval, edits=edits, comment=words),
         ada.decide(rejected, "reject", comment=words))
    claim = world.agent.claim(approval).expect(200)
    assert claim["arguments"]["cmd"] == FOUND["cmd"], "the agent gets what it sent"
    look(world.agent.receipt(approval, claim))
    use_clients(context, world, undeclared(world), seen)
    look(ada.get(f"/v1/approvals/{approval}"), ada.get("/metrics"), ada.get("/v1/history"))
    assert world.server.stop() == 0
    for path in files(world.server.data) + files(context.scratch):
        seen.extend(path.read_bytes())
    found = [word for word in FOUND_WORDS if word.encode() in seen]
    assert not found, f"{found} travelled"
