"""The Python package against the real control plane: its contract, and what breaks on the way."""

import dataclasses
import datetime
import decimal
import enum
import json
import pathlib
import signal
import sys
import threading
import typing
import uuid

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "python"
sys.path.insert(0, str(SOURCES))

import countersign  # noqa: E402
from harness.chaos import CutProxy  # noqa: E402
from harness.client import Client  # noqa: E402
from harness.context import eventually  # noqa: E402
from harness.server import Server  # noqa: E402
import test_policies  # noqa: E402
from test_gate import Gated  # noqa: E402
from test_tls import certificate  # noqa: E402

ARGUMENTS = {"customer_id": "cus_91", "amount_cents": 184000, "exact": 12345678901234567890,
             "recipient": {"iban": "DE89370400440532013000"}, "rate": 1.5, "none": None,
             "text": "é"}

#: An agent that is told where it shall lose its server, and says what it ran with.
AGENT = """
import json, os, sys
import countersign
from countersign import gated

@gated(tool="issue_refund", redact=["recipient.iban"], state="state", timeout_s=120)
def issue_refund(customer_id: str, amount_cents: int, recipient: dict):
    with open("ran", "a") as file:
        file.write(json.dumps([customer_id, amount_cents, recipient]) + "\\n")
    return amount_cents

try:
    print(issue_refund("cus_91", 184000, {"iban": "DE89370400440532013000"}))
except countersign.CountersignError as error:
    print(type(error).__name__, error)
"""
EDITS = [{"op": "replace", "path": "/amount_cents", "value": 50000}]


class Agent:
    """A world with an agent in Python in it."""

    def __init__(self, context):
        self.context = context
        self.gated = Gated(context)
        self.world, self.ada = self.gated.world, self.gated.ada
        self.client = countersign.Client(
            self.world.url, self.world.tokens["support-bot"], environment={})

    def start(self, url=None, script=AGENT):
        """Starts the agent's process."""
        env = self.context.environment(
            COUNTERSIGN_URL=url or self.world.url, PYTHONPATH=SOURCES,
            COUNTERSIGN_TOKEN=self.world.tokens["support-bot"], PYTHONDONTWRITEBYTECODE=1)
        return self.context.start([sys.executable, "-c", script], env=env, stdout=-1, text=True)

    def said(self, process):
        """What it printed, at its end."""
        return process.communicate(timeout=60)[0].strip()

    def ran(self):
        """What the tool ran with, each time."""
        path = self.context.scratch / "ran"
        return [json.loads(line) for line in path.read_text().split("\n") if line] if (
            path.exists()) else []


def test_the_whole_path(context):
    """Goal: submit, edit on the command line, claim, run, report; every type as it was."""
    agent = Agent(context)
    call = countersign.Call(
        "issue_refund", ARGUMENTS, "run 7/ä", redact=["/recipient/iban"], timeout_s=60, risk="low",
        summary="s" * 600, reason="r", preview="p", framework="f" * 300, run_id="r", call_id="c",
        session_id="s", schema={"type": "object"}, group="on-call", lease_s=30)
    gate = countersign.Gate(call, agent.client)
    approval = gate.submit().id
    ada = Client(context, agent.world.url, agent.world.tokens["ada"])
    done = ada.run("approve", approval, "--edit", "/amount_cents=50000", "--yes",
                   "--comment", "half")
    assert done.returncode == 0, done
    ticket = gate.run()
    assert ticket.arguments == {**ARGUMENTS, "amount_cents": 50000}, ticket.arguments
    assert ticket.edited and ticket.id == approval
    assert ticket.approval.decided_by == "ada@acme.test", ticket.approval
    assert ticket.succeeded("refunded é")
    view = agent.world.api("lea").view(approval)
    assert view["execution"] == "succeeded" and not view["receipt"]["mismatch"], view


