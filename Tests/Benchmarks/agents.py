#!/usr/bin/env python3
"""Figures of what an agent feels, beside LangGraph with its SQLite saver in the same run.

    agents.py --binaries .build/release [--quick] [--seconds N] [--calls N]

A pair is one call held, decided with an edit and taken up, durable at each step. Here that is
submit, wait, look, decide and claim; there the run stops at an interrupt, is resumed and ends. The
same generator drives both over kept connections. LangGraph is installed from PyPI into a temporary
folder; where it is not to be had, a line says so, and `--quick` does without it. Nothing here
passes or fails.
"""

import argparse
import itertools
import json
import pathlib
import select
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import venv

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "EndToEnd"))
sys.path.insert(0, str(HERE.parents[1] / "Sources" / "python"))

import countersign  # noqa: E402
from countersign.testing import Decision, FakeControlPlane  # noqa: E402
from harness.context import Context  # noqa: E402
from harness.server import World  # noqa: E402
import test_policies  # noqa: E402

REQUIREMENTS = ["langgraph==1.2.22", "langgraph-checkpoint-sqlite==3.1.2"]
CLIENTS = (1, 32)
#: Cents below this are released by the policy of the test, above it a person is asked.
FREE, ASKED = 100, 100_000
NUMBERS = itertools.count()


class Line:
    """One kept connection, answers in order."""

    def __init__(self, port, token=None):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.token = f"authorization: Bearer {token}\r\n" if token else ""
        self.buffer = b""
        self.then = None

    def ask(self, method, path, body, then, extra=""):
        """Sends a request; `then` gets the body of the answer."""
        data = b"" if body is None else json.dumps(body).encode()
        head = (f"{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                f"{self.token}{extra}content-length: {len(data)}\r\n\r\n")
        self.then = then
        self.socket.sendall(head.encode() + data)

    def readable(self):
        """Takes what came, and goes on when an answer is whole."""
        chunk = self.socket.recv(65_536)
        assert chunk, "the server closed the connection"
        self.buffer += chunk
        end = self.buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self.buffer[:end].decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        if len(self.buffer) < end + 4 + length:
            return
        body = self.buffer[end + 4:end + 4 + length]
        self.buffer = self.buffer[end + 4 + length:]
        assert head.split()[1].startswith("2"), (head, body)
        then, self.then = self.then, None
        then(json.loads(body) if body else None)


class Ours:
    """A client of countersignd: an agent and an approver."""

    def __init__(self, world):
        port = world.server.port
        self.agent = Line(port, world.tokens["support-bot"])
        self.person = Line(port, world.tokens["ada"])
        self.lines = [self.agent, self.person]

    def begin(self, done):
        """One pair; `done` hears when the decision was sent and when the waiter knew."""
        number = next(NUMBERS)
        body = {"tool": "issue_refund", "arguments": {"amount_cents": ASKED, "n": number}}
        key = f"idempotency-key: k{number}-{uuid.uuid4().hex}\r\n"
        decided = []

        def submitted(view):
            path = f"/v1/approvals/{view['id']}"
            claim = {"nonce": uuid.uuid4().hex, "lease_s": 300}

            def waited(_):
                knew = time.perf_counter()
                self.agent.ask("POST", path + "/claim", claim, lambda got: end(got, knew))

            def looked(shown):
                decision = {"verdict": "approve", "displayed_digest": shown["displayed_digest"],
                            "fully_shown": True,
                            "edits": [{"op": "replace", "path": "/amount_cents", "value": 50}]}
                decided.append(time.perf_counter())
                self.person.ask("POST", path + "/decision", decision, lambda _: None,
                                f"if-match: \"{shown['revision']}\"\r\n")

            self.agent.ask("GET", path + "?wait=20", None, waited)
            self.person.ask("GET", path, None, looked)

        def end(claim, knew):
            assert claim["arguments"]["amount_cents"] == 50, claim
            done(decided[0], knew)

        self.agent.ask("POST", "/v1/approvals", body, submitted, key)


class Theirs:
    """A client of the server that LangGraph stands behind."""

    def __init__(self, port):
        self.agent, self.person = Line(port), Line(port)
        self.lines = [self.agent, self.person]

    def begin(self, done):
        def created(run):
            decided = time.perf_counter()

            def waited(got):
                assert got["args"] == {"amount_cents": 50}, got
                done(decided, time.perf_counter())

            self.agent.ask("GET", f"/wait?{run['id']}", None, waited)
            self.person.ask(
                "POST", f"/decide?{run['id']}", {"args": {"amount_cents": 50}}, lambda _: None)

        args = {"amount_cents": ASKED, "n": next(NUMBERS)}
        self.agent.ask("POST", "/create", {"args": args}, created)


def drive(clients, seconds):
    """Pairs a second, and the milliseconds from a decision to its waiter."""
    poll, lines, delays = select.epoll(), {}, []
    end = time.perf_counter() + seconds
    running = len(clients)

    def go(client):
        def done(decided, knew):
            nonlocal running
            delays.append((knew - decided) * 1_000)
            if time.perf_counter() < end:
                again.append(client)
            else:
                running -= 1

        client.begin(done)

    again = []
    for client in clients:
        for line in client.lines:
            lines[line.socket.fileno()] = line
            poll.register(line.socket, select.EPOLLIN)
        go(client)
    began = time.perf_counter()
    while running:
        for number, _ in poll.poll(60):
            lines[number].readable()
        # The approver's answer to the last decision is read before the next one is made.
        ready = [client for client in again if all(line.then is None for line in client.lines)]
        for client in ready:
            again.remove(client)
            go(client)
    return len(delays) / (time.perf_counter() - began), delays


def percent(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


class Peer:
    """LangGraph's server, installed for this run; `port` is None where it cannot be."""

    def __init__(self, context, scratch, wanted):
        self.port, self.why = None, "without LangGraph"
        if not wanted:
            return
        place = scratch / "langgraph"
        try:
            venv.create(place, with_pip=True)
            python = str(place / "bin" / "python")
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                 *REQUIREMENTS], check=True, capture_output=True, timeout=300)
        except (OSError, subprocess.SubprocessError) as error:
            self.why = f"LangGraph is not to be had here ({type(error).__name__})"
            return
        process = context.start(
            [python, str(HERE / "langgraph_server.py"), str(scratch / "langgraph.db")], stdout=-1)
        self.port = int(process.stdout.readline())


