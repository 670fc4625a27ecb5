"""The call that is held, and what the control plane says about it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence

from .canonical import digest
from .errors import Mismatch

KEY_BYTES_MAX = 200
SUMMARY_BYTES_MAX = 500
WORDS_BYTES_MAX = 4000
ORIGIN_BYTES_MAX = 200
STATES = ("pending", "approved", "rejected", "expired", "cancelled")


@dataclass(frozen=True)
class Call:
    """One tool call that shall be held.

    `key` names the call: whoever asks again with it, after a crash for example, gets the same
    approval. The other fields are those of `POST /v1/approvals`.
    """

    tool: str
    arguments: Mapping[str, Any] = field(repr=False)
    key: str
    schema: Optional[Mapping[str, Any]] = field(default=None, repr=False)
    policy: Optional[str] = None
    redact: Sequence[str] = ()
    timeout_s: Optional[int] = None
    risk: Optional[str] = None
    group: Optional[str] = None
    summary: Optional[str] = field(default=None, repr=False)
    reason: Optional[str] = field(default=None, repr=False)
    preview: Optional[str] = field(default=None, repr=False)
    framework: Optional[str] = None
    run_id: Optional[str] = None
    call_id: Optional[str] = None
    session_id: Optional[str] = None
    auto_approve: bool = False
    lease_s: int = 300

    def body(self) -> Dict[str, Any]:
        """What is submitted; nothing that is not set."""
        context = _present(
            summary=_shortened(self.summary, SUMMARY_BYTES_MAX),
            reason=_shortened(self.reason, WORDS_BYTES_MAX),
            preview=_shortened(self.preview, 16000),
        )
        origin = _present(
            framework=_shortened(self.framework, ORIGIN_BYTES_MAX),
            run_id=_shortened(self.run_id, ORIGIN_BYTES_MAX),
            call_id=_shortened(self.call_id, ORIGIN_BYTES_MAX),
            session_id=_shortened(self.session_id, ORIGIN_BYTES_MAX),
        )
        return _present(
            tool=self.tool,
            arguments=dict(self.arguments),
            schema=self.schema,
            policy=self.policy,
            redact=list(self.redact) or None,
            timeout_s=self.timeout_s,
            risk=self.risk,
            group=self.group,
            context=context or None,
            origin=origin or None,
            auto_approve=self.auto_approve or None,
        )

    def sendable_key(self) -> str:
        """The key as a header can carry it: printable ASCII of bounded length, or its digest."""
        if len(self.key) <= KEY_BYTES_MAX and re.fullmatch(r"[!-~]+", self.key):
            return self.key
        return "sha256:" + hashlib.sha256(self.key.encode("utf-8")).hexdigest()

    def digest(self) -> str:
        """The digest of the arguments as they are here."""
        return digest(dict(self.arguments))


def _present(**fields: Any) -> Dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _shortened(text: Optional[str], bytes_max: int) -> Optional[str]:
    """Words fit their field; what is cut off ends with an ellipsis."""
    if text is None or len(text.encode("utf-8", "replace")) <= bytes_max:
        return text
    return text.encode("utf-8", "replace")[: bytes_max - 3].decode("utf-8", "ignore") + "…"


@dataclass(frozen=True)
class Approval:
    """The durable record of a held call, as its agent sees it."""

    id: str
    state: str
    released: bool
    execution: str
    tool: str
    proposed_digest: str
    created_at: str
    deadline: str
    edited: bool = False
    effective_digest: Optional[str] = None
    claim_deadline: Optional[str] = None
    decided_by: Optional[str] = None
    on_behalf_of: Optional[str] = None
    comment: Optional[str] = None
    reason_code: Optional[str] = None
    instead: Optional[str] = None

    @property
    def is_terminal(self) -> bool:
        """True when it is decided, in whichever way."""
        return self.state != "pending"

    @staticmethod
    def read(value: Any) -> "Approval":
        """Reads an answer; raises Mismatch when it is no approval."""
        fields = _read(value, APPROVAL_FIELDS, "approval")
        if fields["state"] not in STATES or not is_id(fields["id"]):
            raise Mismatch("The control plane answered with something that is no approval.")
        return Approval(**fields)


@dataclass(frozen=True)
class Claim:
    """The single right to execute a released call, and what to execute."""

    id: str
    tool: str
    arguments: Dict[str, Any] = field(repr=False)
    effective_digest: str
    fencing_token: str = field(repr=False)

    @staticmethod
    def read(value: Any) -> "Claim":
        """Reads an answer; raises Mismatch when it is no claim."""
        return Claim(**_read(value, CLAIM_FIELDS, "claim"))


def is_id(text: str) -> bool:
    """Whether a text can stand in a path as the id of an approval."""
    return re.fullmatch(r"[0-9a-f-]{1,64}", text) is not None


#: Name, type, and whether it must be there.
APPROVAL_FIELDS = [
    ("id", str, True),
    ("state", str, True),
    ("released", bool, True),
    ("execution", str, True),
    ("tool", str, True),
    ("proposed_digest", str, True),
    ("created_at", str, True),
    ("deadline", str, True),
    ("edited", bool, True),
    ("effective_digest", str, False),
    ("claim_deadline", str, False),
    ("decided_by", str, False),
    ("on_behalf_of", str, False),
    ("comment", str, False),
    ("reason_code", str, False),
    ("instead", str, False),
]
CLAIM_FIELDS = [
    ("id", str, True),
    ("tool", str, True),
    ("arguments", dict, True),
    ("effective_digest", str, True),
    ("fencing_token", str, True),
]


def _read(value: Any, fields: List[Any], what: str) -> Dict[str, Any]:
    """The known members of an answer; what is unknown is ignored."""
    found: Dict[str, Any] = {}
    for name, kind, is_required in fields:
        member = value.get(name) if isinstance(value, dict) else None
        if member is None and not is_required:
            continue
        if not isinstance(member, kind):
            raise Mismatch(f"The control plane answered with something that is no {what}.")
        found[name] = member
    return found
