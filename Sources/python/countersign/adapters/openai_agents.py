"""OpenAI Agents SDK: approval interruptions, answered by Countersign.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    agent = Agent(name="support", tools=gate.hold([issue_refund]))
    result = await gate.drive(agent, "Refund cus_91.", saved="refund-4711.json")

The SDK can approve a call but not change it, so the decided arguments are put in place where the
tool is invoked, after the claim.
"""

from __future__ import annotations

import copy
import json
from typing import Any, Iterable, List, Optional, Union

from agents import Runner, RunState
from agents.tool import FunctionTool

from ..call import Call
from ..errors import CountersignError
from ..jsontext import parse
from ..waiting import in_thread
from .guard import Guard, Tools
from .saved import SavedRun


class ToolGate:
    """Holds the function tools of one run; `run_id` names the run, also after a restart.

    With `pauses`, a call interrupts the run, whose state `drive` saves; without, it waits where it
    is invoked.
    """

    def __init__(
        self, tools: Tools = None, *, run_id: str, pauses: bool = True, **options: Any
    ) -> None:
        self.guard = Guard(tools, framework="openai-agents", **options)
        self.run_id = run_id
        self.pauses = pauses
        self._schemas: dict[str, Any] = {}

    def hold(self, tools: Iterable[Any]) -> List[Any]:
        """The tools, those that are named held; others, such as hosted ones, as they are."""
        return [
            self._held(tool)
            if isinstance(tool, FunctionTool) and self.guard.holds(tool.name)
            else tool
            for tool in tools
        ]

    def _held(self, tool: FunctionTool) -> FunctionTool:
        held = copy.copy(tool)
        self._schemas[tool.name] = tool.params_json_schema
        invoke = tool.on_invoke_tool

        async def run(context: Any, text: str) -> Any:
            try:
                call = self._call(tool.name, text, context.tool_call_id)
            except (CountersignError, ValueError) as error:
                return f"The call did not run: {error}"
            return await self.guard.answer_async(
                call, lambda arguments: invoke(context, json.dumps(arguments)))

        held.on_invoke_tool = run
        if self.pauses:
            held.needs_approval = True
        return held

    def _call(self, tool: str, text: str, call_id: str) -> Call:
        arguments = parse((text or "{}").encode("utf-8"))
        if not isinstance(arguments, dict):
            raise ValueError("the arguments are no JSON object")
        return self.guard.call(tool, arguments, self.run_id, call_id, self._schemas.get(tool))

    async def drive(
        self, agent: Any, start: Any, *, saved: Union[str, SavedRun, None] = None, **options: Any
    ) -> Any:
        """Runs an agent to its end, waiting for people; a saved run goes on where it was."""
        keeper = SavedRun(saved) if isinstance(saved, str) else saved
        text = keeper.read() if keeper else None
        if text is None:
            result = await Runner.run(agent, start, **options)
            state = result.to_state() if result.interruptions else None
        else:
            result, state = None, await RunState.from_string(agent, text)
        while state is not None:
            if keeper:
                keeper.write(state.to_string())
            for item in state.get_interruptions():
                await self._answer(state, item)
            result = await Runner.run(agent, state, **options)
            state = result.to_state() if result.interruptions else None
        if keeper:
            keeper.forget()
        return result

    async def _answer(self, state: Any, item: Any) -> None:
        """Lets a decided call go on; it is claimed where it is invoked."""
        raw = item.raw_item
        call_id = _of(raw, "call_id") or _of(raw, "id") or ""
        try:
            call = self._call(item.tool_name, _of(raw, "arguments") or "{}", call_id)
            error: Optional[CountersignError] = await in_thread(
                lambda: self.guard.refusal_of(call))
            words = error.for_model if error else None
        except (CountersignError, ValueError) as problem:
            words = f"The call did not run: {problem}"
        if words is None:
            state.approve(item)
        else:
            state.reject(item, rejection_message=words)


def _of(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, dict) else getattr(item, name, None)
