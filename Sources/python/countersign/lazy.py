"""Results that run while they are read: the receipt waits for their end."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from typing import Any, Callable, Optional

from .gate import Ticket
from .waiting import in_thread

STOPPED = "it was not read to its end"


def followed(result: Any, ticket: Ticket, end: Callable[[], None]) -> Optional[Any]:
    """The same result, which reports at its end; None for one that is there as a whole."""
    if isinstance(result, Generator):
        return _followed(result, ticket, end)
    if isinstance(result, AsyncGenerator):
        return _followed_later(result, ticket, end)
    return None


def _followed(result: Any, ticket: Ticket, end: Callable[[], None]) -> Any:
    words: Optional[str] = STOPPED
    try:
        value = yield from result
        words = None
        return value
    except GeneratorExit:
        raise
    except BaseException as error:
        words = f"raised {type(error).__name__}"
        raise
    finally:
        _report(ticket, words, end)


async def _followed_later(result: Any, ticket: Ticket, end: Callable[[], None]) -> Any:
    words: Optional[str] = STOPPED
    try:
        async for item in result:
            yield item
        words = None
    except GeneratorExit:
        await result.aclose()
        raise
    except BaseException as error:
        words = f"raised {type(error).__name__}"
        raise
    finally:
        await in_thread(lambda: _report(ticket, words, end))


def _report(ticket: Ticket, words: Optional[str], end: Callable[[], None]) -> None:
    if words is None:
        ticket.succeeded()
    else:
        ticket.failed(words)
    end()