def test_refusals_have_their_own_errors(context):
    """Goal: each answer of the server arrives as the error that says what it means."""
    agent = Agent(context)

    def ending(expected, act, **fields):
        key = f"{expected.__name__}-{len(fields)}"
        gate = countersign.Gate(
            countersign.Call("issue_refund", {"n": 1}, key, **fields), agent.client)
        try:
            act(gate)
            gate.run()
        except expected as error:
            return error
        raise AssertionError(f"no {expected.__name__}")

    def rejected(gate):
        agent.ada.decide(gate.submit().id, "reject", comment="ask Finance").expect(200)

    error = ending(countersign.Rejected, rejected)
    assert (error.by, error.comment) == ("ada@acme.test", "ask Finance"), error
    ending(countersign.Expired, lambda gate: gate.submit(), timeout_s=1)
    ending(countersign.Cancelled, lambda gate: (gate.submit(), gate.cancel(), gate.look()))
    error = ending(countersign.Refused, lambda gate: None, redact=["/nothing"])
    assert error.status == 422 and "/nothing" in str(error), error

    def claimed(gate):
        agent.ada.decide(gate.submit().id).expect(200)
        other = countersign.Gate(gate.call, agent.client)
        assert other.run().succeeded()

    error = ending(countersign.Unknown, claimed)
    assert error.execution == "succeeded", error
    wrong = countersign.Client(agent.world.url, "cs_wrong", environment={})
    try:
        countersign.hold(countersign.Call("t", {}, "k"), wrong)
    except countersign.Refused as refused:
        assert refused.status == 401, refused
    else:
        raise AssertionError("a wrong token was taken")


def test_schemas_of_hints_are_understood(context):
    """Goal: the server takes every kind of schema that the package makes, and holds edits to it."""
    kind = enum.Enum("Kind", {"A": "a", "B": 2})
    node = dataclasses.make_dataclass("Node", [("name", str)])
    agent = Agent(context)
    hints = {
        "a": typing.Optional[int], "b": typing.List[node], "c": typing.Tuple[int, str], "d": kind,
        "e": typing.Dict[str, float], "f": decimal.Decimal, "g": datetime.datetime, "h": uuid.UUID,
        "i": bytes, "j": typing.Set[int], "k": typing.Literal["x", 1], "l": datetime.date,
    }
    values = dict(
        a=None, b=[node("n")], c=(1, "x"), d=kind.B, e={"é": 1.5}, f=decimal.Decimal("1.50"),
        g=datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc), h=uuid.UUID(int=7),
        i=b"\0", j={1, 2}, k=1, l=datetime.date(2026, 1, 2))

    parameters = ", ".join(hints)
    made = {}
    exec(f"def tool({parameters}): return dict(locals())", made)
    tool = made["tool"]
    tool.__annotations__ = hints
    held = countersign.gated(client=agent.client)(tool)
    wrong = [{"op": "replace", "path": "/b/0/name", "value": 7}]
    right = [{"op": "replace", "path": "/f", "value": "9.99"}]

    def decide():
        approval = agent.gated.pending()
        refused = agent.ada.decide(approval, edits=wrong)
        agent.ada.decide(approval, edits=right).expect(200)
        assert refused.status == 422, refused

    thread = threading.Thread(target=decide)
    thread.start()
    assert held(**values) == {**values, "f": decimal.Decimal("9.99")}
    thread.join()


def test_a_policy_that_is_counted_on(context):
    """Goal: with it in force it decides; where it is not, nothing is asked and nothing runs."""
    agent = Agent(context)
    ran = []

    def tool(policy, name="issue_refund"):
        @countersign.gated(tool=name, policy=policy, client=agent.client)
        def refund(amount_cents: int, country: str):
            ran.append(amount_cents)
            return amount_cents
        return refund

    def refusal(name="issue_refund", country="DE"):
        try:
            tool("refunds", name)(299, country)
        except countersign.NotExecuted as error:
            return error
        raise AssertionError("it ran")

    early = refusal()
    assert early.status == 422 and "/policy" in str(early), early
    test_policies.enforced(context, agent.world)
    assert "/policy" in str(refusal("send_email"))
    sanctioned = refusal(country="KP")
    assert sanctioned.reason_code == "sanctioned", sanctioned
    assert "Instead: Refund at home. It did not run." in sanctioned.for_model, sanctioned.for_model
    assert tool("refunds")(299, "DE") == 299 and ran == [299]


