"""Waits for a gate without holding up an event loop.

Each gate waits on a thread of its own, because a pool's threads would soon all be waiting.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import threading
from typing import Any, Callable, Optional, TypeVar

from .call import Call
from .client import Client
from .errors import CountersignError
from .gate import FAREWELL_SECONDS, Gate, Ticket
from .transport import Stop

T = TypeVar("T")


def _start(work: Callable[[], T]) -> "concurrent.futures.Future[T]":
    """Runs something on a new thread that does not keep the program alive."""
    future: "concurrent.futures.Future[T]" = concurrent.futures.Future()
    future.set_running_or_notify_cancel()
    context = contextvars.copy_context()

    def run() -> None:
        try:
            future.set_result(context.run(work))
        except BaseException as error:  # noqa: B902 - it is the waiter's to handle
            future.set_exception(error)

    threading.Thread(target=run, name="countersign", daemon=True).start()
    return future


async def _result(future: "concurrent.futures.Future[T]") -> T:
    """The result; the work goes on when the waiting task is cancelled."""
    inner = asyncio.wrap_future(future)
    # A task that was cancelled does not look at the error any more.
    inner.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(inner)


async def in_thread(work: Callable[[], T]) -> T:
    """Runs something blocking on a thread of its own, to its end even when cancelled."""
    return await _result(_start(work))


async def hold_async(
    call: Call, client: Optional[Client] = None, *, wait_s: Optional[float] = None
) -> Ticket:
    """As `hold`; a cancelled task cancels the approval, and never leaves a claim behind."""
    stop = Stop()
    gate = Gate(call, client, wait_s=wait_s, stop=stop)
    future = _start(gate.run)
    try:
        return await _result(future)
    except asyncio.CancelledError:
        stop.set()
        future.add_done_callback(lambda done: _start(lambda: _give_back(done)))
        raise


def _give_back(future: "concurrent.futures.Future[Any]") -> None:
    """Says that nothing ran, when the claim came although nobody waited for it any more."""
    try:
        ticket = future.result()
    except (CountersignError, OSError):
        return
    ticket.failed("not run: the caller was cancelled", FAREWELL_SECONDS)
