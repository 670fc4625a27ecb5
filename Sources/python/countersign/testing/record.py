"""What the fake control plane keeps of a call, and the rules by which it changes."""

from __future__ import annotations

import copy
import datetime
import secrets
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Tuple

from ..canonical import digest

ABSENT = object()


@dataclass(frozen=True)
class Decision:
    """What somebody decides: `approved`, `rejected` or `expired`."""

    state: str
    edits: Mapping[str, Any] = field(default_factory=dict)
    comment: Optional[str] = None
    by: Optional[str] = "ada@example.test"
    reason_code: Optional[str] = None
    instead: Optional[str] = None


class Problem(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, kind: str, detail: str) -> None:
        self.status = status
        self.body = {
            "type": f"urn:countersign:problem:{kind}",
            "title": detail,
            "status": status,
            "detail": detail,
            "next_step": "Look at what the test expects.",
        }
        super().__init__(detail)


class HeldCall:
    """One approval: what was submitted, decided, claimed and reported."""

    def __init__(self, number: int, body: Dict[str, Any], key: str) -> None:
        now = datetime.datetime.now(datetime.timezone.utc)
        self.id = f"00000000-0000-7000-8000-{number:012x}"
        self.key = key
        self.body = body
        self.tool: str = body["tool"]
        self.arguments: Dict[str, Any] = body["arguments"]
        self.effective: Dict[str, Any] = copy.deepcopy(self.arguments)
        self.state = "pending"
        self.execution = "none"
        self.revision = 1
        self.decision: Optional[Decision] = None
        self.claims: List[str] = []
        self.receipts: List[Dict[str, Any]] = []
        self._fencing = secrets.token_urlsafe(24)
        self._nonce: Optional[str] = None
        self._created = _text(now)
        self._deadline = _text(now + datetime.timedelta(seconds=body.get("timeout_s", 900)))

    def __repr__(self) -> str:
        return f"<HeldCall {self.tool} {self.state} {self.execution}>"

    # What a test asks.

    @property
    def released(self) -> bool:
        """True when it may be claimed."""
        return self.state == "approved"

    def assert_executed_once(self) -> None:
        """One claim by one process, and one receipt of success with what was decided."""
        assert len(set(self.claims)) == 1, f"{self!r} has {len(set(self.claims))} claimers"
        outcomes = {receipt["outcome"] for receipt in self.receipts}
        assert outcomes == {"succeeded"}, f"{self!r} was reported as {sorted(outcomes)}"
        digests = {receipt["effective_digest"] for receipt in self.receipts}
        assert digests == {digest(self.effective)}, f"{self!r} ran other arguments"

    def assert_not_executed(self) -> None:
        """No receipt of success, and nobody who holds the right to run."""
        assert self.execution in ("none", "failed"), f"{self!r} may have run"

    # What changes it.

    def settle(self, decision: Decision) -> None:
        """Decides; the first decision stays."""
        if self.state != "pending":
            raise Problem(409, "already-settled", f"It is {self.state}.")
        effective = copy.deepcopy(self.arguments)
        for pointer, value in decision.edits.items():
            _set(effective, pointer, value)
        self.effective = effective
        self.decision = decision
        self.state = decision.state
        self.revision += 1

    def claim(self, nonce: str) -> Dict[str, Any]:
        """The right to run, for the first nonce."""
        self.claims.append(nonce)
        if not self.released:
            raise Problem(410, "not-released", f"The approval is {self.state}.")
        if self._nonce not in (None, nonce):
            raise Problem(409, "already-claimed", "Another process claimed the call.")
        if self._nonce is None:
            self._nonce, self.execution = nonce, "claimed"
        return {
            "id": self.id,
            "tool": self.tool,
            "arguments": self.effective,
            "effective_digest": digest(self.effective),
            "fencing_token": self._fencing,
            "expires_at": self._deadline,
        }

    def report(self, receipt: Dict[str, Any]) -> None:
        """Takes a receipt; the first one stays."""
        if self._nonce is None or receipt.get("fencing_token") != self._fencing:
            raise Problem(409, "not-claimer", "There is no claim, or of another token.")
        if self.receipts and self.receipts[0]["outcome"] != receipt["outcome"]:
            raise Problem(409, "receipt-differs", "Another receipt came before.")
        self.receipts.append(receipt)
        self.execution = receipt["outcome"]

    def view(self) -> Dict[str, Any]:
        """What an agent sees of it."""
        view = {
            "id": self.id,
            "revision": self.revision,
            "state": self.state,
            "released": self.released,
            "execution": self.execution,
            "tool": self.tool,
            "created_at": self._created,
            "deadline": self._deadline,
            "proposed_digest": digest(self.arguments),
            "edited": digest(self.arguments) != digest(self.effective),
        }
        if self.released:
            view["effective_digest"] = digest(self.effective)
            view["claim_deadline"] = self._deadline
        if self.decision is not None:
            said = {
                "decided_by": self.decision.by,
                "comment": self.decision.comment,
                "reason_code": self.decision.reason_code,
                "instead": self.decision.instead,
            }
            view.update({name: text for name, text in said.items() if text is not None})
        return view


def _text(instant: datetime.datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant.microsecond // 1000:03d}Z"


def _set(value: Any, pointer: str, new: Any) -> None:
    """Sets, or removes with ABSENT, what a JSON Pointer points to."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in parts[:-1]:
        value = value[int(part)] if isinstance(value, list) else value[part]
    last: Tuple[Any, ...] = (int(parts[-1]),) if isinstance(value, list) else (parts[-1],)
    if new is ABSENT:
        del value[last[0]]
    else:
        value[last[0]] = new
