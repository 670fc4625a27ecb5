"""Sixteen contenders for one approval at the same moment: exactly one of them wins."""

import threading
import time
import uuid

from .server import World

CONTENDERS = 16


class Races:
    """Rounds of races on a running server."""

    def __init__(self, context):
        self.context = context
        self.world = World(context)
        names = [f"racer{number}" for number in range(CONTENDERS)]
        for name in names:
            self.world.add_member(name, "approver")
        self.people = [self.world.api(name) for name in names]
        self.agents = [self.world.agent for _ in range(CONTENDERS)]
        self.lead = self.world.api("lea")
        self.counts = {}

    def run(self, count):
        """Runs `count` rounds of each race."""
        for race in (self.decide, self.claim, self.cancel, self.submit):
            for _ in range(count):
                race()
            self.counts[race.__name__] = count
        for _ in range(max(1, count // 4)):
            self.expire()
        self.counts["expire"] = max(1, count // 4)
        return self.counts

    def _together(self, actions, start=None):
        """Performs all actions at the same moment, and returns their replies in order."""
        barrier = threading.Barrier(len(actions))
        replies = [None] * len(actions)

        def perform(number):
            barrier.wait()
            if start is not None:
                time.sleep(max(0.0, start - time.time()))
            replies[number] = actions[number]()

        threads = [
            threading.Thread(target=perform, args=(number,)) for number in range(len(actions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert all(reply is not None for reply in replies), "a contender got no answer"
        return replies

    def decide(self):
        """Sixteen people, half for and half against: one decision, the others are told whose."""
        approval = self.agents[0].submitted()
        view = self.lead.view(approval)
        verdicts = [self.context.random.choice(("approve", "reject")) for _ in self.people]
        replies = self._together([
            lambda person=person, verdict=verdict: person.decide(approval, verdict, view=view)
            for person, verdict in zip(self.people, verdicts)])
        winners = [n for n, reply in enumerate(replies) if reply.status == 200]
        assert len(winners) == 1, [reply.status for reply in replies]
        after = self.lead.view(approval)
        wanted = {"approve": "approved", "reject": "rejected"}[verdicts[winners[0]]]
        assert after["state"] == wanted, after["state"]
        email = f"racer{winners[0]}@acme.test"
        assert [decision["by"] for decision in after["decisions"]] == [email]
        for number, reply in enumerate(replies):
            if number not in winners:
                assert reply.status == 409, reply
                assert email in reply.raw.decode(), f"a loser is not told who won: {reply}"

    def claim(self):
        """Sixteen processes with their own nonces: one may run the call."""
        approval = self.agents[0].submitted()
        self.people[0].decide(approval).expect(200)
        nonces = [uuid.uuid4().hex for _ in self.agents]
        replies = self._together([
            lambda agent=agent, nonce=nonce: agent.claim(approval, nonce)
            for agent, nonce in zip(self.agents, nonces)])
        statuses = sorted(reply.status for reply in replies)
        assert statuses == [200] + [409] * (CONTENDERS - 1), statuses

    def cancel(self):
        """Eight people approve while the agent gives up eight times: one side wins."""
        approval = self.agents[0].submitted()
        view = self.lead.view(approval)
        half = CONTENDERS // 2
        replies = self._together(
            [lambda person=person: person.decide(approval, view=view)
             for person in self.people[:half]]
            + [lambda agent=agent: agent.cancel(approval) for agent in self.agents[:half]])
        decided = [reply.status for reply in replies[:half]].count(200)
        cancelled = [reply.status for reply in replies[half:]].count(200)
        state = self.lead.view(approval)["state"]
        assert (decided, state) == (1, "approved") and cancelled == 0 or (
            decided == 0 and cancelled >= 1 and state == "cancelled"), (decided, cancelled, state)

    def submit(self):
        """One key sixteen times at once: one approval."""
        key = str(uuid.uuid4())
        replies = self._together([
            lambda agent=agent: agent.submit("once", {"n": 1}, key) for agent in self.agents])
        assert {reply.status for reply in replies} <= {200, 201}, replies
        assert [reply.status for reply in replies].count(201) == 1, replies
        assert len({reply.json["id"] for reply in replies}) == 1

    def expire(self):
        """Sixteen people around the deadline: whoever is too late is refused, timer or not."""
        answer = self.agents[0].submit(timeout_s=1).expect(201)
        approval = answer["id"]
        view = self.lead.view(approval)
        deadline = _seconds(answer["deadline"])
        offset = self.context.random.uniform(-0.02, 0.01)
        replies = self._together(
            [lambda person=person: person.decide(approval, view=view) for person in self.people],
            start=deadline + offset)
        won = [reply.status for reply in replies].count(200)
        after = self.lead.view(approval)
        if won:
            assert won == 1 and after["state"] == "approved", (won, after["state"])
            assert _seconds(after["settled_at"]) < deadline, "accepted after the deadline"
        else:
            after = self.agents[0].view(approval, wait=5)
            assert after["state"] == "expired" and not after["released"], after


def _seconds(timestamp):
    """RFC 3339 in UTC with milliseconds, as seconds since 1970."""
    import calendar
    whole, _, fraction = timestamp.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) + float(f"0.{fraction or 0}")
