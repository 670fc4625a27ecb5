"""What every adapter does with a call of its framework."""

from __future__ import annotations

import inspect
import time
from dataclasses import replace
from typing import Any, Awaitable, Callable, Dict, Iterable, Mapping, Optional, Union

from ..call import Approval, Call
from ..canonical import digest
from ..client import WAIT_SECONDS_MAX, Client, default_client, read
from ..errors import CountersignError, Misconfigured, Mismatch
from ..gate import UNANSWERED_SECONDS, Gate, Ticket
from ..keys import Run
from ..terms import Terms
from ..waiting import hold_async, in_thread
from ..words import edit_notice, with_notice

Tools = Union[Mapping[str, Mapping[str, Any]], Iterable[str], None]


class Guard:
    """Which tools are held, and how.

    `tools` names them, perhaps each with the options of `gated`; without it, every tool is held.
    `wait_s` is how long the host lets a call wait: after it the call is taken back and does not
    run.
    """

    def __init__(
        self,
        tools: Tools = None,
        *,
        framework: str,
        client: Optional[Client] = None,
        wait_s: Optional[float] = None,
        notice: bool = True,
    ) -> None:
        self.framework = framework
        self.client = client
        self.wait_s = wait_s
        self.notice = notice
        self._tools: Optional[Dict[str, Terms]] = None
        if tools is not None:
            if isinstance(tools, str):
                raise Misconfigured("give a list of tools' names, not one text")
            named = tools if isinstance(tools, Mapping) else {name: {} for name in tools}
            self._tools = {name: self._terms(name, options) for name, options in named.items()}

    def __deepcopy__(self, _: object) -> "Guard":
        """Itself: a client is not copied, and neither is its token."""
        return self

    @staticmethod
    def _terms(name: str, options: Mapping[str, Any]) -> Terms:
        known = {**options, "redact": tuple(options.get("redact", ()))}
        return Terms(**{"tool": name, **known})

    def holds(self, tool: str) -> bool:
        """Whether calls of this tool are held."""
        return self._tools is None or tool in self._tools

    def terms(self, tool: str) -> Terms:
        """How calls of this tool are held."""
        return (self._tools or {}).get(tool) or Terms(tool=tool)

    def call(
        self,
        tool: str,
        arguments: Mapping[str, Any],
        scope: Optional[str],
        call_id: str,
        schema: Optional[Mapping[str, Any]] = None,
    ) -> Call:
        """A framework's call; `scope` is the run, thread or session that its id belongs to."""
        if not call_id:
            raise Misconfigured("the framework gave the call no id, so it cannot be held")
        try:
            # Models reuse ids of calls: other arguments are another call.
            mark = digest(dict(arguments))[7:23]
        except ValueError as error:
            raise Mismatch(f"The arguments have no canonical form: {error}.") from None
        return self.terms(tool).call(
            dict(arguments),
            f"{self.framework}:{scope or ''}:{call_id}:{mark}",
            schema=schema,
            framework=self.framework,
            run_id=scope,
            call_id=call_id,
        )

    def numbered(
        self,
        run: Run,
        tool: str,
        arguments: Mapping[str, Any],
        schema: Optional[Mapping[str, Any]] = None,
    ) -> Call:
        """A call whose framework gives it no id: the n-th identical one of its run."""
        call = self.call(tool, arguments, run.run_id, "-", schema)
        return replace(call, key=run.key(tool, call.digest()), call_id=None)

    def gate(self, call: Call) -> Gate:
        """The gate of a call."""
        return Gate(call, self.client, wait_s=self.wait_s)

    def submit(self, call: Call) -> Approval:
        """Makes the approval durable, and does not wait for its decision."""
        return self.gate(call).submit()

    def refusal_of(self, call: Call) -> Optional[CountersignError]:
        """Waits for the decision, and claims nothing: the tool does, where it runs."""
        try:
            self.gate(call).wait()
            return None
        except CountersignError as error:
            return error

    def await_decision(self, approval_id: str) -> Approval:
        """Waits until an approval is decided, and claims nothing."""
        client = self.client or default_client()
        while True:
            asked = time.monotonic()
            path = f"/v1/approvals/{approval_id}?wait={WAIT_SECONDS_MAX}"
            end = asked + UNANSWERED_SECONDS
            approval = Approval.read(
                read(client.ask("GET", path, end=end, wait=WAIT_SECONDS_MAX)))
            if approval.is_terminal:
                return approval
            time.sleep(0.5 if time.monotonic() - asked < 1 else 0)

    def told(self, ticket: Ticket, call: Call, result: Any) -> Any:
        """The result, with what a person changed before it."""
        if not self.notice:
            return result
        redact = self.terms(call.tool).redact
        return with_notice(result, edit_notice(ticket, call.arguments, redact))

    def run(self, call: Call, execute: Callable[[Dict[str, Any]], Any]) -> Any:
        """Holds a call and runs it as decided; raises what keeps it from running."""
        return self.execute(self.gate(call).run(), call, execute)

    def execute(
        self, ticket: Ticket, call: Call, execute: Callable[[Dict[str, Any]], Any]
    ) -> Any:
        """Runs a claimed call, once, and reports it."""
        ticket.check_lease()
        try:
            result = execute(ticket.arguments)
        except BaseException as error:
            ticket.failed(f"raised {type(error).__name__}")
            raise
        ticket.succeeded()
        return self.told(ticket, call, result)

    def answer(self, call: Call, execute: Callable[[Dict[str, Any]], Any]) -> Any:
        """As `run`; a call that does not run is answered with words for the model."""
        try:
            return self.run(call, execute)
        except CountersignError as error:
            return error.for_model

    async def run_async(
        self, call: Call, execute: Callable[[Dict[str, Any]], Union[Any, Awaitable[Any]]]
    ) -> Any:
        """As `run`, without holding up the event loop."""
        ticket = await hold_async(call, self.client, wait_s=self.wait_s)
        return await self.execute_async(ticket, call, execute)

    async def execute_async(
        self,
        ticket: Ticket,
        call: Call,
        execute: Callable[[Dict[str, Any]], Union[Any, Awaitable[Any]]],
    ) -> Any:
        """As `execute`, for a tool that may be awaited."""
        await in_thread(ticket.check_lease)
        try:
            result = execute(ticket.arguments)
            if inspect.isawaitable(result):
                result = await result
        except BaseException as error:
            words = f"raised {type(error).__name__}"
            await in_thread(lambda: ticket.failed(words))
            raise
        await in_thread(ticket.succeeded)
        return self.told(ticket, call, result)

    async def answer_async(
        self, call: Call, execute: Callable[[Dict[str, Any]], Union[Any, Awaitable[Any]]]
    ) -> Any:
        """As `answer`, without holding up the event loop."""
        try:
            return await self.run_async(call, execute)
        except CountersignError as error:
            return error.for_model
