"""smolagents: tools that are held where they run, for ToolCallingAgent and CodeAgent.

    gate = ToolGate({"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")
    agent = ToolCallingAgent(tools=gate.hold([issue_refund]), model=model)

smolagents keeps nothing between two processes and names no call: a restarted agent makes its calls
again, and the n-th identical call of a run is the same call.
"""

from __future__ import annotations

import copy
import inspect
from typing import Any, Iterable, List

from smolagents import Tool

from ..keys import Run
from .guard import Guard, Tools


class ToolGate:
    """Holds the tools of one run; `run_id` names the run, also after a restart."""

    def __init__(self, tools: Tools = None, *, run_id: str, **options: Any) -> None:
        self.guard = Guard(tools, framework="smolagents", **options)
        self.run = Run(run_id)

    def hold(self, tools: Iterable[Tool]) -> List[Tool]:
        """The tools, those that are named held."""
        return [self._held(tool) if self.guard.holds(tool.name) else tool for tool in tools]

    def _held(self, tool: Tool) -> Tool:
        held = copy.copy(tool)
        forward = tool.forward
        defaults = {
            name: parameter.default
            for name, parameter in inspect.signature(forward).parameters.items()
            if name in tool.inputs and parameter.default is not inspect.Parameter.empty
        }

        def run(*args: Any, **keywords: Any) -> Any:
            # CodeAgent writes calls by position, ToolCallingAgent by name.
            arguments = {**defaults, **dict(zip(tool.inputs, args)), **keywords}
            call = self.guard.numbered(self.run, tool.name, arguments, _schema(tool))
            return self.guard.answer(call, lambda decided: forward(**decided))

        held.forward = run
        return held


def _schema(tool: Tool) -> Any:
    """The schema of a tool's inputs; smolagents' own type `any` is none of JSON Schema's."""
    properties = {}
    for name, item in tool.inputs.items():
        kind = item.get("type")
        is_open = kind == "any" or isinstance(kind, list) and "any" in kind
        if item.get("nullable") and isinstance(kind, str) and not is_open:
            kind = [kind, "null"]
        properties[name] = {} if is_open else {"type": kind}
    return {"type": "object", "properties": properties, "additionalProperties": False}
