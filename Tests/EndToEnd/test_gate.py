"""`countersign gate`: any program in any language holds a call."""

import hashlib
import http.server
import json
import signal
import sys
import threading
import urllib.request

from harness import exits
from harness.api import Api
from harness.client import Client
from harness.context import eventually
from harness.server import World

ARGUMENTS = '{"customer_id":"cus_91","amount_cents":184000,"exact":1.50}'


class Gated:
    """A world with a client that has the agent's token."""

    def __init__(self, context):
        self.world = World(context)
        self.client = Client(context, self.world.url, self.world.tokens["support-bot"])
        self.ada = self.world.api("ada")

    def pending(self, count=1):
        """The id of the one pending approval, once it is there."""

        def found():
            page = self.ada.get("/v1/inbox").expect(200)
            ids = [item["id"] for item in page["items"]
                   if item["approval"] and item["approval"]["state"] == "pending"]
            return ids if len(ids) >= count else None

        return eventually(found, "a pending approval", every=0.05)[-1]

    def start(self, *arguments, **options):
        """Starts a gate with both outputs kept."""
        options.setdefault("stdin", -1)
        return self.client.start(
            "gate", "--tool", "issue_refund", *arguments, stdout=-1, stderr=-1, **options)


def finish(process, stdin=None, seconds=30):
    """The status, standard output and standard error of a gate."""
    out, err = process.communicate(input=stdin, timeout=seconds)
    return process.returncode, out, err


def test_approved_with_edits_prints_the_effective_arguments(context):
    """Goal: standard output is the effective arguments and nothing else, the bytes kept."""
    gated = Gated(context)
    gate = gated.start("--args", ARGUMENTS, "--summary", "refund")
    edits = [{"op": "replace", "path": "/amount_cents", "value": 50000}]
    gated.ada.decide(gated.pending(), edits=edits).expect(200)
    status, out, err = finish(gate)
    assert status == exits.DONE, (status, err)
    assert json.loads(out) == {"customer_id": "cus_91", "amount_cents": 50000, "exact": 1.5}
    assert b"1.50" in out, out


def test_each_ending_has_its_own_status(context):
    """Goal: rejected, expired and cancelled are told apart, and print no arguments."""
    gated = Gated(context)
    gate = gated.start("--args", "{}")
    gated.ada.decide(gated.pending(), "reject", comment="not today").expect(200)
    status, out, err = finish(gate)
    assert (status, out) == (exits.REJECTED, b""), (status, out, err)
    assert b"not today" in err and b"ada@acme.test" in err, err
    gate = gated.start("--args", "{}", "--timeout", "1s")
    assert finish(gate)[:2] == (exits.EXPIRED, b"")
    gate = gated.start("--args", "{}")
    gated.world.agent.cancel(gated.pending()).expect(200)
    assert finish(gate)[:2] == (exits.CANCELLED, b"")


def test_the_gate_outlives_a_restart_of_the_server(context):
    """Goal: `kill -9` and a start in the middle of the wait do not end it."""
    gated = Gated(context)
    gate = gated.start("--args", ARGUMENTS)
    approval = gated.pending()
    gated.world.server.kill()
    gated.world.server.start()
    gated.world.api("ada").decide(approval).expect(200)
    status, out, err = finish(gate, seconds=60)
    assert status == exits.DONE and json.loads(out)["amount_cents"] == 184000, (status, err)


def test_a_restarted_gate_finds_its_approval(context):
    """Goal: the same idempotency key asks for the same approval, but it is executed once."""
    gated = Gated(context)
    first = gated.start("--args", ARGUMENTS, "--idempotency-key", "run-7/call-1")
    approval = gated.pending()
    first.kill()
    first.wait()
    second = gated.start("--args", ARGUMENTS, "--idempotency-key", "run-7/call-1")
    gated.ada.decide(approval).expect(200)
    assert finish(second)[0] == exits.DONE
    third = gated.start("--args", ARGUMENTS, "--idempotency-key", "run-7/call-1")
    status, out, _ = finish(third)
    assert (status, out) == (exits.ALREADY_CLAIMED, b""), status


