"""Strands: a held tool interrupts the agent, whose session is in files, and runs as decided."""

from strands import Agent, tool
from strands.models import Model
from strands.session.file_session_manager import FileSessionManager

import json

import bank
from countersign.adapters.strands import ToolGate

issue_refund = tool(bank.issue_refund)


class Scripted(Model):
    """The scripted model: it calls the tool once, then repeats what came of it."""

    def update_config(self, **config):
        """Has none."""

    def get_config(self):
        """Has none."""
        return {}

    async def structured_output(self, *args, **options):
        """Is not asked for."""
        yield {}

    async def stream(self, messages, *args, **options):
        """Answers with a call, or with the result of it."""
        last = messages[-1]["content"][-1]
        yield {"messageStart": {"role": "assistant"}}
        if "toolResult" in last:
            said = " ".join(part["text"] for part in last["toolResult"]["content"])
            yield {"contentBlockStart": {"start": {}}}
            yield {"contentBlockDelta": {"delta": {"text": said}}}
        else:
            use = {"name": "issue_refund", "toolUseId": "call_1"}
            yield {"contentBlockStart": {"start": {"toolUse": use}}}
            arguments = json.dumps(bank.ARGUMENTS)
            yield {"contentBlockDelta": {"delta": {"toolUse": {"input": arguments}}}}
        yield {"contentBlockStop": {}}
        yield {"messageStop": {"stopReason": "end_turn" if "toolResult" in last else "tool_use"}}


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
agent = Agent(
    model=Scripted(), tools=[issue_refund], hooks=[gate], callback_handler=None,
    session_manager=FileSessionManager(session_id="refund-4711", storage_dir="sessions"))
print(gate.drive(agent, "Refund cus_91."))
