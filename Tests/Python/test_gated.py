"""`@gated`: what runs is what was decided, once, as the right Python values."""

import asyncio
import dataclasses
import decimal
import functools
import inspect
import logging
import threading
import unittest
from typing import Optional

from countersign import (
    GaveUp, Misconfigured, Mismatch, Rejected, Unknown, call_key, gated, run)
from countersign.shapes import Unsupported
from countersign.testing import Decision, FakeControlPlane


@dataclasses.dataclass
class Recipient:
    """Who gets the money."""

    iban: str
    name: Optional[str] = None


class WithPlane(unittest.TestCase):
    """A fake control plane that is asked by default."""

    def setUp(self):
        self.plane = FakeControlPlane()
        self.plane.__enter__()
        self.addCleanup(self.plane.__exit__)
        self.ran = []


class Running(WithPlane):
    """The call itself."""

    def tool(self, **terms):
        """A refund that notes what it ran with."""

        @gated(tool="issue_refund", **terms)
        def refund(amount: decimal.Decimal, to: Recipient, note: str = "none"):
            self.ran.append((amount, to, note))
            return f"refunded {amount}"

        return refund

    def test_what_was_decided_runs_with_the_right_types(self):
        """Goal: an edit deep inside comes as the dataclass and the Decimal that the tool wants."""
        self.plane.approve(edits={"/amount": "12.50", "/to/name": "Bo"})
        self.assertEqual(
            self.tool()(decimal.Decimal("99.00"), Recipient("DE1")), "refunded 12.50")
        self.assertEqual(self.ran, [(decimal.Decimal("12.50"), Recipient("DE1", "Bo"), "none")])
        self.plane.only().assert_executed_once()

    def test_an_edit_that_does_not_fit_does_not_run(self):
        """Goal: neither the edit nor the original runs, and the record says so."""
        self.plane.approve(edits={"/amount": True})
        with self.assertRaises(Mismatch) as caught:
            self.tool()(decimal.Decimal(1), Recipient("DE1"))
        self.assertIn("/amount", str(caught.exception))
        self.assertEqual((self.ran, self.plane.only().execution), ([], "failed"))

    def test_a_rejection_raises_or_is_told(self):
        """Goal: nothing runs; who wants words instead of an error gets them."""
        self.plane.reject("not today")
        with self.assertRaises(Rejected):
            self.tool()(decimal.Decimal(1), Recipient("DE1"))
        self.plane.reject("not today")
        said = self.tool(refusal="return")(decimal.Decimal(1), Recipient("DE1"))
        self.assertIn("not today", said)
        self.assertEqual(self.ran, [])

    def test_a_result_that_runs_while_it_is_read(self):
        """Goal: the receipt waits for the end of it, and says when there was none."""

        @gated(tool="issue_refund")
        def refund(cents: int):
            return (self.ran.append(cents) or cents + place for place in range(2))

        self.plane.approve(edits={"/cents": 5})
        parts = refund(9)
        self.assertEqual(self.plane.only().execution, "claimed")
        self.assertEqual((list(parts), self.ran), ([5, 6], [5, 5]))
        self.plane.only().assert_executed_once()

    def test_a_result_that_is_not_read_to_its_end(self):
        """Goal: the record does not say that it succeeded."""

        @gated(tool="issue_refund")
        async def refund(cents: int):
            async def parts():
                yield cents
                raise ValueError(cents)

            return parts()

        async def read(count):
            self.plane.approve()
            found = []
            parts = await refund(count)
            try:
                async for part in parts:
                    found.append(part)
                    if len(found) == count:
                        break
            finally:
                await parts.aclose()

        asyncio.run(read(1))
        with self.assertRaises(ValueError):
            asyncio.run(read(2))
        self.assertEqual([held.execution for held in self.plane.calls], ["failed", "failed"])

    def test_an_edit_is_told(self):
        """Goal: the agent hears what changed, and of a redacted value only that it did."""
        self.plane.approve(edits={"/note": "less", "/to/iban": "DE_NEW_SECRET"}, comment="half")
        tool = self.tool(notice=True, redact=["to.iban"])
        said = tool(decimal.Decimal(1), Recipient("DE1"))
        self.assertIn('/note = "less"', said)
        self.assertIn("/to/iban (not shown)", said)
        self.assertNotIn("DE_NEW_SECRET", said)
        self.assertTrue(said.endswith("refunded 1"), said)

    def test_what_is_submitted(self):
        """Goal: defaults, schema, redactions and words are there."""
        self.plane.approve()
        tool = self.tool(redact=["to.iban", "/to/name"], timeout_s=60, risk="high",
                         group="finance", summary="{amount} to {to[iban]}", reason=lambda **_: "r")
        tool(decimal.Decimal(1), Recipient("DE1"))
        body = self.plane.only().body
        self.assertEqual(body["arguments"]["note"], "none")
        self.assertEqual(body["redact"], ["/to/iban", "/to/name"])
        self.assertEqual((body["timeout_s"], body["risk"], body["group"]), (60, "high", "finance"))
        self.assertEqual(body["context"], {"summary": "1 to DE1", "reason": "r"})
        self.assertEqual(body["schema"]["required"], ["amount", "to"])

    def test_a_failing_tool_is_reported_without_its_words(self):
        """Goal: the receipt says that it failed; the error's text, which may be secret, is kept."""

        @gated
        def tool():
            raise KeyError("secret words")

        self.plane.approve()
        with self.assertRaises(KeyError):
            tool()
        receipt = self.plane.only().receipts[0]
        self.assertEqual((receipt["outcome"], receipt["result_summary"]),
                         ("failed", "raised KeyError"))

    def test_an_idempotency_key_is_the_approvals_id(self):
        """Goal: the tool gets the id, nobody decides about it, no model is asked for it."""

        @gated
        def tool(n: int, idempotency_key: str):
            return idempotency_key

        self.plane.approve()
        self.assertEqual(tool(1), self.plane.only().id)
        self.assertEqual(self.plane.only().arguments, {"n": 1})
        self.assertEqual(list(inspect.signature(tool).parameters), ["n"])

    def test_methods_and_hidden_parameters(self):
        """Goal: `self` and a framework's context are passed on and not shown."""
        ran = self.ran

        class Bank:
            @gated(hidden=["context"])
            def pay(self, context, n: int):
                ran.append((self, context, n))

        bank, context = Bank(), object()
        self.plane.approve(edits={"/n": 2})
        bank.pay(context, 1)
        self.assertEqual(ran, [(bank, context, 2)])

    def test_definitions_that_cannot_be_held(self):
        """Goal: they are refused when they are made, not when money moves."""
        for make in (
            lambda: gated(lambda *parts: None), lambda: gated(tool="t")(complex_hint),
            lambda: gated(redact=["nothing.there"])(lambda n: n), lambda: gated(generator),
            lambda: gated(functools.partial(generator)), lambda: gated(property(generator)),
            lambda: gated(tool="t")(functools.partial(print, "secret")),
            lambda: gated(classmethod(generator)), lambda: gated(staticmethod(print)),
        ):
            with self.assertRaises(Unsupported):
                make()
        for options in ({"refusal": "ignore"}, {"redact": "to.iban"}):
            with self.assertRaises(Misconfigured):
                gated(**options)(lambda to: to)

    def test_nothing_secret_is_logged(self):
        """Goal: whatever happens, logs hold neither arguments nor the token."""
        with self.assertLogs("countersign", logging.DEBUG) as logs:
            self.plane.approve()
            self.plane.answer_status("receipt", 400)
            self.tool(summary="{nothing}")(decimal.Decimal("4711"), Recipient("DE_SECRET"))
        text = "\n".join(logs.output)
        self.assertEqual(len(logs.output), 2)
        for secret in ("4711", "DE_SECRET", self.plane.token):
            self.assertNotIn(secret, text)