def test_https(context):
    """Goal: a certificate is believed by who was told to, and by nobody else, at once."""
    pem, key = certificate(context)
    server = Server(context, options=["--tls-certificate", str(pem), "--tls-key", str(key)])
    server.initialise().start()
    admin = server.api(server.admin_token, trust=str(pem))
    admin.post("/v1/agents", {"name": "bot"}).expect(200, 201)
    token = admin.post("/v1/tokens", {"agent": "bot"}).expect(201)["token"]
    call = countersign.Call("t", {"n": 1}, "k")
    stranger = countersign.Client(server.url, token, environment={})
    try:
        countersign.Gate(call, stranger).submit()
    except countersign.Unreachable as error:
        assert "certificate" in str(error) and token not in str(error), error
    else:
        raise AssertionError("a strange certificate was believed")
    friend = countersign.Client(
        environment={"COUNTERSIGN_URL": server.url, "COUNTERSIGN_TOKEN": token,
                     "COUNTERSIGN_CA_FILE": str(pem)})
    assert countersign.Gate(call, friend).submit().state == "pending"
    friend.close()


def test_the_server_is_killed_at_every_step(context):
    """Goal: after each request of the agent the server dies and comes back; one execution."""
    agent = Agent(context)
    proxy = CutProxy(context, agent.world.server.port)
    for request_bytes, response_bytes in ((10, None), (None, 0), (None, 40)):
        before = len(agent.ran())
        proxy.plan(request_bytes, response_bytes)
        proxy.sent = 0
        process = agent.start(proxy.url)
        # The server may have acted upon the request that was cut, or not.
        eventually(lambda: proxy.sent, "a request came")
        agent.world.server.kill()
        agent.world.server.start()
        proxy.plan()
        agent.gated.ada.close()
        approval = agent.gated.pending()
        agent.world.server.kill()
        agent.world.server.start()
        proxy.plan(None, response_bytes)
        agent.world.api("ada").decide(approval, edits=EDITS).expect(200)
        proxy.plan()
        assert agent.said(process) == "50000"
        assert len(agent.ran()) == before + 1, agent.ran()
        view = agent.world.api("lea").view(approval)
        assert view["execution"] == "succeeded" and not view["receipt"]["mismatch"], view


def test_an_answer_is_lost_at_every_step(context):
    """Goal: submit, wait, claim and receipt are carried out and never answered: once, as edited."""
    agent = Agent(context)
    proxy = CutProxy(context, agent.world.server.port)
    for number, step in enumerate(("submit", "claim", "receipt")):
        call = countersign.Call("issue_refund", {"n": number}, f"lost-{step}")
        client = countersign.Client(proxy.url, agent.world.tokens["support-bot"], environment={})
        gate = countersign.Gate(call, client)

        def lose(wanted):
            client.close()
            proxy.plan(None, 0 if wanted == step else None)

        healer = threading.Timer(1.0, proxy.plan)
        healer.start()
        lose("submit")
        approval = gate.submit().id
        agent.ada.decide(approval, edits=[
            {"op": "replace", "path": "/n", "value": 10 + number}]).expect(200)
        gate.look()
        lose("claim")
        ticket = gate.claim()
        assert ticket.arguments == {"n": 10 + number}
        lose("receipt")
        assert ticket.succeeded()
        healer.join()
        assert agent.world.api("lea").view(approval)["execution"] == "succeeded"
        assert agent.world.agent.claim(approval).status == 409


def test_the_agent_is_killed_while_it_waits(context):
    """Goal: the restarted agent finds its approval by the state file, and runs the edit, once."""
    agent = Agent(context)
    first = agent.start()
    approval = agent.gated.pending()
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = agent.start()
    agent.ada.decide(approval, edits=EDITS).expect(200)
    assert agent.said(second) == "50000"
    assert agent.ran() == [["cus_91", 50000, {"iban": "DE89370400440532013000"}]], agent.ran()
