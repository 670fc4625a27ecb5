"""LlamaIndex: tools that are held where they run, for FunctionAgent and its kin.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    agent = FunctionAgent(tools=gate.hold([FunctionTool.from_defaults(issue_refund)]), llm=llm)

LlamaIndex does not keep an agent's memory with its workflow's state, and `wait_for_event` gives up
after 2,000 seconds, so the tool itself waits. A restarted agent makes its calls again: the n-th
identical call of a run is the same call.
"""

from __future__ import annotations

from typing import Any, Iterable, List

from llama_index.core.tools import FunctionTool

from ..keys import Run
from .guard import Guard, Tools


class ToolGate:
    """Holds the tools of one run; `run_id` names the run, also after a restart."""

    def __init__(self, tools: Tools = None, *, run_id: str, **options: Any) -> None:
        self.guard = Guard(tools, framework="llama-index", **options)
        self.run = Run(run_id)

    def hold(self, tools: Iterable[Any]) -> List[Any]:
        """The tools, those that are named held."""
        return [
            self._held(tool) if self.guard.holds(tool.metadata.name or "") else tool
            for tool in tools
        ]

    def _held(self, tool: FunctionTool) -> FunctionTool:
        name = tool.metadata.name or ""
        schema = tool.metadata.fn_schema.model_json_schema() if tool.metadata.fn_schema else None

        async def run(**arguments: Any) -> Any:
            call = self.guard.numbered(self.run, name, arguments, schema)

            async def execute(decided: Any) -> Any:
                return (await tool.acall(**decided)).raw_output

            return await self.guard.answer_async(call, execute)

        return FunctionTool(async_fn=run, metadata=tool.metadata)
