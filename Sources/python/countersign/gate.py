"""Holds one call: submit, wait, claim, report.

It survives restarts of the control plane by asking again with the same key and the same nonce, and
fails closed: without a claim that fits what was decided, nothing runs.
"""

from __future__ import annotations

import copy
import logging
import secrets
import time
from datetime import datetime
from typing import Any, Dict, Optional

from .call import Approval, Call, Claim
from .canonical import digest
from .client import WAIT_SECONDS_MAX, Client, Stopped, default_client, read
from .errors import (
    Cancelled,
    CountersignError,
    Expired,
    GaveUp,
    Mismatch,
    Refused,
    Rejected,
    Unknown,
    Unreachable,
)
from .transport import Stop

#: How long the control plane may be silent before it has said how long an approval may take.
UNANSWERED_SECONDS = 900
#: How much longer than the approval's own time its end is tried to be heard of.
GRACE_SECONDS = 60
#: How long a gate that must end tries to say so.
FAREWELL_SECONDS = 5
#: How long the end of the tool is tried to be reported.
RECEIPT_SECONDS = 120

log = logging.getLogger("countersign")


class Ticket:
    """A claimed call: run exactly `arguments`, once, and report it."""

    def __init__(self, gate: "Gate", approval: Approval, claim: Claim, lease_end: float) -> None:
        self.arguments: Dict[str, Any] = claim.arguments
        self.approval = approval
        self.edited = claim.effective_digest != approval.proposed_digest
        self._gate = gate
        self._claim = claim
        self._lease_end = lease_end
        self._is_reported = False

    def __repr__(self) -> str:
        return f"<countersign.Ticket for {self._claim.tool} of {self.id}>"

    @property
    def id(self) -> str:
        """The approval's id: what a tool that takes an idempotency key is given."""
        return self._claim.id

    def check_lease(self) -> None:
        """Raises Expired when the right to run has lapsed: people may have acted upon that."""
        if time.monotonic() >= self._lease_end:
            self.failed("not run: the claim was answered too late")
            raise Expired("The claim was answered after its lease.")

    def succeeded(self, summary: Optional[str] = None) -> bool:
        """Reports that the tool ran; False when the control plane did not hear of it."""
        return self._report("succeeded", summary)

    def failed(self, summary: Optional[str] = None, seconds: float = RECEIPT_SECONDS) -> bool:
        """Reports that the tool failed, or was not run after all."""
        return self._report("failed", summary, seconds)

    def _report(
        self, outcome: str, summary: Optional[str], seconds: float = RECEIPT_SECONDS
    ) -> bool:
        if self._is_reported:
            return True
        self._is_reported = True
        return self._gate.report(self._claim, outcome, summary, seconds)


