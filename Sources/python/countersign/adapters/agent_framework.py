"""Microsoft Agent Framework: a function middleware that holds calls where they run.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    agent = Agent(client, tools=[issue_refund], middleware=[gate])

The framework binds its own approvals to the arguments that were proposed and asks again when they
are changed, so `approval_mode` is left alone. List this middleware last: what runs after it would
see other arguments than people did. The n-th identical call of a run is the same call.
"""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict

from agent_framework import Content, FunctionMiddleware

from ..errors import CountersignError
from ..keys import Run
from ..waiting import hold_async, in_thread
from ..words import edit_notice
from .guard import Guard, Tools


class ToolGate(FunctionMiddleware):  # type: ignore[misc]
    """Holds the tools of one run; `run_id` names the run, also after a restart."""

    def __init__(self, tools: Tools = None, *, run_id: str, **options: Any) -> None:
        self.guard = Guard(tools, framework="agent-framework", **options)
        self.run = Run(run_id)

    async def process(self, context: Any, call_next: Callable[[], Awaitable[None]]) -> None:
        """Runs one call as it was decided."""
        name = context.function.name
        if not self.guard.holds(name):
            return await call_next()
        try:
            arguments = _plain(context.arguments)
            call = self.guard.numbered(self.run, name, arguments, context.function.parameters())
            ticket = await hold_async(call, self.guard.client, wait_s=self.guard.wait_s)
            await in_thread(ticket.check_lease)
        except CountersignError as error:
            context.result = error.for_model
            return None
        context.arguments = ticket.arguments
        try:
            await call_next()
        except BaseException as error:
            words = f"raised {type(error).__name__}"
            await in_thread(lambda: ticket.failed(words))
            raise
        await in_thread(ticket.succeeded)
        notice = edit_notice(ticket, arguments, self.guard.terms(name).redact)
        if notice and self.guard.notice:
            rest = context.result
            rest = rest if isinstance(rest, list) else [Content.from_text(str(rest))]
            context.result = [Content.from_text(notice), *rest]
        return None


def _plain(arguments: Any) -> Dict[str, Any]:
    """The arguments as JSON, whether they come as a model or as a mapping."""
    if hasattr(arguments, "model_dump"):
        return dict(arguments.model_dump(mode="json"))
    return dict(arguments)
