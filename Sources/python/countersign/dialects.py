"""The wire forms of agent frameworks: what they ask people, and what they want to hear.

For programs that carry approvals between a framework's own messages and Countersign. `read` finds
the calls in a message, `answer` writes what became of them in the same dialect. Values go through
as they are: nothing is turned into text, and an edit is always the whole object of arguments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from .jsontext import parse


@dataclass(frozen=True)
class Asked:
    """A call that a message asks about; `id` is None where the dialect counts by position."""

    tool: str
    arguments: Dict[str, Any]
    id: Optional[str] = None
    description: Optional[str] = None
    #: What the answer has to bring back unchanged.
    carried: Optional[Any] = None


@dataclass(frozen=True)
class Decided:
    """What became of a call: `arguments` are the effective ones of one that may run."""

    arguments: Optional[Dict[str, Any]] = None
    edited: bool = False
    message: str = ""

    @property
    def is_approved(self) -> bool:
        """True when it may run."""
        return self.arguments is not None


class Unreadable(ValueError):
    """A message that is not of the dialect."""


def _object(value: Any) -> Dict[str, Any]:
    if not isinstance(value, dict):
        raise Unreadable("the arguments are no object")
    return value


def _of(value: Any, *names: str) -> Any:
    """The first of several spellings of a member that is there."""
    for name in names:
        if isinstance(value, dict) and name in value:
            return value[name]
    raise Unreadable(f"{names[0]} is missing")


def _parsed(arguments: Any) -> Any:
    """Arguments that may come as a JSON text."""
    if not isinstance(arguments, str):
        return arguments
    try:
        return parse(arguments.encode("utf-8"))
    except ValueError as error:
        raise Unreadable(str(error)) from None


def _only(one: Decided) -> str:
    """Why an edited call is denied where a dialect has no verb for an edit."""
    allowed = json.dumps(one.arguments, ensure_ascii=False)
    return f"Only these arguments were approved: {allowed}. {one.message}".strip()


def _runs_as_asked(one: Decided) -> bool:
    return one.is_approved and not one.edited


# LangGraph's agent inbox: a list with one HumanInterrupt; the answer is a list with one item.


def _read_interrupt(message: Any) -> List[Asked]:
    items = message if isinstance(message, list) else [message]
    return [
        Asked(_of(_of(item, "action_request"), "action"),
              _object(_of(_of(item, "action_request"), "args")),
              description=item.get("description"))
        for item in items
    ]


def _answer_interrupt(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    answers: List[Any] = []
    for call, one in zip(asked, decided):
        action = {"action": call.tool, "args": one.arguments}
        if not one.is_approved:
            answers.append({"type": "response", "args": one.message})
        else:
            answers.append({"type": "edit" if one.edited else "accept", "args": action})
    return answers


# LangChain's HumanInTheLoopMiddleware, batched: by position; Python's and JavaScript's spelling.


def _read_batch(message: Any) -> List[Asked]:
    requests = _of(message, "action_requests", "actionRequests")
    return [
        Asked(_of(item, "name"), _object(_of(item, "args", "arguments")),
              description=item.get("description"))
        for item in requests
    ]


def _answer_batch(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    pairs = zip(asked, decided)
    return {"decisions": [_decision(call, one, "edited_action", "args") for call, one in pairs]}


def _answer_batch_js(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    pairs = zip(asked, decided)
    return {"decisions": [_decision(call, one, "editedAction", "arguments") for call, one in pairs]}


def _decision(call: Asked, one: Decided, action: str, arguments: str) -> Dict[str, Any]:
    if not one.is_approved:
        return {"type": "reject", "message": one.message}
    if not one.edited:
        return {"type": "approve"}
    return {"type": "edit", action: {"name": call.tool, arguments: one.arguments}}


# The same, per call: one interrupt, one decision.


def _read_approval(message: Any) -> List[Asked]:
    return [Asked(_of(message, "name"), _object(_of(message, "args")),
                  _of(message, "tool_call_id"))]


def _answer_approval(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    return _decision(asked[0], decided[0], "edited_action", "args")


# OpenAI Agents: the arguments are a JSON text. There is no verb for an edit, so an edited call is
# rejected with words that name what may run, unless the tool itself is held.


def _read_openai(message: Any) -> List[Asked]:
    arguments = _parsed(_of(message, "arguments"))
    return [Asked(_of(message, "name"), _object(arguments), _of(message, "call_id"))]


def _answer_openai(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    one = decided[0]
    if _runs_as_asked(one):
        return {"call_id": asked[0].id, "approved": True}
    words = _only(one) if one.is_approved else one.message
    return {"call_id": asked[0].id, "approved": False, "rejection_message": words}


# Claude Code's PreToolUse hook.


def _read_hook(message: Any) -> List[Asked]:
    if _of(message, "hook_event_name") != "PreToolUse":
        raise Unreadable("this is no PreToolUse event")
    name = f"{_of(message, 'session_id')}:{_of(message, 'tool_use_id')}"
    return [Asked(_of(message, "tool_name"), _object(_of(message, "tool_input")), name)]


def _answer_hook(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    one = decided[0]
    output: Dict[str, Any] = {
        "hookEventName": "PreToolUse",
        "permissionDecision": "allow" if one.is_approved else "deny",
        "permissionDecisionReason": one.message or "Approved.",
    }
    if one.is_approved:
        output["updatedInput"] = one.arguments
    return {"hookSpecificOutput": output}


# Vercel's AI SDK: it can approve or deny. An edited call is denied, because what was edited would
# not be what runs, and the reason says what may.


def _read_vercel(message: Any) -> List[Asked]:
    call = _of(message, "toolCall")
    return [Asked(_of(call, "toolName"), _object(_of(call, "input", "args")),
                  _of(message, "approvalId"))]


def _answer_vercel(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    one = decided[0]
    answer = {"type": "tool-approval-response", "approvalId": asked[0].id,
              "approved": _runs_as_asked(one)}
    reason = _only(one) if one.edited else one.message
    return {**answer, "reason": reason} if reason else answer


# Microsoft.Extensions.AI: the same two verbs; the call is echoed, and whoever asked ignores it.


def _read_extensions(message: Any) -> List[Asked]:
    call = _of(message, "toolCall")
    return [Asked(_of(call, "name"), _object(_of(call, "arguments")), _of(message, "requestId"),
                  carried=call)]


def _answer_extensions(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    one = decided[0]
    answer = {"$type": "toolApprovalResponse", "requestId": asked[0].id,
              "approved": _runs_as_asked(one), "toolCall": asked[0].carried}
    reason = _only(one) if one.edited else one.message
    return {**answer, "reason": reason} if reason else answer


# AG-UI: a run's events. They name a call, then spell its arguments, and the run ends with
# interrupts that point at calls. The answer is the `resume` of the next run, for all of them.


def _read_run(message: Any) -> List[Asked]:
    names: Dict[str, str] = {}
    arguments: Dict[str, str] = {}
    interrupts: List[Any] = []
    for event in message if isinstance(message, list) else []:
        kind = _of(event, "type")
        if kind == "TOOL_CALL_START":
            names[_of(event, "toolCallId")] = _of(event, "toolCallName")
        elif kind == "TOOL_CALL_ARGS":
            call = _of(event, "toolCallId")
            arguments[call] = arguments.get(call, "") + _of(event, "delta")
        elif kind == "RUN_FINISHED":
            interrupts = _of(_of(event, "outcome"), "interrupts")
    if not interrupts:
        raise Unreadable("the run was not interrupted")
    return [_interrupted(item, names, arguments) for item in interrupts]


def _interrupted(item: Any, names: Dict[str, str], arguments: Dict[str, str]) -> Asked:
    call = _of(item, "toolCallId")
    if call not in names or call not in arguments:
        raise Unreadable(f"the events do not tell the call of interrupt {_of(item, 'id')}")
    governance = (item.get("metadata") or {}).get("governance") or {}
    return Asked(names[call], _object(_parsed(arguments[call])), _of(item, "id"),
                 item.get("message"), governance.get("actionFingerprint"))


def _answer_run(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    resume: List[Dict[str, Any]] = []
    for call, one in zip(asked, decided):
        payload: Dict[str, Any] = {"approved": one.is_approved}
        if one.edited:
            payload["editedArgs"] = one.arguments
        elif one.is_approved and call.carried is not None:
            payload["approvedActionFingerprint"] = call.carried
        item = {"interruptId": call.id, "status": "resolved", "payload": payload}
        resume.append({**item, "metadata": {"message": one.message}} if one.message else item)
    return {"resume": resume}


# Pydantic AI: approvals by the id of the call.


def _read_pydantic(message: Any) -> List[Asked]:
    found = []
    for item in _of(message, "approvals"):
        arguments = _parsed(_of(item, "args"))
        found.append(Asked(_of(item, "tool_name"), _object(arguments), _of(item, "tool_call_id")))
    return found


def _answer_pydantic(asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    approvals: Dict[str, Any] = {}
    for call, one in zip(asked, decided):
        if not one.is_approved:
            approval: Any = {"kind": "tool-denied", "message": one.message}
        elif one.edited:
            approval = {"kind": "tool-approved", "override_args": one.arguments}
        else:
            approval = True
        approvals[str(call.id)] = approval
    return {"approvals": approvals}


Reader = Callable[[Any], List[Asked]]
Writer = Callable[[Sequence[Asked], Sequence[Decided]], Any]

#: Every dialect by its name.
DIALECTS: Mapping[str, Tuple[Reader, Writer]] = {
    "langgraph-inbox": (_read_interrupt, _answer_interrupt),
    "langchain-batched": (_read_batch, _answer_batch),
    "langchain-batched-js": (_read_batch, _answer_batch_js),
    "langchain-per-call": (_read_approval, _answer_approval),
    "openai-agents": (_read_openai, _answer_openai),
    "claude-code": (_read_hook, _answer_hook),
    "ai-sdk": (_read_vercel, _answer_vercel),
    "extensions-ai": (_read_extensions, _answer_extensions),
    "ag-ui": (_read_run, _answer_run),
    "pydantic-ai": (_read_pydantic, _answer_pydantic),
}


def read(dialect: str, message: Any) -> List[Asked]:
    """The calls that a message asks about; raises Unreadable."""
    reader = DIALECTS[dialect][0]
    try:
        return reader(message)
    except (AttributeError, TypeError):
        raise Unreadable("a part of the message is of another kind") from None


def answer(dialect: str, asked: Sequence[Asked], decided: Sequence[Decided]) -> Any:
    """What the dialect wants to hear; one decision for each call, in their order."""
    if len(asked) != len(decided):
        raise ValueError("each call needs its decision")
    return DIALECTS[dialect][1](asked, decided)
