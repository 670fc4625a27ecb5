"""How the calls of a tool are held: who is asked, for how long, and what they are shown."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, Callable, Dict, Optional, Tuple, Union

from .call import Call
from .client import Client
from .pointers import redactions

Words = Union[str, Callable[..., str], None]

log = logging.getLogger("countersign")


@dataclass(frozen=True)
class Terms:
    """How the calls of a tool are held; the fields are those of `gated`."""

    tool: str
    policy: Optional[str] = None
    redact: Tuple[str, ...] = ()
    timeout_s: Optional[int] = None
    risk: Optional[str] = None
    group: Optional[str] = None
    summary: Words = None
    reason: Words = None
    preview: Words = None
    lease_s: int = 300
    wait_s: Optional[float] = None
    auto_approve: bool = False
    client: Optional[Client] = None
    refusal: str = "raise"
    notice: bool = False
    result_summary: Optional[Callable[[Any], str]] = None

    def call(self, arguments: Dict[str, Any], key: str, **more: Any) -> Call:
        """One call under these terms."""
        return Call(
            tool=self.tool,
            arguments=arguments,
            key=key,
            policy=self.policy,
            redact=tuple(redactions(self.redact, arguments)),
            timeout_s=self.timeout_s,
            risk=self.risk,
            group=self.group,
            summary=_said(self.summary, arguments),
            reason=_said(self.reason, arguments),
            preview=_said(self.preview, arguments),
            lease_s=self.lease_s,
            auto_approve=self.auto_approve,
            **more,
        )


def _said(words: Words, arguments: Dict[str, Any]) -> Optional[str]:
    """Words for the approver: as they are, filled in, or made of the arguments."""
    try:
        if callable(words):
            return str(words(**arguments))
        return words.format(**arguments) if words is not None else None
    except Exception as error:  # noqa: B902 - words that fail must not keep people from deciding
        log.warning("the words for the approver could not be made: %s", type(error).__name__)
        return None
