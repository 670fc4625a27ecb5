"""What an agent is told, so that it neither repeats a refused call nor the original of an edit."""

from __future__ import annotations

import json
from typing import Any, Iterable, Mapping

from .errors import CountersignError
from .gate import Ticket
from .pointers import changes, tokens

WORDS_MAX = 2000


def refusal(error: CountersignError) -> str:
    """What is said instead of the tool's result."""
    return error.for_model


def edit_notice(
    ticket: Ticket, proposed: Mapping[str, Any], redact: Iterable[str] = ()
) -> str:
    """Says what a person changed; values of redacted places are not repeated. Empty without."""
    if not ticket.edited:
        return ""
    hidden = [tokens(path) for path in redact]
    parts = []
    for place in changes(dict(proposed), ticket.arguments):
        path = tokens(place) if place else ()
        if any(_touches(path, secret) for secret in hidden):
            parts.append(f"{place} (not shown)")
        else:
            parts.append(f"{place} = {_shown(ticket.arguments, path)}")
    who = ticket.approval.decided_by or "A person"
    comment = ticket.approval.comment
    why = f' Their comment: "{comment}".' if comment else ""
    return (
        f"{who} changed the arguments before the call ran: {', '.join(parts)}.{why} "
        "It ran once, with these; do not call it again with the original ones."
    )[:WORDS_MAX]


def with_notice(result: Any, notice: str) -> Any:
    """A result with the notice before it; what is no text is left as it is."""
    if notice and (result is None or isinstance(result, (str, int, float, bool))):
        return f"{notice}\n\n{'' if result is None else result}".rstrip()
    return result


def _touches(path: Any, secret: Any) -> bool:
    """Whether a place is, holds or lies in a secret one."""
    return all(left == right or right == "*" for left, right in zip(path, secret))


def _shown(arguments: Any, path: Any) -> str:
    value = arguments
    for part in path:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return "removed"
    return json.dumps(value, ensure_ascii=False)[:300]
