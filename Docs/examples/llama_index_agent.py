"""LlamaIndex: a held tool waits where it runs; a restarted agent makes its call again."""

import asyncio

from llama_index.core.agent.workflow import FunctionAgent
from llama_index.core.llms.mock import MockFunctionCallingLLM
from llama_index.core.base.llms.types import ChatMessage, TextBlock, ToolCallBlock
from llama_index.core.tools import FunctionTool

from bank import ARGUMENTS, issue_refund
from countersign.adapters.llama_index import ToolGate


def respond(messages, **options):
    """The scripted model: it calls the tool once, then repeats what came of it."""
    last = messages[-1]
    if last.role == "tool":
        return ChatMessage(role="assistant", blocks=[TextBlock(text=last.content)])
    call = ToolCallBlock(tool_call_id="call_1", tool_name="issue_refund", tool_kwargs=ARGUMENTS)
    return ChatMessage(role="assistant", blocks=[call])


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
tools = gate.hold([FunctionTool.from_defaults(issue_refund)])
model = MockFunctionCallingLLM(response_generator=respond)
agent = FunctionAgent(tools=tools, llm=model, streaming=False)


async def main():
    """Runs to the end."""
    print(await agent.run("Refund cus_91."))


asyncio.run(main())
