"""Two people at the same moment, where only one of them can be right.

Each race is repeated, the winner is read from the answers, and at the end the exported log is
verified and must tell the same: the order in which it has the events is the order that counts.
"""

import datetime
import pathlib
import threading
import time

from .client import Client
from .recorded import Outsider
from .server import World

EMAIL = "{}@acme.test"
# How much later than the other one racer may begin, so that both sides win now and then.
HEAD_START_MAX = 0.004
BOTH_WIN_FROM = 100

TWO_VOTES = """
id: two-votes
version: 1
applies_to: {tools: [issue_refund]}
rules:
  - id: two
    when: true
    then: {effect: require_approval, group: on-call, quorum: 2}
default: {effect: require_approval, group: on-call, quorum: 2}
change: {by: lea@acme.test, note: first}
"""


def instant(seconds):
    """A time so many seconds from now, as the server writes it."""
    at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03}Z"


def milliseconds(text):
    """A time of the server as milliseconds since 1970."""
    at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return round(at.timestamp() * 1000)


class PeopleRaces:
    """Rounds of races between people on a running server."""

    def __init__(self, context):
        self.context = context
        self.world = World(context)
        self.world.admin.post("/v1/groups", {"name": "ops"}).expect(201)
        self.world.add_member("eve", "approver", groups=["ops"])
        self.world.add_member("luc", "lead")
        names = ("ada", "bo", "eve", "lea", "luc")
        self.people = {name: self.world.api(name) for name in names}
        self.agent = self.world.agent
        self.outsider = Outsider(self.world, "outsider")
        self.submissions = 0
        self.wins = {}

    def run(self, count):
        """Runs `count` rounds of each race, and says how often which side won."""
        for race in (self.revoke, self.override, self.end, self.last_vote):
            race(count)
        return self.wins

    # D-23: who borrowed decides while who lent takes it back.

    def revoke(self, count):
        """Revoke against decide: the log never has an acceptance after a revocation."""
        expected = {}
        for _ in range(count):
            lent = self._lend(3_600)
            approval = self._submitted()
            view = self.people["eve"].view(approval)
            decided, revoked = self._together(
                lambda: self.people["eve"].decide(approval, view=view),
                lambda: self.people["ada"].call("DELETE", f"/v1/delegations/{lent}"))
            assert revoked.status == 204, revoked
            assert decided.status in (200, 403, 404), decided
            self._won("revoke", "decide" if decided.status == 200 else "revoke")
            expected[lent] = (approval, decided.status == 200)
            after = self.people["bo"].view(approval)["state"]
            assert (after == "approved") == (decided.status == 200), (after, decided)
        events = self._verified()
        revocations = {
            event["subject"]["id"]: event["seq"] for event in events
            if event["type"] == "delegation.revoked"}
        for lent, (approval, is_decided) in expected.items():
            uses = [
                event for event in events if event["facts"].get("delegation") == lent]
            assert [use["subject"]["id"] for use in uses] == [approval] * is_decided, uses
            for use in uses:
                assert use["seq"] < revocations[lent], f"accepted after it was revoked: {use}"
        self._check_both_won("revoke", count)

    # S-17: two overrides of one hour that want different people.

    def override(self, count):
        """Two overrides at once: one holds, and the other is told which."""
        self._put_schedule()
        accepted = []
        for _ in range(count):
            window = {"start": instant(36_000), "end": instant(39_600)}
            first, second = self._together(
                lambda: self._override(window, "bo"), lambda: self._override(window, "luc"))
            assert sorted([first.status, second.status]) == [201, 409], (first, second)
            taken, refused = (first, second) if first.status == 201 else (second, first)
            override = taken.json["override"]["id"]
            assert override in refused.raw.decode(), f"the loser is not told by whom: {refused}"
            listed = self.people["lea"].get("/v1/schedules/primary/overrides").expect(200)
            assert [item["id"] for item in listed["items"]] == [override], listed
            self._won("override", "first" if taken is first else "second")
            accepted.append(override)
            self.people["lea"].call("DELETE", f"/v1/overrides/{override}").expect(200, 204)
        made = [
            event["subject"]["id"] for event in self._verified()
            if event["type"] == "override.made"]
        assert made == accepted, "the log has other overrides than people were told of"
        self._check_both_won("override", count)

    # D-20 without a screen: what was lent ends while the decision is on its way.

    def end(self, count):
        """Deciding around the end of a delegation: what is accepted is before it."""
        ends = {}
        for _ in range(count):
            lasts = 0.15
            end = time.time() + lasts
            lent = self._lend(lasts)
            approval = self._submitted()
            view = self.people["eve"].view(approval)
            time.sleep(max(0.0, end - time.time() + self.context.random.uniform(-0.012, 0.004)))
            decided = self.people["eve"].decide(approval, view=view)
            assert decided.status in (200, 403, 404), decided
            self._won("end", "decide" if decided.status == 200 else "end")
            after = self.people["bo"].view(approval)["state"]
            assert (after == "approved") == (decided.status == 200), (after, decided)
            ends[lent] = decided.status == 200
        events = self._verified()
        end_of = {
            event["subject"]["id"]: event["facts"]["end_ms"] for event in events
            if event["type"] == "delegation.made"}
        used = {}
        for event in events:
            lent = event["facts"].get("delegation")
            if lent in ends:
                used[lent] = used.get(lent, 0) + 1
                assert milliseconds(event["ts"]) < end_of[lent], f"accepted after its end: {event}"
        assert used == {lent: 1 for lent, is_decided in ends.items() if is_decided}, used
        self._check_both_won("end", count)

    # one vote is missing, and one person approves while another one rejects.

    def last_vote(self, count):
        """Approve against reject at the last vote: one end, and the other is told whose."""
        self._enforce_two_votes()
        verdicts = {"bo": "approve", "luc": "reject"}
        self.world.admin.post("/v1/members", {
            "email": EMAIL.format("luc"), "roles": ["approver"], "groups": ["on-call"],
        }).expect(200, 201)
        winners = {}
        for _ in range(count):
            approval = self._submitted()
            self.people["ada"].decide(approval).expect(200)
            view = self.people["bo"].view(approval)
            assert (view["state"], view["requirement"]["approvals"]) == ("pending", 1), view
            replies = dict(zip(verdicts, self._together(*[
                lambda name=name, verdict=verdict: self.people[name].decide(
                    approval, verdict, view=view) for name, verdict in verdicts.items()])))
            assert sorted(reply.status for reply in replies.values()) == [200, 409], replies
            winner = next(name for name, reply in replies.items() if reply.status == 200)
            loser = next(name for name in replies if name != winner)
            after = self.people["ada"].view(approval)
            ends = {"approve": "approved", "reject": "rejected"}
            assert after["state"] == ends[verdicts[winner]], (winner, after)
            told = replies[loser].json
            assert "already-settled" in told["type"], told
            assert EMAIL.format(winner) in told["detail"] and after["state"] in told["detail"], told
            self._won("last_vote", verdicts[winner])
            winners[approval] = (winner, loser, after["state"])
        self._check_votes(self._verified(), winners)
        self._check_both_won("last_vote", count)

    def _check_votes(self, events, winners):
        """One end each, by the winner; a vote that came later, if it is there, changed nothing."""
        ids = self._ids()
        for approval, (winner, loser, state) in winners.items():
            about = [event for event in events if event["subject"]["id"] == approval]
            settling = [event for event in about if event["type"] == "approval.decided"]
            assert [(one["actor"]["id"], one["outcome"]) for one in settling] == [
                (ids[winner], state)], settling
            by_loser = [event for event in about if event["actor"]["id"] == ids[loser]]
            for event in by_loser:
                assert event["seq"] > settling[0]["seq"], event
                assert "late" in event["type"] or event["outcome"] == "late", event

    # What the races are made of.

    def _together(self, *actions):
        """Performs both at the same moment, give or take a head start; replies in order."""
        barrier = threading.Barrier(len(actions))
        replies = [None] * len(actions)
        delays = [0.0] * len(actions)
        delays[self.context.random.randrange(len(actions))] = self.context.random.uniform(
            0, HEAD_START_MAX)

        def perform(number):
            barrier.wait()
            time.sleep(delays[number])
            replies[number] = actions[number]()

        threads = [
            threading.Thread(target=perform, args=(number,)) for number in range(len(actions))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert all(reply is not None for reply in replies), "a racer got no answer"
        return replies

    def _won(self, race, side):
        self.wins.setdefault(race, {}).setdefault(side, 0)
        self.wins[race][side] += 1

    def _check_both_won(self, race, count):
        """A race that always ends in one way shows nothing of the other."""
        assert count < BOTH_WIN_FROM or len(self.wins[race]) == 2, self.wins

    def _verified(self):
        """The log as an outsider keeps it, verified; every event is in it."""
        self.world.sealed()
        return self.outsider.look()

    def _submitted(self):
        self.submissions += 1
        return self.agent.submitted(arguments={"n": self.submissions})

    def _lend(self, seconds):
        """Ada lends eve her authority for so long; the id."""
        body = {
            "delegate": EMAIL.format("eve"), "end": instant(seconds), "scope": ["all"],
            "ceiling": "high", "reason": "race"}
        return self.people["ada"].post("/v1/delegations", body).expect(200, 201)["id"]

    def _put_schedule(self):
        rotation = {
            "name": "week", "people": [EMAIL.format("ada")], "start": "2026-01-05T09:00:00",
            "recurrence": "FREQ=WEEKLY"}
        body = {
            "version": 0, "group": "on-call", "zone": "Europe/Berlin", "rotations": [rotation]}
        self.people["lea"].call("PUT", "/v1/schedules/primary", body).expect(200, 201)

    def _override(self, window, add):
        """Lea and luc are leads, and each asks for somebody else."""
        body = {**window, "remove": EMAIL.format("ada"), "add": EMAIL.format(add)}
        asking = self.people["lea" if add == "bo" else "luc"]
        return asking.post("/v1/schedules/primary/overrides", {**body, "reason": "race"})

    def _enforce_two_votes(self):
        """The policy in force, by two leads."""
        path = pathlib.Path(self.context.scratch) / "two-votes.yaml"
        path.write_text(TWO_VOTES)
        leads = [
            Client(self.context, self.world.url, self.world.tokens[name], home=f"cli-{name}")
            for name in ("lea", "luc")]
        done = leads[0].run("policy", "publish", str(path))
        assert done.returncode == 0, done
        for lead in leads:
            done = lead.run("policy", "mode", "two-votes", "1", "enforced")
            assert done.returncode == 0, done

    def _ids(self):
        """The ids of the people, as the log names them."""
        members = self.world.admin.get("/v1/members").expect(200)["items"]
        return {
            name: next(item["id"] for item in members if item["email"] == EMAIL.format(name))
            for name in self.people}