def complex_hint(n: complex):
    """A tool whose parameter has no JSON form."""


def generator():
    """A tool that runs after its call."""
    yield 1


class Keys(WithPlane):
    """Which calls are the same call."""

    @staticmethod
    @gated
    def pay(n: int) -> int:
        """A tool."""
        return n

    def test_a_run_that_is_repeated_finds_its_calls(self):
        """Goal: the same calls in any order, two identical ones told apart."""
        for _ in range(3):
            self.plane.approve()
        with run("run-7"):
            self.assertEqual([self.pay(1), self.pay(2), self.pay(1)], [1, 2, 1])
        self.assertEqual(len({call.key for call in self.plane.calls}), 3)
        with run("run-7"):
            for n in (2, 1, 1):
                with self.assertRaises(Unknown):
                    self.pay(n)
        self.assertEqual(len(self.plane.calls), 3)
        self.plane.approve()
        with run("run-8"):
            self.pay(1)

    def test_a_given_key_is_for_one_call(self):
        """Goal: two calls never share a name by accident."""
        self.plane.approve()
        with call_key("call-1"):
            self.pay(1)
            with self.assertRaises(Misconfigured):
                self.pay(2)
        self.assertEqual(self.plane.only().key, "call-1")

    def test_without_names_each_call_is_new(self):
        """Goal: two intended refunds of the same amount are two approvals."""
        self.plane.approve()
        self.plane.approve()
        self.pay(1)
        self.pay(1)
        self.assertEqual(len(self.plane.calls), 2)


