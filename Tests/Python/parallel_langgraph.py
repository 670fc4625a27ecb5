"""LangGraph with three calls in one message: none runs before all are decided, each runs once.

A node that is interrupted runs again from its start, with the calls that it had run already. Run by
frameworks.py, where LangGraph is installed.
"""

import asyncio
import threading

from langchain_core.messages import AIMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition
from langgraph.types import Command

from countersign.adapters.langgraph import MARK, ToolGate
from countersign.testing import Decision, FakeControlPlane

RAN = []


def pay(n: int) -> str:
    """Pays."""
    RAN.append(n)
    return f"paid {n}"


def model(state):
    """Asks for three payments, then is done."""
    if state["messages"][-1].type == "tool":
        return {"messages": [AIMessage("done")]}
    calls = [{"name": "pay", "args": {"n": n}, "id": f"call_{n}"} for n in (1, 2, 3)]
    return {"messages": [AIMessage("", tool_calls=calls)]}


def build(gate, decider):
    """A graph with the three calls in one node; the third one looks when all are decided."""

    def wrap(request, handler):
        if request.tool_call["id"] == "call_3":
            decider.join()
        return gate.wrap_tool_call(request, handler)

    tools = ToolNode([pay], wrap_tool_call=wrap, awrap_tool_call=gate.awrap_tool_call)
    graph = StateGraph(MessagesState)
    graph.add_node("model", model)
    graph.add_node("tools", tools)
    graph.add_edge(START, "model")
    graph.add_conditional_edges("model", tools_condition)
    graph.add_edge("tools", "model")
    return graph.compile(checkpointer=InMemorySaver())


def decide(plane):
    """Decides the last one first: edits the first and the third, rejects the second."""
    plane.wait_for_call(3, seconds=60)
    for n in (3, 2, 1):
        assert not RAN, f"{RAN} ran before all were decided"
        call = next(call for call in plane.calls if call.arguments["n"] == n)
        edit = Decision("approved", {"/n": n * 10})
        plane.decide(call, Decision("rejected", comment="no") if n == 2 else edit)


def drive(gate, graph, start, config):
    """Runs the graph with `drive`."""
    return gate.drive(graph, start, config)


def drive_async(gate, graph, start, config):
    """Runs the graph as an asynchronous host does."""

    async def run():
        state = await graph.ainvoke(start, config)
        while state.get("__interrupt__"):
            for item in state["__interrupt__"]:
                for one in item.value[MARK]:
                    await asyncio.to_thread(gate.guard.await_decision, one["id"])
            answers = {item.id: "decided" for item in state["__interrupt__"]}
            state = await graph.ainvoke(Command(resume=answers), config)
        return state

    return asyncio.run(run())


for driver in (drive, drive_async):
    RAN.clear()
    with FakeControlPlane() as plane:
        gate = ToolGate()
        decider = threading.Thread(target=decide, args=(plane,))
        decider.start()
        config = {"configurable": {"thread_id": "t-1"}}
        state = driver(gate, build(gate, decider), {"messages": [("user", "Pay.")]}, config)
        decider.join()
        said = [message.content for message in state["messages"] if message.type == "tool"]
        assert sorted(RAN) == [10, 30], RAN
        assert "paid 10" in said[0] and "rejected" in said[1] and "paid 30" in said[2], said
        assert len(plane.calls) == 3, plane.calls
        for call in plane.calls:
            if call.state == "approved":
                call.assert_executed_once()
