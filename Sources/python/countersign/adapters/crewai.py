"""CrewAI: tools that are held where they run.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    agent = Agent(role="support", goal="…", backstory="…", tools=gate.hold([issue_refund]))

CrewAI runs the original arguments when one of its own before_tool_call hooks fails, so the tool
itself is wrapped, and whatever goes wrong in the wrapper is answered with words instead of a run.
It gives calls no ids: the n-th identical call of a run is the same call, and a restarted crew
makes its calls again.
"""

from __future__ import annotations

from typing import Any, Iterable, List, Type

from crewai.tools import BaseTool
from pydantic import BaseModel, PrivateAttr

from ..errors import CountersignError
from ..keys import Run
from .guard import Guard, Tools


class ToolGate:
    """Holds the tools of one run; `run_id` names the run, also after a restart."""

    def __init__(self, tools: Tools = None, *, run_id: str, **options: Any) -> None:
        self.guard = Guard(tools, framework="crewai", **options)
        self.run = Run(run_id)

    def hold(self, tools: Iterable[BaseTool]) -> List[BaseTool]:
        """The tools, those that are named held."""
        return [
            HeldTool.around(tool, self) if self.guard.holds(tool.name) else tool
            for tool in tools
        ]


class HeldTool(BaseTool):  # type: ignore[misc]
    """A tool whose calls are held."""

    name: str
    description: str
    args_schema: Type[BaseModel]
    _inner: BaseTool = PrivateAttr()
    _gate: ToolGate = PrivateAttr()

    @classmethod
    def around(cls, tool: BaseTool, gate: ToolGate) -> "HeldTool":
        """The held form of a tool."""
        held = cls(
            name=tool.name, description=tool.description, args_schema=tool.args_schema,
            # What people decided about once is not decided for the next call.
            cache_function=lambda *_: False, result_as_answer=tool.result_as_answer)
        held._inner = tool
        held._gate = gate
        return held

    def _run(self, **arguments: Any) -> Any:
        guard = self._gate.guard
        try:
            plain = self.args_schema(**arguments).model_dump(mode="json", exclude_unset=True)
            call = guard.numbered(
                self._gate.run, self.name, plain, self.args_schema.model_json_schema())
            return guard.run(call, lambda decided: self._inner.run(**decided))
        except CountersignError as error:
            return error.for_model
        except Exception as error:  # noqa: B902 - CrewAI would try the call again by itself
            return f"The call failed: {type(error).__name__}."
