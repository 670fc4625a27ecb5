"""LangGraph and LangChain: a tool call pauses the graph, and runs as it was decided.

    gate = ToolGate({"issue_refund": {"redact": ["recipient.iban"]}})
    agent = create_agent(model, tools, middleware=[gate.middleware()], checkpointer=saver)
    result = gate.drive(agent, {"messages": [...]}, {"configurable": {"thread_id": "t-1"}})

`ToolNode(tools, wrap_tool_call=gate.wrap_tool_call)` does the same without LangChain. Beside
LangChain's HumanInTheLoopMiddleware, list this middleware first and make the gate with
`pauses=False`: the former pauses, `drive` answers it, and the claim is made here, where the tool
runs. LangGraph runs a tool before it has stored the answer to an interrupt; what counts is
therefore the control plane's record, never the answer.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Any, Awaitable, Callable, Deque, Dict, Iterable, List, Tuple

from langchain_core.messages import ToolMessage
from langgraph.errors import GraphBubbleUp
from langgraph.types import Command, interrupt

from ..call import Approval, Call
from ..errors import CountersignError
from ..gate import Ticket
from ..waiting import hold_async, in_thread
from ..words import edit_notice, with_notice
from .guard import Guard, Tools

#: The name by which an interrupt says that it waits for an approval.
MARK = "countersign_approvals"


class ToolGate:
    """Holds the calls of a graph's tools.

    With `pauses`, a pending call interrupts the graph, so that its process may end; without, the
    node waits. Either way a restarted graph finds its approvals again by its thread, message and
    call ids.
    """

    def __init__(
        self,
        tools: Tools = None,
        *,
        pauses: bool = True,
        describe: Iterable[Any] = (),
        **options: Any,
    ) -> None:
        self.guard = Guard(tools, framework="langgraph", **options)
        self.pauses = pauses
        self._lock = threading.Lock()
        self._seen: Deque[Tuple[Any, List[Approval]]] = deque(maxlen=256)
        self._schemas = {tool.name: tool.get_input_jsonschema() for tool in describe}

    def middleware(self) -> Any:
        """For `create_agent(middleware=[…])`."""
        from langchain.agents.middleware import AgentMiddleware

        class CountersignMiddleware(AgentMiddleware):  # type: ignore[misc]
            """Holds the calls of the agent's tools."""

            wrap_tool_call = staticmethod(self.wrap_tool_call)
            awrap_tool_call = staticmethod(self.awrap_tool_call)

        return CountersignMiddleware()

    def wrap_tool_call(self, request: Any, handler: Callable[[Any], Any]) -> Any:
        """Runs one tool call of a ToolNode or an agent as it was decided."""
        if not self.guard.holds(request.tool_call["name"]):
            return handler(request)
        call = self._call(request)
        gate = self.guard.gate(call)
        try:
            self._pause(self._undecided(request))
            ticket = gate.run()
        except CountersignError as error:
            return _refused(request, error)
        return self._run(ticket, call, request, handler)

    async def awrap_tool_call(
        self, request: Any, handler: Callable[[Any], Awaitable[Any]]
    ) -> Any:
        """As `wrap_tool_call`, for graphs that run asynchronously (Python 3.11 and later)."""
        if not self.guard.holds(request.tool_call["name"]):
            return await handler(request)
        call = self._call(request)
        try:
            self._pause(await in_thread(lambda: self._undecided(request)))
            ticket = await hold_async(call, self.guard.client, wait_s=self.guard.wait_s)
            await in_thread(ticket.check_lease)
        except CountersignError as error:
            return _refused(request, error)
        try:
            result = await handler(_changed(request, ticket.arguments))
        except BaseException as error:
            words = _failure(error)
            await in_thread(lambda: ticket.failed(words))
            raise
        return await in_thread(lambda: self._end(ticket, call, result))

    def _undecided(self, request: Any) -> List[Approval]:
        """What people have still to decide of the message that asked for this call.

        All of it, because a node that pauses runs all its calls again: none may have run by then.
        The first call that looks answers for all, since people decide meanwhile.
        """
        if not self.pauses:
            return []
        # One object for each time that a node runs, which all its calls share.
        pad = request.runtime.config.get("configurable", {}).get("__pregel_scratchpad")
        with self._lock:
            for known, waiting in self._seen:
                if known is pad and pad is not None:
                    return waiting
            waiting = self._ask(request)
            self._seen.append((pad, waiting))
            return waiting

    def _ask(self, request: Any) -> List[Approval]:
        thread, message = self._place(request)
        calls = message.tool_calls if message is not None else [request.tool_call]
        approvals = [
            self.guard.submit(self._named(thread, message, call))
            for call in calls
            if self.guard.holds(call["name"])
        ]
        return [approval for approval in approvals if not approval.is_terminal]

    @staticmethod
    def _pause(waiting: List[Approval]) -> None:
        """Interrupts the graph; its host sees ids, the arguments are in the graph's state.

        A run of the node that began undecided never goes on, whatever it is resumed with: its
        calls that did not get an answer would make it run again.
        """
        while waiting:
            interrupt({MARK: [{"id": one.id, "tool": one.tool, "deadline": one.deadline}
                              for one in waiting]})

    def _run(self, ticket: Ticket, call: Call, request: Any, handler: Any) -> Any:
        try:
            ticket.check_lease()
        except CountersignError as error:
            return _refused(request, error)
        try:
            result = handler(_changed(request, ticket.arguments))
        except BaseException as error:
            ticket.failed(_failure(error))
            raise
        return self._end(ticket, call, result)

    def _end(self, ticket: Ticket, call: Call, result: Any) -> Any:
        """Reports what the tool answered, and says before it what a person changed."""
        if getattr(result, "status", "success") == "error":
            ticket.failed("the tool answered with an error")
        else:
            ticket.succeeded()
        if self.guard.notice and isinstance(result, ToolMessage):
            notice = edit_notice(ticket, call.arguments, self.guard.terms(call.tool).redact)
            result.content = with_notice(result.content, notice)
        return result

    def _call(self, request: Any) -> Call:
        return self._named(*self._place(request), request.tool_call)

    @staticmethod
    def _place(request: Any) -> Tuple[Any, Any]:
        """The thread and the message that a call belongs to."""
        thread = request.runtime.config.get("configurable", {}).get("thread_id")
        return thread, _message_of(_messages(request.state), request.tool_call["id"])

    def _named(self, thread: Any, message: Any, call: Any) -> Call:
        schema = self._schemas.get(call["name"])
        # Models reuse ids of calls, so the message's own id stands before it.
        scope = f"{thread or ''}:{getattr(message, 'id', None) or ''}"
        return self.guard.call(call["name"], call["args"], scope, call["id"], schema)

    # Outside of the graph.

    def drive(self, graph: Any, start: Any, config: Any, **options: Any) -> Any:
        """Runs a graph to its end, and waits wherever it waits for people.

        After a restart, give None for `start`: the graph goes on where it was.
        """
        result = graph.invoke(start, config, **options) if start is not None else None
        while True:
            state = graph.get_state(config)
            answers = {item.id: self._answer(item.value, state) for item in state.interrupts}
            if answers and all(answer is not None for answer in answers.values()):
                result = graph.invoke(Command(resume=answers), config, **options)
            elif not answers and state.next:
                result = graph.invoke(None, config, **options)
            else:
                return result if result is not None else state.values

    def _answer(self, value: Any, state: Any) -> Any:
        """What an interrupt is answered once its calls are decided; None for those of others."""
        if not isinstance(value, dict):
            return None
        if MARK in value:
            for one in value[MARK]:
                self.guard.await_decision(one["id"])
            return "decided"
        if value.get("type") == "tool_approval":
            return self._decision(self._from_state(state, value["tool_call_id"]))
        if "action_requests" in value:
            calls = self._batch(state, value["action_requests"])
            return {"decisions": [self._decision(call) for call in calls]}
        return None

    def _decision(self, call: Call) -> Dict[str, Any]:
        """An answer in the words of HumanInTheLoopMiddleware.

        Always `approve`, since what was edited is put in place when the call is claimed.
        """
        error = self.guard.refusal_of(call)
        return {"type": "reject", "message": error.for_model} if error else {"type": "approve"}

    def _from_state(self, state: Any, call_id: str) -> Call:
        message = _message_of(_messages(state.values), call_id)
        call = next(one for one in message.tool_calls if one["id"] == call_id)
        thread = state.config.get("configurable", {}).get("thread_id")
        return self._named(thread, message, call)

    def _batch(self, state: Any, requests: List[Any]) -> List[Call]:
        """The calls of a batch, in its order: they are told apart by name and arguments."""
        message = _messages(state.values)[-1]
        left = list(message.tool_calls)
        thread = state.config.get("configurable", {}).get("thread_id")
        calls = []
        for request in requests:
            found = next(
                one for one in left
                if (one["name"], one["args"]) == (request["name"], request["args"])
            )
            left.remove(found)
            calls.append(self._named(thread, message, found))
        return calls


def _changed(request: Any, arguments: Dict[str, Any]) -> Any:
    return request.override(tool_call={**request.tool_call, "args": arguments})


def _refused(request: Any, error: CountersignError) -> ToolMessage:
    call = request.tool_call
    return ToolMessage(error.for_model, name=call["name"], tool_call_id=call["id"], status="error")


def _failure(error: BaseException) -> str:
    is_pause = isinstance(error, GraphBubbleUp)
    return "paused inside of the tool" if is_pause else f"raised {type(error).__name__}"


def _messages(state: Any) -> List[Any]:
    found = state.get("messages") if isinstance(state, dict) else getattr(state, "messages", state)
    return list(found or [])


def _message_of(messages: List[Any], call_id: str) -> Any:
    """The newest message that has this call."""
    for message in reversed(messages):
        if any(call["id"] == call_id for call in getattr(message, "tool_calls", None) or []):
            return message
    return None
