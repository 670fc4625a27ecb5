"""Pydantic AI: a held tool is deferred, its run saved, and it runs as it was decided."""

import asyncio

from pydantic_ai import Agent, FunctionToolset, ModelResponse, TextPart, ToolCallPart
from pydantic_ai.messages import ToolReturnPart
from pydantic_ai.models.function import FunctionModel
from pydantic_ai.tools import DeferredToolRequests

from bank import ARGUMENTS, issue_refund
from countersign.adapters.pydantic_ai import ToolGate


def respond(messages, info):
    """The scripted model: it calls the tool once, then repeats what came of it."""
    last = messages[-1].parts[-1]
    if isinstance(last, ToolReturnPart):
        return ModelResponse([TextPart(str(last.content))])
    return ModelResponse([ToolCallPart("issue_refund", ARGUMENTS, "call_1")])


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
agent = Agent(
    FunctionModel(respond), toolsets=[gate.hold(FunctionToolset([issue_refund]))],
    output_type=[str, DeferredToolRequests])
print(asyncio.run(gate.drive(agent, "Refund cus_91.", saved="run.json")).output)
