"""Each client of an agent, and everything that can go wrong at each of its requests."""

import pathlib
import re
import shutil
import sys

from harness.api import NoAnswer
from harness.context import Unmet, eventually
from harness.steps import KINDS, StepProxy
from test_gate import Gated

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources"

PYTHON = """
import asyncio, os, sys
import countersign

def pay(amount_cents: int, n: int):
    with open(os.environ["RAN"], "a") as file:
        file.write(f"{amount_cents}\\n")
    return amount_cents

async def pay_later(amount_cents: int, n: int):
    return pay(amount_cents, n)

n = int(os.environ["N"])
try:
    if "ASYNC" in os.environ:
        held = countersign.gated(tool="pay", timeout_s=120)(pay_later)
        print(asyncio.run(held(1000, n)))
    else:
        print(countersign.gated(tool="pay", timeout_s=120)(pay)(1000, n))
except countersign.CountersignError as error:
    print(type(error).__name__, error)
"""

JAVASCRIPT = """
import { appendFileSync } from "node:fs";
import { Run, gated, words } from "MODULE";
const pay = gated((args) => {
  appendFileSync(process.env.RAN, `${args.amount_cents}\\n`);
  return args.amount_cents;
}, { tool: "pay", timeout_s: 120, schema: { type: "object" } });
const args = { amount_cents: 1000, n: Number(process.env.N) };
console.log(String(await pay(args, { run: new Run(`run-${process.env.N}`) }).catch(words)));
"""


class Steps:
    """A world, and agents in it that lose one request each."""

    def __init__(self, context):
        self.context = context
        self.gated = Gated(context)
        self.server = self.gated.world.server
        self.proxy = StepProxy(context, self.server.port, self.restart)
        self.number = 0

    def restart(self):
        self.server.kill()
        self.server.start()

    def run(self, command, env, step, kind):
        """One agent, its number behind its command; how many requests it made."""
        self.number += 1
        command = [*command, str(self.number)]
        ran = self.context.scratch / f"ran-{self.number}"
        self.proxy.plan(step, kind)
        process = self.context.start(command, stdout=-1, text=True, env=self.context.environment(
            COUNTERSIGN_URL=self.proxy.url, RAN=str(ran), N=str(self.number),
            COUNTERSIGN_TOKEN=self.gated.world.tokens["support-bot"], **env))
        approval = self.decide(process)
        said = process.communicate(timeout=60)[0].strip()
        lines = ran.read_text().split() if ran.exists() else re.findall(r'refunded.*:(\d+)', said)
        what = f"step {step}, {kind}: it said {said!r}"
        assert lines == ["500"], f"{what}, and ran with {lines}"
        view = self.gated.world.api("lea").view(approval)
        assert view["execution"] == "succeeded" and not view["receipt"]["mismatch"], (what, view)
        assert self.proxy.happened == bool(kind), what
        return self.proxy.count

    def decide(self, process):
        """Approves half of what the agent asked for, however often the server is gone."""
        edits = [{"op": "replace", "path": "/amount_cents", "value": 500}]
        key = f"decision-{self.number}"
        ada = self.gated.world.api("ada")
        seen = []

        def decided():
            try:
                if not seen:
                    items = ada.get("/v1/inbox").expect(200)["items"]
                    held = [it["id"] for it in items
                            if it["approval"] and it["approval"]["state"] == "pending"]
                    seen.extend(ada.view(approval) for approval in held)
                if seen:
                    ada.decide(seen[0]["id"], view=seen[0], edits=edits, key=key).expect(200)
                return seen and seen[0]["id"]
            except NoAnswer:
                return None

        try:
            return eventually(decided, "a pending approval", every=0.05)
        except Unmet as error:
            raise Unmet(f"{error}; the agent ended with {process.poll()}") from error
        finally:
            ada.close()

    def all(self, command, env=None):
        """Everything at each request of an undisturbed run."""
        requests = self.run(command, env or {}, 0, None)
        assert requests >= 4, requests
        for step in range(1, requests + 1):
            for kind in KINDS:
                self.run(command, env or {}, step, kind)


def test_python(context):
    """Goal: whatever breaks once, the tool runs once, with the effective arguments, on record."""
    Steps(context).all(
        [sys.executable, "-c", PYTHON],
        {"PYTHONPATH": str(SOURCES / "python"), "PYTHONDONTWRITEBYTECODE": "1"})


def test_python_async(context):
    """Goal: the same of a coroutine."""
    Steps(context).all(
        [sys.executable, "-c", PYTHON],
        {"PYTHONPATH": str(SOURCES / "python"), "PYTHONDONTWRITEBYTECODE": "1", "ASYNC": "1"})


def test_javascript(context):
    """Goal: the same in JavaScript."""
    node = shutil.which("node")
    if not node:
        context.skip("node is not installed")
    script = context.scratch / "agent.mjs"
    script.write_text(JAVASCRIPT.replace("MODULE", str(SOURCES / "javascript" / "index.js")))
    Steps(context).all([node, str(script)])


def test_swift(context):
    """Goal: the same of the Swift library, by its example."""
    Steps(context).all([context.program("RefundAgent")])


def test_the_gate_of_shells(context):
    """Goal: the same of a program behind `countersign gate`."""
    steps = Steps(context)
    script = ('import json, os, sys; cents = json.load(sys.stdin)["amount_cents"]; '
              'open(os.environ["RAN"], "a").write(f"{cents}\\n")')
    gate = context.program("countersign")
    shell = f'exec {gate} gate --tool pay --args "{{\\"amount_cents\\":1000,\\"n\\":$N}}" ' \
            f"-- {sys.executable} -c '{script}'"
    steps.all(["/bin/sh", "-c", shell])
