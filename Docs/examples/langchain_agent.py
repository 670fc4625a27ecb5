"""LangChain: its HumanInTheLoopMiddleware pauses the agent, and Countersign answers and claims."""

import sqlite3

from langchain.agents import create_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langgraph.checkpoint.sqlite import SqliteSaver

from bank import ARGUMENTS, issue_refund
from countersign.adapters.langgraph import ToolGate


class Scripted(BaseChatModel):
    """The scripted model: it calls the tool once, then repeats what came of it."""

    @property
    def _llm_type(self):
        return "scripted"

    def bind_tools(self, tools, **options):
        """Knows its tool already."""
        return self

    def _generate(self, messages, stop=None, run_manager=None, **options):
        call = {"name": "issue_refund", "args": ARGUMENTS, "id": "call_1"}
        is_done = messages[-1].type == "tool"
        message = AIMessage(messages[-1].content) if is_done else AIMessage("", tool_calls=[call])
        return ChatResult(generations=[ChatGeneration(message=message)])


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}}, pauses=False)
pause = HumanInTheLoopMiddleware({"issue_refund": True})
saver = SqliteSaver(sqlite3.connect("state.sqlite", check_same_thread=False))
agent = create_agent(
    Scripted(), [issue_refund], middleware=[gate.middleware(), pause], checkpointer=saver)

config = {"configurable": {"thread_id": "refund-4711"}}
is_new = not agent.get_state(config).values
start = {"messages": [("user", "Refund cus_91.")]} if is_new else None
print(gate.drive(agent, start, config)["messages"][-1].content)
