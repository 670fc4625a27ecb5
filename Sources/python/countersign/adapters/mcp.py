"""MCP: a server that stands before another one and holds its tools.

    async with Client(upstream) as client:
        server = held_server(client, {"issue_refund": {"redact": ["iban"]}}, run_id="refund-4711")

Clients see the upstream's tools as they are; a held call is answered when it was decided, by the
upstream, with the decided arguments. MCP names no call across a restart, so the n-th identical
call of a run is the same call; `run_id` names the run. An MCP client that gives up before people
decide cancels its request, and that takes the approval back.
"""

from __future__ import annotations

from typing import Any, Dict, Optional

from mcp.client.client import Client
from mcp.server import Server
from mcp_types import CallToolResult, ListToolsResult, TextContent

from ..errors import CountersignError
from ..keys import Run
from ..waiting import hold_async, in_thread
from ..words import edit_notice
from .guard import Guard, Tools


def held_server(
    upstream: Client,
    tools: Tools = None,
    *,
    run_id: str,
    name: str = "countersign",
    **options: Any,
) -> "Server[Any]":
    """A server with the tools of a connected upstream, those that are named held."""
    gate = _Gate(upstream, Guard(tools, framework="mcp", **options), Run(run_id))
    return Server(name, on_list_tools=gate.list_tools, on_call_tool=gate.call_tool)


class _Gate:
    def __init__(self, upstream: Client, guard: Guard, run: Run) -> None:
        self._upstream = upstream
        self._guard = guard
        self._run = run
        self._schemas: Optional[Dict[str, Any]] = None

    async def list_tools(self, _: Any, params: Any) -> ListToolsResult:
        """The upstream's tools."""
        return await self._upstream.list_tools(cursor=params.cursor if params else None)

    async def call_tool(self, _: Any, params: Any) -> CallToolResult:
        """Passes a call on, as it was decided."""
        arguments = dict(params.arguments or {})
        if not self._guard.holds(params.name):
            return await self._upstream.call_tool(params.name, arguments)
        try:
            schema = (await self._known()).get(params.name)
            call = self._guard.numbered(self._run, params.name, arguments, schema)
            ticket = await hold_async(call, self._guard.client, wait_s=self._guard.wait_s)
            await in_thread(ticket.check_lease)
        except CountersignError as error:
            return CallToolResult(content=[_text(error.for_model)], is_error=True)
        try:
            result = await self._upstream.call_tool(params.name, ticket.arguments)
        except BaseException as error:
            words = f"raised {type(error).__name__}"
            await in_thread(lambda: ticket.failed(words))
            raise
        await in_thread(ticket.failed if result.is_error else ticket.succeeded)
        notice = edit_notice(ticket, arguments, self._guard.terms(params.name).redact)
        if notice and self._guard.notice:
            result.content.insert(0, _text(notice))
        return result

    async def _known(self) -> Dict[str, Any]:
        """The schemas of the upstream's tools, read once."""
        if self._schemas is None:
            schemas: Dict[str, Any] = {}
            cursor = None
            while True:
                page = await self._upstream.list_tools(cursor=cursor)
                schemas.update({tool.name: tool.input_schema for tool in page.tools})
                cursor = page.next_cursor
                if not cursor:
                    break
            self._schemas = schemas
        return self._schemas


def _text(words: str) -> TextContent:
    return TextContent(type="text", text=words)
