"""kill -9 of the server at random moments, with racing clients.

What must hold after each restart: whatever was acknowledged is there, nothing that was settled is
settled otherwise or twice, and the audit log links.
"""

import random
import threading
import time
import uuid

from . import audit
from .api import NoAnswer
from .server import World

DECIDERS = ("ada", "bo", "lea")


class Act:
    """One request of a racing client, and what came of it; `reply` is None when nobody knows."""

    def __init__(self, kind, approval=None, **fields):
        self.kind = kind
        self.approval = approval
        self.fields = fields
        self.reply = None

    @property
    def is_acknowledged(self):
        """True when the server said that it is done."""
        return self.reply is not None and self.reply.status in (200, 201)

    def __repr__(self):
        status = self.reply.status if self.reply else "no answer"
        return f"{self.kind} {self.approval} {self.fields}: {status}"


class Racer(threading.Thread):
    """A client that does one random thing after the other until the server is gone."""

    def __init__(self, loop, targets, seed):
        super().__init__(daemon=True)
        self.loop = loop
        self.targets = targets
        self.random = random.Random(seed)
        self.acts = []

    def run(self):
        agent = self.loop.world.agent
        people = {name: self.loop.world.api(name) for name in DECIDERS}
        try:
            while True:
                self._one(agent, people)
        except NoAnswer:
            return

    def _one(self, agent, people):
        choice = self.random.random()
        approval = self.random.choice(self.targets)
        if choice < 0.2:
            self._do(Act("submit", key=str(uuid.uuid4()), tool="late"), lambda act: agent.submit(
                act.fields["tool"], {"by": "racer"}, act.fields["key"]))
        elif choice < 0.65:
            person = self.random.choice(DECIDERS)
            verdict = self.random.choice(("approve", "reject"))
            view = people[person].view(approval)
            act = Act("decide", approval, person=person, verdict=verdict, key=str(uuid.uuid4()))
            self._do(act, lambda act: people[person].decide(
                approval, verdict, view=view, key=act.fields["key"]))
        elif choice < 0.75:
            self._do(Act("cancel", approval), lambda act: agent.cancel(approval))
        else:
            nonce = uuid.uuid4().hex
            self._do(Act("claim", approval, nonce=nonce), lambda act: agent.claim(approval, nonce))

    def _do(self, act, perform):
        # Kept before it is sent: after a cut nobody knows whether it was done.
        self.acts.append(act)
        act.reply = perform(act)


class KillLoop:
    """Rounds of load, kill, restart and checks on one store."""

    def __init__(self, context, rounds_per_store=40):
        self.context = context
        self.rounds_per_store = rounds_per_store
        self.world = None
        self.settled = {}
        self.counts = {"rounds": 0, "acknowledged": 0, "unknown": 0, "settled": 0}
        self.restart_seconds = []

    def run(self, count):
        """Runs `count` rounds."""
        for number in range(count):
            if number % self.rounds_per_store == 0:
                self._fresh(number)
            self._round()
        self._verify_all()
        return self.counts

    def _fresh(self, number):
        if self.world:
            self._verify_all()
            self.world.server.kill()
        self.settled = {}
        folder = self.context.scratch / f"store-{number}"
        self.world = World(self.context, folder=folder)

    def _round(self):
        chance = self.context.random
        agent = self.world.agent
        targets = [
            agent.submitted(
                arguments={"n": n}, timeout_s=1 if chance.random() < 0.15 else 600)
            for n in range(chance.randint(2, 6))]
        agent.close()
        racers = [
            Racer(self, targets, chance.random()) for _ in range(chance.randint(2, 16))]
        for racer in racers:
            racer.start()
        # The moment of the kill is the experiment, so here a guessed time is what is wanted.
        time.sleep(chance.uniform(0.0, 0.12))
        self.world.server.kill()
        for racer in racers:
            racer.join(timeout=30)
            assert not racer.is_alive(), "a client hangs on a dead server"
        began = time.monotonic()
        self.world.server.start()
        self.restart_seconds.append(time.monotonic() - began)
        self._verify(targets, [act for racer in racers for act in racer.acts])

    def _verify(self, targets, acts):
        self.counts["rounds"] += 1
        self.counts["acknowledged"] += sum(act.is_acknowledged for act in acts)
        self.counts["unknown"] += sum(act.reply is None for act in acts)
        lead, agent = self.world.api("lea"), self.world.agent
        for approval in targets:
            mine = [act for act in acts if act.approval == approval]
            view = lead.view(approval)
            self._check_settled_once(approval, view, mine)
            self._check_claims(approval, agent, mine)
            self._remember(approval, view)
        for act in acts:
            if act.kind == "submit":
                self._check_submission(act, agent)
        self._check_log()

    def _check_settled_once(self, approval, view, acts):
        done = [act for act in acts if act.is_acknowledged]
        decisions = [act for act in done if act.kind == "decide"]
        assert len(decisions) <= 1, f"decided twice: {decisions}"
        for act in decisions:
            wanted = {"approve": "approved", "reject": "rejected"}[act.fields["verdict"]]
            assert view["state"] == wanted, f"lost or changed: {act} but {view['state']}"
            last = view["decisions"][-1]
            email = f"{act.fields['person']}@acme.test"
            assert (last["by"], last["verdict"]) == (email, act.fields["verdict"]), last
        if any(act.kind == "cancel" for act in done):
            assert view["state"] == "cancelled", f"a cancel was lost: {view['state']}"
        if any(act.kind == "claim" for act in done):
            assert view["execution"] != "none", "a claim was lost"

    def _check_claims(self, approval, agent, acts):
        won = [act for act in acts if act.kind == "claim" and act.is_acknowledged]
        assert len({act.fields["nonce"] for act in won}) <= 1, f"claimed twice: {won}"
        for act in won:
            again = agent.claim(approval, act.fields["nonce"]).expect(200)
            assert again["fencing_token"] == act.reply.json["fencing_token"], "another ticket"
            other = agent.claim(approval)
            assert other.status == 409, f"a second nonce: {other}"

    def _check_submission(self, act, agent):
        key, tool = act.fields["key"], act.fields["tool"]
        first = agent.submit(tool, {"by": "racer"}, key)
        again = agent.submit(tool, {"by": "racer"}, key)
        assert again.status == 200 and again.json["id"] == first.json["id"], (first, again)
        if act.is_acknowledged:
            assert first.status == 200, f"an acknowledged submission was lost: {first}"
            assert first.json["id"] == act.reply.json["id"], "the key names another approval"

    def _remember(self, approval, view):
        if view["state"] == "pending":
            return
        final = (view["state"], view["settled_at"], str(view["decisions"]))
        known = self.settled.setdefault(approval, final)
        assert known == final, f"changed after it was final: {known} -> {final}"

    def _check_log(self):
        events = audit.read_events(self.world.server.store_file, self.world.server.tenant)
        faults = audit.chain_faults(events)
        assert not faults, "\n".join(faults[:10])
        outcomes = audit.settlements(events)
        for approval, (state, _, _) in self.settled.items():
            assert outcomes.get(approval) == state, (approval, state, outcomes.get(approval))

    def _verify_all(self):
        """Nothing that was settled is settled otherwise, however many restarts later."""
        lead = self.world.api("lea")
        for approval in list(self.settled):
            self._remember(approval, lead.view(approval))
        self.counts["settled"] += len(self.settled)
        self._check_log()
