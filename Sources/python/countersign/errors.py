"""Why a held call did not run, or why nobody knows whether it did.

Every error has `for_model`: what the agent is told, in words that help it to go on.
"""

from __future__ import annotations

from typing import Optional


class CountersignError(Exception):
    """Anything that keeps a held call from running."""

    @property
    def for_model(self) -> str:
        """What the agent is told."""
        return str(self)


def _ended(words: object) -> str:
    """The words as a sentence that another one can follow."""
    text = str(words).rstrip()
    return text if text.endswith((".", "!", "?", "…")) else text + "."


class NotExecuted(CountersignError):
    """The tool did not run, and will not run for this call."""


class Rejected(NotExecuted):
    """A person, or a policy, said no."""

    def __init__(
        self,
        by: Optional[str] = None,
        comment: Optional[str] = None,
        reason_code: Optional[str] = None,
        approval_id: Optional[str] = None,
        *,
        on_behalf_of: Optional[str] = None,
        instead: Optional[str] = None,
    ) -> None:
        self.by = by
        self.on_behalf_of = on_behalf_of
        self.instead = instead
        self.comment = comment
        self.reason_code = reason_code
        self.approval_id = approval_id
        deputy = f" for {on_behalf_of}" if on_behalf_of else ""
        who = f"{by}{deputy} rejected the call" if by else "The call was rejected"
        code = f" ({reason_code})" if reason_code else ""
        super().__init__(f"{who}{code}{f': {comment}' if comment else '.'}")

    @property
    def for_model(self) -> str:
        instead = f"Instead: {_ended(self.instead)} " if self.instead else ""
        return (
            f"{_ended(self)} {instead}It did not run. Do not repeat it unchanged: do what the "
            "reason asks for, or tell the user."
        )


class Expired(NotExecuted):
    """Nobody decided in time, or the release was not claimed in time."""

    def __init__(self, sentence: str = "Nobody approved the call in time.") -> None:
        super().__init__(sentence)

    @property
    def for_model(self) -> str:
        return f"{self} It did not run. Tell the user that it still needs an approval."


class Cancelled(NotExecuted):
    """The approval was taken back before it was decided."""

    def __init__(self, sentence: str = "The approval was cancelled.") -> None:
        super().__init__(sentence)

    @property
    def for_model(self) -> str:
        return f"{self} The call did not run."


class GaveUp(Cancelled):
    """The caller's own patience was over before anybody decided; the approval is cancelled."""

    def __init__(self) -> None:
        super().__init__("Nobody decided before the caller's own time was over.")


class Unreachable(NotExecuted):
    """The control plane did not answer in time."""

    @property
    def for_model(self) -> str:
        return f"The call needs an approval, and approvals cannot be asked for now. {self}"


class Misconfigured(Unreachable):
    """There is no address or no token, or one that must not be used."""


class Refused(NotExecuted):
    """The control plane does not take the call."""

    def __init__(self, status: int, detail: str, next_step: str = "", kind: str = "") -> None:
        self.status = status
        self.detail = detail
        self.next_step = next_step
        self.kind = kind
        super().__init__(f"{detail} {next_step}".strip())


class Mismatch(NotExecuted):
    """What came back is not what was sent or decided, or does not fit the tool."""


class Unknown(CountersignError):
    """Another process claimed this call: whether the tool ran is not known here.

    This is no rejection. Nothing may run the call again by itself. `execution` is what the record
    says: `claimed`, `succeeded`, `failed` or `unknown`.
    """

    def __init__(self, approval_id: Optional[str] = None, execution: str = "unknown") -> None:
        self.approval_id = approval_id
        self.execution = execution
        if execution in ("succeeded", "failed"):
            sentence = f"The call ran before, and was reported as {execution}."
        else:
            sentence = "The call was claimed before, and whether it ran is not known here."
        super().__init__(sentence)

    @property
    def for_model(self) -> str:
        return f"{self} This is no rejection. Do not run it again; a person has to look at it."
