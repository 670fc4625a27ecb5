"""OpenAI Agents SDK: the run is interrupted, its state saved, and its tool runs as decided."""

import asyncio
import json

from agents import Agent, RunConfig, function_tool
from agents.testing import ModelStep, ScriptedModel, assistant_message, function_call

import bank
from countersign.adapters.openai_agents import ToolGate

issue_refund = function_tool(bank.issue_refund)


def respond(call):
    """The scripted model: it calls the tool once, then repeats what came of it."""
    last = call.input[-1] if isinstance(call.input, list) else {}
    if last.get("type") == "function_call_output":
        return [assistant_message(str(last["output"]))]
    return [function_call("issue_refund", json.dumps(bank.ARGUMENTS), call_id="call_1")]


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
model = ScriptedModel([ModelStep.respond(respond)] * 2)
agent = Agent(name="support", model=model, tools=gate.hold([issue_refund]))
run = gate.drive(
    agent, "Refund cus_91.", saved="run.json", run_config=RunConfig(tracing_disabled=True))
print(asyncio.run(run).final_output)
