"""A process that is killed, at any moment, neither runs the tool twice nor asks people twice."""

import os
import pathlib
import signal
import stat
import subprocess
import sys
import tempfile
import unittest

from countersign import Client, Misconfigured, Refused, StateFolder, gated
from countersign.testing import Decision, FakeControlPlane

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "Sources" / "python"

#: An agent that pays once and says so; it can be told where to die.
AGENT = """
import os, signal, sys
from countersign import Unknown, gated
die_at, state, trace = sys.argv[1:4]

@gated(state=state)
def pay(amount_cents: int):
    if die_at == "before the effect":
        os.kill(os.getpid(), signal.SIGKILL)
    with open(trace, "a") as file:
        file.write(f"{amount_cents}\\n")
    if die_at == "after the effect":
        os.kill(os.getpid(), signal.SIGKILL)
    return amount_cents

try:
    print(pay(184000))
except Unknown:
    print("unknown")
"""


class Kills(unittest.TestCase):
    """A real process, and a real SIGKILL."""

    def setUp(self):
        self.plane = FakeControlPlane(as_default=False)
        self.addCleanup(self.plane.close)
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.state = pathlib.Path(scratch.name) / "state"
        self.trace = pathlib.Path(scratch.name) / "trace"

    def start(self, die_at="never"):
        """Starts the agent."""
        env = {**self.plane.environment(), "PYTHONPATH": str(SOURCES), "PATH": os.defpath,
               "PYTHONDONTWRITEBYTECODE": "1"}
        agent = subprocess.Popen(
            [sys.executable, "-c", AGENT, die_at, str(self.state), str(self.trace)],
            env=env, stdout=subprocess.PIPE, text=True)
        self.addCleanup(agent.stdout.close)
        self.addCleanup(agent.kill)
        return agent

    def effects(self):
        """What the tool did."""
        return self.trace.read_text().split() if self.trace.exists() else []

    def test_killed_while_it_waits(self):
        """Goal: the restarted process joins the pending approval and runs the edit, once."""
        self.plane.hold()
        first = self.start()
        call = self.plane.wait_for_call()
        first.send_signal(signal.SIGKILL)
        first.wait()
        self.plane.decide(call, Decision("approved", {"/amount_cents": 50000}))
        second = self.start()
        self.assertEqual(second.communicate(timeout=20)[0], "50000\n")
        self.assertEqual(self.effects(), ["50000"])
        self.plane.only().assert_executed_once()
        self.assertEqual(list(self.state.iterdir()), [])

    def test_killed_after_the_claim(self):
        """Goal: before the effect or after it, the tool is not run again, and that is said."""
        for die_at, effects in (("before the effect", []), ("after the effect", ["184000"])):
            with self.subTest(die_at):
                self.plane.approve()
                self.assertEqual(self.start(die_at).wait(20), -signal.SIGKILL)
                self.assertEqual(self.start().communicate(timeout=20)[0], "unknown\n")
                self.assertEqual(self.effects(), effects)
                self.assertEqual(self.plane.calls[-1].execution, "claimed")

    def test_two_processes_at_once(self):
        """Goal: of two restarts of the same agent one runs the tool; the other says unknown."""
        self.plane.hold()
        first, second = self.start(), self.start()
        call = self.plane.wait_for_call()
        while sum(step == "wait" for step, _ in self.plane.requests) < 2:
            pass
        self.plane.decide(call, Decision("approved"))
        said = {agent.communicate(timeout=20)[0] for agent in (first, second)}
        self.assertEqual(said, {"184000\n", "unknown\n"})
        self.assertEqual(self.effects(), ["184000"])


class Outages(unittest.TestCase):
    """What could not be asked is asked again under the same key."""

    def test_the_key_is_kept(self):
        """Goal: after an outage, or with a new token, the same call joins its approval."""
        with FakeControlPlane() as plane, tempfile.TemporaryDirectory() as scratch:
            tool = gated(state=scratch, wait_s=60)(lambda: "ran")
            stranger = Client(plane.url, "cs_another", environment={})
            locked_out = gated(state=scratch, tool="<lambda>", client=stranger)(lambda: "ran")
            with self.assertRaises(Refused):
                locked_out()
            kept = [file.read_text().strip() for file in pathlib.Path(scratch).iterdir()]
            plane.approve()
            self.assertEqual(tool(), "ran")
            self.assertEqual([plane.only().key], kept)
            self.assertEqual(list(pathlib.Path(scratch).iterdir()), [])


class Folders(unittest.TestCase):
    """The files that keep the keys."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.path = pathlib.Path(scratch.name) / "state"

    def test_identical_calls_have_their_own_keys(self):
        """Goal: two at the same time are two; after a restart they are the same two."""
        folder = StateFolder(self.path)
        keys = {folder.begin("pay", "sha256:1")[1] for _ in range(2)}
        again = StateFolder(self.path)
        self.assertEqual({again.begin("pay", "sha256:1")[1] for _ in range(2)}, keys)
        self.assertEqual(len(keys), 2)

    def test_an_end_forgets_and_an_outage_does_not(self):
        """Goal: the next intended call is new; one that could not be asked about is the same."""
        folder = StateFolder(self.path)
        name, key = folder.begin("pay", "d")
        folder.end(name, is_over=False)
        name, again = folder.begin("pay", "d")
        folder.end(name, is_over=True)
        self.assertEqual(again, key)
        self.assertNotEqual(folder.begin("pay", "d")[1], key)

    def test_files_are_private_and_hold_no_arguments(self):
        """Goal: mode 0600 in 0700, and nothing of the call in them."""
        name, key = StateFolder(self.path).begin("pay", "sha256:1")
        file = self.path / name
        self.assertEqual(stat.S_IMODE(file.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o700)
        self.assertEqual(file.read_text(), key + "\n")

    def test_what_is_no_key_is_refused(self):
        """Goal: a cut or foreign file, a link, an open folder: no call is made up from them."""
        folder = StateFolder(self.path)
        name, _ = folder.begin("pay", "d")
        for spoil in (self.cut, self.link, self.open):
            spoil(self.path / name)
            with self.assertRaises(Misconfigured):
                StateFolder(self.path).begin("pay", "d")

    @staticmethod
    def cut(file):
        """A power cut in another program."""
        file.write_text("state:")

    @staticmethod
    def link(file):
        """Somebody else's file."""
        file.unlink()
        file.symlink_to("/etc/hostname")

    @staticmethod
    def open(file):
        """A folder that everybody may write."""
        file.unlink()
        file.parent.chmod(0o777)