class Async(WithPlane):
    """Coroutine functions."""

    def tool(self, **terms):
        """A tool that awaits."""

        @gated(**terms)
        async def pay(n: int):
            await asyncio.sleep(0)
            self.ran.append(n)
            return n

        return pay

    def test_it_runs_as_decided(self):
        """Goal: the same as for plain functions."""
        self.plane.approve(edits={"/n": 5})
        self.assertEqual(asyncio.run(self.tool()(1)), 5)
        self.plane.only().assert_executed_once()

    def test_a_plain_function_around_an_async_one(self):
        """Goal: nothing is reported before it ran, and a failure is no success."""

        async def pay(n):
            self.ran.append(n)
            if n == 2:
                raise KeyError("secret words")
            return n

        tool = gated(tool="pay")(functools.wraps(pay)(lambda n: pay(n)))
        for n, outcome in ((1, "succeeded"), (2, "failed")):
            self.plane.approve()
            coming = tool(n)
            call = self.plane.calls[-1]
            self.assertEqual((self.ran.count(n), call.receipts), (0, []))
            if n == 2:
                with self.assertRaises(KeyError):
                    asyncio.run(coming)
            else:
                self.assertEqual(asyncio.run(coming), 1)
            self.assertEqual([receipt["outcome"] for receipt in call.receipts], [outcome])
        self.assertEqual(self.ran, [1, 2])

    def test_many_wait_at_once(self):
        """Goal: a hundred pending calls do not hold each other up, nor the loop."""
        tool = self.tool()

        async def all_of_them():
            tasks = [asyncio.ensure_future(tool(n)) for n in range(100)]
            while len(self.plane.calls) < 100:
                await asyncio.sleep(0.01)
            for call in list(self.plane.calls):
                self.plane.decide(call, Decision("approved"))
            return await asyncio.gather(*tasks)

        self.assertEqual(asyncio.run(all_of_them()), list(range(100)))
        for call in self.plane.calls:
            call.assert_executed_once()

    def test_a_cancelled_task_takes_its_call_back(self):
        """Goal: nobody decides in vain, and nothing runs."""
        self.plane.hold()

        async def cancelled():
            task = asyncio.ensure_future(self.tool()(1))
            while not self.plane.calls:
                await asyncio.sleep(0.01)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            while self.plane.only().state == "pending":
                await asyncio.sleep(0.01)

        asyncio.run(asyncio.wait_for(cancelled(), 10))
        self.assertEqual((self.plane.only().state, self.ran), ("cancelled", []))

    def test_patience(self):
        """Goal: the host's limit ends the wait."""
        self.plane.hold()
        with self.assertRaises(GaveUp):
            asyncio.run(self.tool(wait_s=0.2)(1))


class Threads(WithPlane):
    """Many callers at once."""

    def test_one_tool_in_many_threads(self):
        """Goal: each call runs once, with its own decision."""
        results = {}

        @gated
        def pay(n: int):
            return n

        def work(n):
            results[n] = pay(n)

        for _ in range(16):
            self.plane.approve()
        threads = [threading.Thread(target=work, args=(n,)) for n in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        self.assertEqual(results, {n: n for n in range(16)})
        for call in self.plane.calls:
            call.assert_executed_once()
