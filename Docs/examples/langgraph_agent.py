"""LangGraph: a held tool pauses the graph, whose state is in SQLite, and runs as it was decided."""

import sqlite3

from langchain_core.messages import AIMessage
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition

from bank import ARGUMENTS, issue_refund
from countersign.adapters.langgraph import ToolGate


def model(state):
    """The scripted model: it calls the tool once, then repeats what came of it."""
    last = state["messages"][-1]
    if last.type == "tool":
        return {"messages": [AIMessage(last.content)]}
    call = {"name": "issue_refund", "args": ARGUMENTS, "id": "call_1"}
    return {"messages": [AIMessage("", tool_calls=[call])]}


gate = ToolGate({"issue_refund": {"redact": ["iban"], "timeout_s": 300}})
graph = StateGraph(MessagesState)
graph.add_node("model", model)
graph.add_node("tools", ToolNode([issue_refund], wrap_tool_call=gate.wrap_tool_call))
graph.add_edge(START, "model")
graph.add_conditional_edges("model", tools_condition)
graph.add_edge("tools", "model")
saver = SqliteSaver(sqlite3.connect("state.sqlite", check_same_thread=False))
agent = graph.compile(checkpointer=saver)

config = {"configurable": {"thread_id": "refund-4711"}}
is_new = not agent.get_state(config).values
start = {"messages": [("user", "Refund cus_91.")]} if is_new else None
print(gate.drive(agent, start, config)["messages"][-1].content)
