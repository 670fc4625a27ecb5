"""Hold an agent's tool call until a person with the authority decided on it.

    from countersign import gated

    @gated(redact=["recipient.iban"], timeout_s=300)
    def issue_refund(customer_id: str, amount_cents: int, recipient: dict): ...
"""

from .call import Approval, Call
from .client import Client, default_client, set_default_client
from .errors import (
    Cancelled,
    CountersignError,
    Expired,
    GaveUp,
    Misconfigured,
    Mismatch,
    NotExecuted,
    Refused,
    Rejected,
    Unknown,
    Unreachable,
)
from .gate import Gate, Ticket, hold
from .gated import gated
from .keys import StateFolder, call_key, run
from .waiting import hold_async

__all__ = [
    "Approval",
    "Call",
    "Cancelled",
    "Client",
    "CountersignError",
    "Expired",
    "Gate",
    "GaveUp",
    "Misconfigured",
    "Mismatch",
    "NotExecuted",
    "Refused",
    "Rejected",
    "StateFolder",
    "Ticket",
    "Unknown",
    "Unreachable",
    "call_key",
    "default_client",
    "gated",
    "hold",
    "hold_async",
    "run",
    "set_default_client",
]
__version__ = "1.0.0"
