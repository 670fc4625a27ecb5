"""The gate fails closed, runs once, and outlives what goes wrong on the way."""

import threading
import time
import unittest

from countersign import (
    Call, Cancelled, Client, Expired, GaveUp, Misconfigured, Mismatch, Refused, Rejected, Unknown,
    Unreachable, hold)
from countersign.testing import Decision, FakeControlPlane

ARGUMENTS = {"customer_id": "cus_91", "amount_cents": 184000, "exact": 12345678901234567890}


class WithPlane(unittest.TestCase):
    """A fake control plane for each test."""

    def setUp(self):
        self.plane = FakeControlPlane(as_default=False)
        self.addCleanup(self.plane.close)
        self.client = self.plane.client()
        self.addCleanup(self.client.close)

    def hold(self, key="run-7/call-1", **fields):
        """Holds a call and reports its success, as a tool would."""
        wait_s = fields.pop("wait_s", None)
        call = Call("issue_refund", ARGUMENTS, key, **fields)
        return hold(call, self.client, wait_s=wait_s)


class Endings(WithPlane):
    """Each way in which a gate can end."""

    def test_approved_with_edits(self):
        """Goal: what was decided is handed out, what nobody touched as it was."""
        self.plane.approve(edits={"/amount_cents": 500}, comment="half")
        ticket = self.hold()
        self.assertEqual(ticket.arguments, {**ARGUMENTS, "amount_cents": 500})
        self.assertTrue(ticket.edited)
        self.assertEqual(ticket.id, self.plane.only().id)
        self.assertTrue(ticket.succeeded("done"))
        self.plane.only().assert_executed_once()

    def test_refusals(self):
        """Goal: each ending is an error of its own, and none of them lets anything run."""
        self.plane.reject("ask Finance first")
        with self.assertRaises(Rejected) as caught:
            self.hold("1")
        self.assertEqual(caught.exception.by, "ada@example.test")
        self.assertIn("ask Finance first", caught.exception.for_model)
        self.plane.expire()
        with self.assertRaises(Expired):
            self.hold("2")
        self.plane._plan(Decision("cancelled", by=None))
        with self.assertRaises(Cancelled):
            self.hold("3")
        for call in self.plane.calls:
            call.assert_not_executed()

    def test_claimed_before(self):
        """Goal: another process's claim is no rejection, and says what is known of the call."""
        self.plane.approve()
        self.hold()
        with self.assertRaises(Unknown) as caught:
            self.hold()
        self.assertEqual(caught.exception.execution, "claimed")
        self.assertIn("no rejection", caught.exception.for_model)

    def test_claimed_before_and_done(self):
        """Goal: a call that ran is not said to be unknown."""
        self.plane.approve()
        self.hold().succeeded()
        with self.assertRaises(Unknown) as caught:
            self.hold()
        self.assertEqual(caught.exception.execution, "succeeded")

    def test_another_payload_under_the_key(self):
        """Goal: a key does not release what it was not made for."""
        self.plane.approve()
        self.hold("k")
        with self.assertRaises(Refused) as caught:
            hold(Call("issue_refund", {"n": 2}, "k"), self.client)
        self.assertEqual(caught.exception.kind, "idempotency-conflict")

    def test_the_callers_own_patience(self):
        """Goal: when the host gives no more time, the approval is taken back."""
        self.plane.hold()
        with self.assertRaises(GaveUp):
            self.hold(wait_s=0.2)
        self.assertEqual(self.plane.only().state, "cancelled")

    def test_a_wrong_token(self):
        """Goal: it is said at once, and the token is in no word of it."""
        client = Client(self.plane.url, "cs_wrong", environment={})
        with self.assertRaises(Refused) as caught:
            hold(Call("t", {}, "k"), client)
        self.assertEqual(caught.exception.status, 401)
        self.assertNotIn("cs_wrong", repr(caught.exception) + repr(client) + str(vars(client)))


