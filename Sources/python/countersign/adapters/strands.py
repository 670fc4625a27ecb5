"""Strands Agents: hooks that interrupt the agent until a call is decided, and claim it then.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    agent = Agent(model=model, tools=[issue_refund], hooks=[gate], session_manager=manager)
    result = gate.drive(agent, "Refund cus_91.")

With a session manager the process may end while it waits; `drive` then goes on where it was.
"""

from __future__ import annotations

import threading
from typing import Any, Dict, Tuple

from strands.hooks import AfterToolCallEvent, BeforeToolCallEvent, HookProvider

from ..call import Call
from ..errors import CountersignError
from ..gate import Ticket
from ..words import edit_notice
from .guard import Guard, Tools

MARK = "countersign_approval"


class ToolGate(HookProvider):  # type: ignore[misc]
    """Holds the tools of one run; `run_id` names the run, also after a restart.

    With `pauses`, a pending call interrupts the agent; without, it waits where it runs.
    """

    def __init__(
        self, tools: Tools = None, *, run_id: str, pauses: bool = True, **options: Any
    ) -> None:
        self.guard = Guard(tools, framework="strands", **options)
        self.run_id = run_id
        self.pauses = pauses
        self._lock = threading.Lock()
        self._running: Dict[str, Tuple[Ticket, Call]] = {}

    def register_hooks(self, registry: Any, **_: Any) -> None:
        """Called by Strands."""
        registry.add_callback(BeforeToolCallEvent, self._before)
        registry.add_callback(AfterToolCallEvent, self._after)

    def _before(self, event: Any) -> None:
        use = event.tool_use
        if not self.guard.holds(use["name"]):
            return
        call = self.guard.call(use["name"], use["input"], self.run_id, use["toolUseId"])
        gate = self.guard.gate(call)
        try:
            if self.pauses and not gate.submit().is_terminal:
                event.interrupt("countersign", reason={MARK: gate.submit().id})
            ticket = gate.run()
            ticket.check_lease()
        except CountersignError as error:
            event.cancel_tool = error.for_model
            return
        with self._lock:
            self._running[use["toolUseId"]] = ticket, call
        event.tool_use = {**use, "input": ticket.arguments}

    def _after(self, event: Any) -> None:
        with self._lock:
            ticket, call = self._running.pop(event.tool_use["toolUseId"], (None, None))
        if ticket is None or call is None:
            return
        if event.exception is not None or event.result.get("status") == "error":
            ticket.failed("the tool answered with an error")
        else:
            ticket.succeeded()
        # A hook that wants the call again would need another approval.
        event.retry = False
        notice = edit_notice(ticket, call.arguments, self.guard.terms(call.tool).redact)
        if notice and self.guard.notice:
            content = [{"text": notice}, *event.result.get("content", [])]
            event.result = {**event.result, "content": content}

    def drive(self, agent: Any, start: Any) -> Any:
        """Runs an agent to its end, waiting for people; a saved session goes on where it was."""
        waiting = getattr(agent, "_interrupt_state", None)
        if waiting is not None and waiting.activated:
            result = agent(self._answers(waiting.interrupts.values()))
        else:
            result = agent(start)
        while result.stop_reason == "interrupt":
            result = agent(self._answers(result.interrupts))
        return result

    def _answers(self, interrupts: Any) -> Any:
        """Answers once every call is decided; each is claimed where it runs."""
        answers = []
        for item in interrupts:
            if not isinstance(item.reason, dict) or MARK not in item.reason:
                raise ValueError(f"the interrupt {item.name} is not one of Countersign")
            self.guard.await_decision(item.reason[MARK])
            answers.append({"interruptResponse": {"interruptId": item.id, "response": "decided"}})
        return answers
