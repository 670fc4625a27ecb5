"""What all adapters share: names of calls, words for the model, receipts, saved runs."""

import asyncio
import copy
import pathlib
import stat
import tempfile
import unittest

from countersign import Expired, GaveUp, Misconfigured, Mismatch, Rejected, Unknown
from countersign.adapters.guard import Guard
from countersign.adapters.saved import SavedRun
from countersign.keys import Run
from countersign.testing import Decision, FakeControlPlane

ARGUMENTS = {"n": 1, "iban": "DE_OLD"}


class WithPlane(unittest.TestCase):
    """A fake control plane that is asked by default."""

    def setUp(self):
        self.plane = FakeControlPlane()
        self.plane.__enter__()
        self.addCleanup(self.plane.__exit__)
        self.guard = Guard({"pay": {"redact": ["iban"], "timeout_s": 60}}, framework="test")
        self.ran = []

    def tool(self, arguments):
        """Notes what it ran with."""
        self.ran.append(arguments)
        return f"paid {arguments['n']}"


class Calls(WithPlane):
    """How calls are named."""

    def test_which_tools(self):
        """Goal: named tools are held, and without names all of them."""
        self.assertTrue(self.guard.holds("pay"))
        self.assertFalse(self.guard.holds("read"))
        self.assertTrue(Guard(framework="test").holds("anything"))
        with self.assertRaises(Misconfigured):
            Guard("pay", framework="test")

    def test_names(self):
        """Goal: run, id and arguments tell calls apart; the same three are the same call."""
        def key(scope="r", call_id="c", n=1):
            return self.guard.call("pay", {"n": n}, scope, call_id).key

        self.assertEqual(key(), key())
        self.assertEqual(len({key(), key("s"), key(call_id="d"), key(n=2)}), 4)
        with self.assertRaises(Misconfigured):
            key(call_id="")
        with self.assertRaises(Mismatch):
            key(n=float("nan"))

    def test_copies_are_the_same(self):
        """Goal: a framework that copies tools copies neither the token nor the numbers of calls."""
        run = Run("r")
        self.assertIs(copy.deepcopy(self.guard), self.guard)
        self.assertIs(copy.deepcopy([run])[0], run)

    def test_numbered(self):
        """Goal: a run that makes its calls again has the same keys again."""
        def keys():
            run = Run("r-1")
            return [self.guard.numbered(run, "pay", {"n": n}).key for n in (1, 2, 1)]

        self.assertEqual(keys(), keys())
        self.assertEqual(len(set(keys())), 3)

    def test_what_is_submitted(self):
        """Goal: the options of the tool and the names of the call."""
        self.plane.approve()
        call = self.guard.call("pay", ARGUMENTS, "r", "c", {"type": "object"})
        self.guard.answer(call, self.tool)
        body = self.plane.only().body
        self.assertEqual(body["redact"], ["/iban"])
        self.assertEqual((body["timeout_s"], body["schema"]), (60, {"type": "object"}))
        self.assertEqual(body["origin"], {"framework": "test", "run_id": "r", "call_id": "c"})


class Running(WithPlane):
    """How calls run."""

    def call(self, call_id="c"):
        """One call."""
        return self.guard.call("pay", ARGUMENTS, "r", call_id)

    def test_an_edit_runs_and_is_told(self):
        """Goal: once, as decided; what is redacted is not repeated to the model."""
        self.plane.approve({"/n": 5, "/iban": "DE_NEW"}, comment="less")
        said = self.guard.answer(self.call(), self.tool)
        self.assertEqual(self.ran, [{"n": 5, "iban": "DE_NEW"}])
        self.assertIn("/n = 5", said)
        self.assertIn("less", said)
        self.assertNotIn("DE_NEW", said)
        self.assertTrue(said.endswith("paid 5"))
        self.plane.only().assert_executed_once()

    def test_words_instead_of_a_run(self):
        """Goal: each refusal has its own words, and nothing runs."""
        for plan, words in ((lambda: self.plane.reject("ask Bo"), "ask Bo. It did not run"),
                            (self.plane.expire, "still needs an approval")):
            plan()
            said = self.guard.answer(self.call(words), self.tool)
            self.assertIn(words, said)
        self.plane.approve()
        self.guard.answer(self.call(), self.tool)
        self.assertIn("no rejection", self.guard.answer(self.call(), self.tool))
        self.assertEqual(len(self.ran), 1)

    def test_a_failing_tool(self):
        """Goal: its own error, and a receipt that says so."""
        self.plane.approve()
        with self.assertRaises(KeyError):
            self.guard.answer(self.call(), lambda arguments: arguments["nothing"])
        self.assertEqual(self.plane.only().execution, "failed")

    def test_asynchronous(self):
        """Goal: the same for tools that are awaited, and for those that are not."""
        async def paid(arguments):
            return self.tool(arguments)

        for number, tool in enumerate((paid, self.tool)):
            self.plane.approve({"/n": 7})
            said = asyncio.run(self.guard.answer_async(self.call(str(number)), tool))
            self.assertTrue(said.endswith("paid 7"))
            self.plane.calls[-1].assert_executed_once()
        self.plane.reject()
        self.assertIn("rejected", asyncio.run(self.guard.answer_async(self.call("x"), paid)))

    def test_pausing_claims_nothing(self):
        """Goal: waiting for a decision leaves the right to run for where it runs."""
        self.plane.hold()
        approval = self.guard.submit(self.call())
        self.plane.decide(self.plane.only(), Decision("approved"))
        self.assertEqual(self.guard.await_decision(approval.id).state, "approved")
        self.assertIsNone(self.guard.refusal_of(self.call()))
        self.assertEqual(self.plane.only().claims, [])
        self.plane.reject()
        self.assertIsInstance(self.guard.refusal_of(self.call("d")), Rejected)

    def test_a_hosts_limit(self):
        """Goal: the call is taken back before the host runs it by itself."""
        guard = Guard(framework="test", wait_s=0.2)
        self.plane.hold()
        with self.assertRaises(GaveUp):
            guard.run(guard.call("pay", ARGUMENTS, "r", "c"), self.tool)
        self.assertEqual((self.plane.only().state, self.ran), ("cancelled", []))

    def test_a_lapsed_lease(self):
        """Goal: a claim that is too old is not run."""
        self.plane.approve()
        call = self.call()
        ticket = self.guard.gate(call).run()
        ticket._lease_end = 0
        with self.assertRaises(Expired):
            self.guard.execute(ticket, call, self.tool)
        self.assertEqual(self.ran, [])
        with self.assertRaises(Unknown):
            self.guard.run(call, self.tool)


class Saved(unittest.TestCase):
    """The file of a paused run."""

    def test_it_is_whole_private_and_forgotten(self):
        """Goal: what was written last is read, by its owner only, and nothing is left over."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "run.json"
            saved = SavedRun(path)
            self.assertIsNone(saved.read())
            saved.write("first")
            saved.write("zweiter ü")
            self.assertEqual(SavedRun(path).read(), "zweiter ü")
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
            saved.forget()
            saved.forget()
            self.assertEqual(list(path.parent.iterdir()), [])