class Trouble(WithPlane):
    """What networks and intermediaries do."""

    def test_every_answer_lost_at_every_step(self):
        """Goal: lost answers change nothing: one approval, one claimer, one execution."""
        for step in ("submit", "wait", "claim", "receipt"):
            for kind in (self.plane.lose_answers, self.plane.refuse_connections):
                with self.subTest(step=step, kind=kind.__name__):
                    count = len(self.plane.calls)
                    kind(step, 2)
                    self.plane.hold()
                    decider = threading.Thread(target=self.approve_next, args=(count + 1,))
                    decider.start()
                    ticket = self.hold(f"{step}-{kind.__name__}")
                    self.assertTrue(ticket.succeeded())
                    decider.join()
                    self.assertEqual(len(self.plane.calls), count + 1)
                    self.plane.calls[-1].assert_executed_once()

    def approve_next(self, count):
        """Approves the newest call, after the first poll began."""
        call = self.plane.wait_for_call(count)
        while ("wait", call.id) not in self.plane.requests:
            time.sleep(0.005)
        self.plane.decide(call, Decision("approved", {"/amount_cents": 1}))

    def test_statuses_that_pass(self):
        """Goal: a busy server, or one behind a broken proxy, is asked again."""
        for status in (408, 425, 429, 500, 502, 503, 504):
            with self.subTest(status=status):
                self.plane.answer_status("claim", status)
                self.plane.approve()
                self.assertTrue(self.hold(str(status)).succeeded())
                self.plane.calls[-1].assert_executed_once()

    def test_garbage_is_no_release(self):
        """Goal: a login page with status 200 releases nothing."""
        for step in ("submit", "claim"):
            self.plane.answer_garbage(step)
            self.plane.approve()
            with self.assertRaises(Mismatch):
                self.hold(step)
        for call in self.plane.calls:
            self.assertFalse(call.receipts)

    def test_arguments_that_nobody_decided(self):
        """Goal: a claim whose digest does not fit is not run."""
        self.plane.change_arguments()
        self.plane.approve()
        with self.assertRaises(Mismatch):
            self.hold()

    def test_the_view_of_another_call(self):
        """Goal: an approval of other arguments is not taken for this one's."""
        self.plane.approve()
        self.hold("k")
        self.plane.only().arguments = {"n": 7}
        with self.assertRaises(Mismatch):
            self.hold("k")

    def test_silence(self):
        """Goal: a control plane that is gone ends in Unreachable, within the caller's time."""
        self.plane.go_dark()
        started = time.monotonic()
        with self.assertRaises((Unreachable, GaveUp)):
            self.hold(wait_s=0.3)
        self.assertLess(time.monotonic() - started, 10)

    def test_a_claim_that_comes_too_late(self):
        """Goal: when the lease ran out before the answer came, nothing runs."""
        self.plane.approve()
        ticket = self.hold(lease_s=1)
        ticket._lease_end = time.monotonic()
        with self.assertRaises(Expired):
            ticket.check_lease()
        self.assertEqual(self.plane.only().execution, "failed")

    def test_no_needless_requests(self):
        """Goal: a call that is released at once costs three requests."""
        self.plane.approve()
        self.hold().succeeded()
        self.plane.approve()
        self.hold("2").succeeded()
        steps = [step for step, _ in self.plane.requests]
        self.assertEqual(steps, ["submit", "claim", "receipt"] * 2)


class Addresses(unittest.TestCase):
    """Where a token may go."""

    def test_refused(self):
        """Goal: no token travels unencrypted to another machine, or to what is no address."""
        for url in ("http://example.com", "http://127.example.com", "ftp://127.0.0.1", "x", "",
                    "https://", "https://u:secret@example.com", "https://h/?q", "http://10.0.0.1",
                    "https://h:99999", "https://h/ x"):
            with self.assertRaises(Misconfigured, msg=url) as caught:
                Client(url or None, "cs_x", environment={})
            self.assertNotIn("secret", str(caught.exception))

    def test_taken(self):
        """Goal: encrypted addresses, and this machine's."""
        for url in ("https://example.com/base", "http://localhost:1", "http://[::1]:2",
                    "http://127.0.0.1:7777"):
            Client(url, "cs_x", environment={})

    def test_tokens(self):
        """Goal: a token comes from the environment, and shows itself nowhere."""
        client = Client(environment={"COUNTERSIGN_URL": "http://localhost:1",
                                     "COUNTERSIGN_TOKEN": "cs_secret"})
        self.assertNotIn("cs_secret", repr(client) + repr(vars(client)))
        for token in ("", "a b", "x\ny", "é"):
            with self.assertRaises(Misconfigured):
                Client("http://localhost:1", token, environment={})
        with self.assertRaises(Misconfigured):
            Client("http://localhost:1", environment={})
