"""Pydantic AI: held tools are deferred until they are decided, and run as they were decided.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    agent = Agent(model, toolsets=[gate.hold(FunctionToolset([issue_refund]))],
                  output_type=[str, DeferredToolRequests])
    result = await gate.drive(agent, "Refund cus_91.", saved="refund-4711.json")

The decided arguments are validated by the tool's own validator after the claim.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, Optional, Union

from pydantic import ValidationError
from pydantic_ai.exceptions import ApprovalRequired
from pydantic_ai.messages import (
    ModelMessagesTypeAdapter, ModelResponse, ToolCallPart, ToolReturnPart)
from pydantic_ai.tools import DeferredToolRequests, DeferredToolResults, ToolDenied
from pydantic_ai.toolsets import WrapperToolset

from ..call import Call
from ..errors import CountersignError
from ..waiting import in_thread
from .guard import Guard, Tools
from .saved import SavedRun


class ToolGate:
    """Holds the tools of one run; `run_id` names the run, also after a restart.

    With `pauses`, a pending call ends the run with DeferredToolRequests, which `drive` saves and
    goes on with; without, it waits where it runs.
    """

    def __init__(
        self, tools: Tools = None, *, run_id: str, pauses: bool = True, **options: Any
    ) -> None:
        self.guard = Guard(tools, framework="pydantic-ai", **options)
        self.run_id = run_id
        self.pauses = pauses

    def hold(self, toolset: Any) -> "HeldToolset":
        """The toolset, its named tools held."""
        return HeldToolset(toolset, gate=self)

    def call(self, part: ToolCallPart) -> Call:
        """The call that a part of a model's response asks for."""
        arguments = part.args_as_dict(raise_if_invalid=True)
        return self.guard.call(part.tool_name, arguments, self.run_id, part.tool_call_id)

    async def drive(
        self, agent: Any, start: Any, *, saved: Union[str, SavedRun, None] = None, **options: Any
    ) -> Any:
        """Runs an agent to its end, waiting for people; a saved run goes on where it was."""
        keeper = SavedRun(saved) if isinstance(saved, str) else saved
        text = keeper.read() if keeper else None
        if text is None:
            result = await agent.run(start, **options)
        else:
            history = ModelMessagesTypeAdapter.validate_json(text)
            result = await self._resume(agent, history, _requests(history), options)
        while isinstance(result.output, DeferredToolRequests):
            if keeper:
                keeper.write(result.all_messages_json().decode("utf-8"))
            result = await self._resume(agent, result.all_messages(), result.output, options)
        if keeper:
            keeper.forget()
        return result

    async def _resume(self, agent: Any, history: Any, requests: Any, options: Any) -> Any:
        approvals: Dict[str, Any] = {}
        for part in requests.approvals:
            approvals[part.tool_call_id] = await self._decision(part)
        results = DeferredToolResults(approvals=approvals)
        return await agent.run(message_history=history, deferred_tool_results=results, **options)

    async def _decision(self, part: ToolCallPart) -> Any:
        """Lets a decided call go on; it is claimed where it runs."""
        try:
            call = self.call(part)
            error: Optional[Exception] = await in_thread(lambda: self.guard.refusal_of(call))
        except (CountersignError, ValueError) as problem:
            error = problem
        if error is None:
            return True
        words = error.for_model if isinstance(error, CountersignError) else str(error)
        return ToolDenied(words)


def _requests(history: Any) -> DeferredToolRequests:
    """The calls of the last response that have no answer yet: the saved run waits for them."""
    parts = [part for message in history for part in message.parts]
    answered = {part.tool_call_id for part in parts if isinstance(part, ToolReturnPart)}
    response = next(one for one in reversed(history) if isinstance(one, ModelResponse))
    return DeferredToolRequests(approvals=[
        part for part in response.parts
        if isinstance(part, ToolCallPart) and part.tool_call_id not in answered])


@dataclass
class HeldToolset(WrapperToolset[Any]):
    """A toolset whose calls are held."""

    gate: ToolGate = field(kw_only=True)

    async def call_tool(
        self, name: str, tool_args: Dict[str, Any], ctx: Any, tool: Any
    ) -> Any:
        """Runs one call as it was decided."""
        guard = self.gate.guard
        if not guard.holds(name):
            return await self.wrapped.call_tool(name, tool_args, ctx, tool)
        part = _part(ctx.messages, ctx.tool_call_id)
        if part is None:
            return "The call did not run: the message that asked for it is not there."
        call = self.gate.call(part)

        async def execute(arguments: Dict[str, Any]) -> Any:
            validated = tool.args_validator.validate_python(arguments, context=None)
            return await self.wrapped.call_tool(name, validated, ctx, tool)

        try:
            if self.gate.pauses and not ctx.tool_call_approved:
                approval = await in_thread(lambda: guard.submit(call))
                if not approval.is_terminal:
                    raise ApprovalRequired({"countersign_approval": approval.id})
            return await guard.run_async(call, execute)
        except CountersignError as error:
            return error.for_model
        except ValidationError:
            return "The call did not run: the decided arguments do not fit the tool."


def _part(messages: Any, call_id: Optional[str]) -> Optional[ToolCallPart]:
    """The newest part that asks for this call, as the model wrote it."""
    for message in reversed(messages):
        for part in message.parts:
            if isinstance(part, ToolCallPart) and part.tool_call_id == call_id:
                return part
    return None
