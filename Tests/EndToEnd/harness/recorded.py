"""The record as an outsider keeps it: exported, verified offline, pinned, exported again.

Two things are wanted of it here. After every `kill -9` the whole log verifies and goes on from the
last checkpoint that was kept before; and many writers at once make one line of events.
"""

import json
import sqlite3
import threading
import uuid

from .client import Client
from .context import eventually
from .kill_loop import KillLoop
from .server import World

WRITERS = 64
RECORDED_BY = {
    "submit": "approval.requested", "decide": "approval.decided", "cancel": "approval.cancelled",
    "claim": "approval.claimed",
}


def covered(checkpoint):
    """How many events a signed checkpoint is about: the second line of the note."""
    return int(checkpoint.read_text().splitlines()[1])


class Outsider:
    """An auditor who has the log's key from the start, and pins what was seen last."""

    def __init__(self, world, name):
        self.world = world
        self.folder = world.context.folder(name)
        self.auditor = Client(world.context, world.url, world.tokens["aud"], home=f"{name}/home")
        self.trust = self.folder / "trust.json"
        done = self.auditor.run("audit", "trust")
        assert done.returncode == 0, done
        self.trust.write_bytes(done.stdout)
        self.pin = None
        self.exports = 0

    def look(self):
        """Exports everything, verifies it against the pin, and answers the headers in order."""
        export = self.export()
        status, report = self.report(export)
        assert status == 0 and report["result"] == "verified", report
        assert not report["findings"], report
        self.pin = max(export.glob("checkpoint.*"), key=covered)
        lines = (export / "events.jsonl").read_bytes().splitlines()
        # A tail that nobody signed would be believed without reason.
        assert covered(self.pin) == len(lines), (self.pin, len(lines), report)
        return [json.loads(line) for line in lines]

    def export(self):
        """A new folder with everything up to the newest signed checkpoint."""
        self.exports += 1
        export = self.folder / f"export-{self.exports}"
        done = self.auditor.run("audit", "export", export)
        assert done.returncode == 0, done
        return export

    def report(self, export):
        """The verifier's exit status and report."""
        pin = ("--pin", self.pin) if self.pin else ()
        done = self.auditor.run(
            "audit", "verify", export, "--trust", self.trust, "--json", *pin)
        return done.returncode, json.loads(done.stdout)


def cut_back(store_file):
    """What root can do while the server is down: takes the last event away, with its traces."""
    store = sqlite3.connect(store_file)
    triggers = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = triggers.fetchall()
    for name, _ in triggers:
        store.execute(f"DROP TRIGGER {name}")
    (last,) = store.execute("SELECT max(sequence) FROM event").fetchone()
    store.execute("DELETE FROM disclosure WHERE sequence >= ?", (last,))
    store.execute("DELETE FROM event WHERE sequence >= ?", (last,))
    store.execute("DELETE FROM checkpoint WHERE size > ?", (last,))
    for _, sql in triggers:
        store.execute(sql)
    store.commit()
    store.close()


class VerifiedKillLoop(KillLoop):
    """The loop with racing clients; an outsider looks at the record after each restart."""

    def __init__(self, context, rounds_per_store=40):
        super().__init__(context, rounds_per_store)
        self.counts |= {"verified": 0, "events": 0}
        self.outsider = None

    def _fresh(self, number):
        super()._fresh(number)
        self.outsider = Outsider(self.world, f"outsider-{number}")
        self.outsider.look()

    def _verify(self, targets, acts):
        # The server seals what it finds before it serves, so nothing may be missing here.
        headers = self.outsider.look()
        self.counts["verified"] += 1
        self.counts["events"] = len(headers)
        recorded = {(header["type"], header["subject"]["id"]) for header in headers}
        for act in acts:
            if act.is_acknowledged:
                approval = act.approval or act.reply.json["id"]
                wanted = (RECORDED_BY[act.kind], approval)
                assert wanted in recorded, f"acknowledged and not in the record: {act}"
        super()._verify(targets, acts)


class Writers:
    """Many agents that write to one chain at the same moment."""

    def __init__(self, context):
        self.world = World(context)
        self.outsider = Outsider(self.world, "outsider")

    def run(self, each):
        """Every writer submits `each` calls and cancels each second one; the counts."""
        before = self.outsider.look()
        barrier = threading.Barrier(WRITERS)
        done = [[] for _ in range(WRITERS)]
        threads = [
            threading.Thread(target=self._write, args=(barrier, each, done[number]), daemon=True)
            for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=90)
        written = [entry for entries in done for entry in entries]
        wanted = WRITERS * (each + each // 2)
        assert len(written) == wanted, f"{len(written)} of {wanted} were acknowledged"
        after = eventually(lambda: self._sealed(written), "the last event is signed for")
        assert after[:len(before)] == before, "what was there has changed"
        self._check_line(after[len(before):], len(before), written)
        return {"writers": WRITERS, "acknowledged": len(written), "events": len(after)}

    def _sealed(self, written):
        """The headers, when a checkpoint covers all that was written; a tail may take 250 ms."""
        headers = self.outsider.look()
        recorded = {(header["type"], header["subject"]["id"]) for header in headers}
        return headers if recorded.issuperset(written) else None

    def _write(self, barrier, each, done):
        agent = self.world.agent
        barrier.wait()
        for number in range(each):
            approval = agent.submit("many", {"n": number}, str(uuid.uuid4())).expect(201)["id"]
            done.append(("approval.requested", approval))
            if number % 2:
                agent.cancel(approval).expect(200)
                done.append(("approval.cancelled", approval))

    @staticmethod
    def _check_line(headers, first, written):
        numbers = [header["seq"] for header in headers]
        assert numbers == list(range(first, first + len(headers))), numbers
        recorded = [(header["type"], header["subject"]["id"]) for header in headers]
        mine = [entry for entry in recorded if entry[0] in RECORDED_BY.values()]
        assert sorted(mine) == sorted(written), "the record is not what was acknowledged"
