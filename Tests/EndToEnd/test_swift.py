"""The Swift library `CountersignGate`, by its example: its contract, and what may break."""

import signal

from harness.chaos import cut_and_killed
from test_gate import Gated


class Agent:
    """A world with the example's agent in it."""

    def __init__(self, context):
        self.context = context
        self.gated = Gated(context)
        self.world, self.ada = self.gated.world, self.gated.ada

    def start(self, run="run-7", **env):
        """Starts the agent's process."""
        named = {"COUNTERSIGN_URL": self.world.url,
                 "COUNTERSIGN_TOKEN": self.world.tokens["support-bot"], **env}
        return self.context.start(
            [self.context.program("RefundAgent"), run],
            env=self.context.environment(**named), stdout=-1, stderr=-1, text=True)

    def said(self, process):
        """What it printed, at its end."""
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        return out.strip()

    def approve(self, approval):
        """Approves a part of it."""
        edits = [{"op": "replace", "path": "/amount_cents", "value": 50000}]
        self.ada.decide(approval, edits=edits).expect(200)

    def check(self, approval, said):
        """It ran once, as edited, and that is on record."""
        assert said == ('refunded {"customer_id":"cus_91","amount_cents":50000}, '
                        "as a person changed it"), said
        view = self.world.api("lea").view(approval)
        assert view["execution"] == "succeeded" and not view["receipt"]["mismatch"], view


def test_the_whole_path(context):
    """Goal: submit, edit, claim, run once, report; a second process is told that it ran."""
    agent = Agent(context)
    process = agent.start()
    approval = agent.gated.pending()
    agent.approve(approval)
    agent.check(approval, agent.said(process))
    again = agent.said(agent.start())
    assert "claimed before" in again and "no rejection" in again, again


def test_a_rejection_is_told(context):
    """Goal: who and why come out as one sentence, and nothing runs."""
    agent = Agent(context)
    process = agent.start()
    agent.ada.decide(agent.gated.pending(), "reject", comment="ask Finance").expect(200)
    said = agent.said(process)
    start = "not refunded: ada@acme.test rejected the call: ask Finance. It did not run."
    assert said.startswith(start), said


def test_a_killed_agent_finds_its_approval_again(context):
    """Goal: the run's own names make the key; what was edited runs once."""
    agent = Agent(context)
    process = agent.start()
    approval = agent.gated.pending()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    process = agent.start()
    agent.approve(approval)
    agent.check(approval, agent.said(process))


def test_the_server_is_killed_and_answers_are_lost(context):
    """Goal: a request or an answer that is lost, and a server killed twice: it runs once."""
    for agent, process, approval in cut_and_killed(
            context, Agent, lambda agent, url: agent.start(COUNTERSIGN_URL=url)):
        agent.check(approval, agent.said(process))


def test_without_what_it_needs_nothing_runs(context):
    """Goal: no token, a wrong one, and an address in the clear each end in a sentence."""
    agent = Agent(context)
    cases = [
        ({"COUNTERSIGN_TOKEN": None}, "COUNTERSIGN_TOKEN is not set"),
        ({"COUNTERSIGN_TOKEN": "cs_wrong"}, "token"),
        ({"COUNTERSIGN_URL": "http://example.com"}, "not encrypted"),
    ]
    for env, wanted in cases:
        said = agent.said(agent.start(**env))
        assert said.startswith("not refunded: ") and wanted in said, (env, said)
        assert "cs_wrong" not in said
