"""The JavaScript module against the real control plane: its contract, and what may break."""

import json
import pathlib
import shutil
import signal

from harness.chaos import cut_and_killed
from harness.context import eventually
from test_gate import Gated

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODULE = ROOT / "Sources" / "javascript" / "index.js"

#: An agent that pays once, in a run that it names, and says what came of it.
AGENT = """
import { appendFileSync } from "node:fs";
import { Run, gated, stringify, words } from "MODULE";
const pay = gated((args, ticket) => {
  appendFileSync("ran", stringify(args) + "\\n");
  return `${ticket.edited} ${ticket.approval.decided_by}`;
}, { tool: "issue_refund", redact: ["/iban"], timeout_s: 120, schema: { type: "object" } });
const args = { iban: "DE89370400440532013000", n: 184000, big: 12345678901234567890n, t: "é" };
console.log(await pay(args, { run: new Run("run-7") }).catch(words));
"""

#: Checks of what needs no server.
UNITS = """
import assert from "node:assert/strict";
import { Client, canonical, digest, parse, stringify } from "MODULE";
for (const text of ["1e400", "0.10000000000000000001", '{"a":1,"a":2}', "NaN", "", "{", "01",
                    "[1,]", "1e-400", "[".repeat(1000), '"\\t"', "1 2"]) {
  assert.throws(() => parse(text), SyntaxError, text);
}
const text = '{"n":12345678901234567890,"x":1.5,"__proto__":{"a":[null,true]},"t":"\\\\u00e9"}';
assert.equal(stringify(parse(text)), text.replace("\\\\u00e9", "é"));
assert.equal(canonical(parse("[1,1.0,1e0,-0.0,1E2]")), "[1,1,1,0,100]");
assert.equal(canonical({ "\\ue000": 1, "\\u{1f600}": 2 }), '{"\\u{1f600}":2,"\\ue000":1}');
assert.notEqual(await digest([2n ** 53n]), await digest([2n ** 53n + 1n]));
for (const value of [NaN, Infinity, undefined, () => 1, new Date(), "\\ud800", [, 1]]) {
  assert.throws(() => canonical([value].flat(0)), TypeError);
}
for (const url of ["http://example.com", "ftp://localhost", "x", "https://u:p@h",
                   "http://127.evil.com"]) {
  assert.throws(() => new Client({ url, token: "cs_x", env: {} }), { name: "Misconfigured" }, url);
}
const client = new Client({ url: "http://localhost:1", token: "cs_secret", env: {} });
const { inspect } = await import("node:util");
assert.ok(!inspect(client, { showHidden: true, depth: 9 }).includes("cs_secret"));
console.log("fine");
"""

AI_SDK = """
import { heldTool } from "MODULE/../ai-sdk.js";
let ran = 0;
const execute = async (args) => { ran += 1; return `paid ${args.n}`; };
const tool = { description: "pays", execute };
const held = heldTool(tool, { name: "issue_refund", runId: "run-9" });
console.log(await held.execute({ n: 1 }, { toolCallId: "call_1" }), ran);
"""


class Agent:
    """A world with an agent in JavaScript in it."""

    def __init__(self, context):
        self.node = shutil.which("node")
        if not self.node:
            context.skip("node is not installed")
        self.context = context
        self.gated = Gated(context)
        self.world, self.ada = self.gated.world, self.gated.ada

    def start(self, script=AGENT, url=None):
        """Starts the agent's process."""
        env = self.context.environment(
            COUNTERSIGN_URL=url or self.world.url,
            COUNTERSIGN_TOKEN=self.world.tokens["support-bot"])
        path = self.context.scratch / "agent.mjs"
        path.write_text(script.replace("MODULE", str(MODULE)))
        return self.context.start([self.node, str(path)], env=env, stdout=-1, stderr=-1, text=True)

    def said(self, process):
        """What it printed, at its end."""
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        return out.strip()

    def ran(self):
        """What the tool ran with, each time."""
        path = self.context.scratch / "ran"
        return path.read_text().splitlines() if path.exists() else []

    def approve(self, approval):
        """Approves half of it."""
        edits = [{"op": "replace", "path": "/n", "value": 50000}]
        self.world.api("ada").decide(approval, edits=edits).expect(200)

    def check(self, approval):
        """It ran once, as edited, and that is on record."""
        wanted = '{"iban":"DE89370400440532013000","n":50000,"big":12345678901234567890,"t":"é"}'
        assert self.ran() == [wanted], self.ran()
        view = self.world.api("lea").view(approval)
        assert view["execution"] == "succeeded" and not view["receipt"]["mismatch"], view


def test_without_a_server(context):
    """Goal: JSON is exact both ways, and the token goes nowhere and shows nowhere."""
    agent = Agent(context)
    assert agent.said(agent.start(UNITS)) == "fine"


def test_the_whole_path(context):
    """Goal: submit, edit, claim, run once, report; a second process is told that it ran."""
    agent = Agent(context)
    process = agent.start()
    approval = agent.gated.pending()
    agent.approve(approval)
    assert agent.said(process) == "true ada@acme.test"
    agent.check(approval)
    assert "ran before" in agent.said(agent.start())
    agent.check(approval)


def test_a_rejection_is_told(context):
    """Goal: who and why reach the model, and nothing runs."""
    agent = Agent(context)
    process = agent.start()
    agent.ada.decide(agent.gated.pending(), "reject", comment="ask Finance").expect(200)
    said = agent.said(process)
    assert "ada@acme.test" in said and "ask Finance" in said and not agent.ran(), said


def test_killed_while_it_waits(context):
    """Goal: the restarted agent finds its approval by its run, and runs the edit, once."""
    agent = Agent(context)
    first = agent.start()
    approval = agent.gated.pending()
    first.send_signal(signal.SIGKILL)
    first.wait()
    second = agent.start()
    agent.approve(approval)
    agent.said(second)
    agent.check(approval)


def test_the_server_dies_and_answers_are_lost(context):
    """Goal: a cut at each of three places, and a server that is killed twice: one execution."""
    for agent, process, approval in cut_and_killed(
            context, Agent, lambda agent, url: agent.start(url=url)):
        assert agent.said(process).startswith("true")
        agent.check(approval)


def test_the_ai_sdk(context):
    """Goal: a tool's `execute` is held; the model hears of an edit, and of a refusal."""
    agent = Agent(context)
    process = agent.start(AI_SDK)
    approval = agent.gated.pending()
    assert agent.ada.view(approval)["origin"]["call_id"] == "call_1"
    agent.ada.decide(approval, edits=[{"op": "replace", "path": "/n", "value": 2}]).expect(200)
    said = agent.said(process)
    assert said.endswith("paid 2 1") and "do not call it again" in said, said
    assert json.dumps(said).count("paid") == 1