class Gate:
    """One call on its way. Used by one thread; `stop` ends it from another."""

    def __init__(
        self,
        call: Call,
        client: Optional[Client] = None,
        *,
        wait_s: Optional[float] = None,
        stop: Optional[Stop] = None,
    ) -> None:
        self.call = call
        self.approval: Optional[Approval] = None
        self._client = client or default_client()
        self._stop = stop
        # Lives in memory only: a restarted process can never claim a second time.
        self._nonce = secrets.token_hex(16)
        # What is submitted again after a lost answer is what was submitted, whatever became of
        # the caller's objects meanwhile.
        self._body = copy.deepcopy(call.body())
        try:
            self._digest = digest(self._body["arguments"])
        except ValueError as error:
            raise Mismatch(f"The arguments have no canonical form: {error}.") from None
        now = time.monotonic()
        self._patience = None if wait_s is None else now + wait_s
        self._end = now + (call.timeout_s or UNANSWERED_SECONDS) + GRACE_SECONDS

    def run(self) -> Ticket:
        """Submits, waits and claims; raises what keeps the call from running."""
        try:
            self.submit()
            self.wait()
            if self._stop is not None and self._stop.is_set:
                raise Stopped("The gate was told to end.")
        except BaseException as error:
            if not isinstance(error, CountersignError) or isinstance(error, (GaveUp, Stopped)):
                self._say_goodbye()
            raise
        return self.claim()

    def submit(self) -> Approval:
        """The approval of the call, which is durable when this returns."""
        answer = self._ask(
            "POST", "/v1/approvals", self._body, key=self.call.sendable_key())
        return self._take(answer)

    def wait(self) -> Approval:
        """Waits until it is released; raises why it is not."""
        while True:
            approval = self.approval or self.submit()
            if approval.is_terminal:
                is_decided = approval.state == "rejected" or approval.edited
                if is_decided and approval.decided_by is None:
                    # The answer to a submission does not name people.
                    approval = self.look()
                return released(approval)
            asked = time.monotonic()
            approval = self.look(WAIT_SECONDS_MAX)
            if not approval.is_terminal and time.monotonic() - asked < 1:
                # A server that shuts down answers at once: do not run in circles.
                self._sleep(0.5)

    def look(self, wait: int = 0) -> Approval:
        """How the approval stands now, or within `wait` seconds when it is decided then."""
        approval = self.approval or self.submit()
        if self._patience is not None:
            wait = max(0, min(wait, int(self._patience - time.monotonic()) + 1))
        path = f"/v1/approvals/{approval.id}" + (f"?wait={wait}" if wait else "")
        return self._take(self._ask("GET", path, wait=wait))

    def claim(self) -> Ticket:
        """Takes the single right to run; raises Unknown when another process has it."""
        approval = released(self.approval or self.submit())
        begun = time.monotonic()
        try:
            return self._claim(approval, begun, self._end)
        except CountersignError:
            raise
        except BaseException:
            # Interrupted while the answer was under way: say that nothing ran, if it was yes.
            try:
                end = time.monotonic() + FAREWELL_SECONDS
                ticket = self._claim(approval, begun, end)
                ticket.failed("not run: the caller was interrupted", FAREWELL_SECONDS)
            except CountersignError:
                pass
            raise

    def cancel(self, reason: str = "the caller stopped waiting") -> None:
        """Takes the call back, so that nobody decides in vain; does not insist."""
        if self.approval is None or self.approval.is_terminal:
            return
        end = time.monotonic() + FAREWELL_SECONDS
        path = f"/v1/approvals/{self.approval.id}/cancel"
        try:
            self._client.ask("POST", path, {"reason": reason}, end=end)
        except CountersignError:
            log.warning("approval %s could not be cancelled", self.approval.id)

    def report(self, claim: Claim, outcome: str, summary: Optional[str], seconds: float) -> bool:
        """Sends the receipt; False when the control plane did not take it."""
        body = {
            "fencing_token": claim.fencing_token,
            "outcome": outcome,
            "effective_digest": claim.effective_digest,
        }
        if summary:
            body["result_summary"] = summary.encode("utf-8", "replace")[:4000].decode(
                "utf-8", "ignore")
        try:
            end = time.monotonic() + seconds
            read(self._client.ask("POST", f"/v1/approvals/{claim.id}/receipt", body, end=end))
            return True
        except CountersignError:
            log.warning("the control plane did not take the receipt of %s", claim.id)
            return False

    def _claim(self, approval: Approval, begun: float, end: float) -> Ticket:
        body = {"nonce": self._nonce, "lease_s": self.call.lease_s}
        answer = self._client.ask("POST", f"/v1/approvals/{approval.id}/claim", body, end=end)
        if answer.status == 409:
            raise self._claimed_before(approval)
        if answer.status == 410:
            raise Expired("The call was approved, but not claimed in time.")
        claim = Claim.read(read(answer))
        self._check(claim, approval)
        return Ticket(self, approval, claim, begun + self.call.lease_s)

    def _claimed_before(self, approval: Approval) -> Unknown:
        """What can be said of a call that another process claimed."""
        try:
            end = time.monotonic() + FAREWELL_SECONDS
            view = read(self._client.ask("GET", f"/v1/approvals/{approval.id}", end=end))
            execution = Approval.read(view).execution
        except CountersignError:
            execution = "unknown"
        return Unknown(approval.id, execution)

    def _check(self, claim: Claim, approval: Approval) -> None:
        if claim.id != approval.id or claim.tool != self.call.tool:
            raise Mismatch("The claim is for another call.")
        try:
            is_right = digest(claim.arguments) == claim.effective_digest
        except ValueError:
            is_right = False
        if not is_right or claim.effective_digest != (
            approval.effective_digest or claim.effective_digest
        ):
            raise Mismatch("The arguments are not the ones that were decided.")

    def _ask(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Asks within the patience; GaveUp when that ends first."""
        end = self._end if self._patience is None else min(self._end, self._patience)
        try:
            return read(
                self._client.ask(method, path, body, end=end, stop=self._stop, **options))
        except Unreachable:
            if self._patience is not None and time.monotonic() >= self._patience:
                raise GaveUp() from None
            raise

    def _take(self, value: Any) -> Approval:
        approval = Approval.read(value)
        known = self.approval.id if self.approval else approval.id
        if approval.proposed_digest != self._digest or approval.id != known:
            raise Mismatch("The approval on the control plane is not of this call.")
        self.approval = approval
        last = approval.claim_deadline or approval.deadline
        self._end = time.monotonic() + _span(approval.created_at, last) + GRACE_SECONDS
        if self._patience is not None and not approval.is_terminal:
            if time.monotonic() >= self._patience:
                raise GaveUp()
        return approval

    def _sleep(self, seconds: float) -> None:
        if self._stop is not None:
            self._stop.sleep(seconds)
        else:
            time.sleep(seconds)

    def _say_goodbye(self) -> None:
        """Cancels, also when the answer that names the approval is still missing."""
        if self.approval is None:
            try:
                end = time.monotonic() + FAREWELL_SECONDS
                key = self.call.sendable_key()
                answer = self._client.ask(
                    "POST", "/v1/approvals", self._body, end=end, key=key)
                self.approval = Approval.read(read(answer))
            except CountersignError:
                return
        self.cancel()


def released(approval: Approval) -> Approval:
    """The approval, when it may be claimed; raises why it may not."""
    if approval.state == "rejected":
        raise Rejected(
            approval.decided_by, approval.comment, approval.reason_code, approval.id,
            on_behalf_of=approval.on_behalf_of, instead=approval.instead)
    if approval.state == "cancelled":
        raise Cancelled()
    if approval.state in ("approved", "expired") and approval.released:
        return approval
    if approval.state == "pending":
        raise Refused(410, "The call is not decided yet.", "Wait for its decision.")
    raise Expired()


def _span(first: str, last: str) -> float:
    """Seconds between two instants of the control plane's clock."""
    try:
        return max(0.0, (_instant(last) - _instant(first)).total_seconds())
    except (ValueError, TypeError):
        raise Mismatch("The control plane answered with an unreadable time.") from None


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def hold(
    call: Call,
    client: Optional[Client] = None,
    *,
    wait_s: Optional[float] = None,
    stop: Optional[Stop] = None,
) -> Ticket:
    """Holds a call until it is released, and claims it; raises why it must not run."""
    return Gate(call, client, wait_s=wait_s, stop=stop).run()
