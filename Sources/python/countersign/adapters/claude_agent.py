"""Claude Agent SDK: hooks that hold calls, and defer them where the process may end.

    gate = ToolGate(["mcp__bank__issue_refund"])
    options = ClaudeAgentOptions(hooks=gate.hooks(), mcp_servers={"bank": bank})
    async for message in gate.query("Refund cus_91.", options, saved="refund-4711.session"):
        ...

Claude Code runs the original arguments when a hook fails or takes longer than its timeout, unless
the hook blocks on failure: these do, and have a day. A call is deferred only when it is alone in
its turn; the hook then waits where it is.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any, AsyncIterator, Dict, Optional, Tuple, Union

from claude_agent_sdk import ClaudeAgentOptions, HookMatcher, ResultMessage, query

from ..call import Call
from ..errors import CountersignError
from ..gate import Ticket
from ..waiting import hold_async, in_thread
from ..words import edit_notice
from .guard import Guard, Tools
from .saved import SavedRun

HOOK_SECONDS = 86_400


class ToolGate:
    """Holds the calls of Claude's tools, by the session's and the tool use's own ids.

    With `pauses`, a pending call is deferred and `query` goes on with it once it is decided;
    without, the hook waits.
    """

    def __init__(self, tools: Tools = None, *, pauses: bool = True, **options: Any) -> None:
        self.guard = Guard(tools, framework="claude-agent-sdk", **options)
        self.pauses = pauses
        self._running: Dict[str, Tuple[Ticket, Call]] = {}

    def hooks(self) -> Dict[str, Any]:
        """For `ClaudeAgentOptions(hooks=…)`."""
        return {
            "PreToolUse": [HookMatcher(
                hooks=[self._before], timeout=HOOK_SECONDS, on_failure="block")],
            "PostToolUse": [HookMatcher(hooks=[self._after], timeout=600)],
            "PostToolUseFailure": [HookMatcher(hooks=[self._failed], timeout=600)],
        }

    async def query(
        self,
        prompt: str,
        options: ClaudeAgentOptions,
        *,
        saved: Union[str, SavedRun, None] = None,
    ) -> AsyncIterator[Any]:
        """As the SDK's `query`; deferred calls are waited for, and a saved session goes on."""
        keeper = SavedRun(saved) if isinstance(saved, str) else saved
        deferred = _read(keeper)
        while True:
            if deferred is not None:
                await self._decided(deferred)
                options = dataclasses.replace(options, resume=deferred["session_id"])
                prompt = ""
            deferred = None
            async for message in query(prompt=prompt, options=options):
                use = getattr(message, "deferred_tool_use", None)
                if isinstance(message, ResultMessage) and use is not None:
                    deferred = {"session_id": message.session_id, "tool_use_id": use.id,
                                "tool_name": use.name, "tool_input": use.input}
                    if keeper:
                        keeper.write(json.dumps(deferred))
                else:
                    yield message
            if deferred is None:
                break
        if keeper:
            keeper.forget()

    def _call(self, event: Any) -> Call:
        return self.guard.call(
            event["tool_name"], event["tool_input"], event["session_id"], event["tool_use_id"])

    async def _decided(self, event: Any) -> None:
        """Waits until a deferred call is decided; it is claimed when its hook is asked again."""
        call = self._call(event)
        await in_thread(lambda: self.guard.refusal_of(call))

    async def _before(self, event: Any, use_id: Optional[str], _: Any) -> Dict[str, Any]:
        if not self.guard.holds(event["tool_name"]):
            return {}
        try:
            call = self._call(event)
            if self.pauses:
                approval = await in_thread(lambda: self.guard.submit(call))
                if not approval.is_terminal:
                    return _answer("defer", "It waits for an approval.")
            ticket = await hold_async(call, self.guard.client, wait_s=self.guard.wait_s)
            await in_thread(ticket.check_lease)
        except CountersignError as error:
            return _answer("deny", error.for_model)
        self._running[event["tool_use_id"]] = ticket, call
        words = "Approved with changes." if ticket.edited else "Approved."
        # The input is replaced as a whole, so it is always given as a whole.
        return _answer("allow", words, updatedInput=ticket.arguments)

    async def _after(self, event: Any, use_id: Optional[str], _: Any) -> Dict[str, Any]:
        ticket, call = self._running.pop(event["tool_use_id"], (None, None))
        if ticket is None or call is None:
            return {}
        await in_thread(ticket.succeeded)
        notice = edit_notice(ticket, call.arguments, self.guard.terms(call.tool).redact)
        if not notice or not self.guard.notice:
            return {}
        output = {"hookEventName": "PostToolUse", "additionalContext": notice}
        return {"hookSpecificOutput": output}

    async def _failed(self, event: Any, use_id: Optional[str], _: Any) -> Dict[str, Any]:
        ticket, _call = self._running.pop(event["tool_use_id"], (None, None))
        if ticket is not None:
            await in_thread(lambda: ticket.failed("the tool failed"))
        return {}


def _answer(decision: str, reason: str, **more: Any) -> Dict[str, Any]:
    output = {"hookEventName": "PreToolUse", "permissionDecision": decision,
              "permissionDecisionReason": reason, **more}
    return {"hookSpecificOutput": output}


def _read(keeper: Optional[SavedRun]) -> Any:
    text = keeper.read() if keeper else None
    return None if text is None else json.loads(text)
