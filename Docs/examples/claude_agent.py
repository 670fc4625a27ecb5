"""Claude Agent SDK: a held tool is deferred, the process may end, and it runs as decided."""

import asyncio
import os

from claude_agent_sdk import AssistantMessage, ClaudeAgentOptions, create_sdk_mcp_server, tool

import anthropic_stub
import bank
from countersign.adapters.claude_agent import ToolGate


@tool("issue_refund", "Pays money back.", {"customer_id": str, "amount_cents": int, "iban": str})
async def issue_refund(arguments):
    """Pays money back to a customer."""
    return {"content": [{"type": "text", "text": bank.issue_refund(**arguments)}]}


gate = ToolGate({"mcp__bank__issue_refund": {"redact": ["iban"], "timeout_s": 300}})
options = ClaudeAgentOptions(
    hooks=gate.hooks(), setting_sources=[], tools=[],
    mcp_servers={"bank": create_sdk_mcp_server("bank", tools=[issue_refund])},
    env={"ANTHROPIC_BASE_URL": anthropic_stub.start(), "ANTHROPIC_API_KEY": "none",
         "CLAUDE_CONFIG_DIR": os.path.abspath("claude"),
         "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1"})


async def main():
    """Prints what the model says."""
    async for message in gate.query("Refund cus_91.", options, saved="session.json"):
        if isinstance(message, AssistantMessage):
            print(*[part.text for part in message.content if hasattr(part, "text")])


asyncio.run(main())