def test_the_command_gets_the_arguments_and_its_end_is_reported(context):
    """Goal: the command runs once, with the effective arguments, and a receipt follows."""
    gated = Gated(context)
    script = "import sys,json; d=json.load(sys.stdin); print(d['amount_cents']); sys.exit(%d)"
    for code, outcome in ((0, "succeeded"), (7, "failed")):
        gate = gated.start("--args", ARGUMENTS, "--", sys.executable, "-c", script % code)
        approval = gated.pending()
        gated.ada.decide(approval).expect(200)
        status, out, err = finish(gate)
        assert out == b"184000\n", (out, err)
        assert status == code, (status, err)
        view = gated.world.api("lea").view(approval)
        assert view["execution"] == outcome and not view["receipt"]["mismatch"], view["receipt"]


def test_the_command_never_runs_without_a_claim(context):
    """Goal: rejected means not run."""
    gated = Gated(context)
    trace = context.scratch / "ran"
    gate = gated.start("--args", "{}", "--", "/usr/bin/touch", str(trace))
    gated.ada.decide(gated.pending(), "reject").expect(200)
    assert finish(gate)[0] == exits.REJECTED
    assert not trace.exists()


def test_a_missing_command_is_a_failed_execution(context):
    """Goal: a command that cannot be started is reported as failed, not left unknown."""
    gated = Gated(context)
    gate = gated.start("--args", "{}", "--", str(context.scratch / "no-such-program"))
    approval = gated.pending()
    gated.ada.decide(approval).expect(200)
    assert finish(gate)[0] == exits.COMMAND_NOT_STARTED
    assert gated.world.api("lea").view(approval)["execution"] == "failed"


def test_an_interrupted_gate_gives_up_the_approval(context):
    """Goal: nobody decides on a call whose agent is gone, as far as it could say so."""
    gated = Gated(context)
    gate = gated.start("--args", "{}")
    approval = gated.pending()
    gate.send_signal(signal.SIGTERM)
    status, out, _ = finish(gate)
    assert (status, out) == (exits.INTERRUPTED, b""), status
    ended = gated.world.agent.view(approval, wait=10)
    assert ended["state"] == "cancelled", ended


def test_redaction_and_schema_come_along(context):
    """Goal: --redact and --schema do what the fields of the API do."""
    gated = Gated(context)
    schema = context.scratch / "schema.json"
    schema.write_text('{"type":"object","properties":{"n":{"type":"integer","maximum":5}}}')
    gate = gated.start(
        "--args", '{"n":1,"password":"hunter2hunter2"}', "--redact", "/password",
        "--schema", str(schema))
    approval = gated.pending()
    view = gated.ada.view(approval)
    assert view["arguments"]["password"] == {"$redacted": "r1"}
    edits = [{"op": "replace", "path": "/n", "value": 9}]
    assert gated.ada.decide(approval, edits=edits).status == 422
    gated.ada.decide(approval).expect(200)
    status, out, _ = finish(gate)
    assert status == exits.DONE and json.loads(out)["password"] == "hunter2hunter2"


class LyingServer(http.server.BaseHTTPRequestHandler):
    """Passes everything on, but hands out another amount with a digest that fits it."""

    upstream = None

    def forward(self):
        """Asks the real control plane, and changes what a claim is answered."""
        length = int(self.headers.get("content-length", 0))
        wanted = ("content-type", "authorization", "idempotency-key", "if-match")
        request = urllib.request.Request(
            self.upstream + self.path, self.rfile.read(length) or None, method=self.command,
            headers={name: self.headers[name] for name in wanted if self.headers[name]})
        with urllib.request.urlopen(request, timeout=60) as answer:
            status, body = answer.status, answer.read()
        if self.path.endswith("/claim"):
            claim = json.loads(body)
            claim["arguments"]["n"] += 1
            text = json.dumps(claim["arguments"], sort_keys=True, separators=(",", ":"))
            claim["effective_digest"] = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
            body = json.dumps(claim).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = forward

    def log_message(self, *_):
        """Says nothing."""


