"""MCP: any client, any server, and between them one that holds the tools."""

import asyncio

from mcp import Client
from mcp.server import MCPServer

from bank import ARGUMENTS, issue_refund
from countersign.adapters.mcp import held_server

bank = MCPServer("bank")
bank.tool()(issue_refund)


async def main():
    """A client that calls the tool once, and says what came of it."""
    tools = {"issue_refund": {"redact": ["iban"], "timeout_s": 300}}
    async with Client(bank) as upstream:
        held = held_server(upstream, tools, run_id="refund-4711")
        async with Client(held) as client:
            result = await client.call_tool("issue_refund", ARGUMENTS)
            print("\n".join(part.text for part in result.content))


asyncio.run(main())
