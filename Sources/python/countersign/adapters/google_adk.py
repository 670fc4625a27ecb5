"""Google ADK: a plugin that holds calls where they run.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    runner = InMemoryRunner(App(name="support", root_agent=agent, plugins=[gate]))

ADK's own confirmation must answer with the arguments of the history, so edits are put in place
here, after the claim. List this plugin last. A restarted run makes its calls again: the n-th
identical call of a run is the same call.
"""

from __future__ import annotations

from typing import Any, Dict, Optional, Tuple

from google.adk.plugins.base_plugin import BasePlugin

from ..call import Call
from ..errors import CountersignError
from ..gate import Ticket
from ..keys import Run
from ..waiting import hold_async, in_thread
from ..words import edit_notice
from .guard import Guard, Tools


class ToolGate(BasePlugin):  # type: ignore[misc]
    """Holds the tools of one run; `run_id` names the run, also after a restart."""

    def __init__(self, tools: Tools = None, *, run_id: str, **options: Any) -> None:
        super().__init__(name="countersign")
        self.guard = Guard(tools, framework="google-adk", **options)
        self.run = Run(run_id)
        self._running: Dict[str, Tuple[Ticket, Call]] = {}

    async def before_tool_callback(
        self, *, tool: Any, tool_args: Dict[str, Any], tool_context: Any
    ) -> Optional[Dict[str, Any]]:
        """Waits for the decision and puts the decided arguments in place."""
        if not self.guard.holds(tool.name):
            return None
        try:
            call = self.guard.numbered(self.run, tool.name, tool_args)
            ticket = await hold_async(call, self.guard.client, wait_s=self.guard.wait_s)
            await in_thread(ticket.check_lease)
        except CountersignError as error:
            return {"error": error.for_model}
        self._running[tool_context.function_call_id] = ticket, call
        # The same dict is handed to the tool.
        tool_args.clear()
        tool_args.update(ticket.arguments)
        return None

    async def after_tool_callback(
        self, *, tool: Any, tool_args: Dict[str, Any], tool_context: Any, result: Any
    ) -> Optional[Dict[str, Any]]:
        """Sends the receipt and says what a person changed."""
        ticket, call = self._running.pop(tool_context.function_call_id, (None, None))
        if ticket is None or call is None:
            return None
        await in_thread(ticket.succeeded)
        notice = edit_notice(ticket, call.arguments, self.guard.terms(tool.name).redact)
        if not notice or not self.guard.notice:
            return None
        known = result if isinstance(result, dict) else {"result": result}
        return {"notice": notice, **known}

    async def on_tool_error_callback(
        self, *, tool: Any, tool_args: Dict[str, Any], tool_context: Any, error: Exception
    ) -> None:
        """Sends the receipt of a tool that failed."""
        ticket, _ = self._running.pop(tool_context.function_call_id, (None, None))
        if ticket is not None:
            words = f"raised {type(error).__name__}"
            await in_thread(lambda: ticket.failed(words))
