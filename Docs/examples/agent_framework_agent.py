"""Microsoft Agent Framework: a held tool waits where it runs; a restarted agent asks again."""

import asyncio

from agent_framework import Agent, BaseChatClient, ChatResponse, Content, Message
from agent_framework import FunctionInvocationLayer, ChatMiddlewareLayer

from bank import ARGUMENTS, issue_refund
from countersign.adapters.agent_framework import ToolGate


class Scripted(FunctionInvocationLayer, ChatMiddlewareLayer, BaseChatClient):
    """The scripted model: it calls the tool once, then repeats what came of it."""

    async def _inner_get_response(self, *, messages, stream, options, **more):
        last = messages[-1].contents[-1]
        if last.type == "function_result":
            contents = [Content.from_text(str(last.result))]
        else:
            contents = [Content.from_function_call("call_1", "issue_refund", arguments=ARGUMENTS)]
        return ChatResponse(messages=[Message("assistant", contents)])


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, run_id="refund-4711")
agent = Agent(Scripted(), tools=[issue_refund], middleware=[gate])
print(asyncio.run(agent.run("Refund cus_91.")).text)