def test_only_what_the_audit_log_says_was_released_runs(context):
    """Goal: with --require-proof the arguments are those of the decision in the log, or none."""
    gated = Gated(context)
    gated.world.add_member("aud", "auditor")
    auditor = Client(context, gated.world.url, gated.world.tokens["aud"], home="aud")
    trust = context.scratch / "trust.json"
    trust.write_bytes(auditor.run("audit", "trust").stdout)
    proved = ("--require-proof", str(trust))

    def released(number, *options, client=None, **decision):
        arguments = json.dumps({"n": number, "password": "hunter2hunter2", "o": {}, "l": [1, "x"]})
        gate = (client or gated.client).start(
            "gate", "--tool", "issue_refund", "--args", arguments, "--redact", "/password",
            *options, stdout=-1, stderr=-1, stdin=-1)
        gated.ada.decide(gated.pending(), **decision).expect(200)
        return finish(gate)

    edits = [{"op": "replace", "path": "/n", "value": 3}]
    for number, decision, wanted in ((1, {}, 1), (2, {"edits": edits}, 3)):
        status, out, err = released(number, *proved, **decision)
        assert status == exits.DONE and json.loads(out)["n"] == wanted, (status, out, err)
    LyingServer.upstream = gated.world.url
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), LyingServer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        fooled = Client(context, url, gated.world.tokens["support-bot"], home="fooled")
        status, out, _ = released(5, client=fooled)
        assert status == exits.DONE and json.loads(out)["n"] == 6, "the liar lies"
        status, out, err = released(7, *proved, client=fooled)
        server.shutdown()
    assert status == exits.TAMPERED and not out, (status, out, err)
    assert b"not the ones that the audit log says" in err, err


def test_a_dead_server_is_unreachable(context):
    """Goal: no server is no approval, said within the time that was asked for."""
    world = World(context)
    world.server.stop()
    client = Client(context, world.url, world.tokens["support-bot"])
    done = client.run("gate", "--tool", "t", "--args", "{}", "--timeout", "1s", seconds=90)
    assert (done.returncode, done.stdout) == (exits.UNREACHABLE, b""), done
    assert done.stderr, "not a word"


def test_a_wrong_token_is_told_apart(context):
    """Goal: nobody retries for ever with a token that will never do."""
    world = World(context)
    done = Client(context, world.url, "cs_" + "A" * 43).run(
        "gate", "--tool", "t", "--args", "{}", seconds=30)
    assert done.returncode == exits.NOT_ALLOWED, done
    assert not done.stdout


def test_bad_arguments_are_usage_errors(context):
    """Goal: what cannot be sent is said before anything is sent."""
    world = World(context)
    client = Client(context, world.url, world.tokens["support-bot"])
    for arguments in (
            ("--tool", "t", "--args", '{"a":1,"a":2}'), ("--tool", "t", "--args", "[]"),
            ("--tool", "t", "--args", "{}", "--timeout", "soon"), ("--args", "{}")):
        done = client.run("gate", *arguments)
        assert done.returncode in (exits.USAGE, exits.BAD_INPUT), done
        assert done.stderr and not done.stdout, done
    assert Api(world.url, world.tokens["ada"]).get("/v1/inbox").expect(200)["items"] == []


def test_a_dry_run_sends_and_runs_nothing(context):
    """Goal: it says what would be asked, finds what would be refused, and is never a release."""
    gated = Gated(context)
    key = context.scratch / "key"
    gate = gated.start("--args", ARGUMENTS, "--dry-run", "--redact", "/customer_id", "--state",
                       str(key), "--", "touch", str(context.scratch / "ran"))
    status, out, err = finish(gate)
    assert (status, out) == (exits.DRY_RUN, b""), (status, out, err)
    assert b"184000" in err and b"nothing was sent" in err, err
    status, out, _ = finish(gated.start("--args", ARGUMENTS, "--dry-run", "--json"))
    said = json.loads(out)
    assert status == exits.DRY_RUN and said["dry_run"] is True, said
    assert said["submission"]["arguments"]["amount_cents"] == 184000, said
    status, out, err = finish(gated.start("--args", "{}", "--dry-run", "--redact", "/nothing"))
    assert status == exits.BAD_INPUT and b"/nothing" in err, (status, err)
    assert not key.exists() and not (context.scratch / "ran").exists()
    assert gated.ada.get("/v1/inbox").expect(200)["items"] == []
    hook = gated.client.start("gate", "--hook", "claude-code", "--dry-run", stdin=-1, stdout=-1,
                              stderr=-1)
    status, out, _ = finish(hook, stdin=b"{}")
    assert json.loads(out)["hookSpecificOutput"]["permissionDecision"] == "deny", (status, out)