def throughput(world, peer, seconds):
    """The table of pairs a second."""
    print(f"{'':44}{'here':>10}{'LangGraph':>12}{'ratio':>9}")
    for count in CLIENTS:
        ours, our_delays = drive([Ours(world) for _ in range(count)], seconds)
        rows = [("durable pairs a second", ours, None), ("decision to waiter p50, ms",
                percent(our_delays, .5), None), ("decision to waiter p99, ms",
                percent(our_delays, .99), None)]
        if peer.port:
            theirs, delays = drive([Theirs(peer.port) for _ in range(count)], seconds)
            values = [theirs, percent(delays, .5), percent(delays, .99)]
            rows = [(name, here, there) for (name, here, _), there in zip(rows, values)]
        for name, here, there in rows:
            label = f"{name}, {count} client{'' if count == 1 else 's'}"
            beside = f"{there:12.2f}{here / there:9.2f}" if there else ""
            print(f"{label:44}{here:10.2f}{beside}", flush=True)
    if not peer.port:
        print(peer.why)


def overhead(client, calls):
    """Milliseconds that the gate adds to a call that needs nobody."""
    taken = []

    @countersign.gated(tool="issue_refund", client=client)
    def refund(amount_cents: int, country: str, n: int):
        return n

    for _ in range(calls):
        began = time.perf_counter()
        refund(FREE, "DE", next(NUMBERS))
        taken.append((time.perf_counter() - began) * 1_000)
    return taken


def reaction(world, client, calls):
    """Milliseconds from the decision's sending to the tool's first instruction."""
    ada, taken = world.api("ada"), []
    started = []

    @countersign.gated(tool="issue_refund", client=client)
    def refund(amount_cents: int, country: str, n: int):
        started.append(time.perf_counter())

    for _ in range(calls):
        thread = threading.Thread(target=refund, args=(ASKED, "DE", next(NUMBERS)))
        thread.start()
        approval = None
        while approval is None:
            items = ada.get("/v1/inbox").expect(200)["items"]
            approval = next((item["id"] for item in items if item["approval"]
                             and item["approval"]["state"] == "pending"), None)
        view = ada.view(approval)
        time.sleep(0.02)
        began = time.perf_counter()
        ada.decide(approval, view=view).expect(200)
        thread.join()
        taken.append((started.pop() - began) * 1_000)
    return taken


def show(name, values):
    print(f"{name:52}{statistics.median(values):10.2f}{percent(values, .99):12.2f}", flush=True)


def main():
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binaries", required=True, type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--calls", type=int, default=300)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.calls = 1.0, 20
    context = Context(options.binaries)
    try:
        with tempfile.TemporaryDirectory(prefix="countersign-peers-") as scratch:
            world = World(context)
            peer = Peer(context, pathlib.Path(scratch), not options.quick)
            throughput(world, peer, options.seconds)
        print(f"\n{'milliseconds':52}{'p50':>10}{'p99':>12}")
        with FakeControlPlane(Decision("approved")) as plane:
            show("gate of a released call, control plane of tests",
                 overhead(plane.client(), options.calls))
        test_policies.enforced(context, world)
        client = countersign.Client(world.url, world.tokens["support-bot"], environment={})
        show("gate of a released call, over loopback", overhead(client, options.calls))
        show("decision to the tool's first instruction",
             reaction(world, client, max(10, options.calls // 10)))
    finally:
        context.close()


if __name__ == "__main__":
    main()
