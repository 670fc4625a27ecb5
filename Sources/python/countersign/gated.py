"""`@gated`: one line holds every call of a function until a person has decided on it."""

from __future__ import annotations

import functools
import inspect
import logging
from pathlib import Path
from typing import (
    Any, Awaitable, Callable, Dict, Iterable, Optional, Tuple, TypeVar, Union, overload)

from .canonical import digest
from .client import Client
from .errors import CountersignError, Mismatch, Misconfigured, Refused, Unreachable
from .gate import Ticket, hold
from .keys import StateFolder, current_run, fresh_key, given_key
from .lazy import followed
from .pointers import tokens
from .shapes import Misfit, Parameters, Unsupported
from .terms import Terms, Words
from .waiting import hold_async, in_thread
from .words import edit_notice, with_notice

Function = TypeVar("Function", bound=Callable[..., Any])

#: A parameter of this name is given the approval's id, and nobody decides about it.
KEY_PARAMETER = "idempotency_key"

log = logging.getLogger("countersign")


class Held:
    """One call of a gated function, from its arguments to its receipt."""

    def __init__(self, gate: "GatedFunction", args: Tuple[Any, ...], keywords: Any) -> None:
        self._gate = gate
        self._terms = gate.terms
        try:
            self._proposed = gate.parameters.write(args, keywords)
            self._hidden = gate.parameters.hidden_values(args, keywords)
            argument_digest = digest(self._proposed)
        except Misfit as misfit:
            raise Mismatch(f"{gate.terms.tool}: {misfit}.") from None
        except ValueError as error:
            raise Mismatch(f"{gate.terms.tool}: {error}.") from None
        run = current_run()
        self._slot: Optional[str] = None
        key = given_key()
        if key is None and run is not None:
            key = run.key(gate.terms.tool, argument_digest)
        elif key is None and gate.state is not None:
            self._slot, key = gate.state.begin(gate.terms.tool, argument_digest)
        self.call = gate.terms.call(
            self._proposed,
            key or fresh_key(),
            schema=gate.schema,
            run_id=run.run_id if run else None,
            session_id=run.session_id if run else None,
        )

    def values(self, ticket: Ticket) -> Dict[str, Any]:
        """The decided arguments as Python values; says so when they do not fit the tool."""
        ticket.check_lease()
        try:
            values = self._gate.parameters.read(ticket.arguments)
        except Misfit as misfit:
            ticket.failed("not run: the decided arguments do not fit the tool")
            raise Mismatch(f"The decided arguments do not fit: {misfit}.") from None
        except BaseException:
            ticket.failed("not run: the decided arguments could not be read")
            raise
        hidden = dict(self._hidden)
        if self._gate.key_parameter:
            hidden[self._gate.key_parameter] = ticket.id
        return {"values": values, "hidden": hidden}

    def result(self, ticket: Ticket, result: Any) -> Any:
        """What the caller gets."""
        if not self._terms.notice:
            return result
        return with_notice(result, edit_notice(ticket, self._proposed, self._terms.redact))

    def summary(self, result: Any) -> Optional[str]:
        """What the record says of the result: nothing, unless it was asked for."""
        make = self._terms.result_summary
        if make is None:
            return None
        try:
            return str(make(result))
        except Exception as error:  # noqa: B902 - the tool ran, whatever its summary does
            log.warning("the result's summary could not be made: %s", type(error).__name__)
            return None

    def followed(self, result: Any, ticket: Ticket) -> Optional[Any]:
        """A result that runs while it is read, with its receipt at its end; or None."""
        slot = self._slot

        def end() -> None:
            self._slot = slot
            self.end()

        lazy = followed(result, ticket, end)
        if lazy is not None:
            # Whoever made the call is through with it, and the tool is not.
            self._slot = None
        return lazy

    def end(self, error: Optional[BaseException] = None) -> None:
        """Forgets the key, unless the control plane could not be asked."""
        if self._slot is not None and self._gate.state is not None:
            # A token that ran out in the middle is replaced, and the call goes on.
            is_locked_out = isinstance(error, Refused) and error.status in (401, 403)
            is_over = not isinstance(error, Unreachable) and not is_locked_out
            self._gate.state.end(self._slot, is_over)
            self._slot = None

    def refused(self, error: CountersignError) -> str:
        """What the agent is told instead of a result, when it is told and nothing is raised."""
        if self._terms.refusal == "raise":
            raise error
        return error.for_model


def _failure(error: BaseException) -> str:
    """The kind of an error: its text may hold what nobody may see."""
    return f"raised {type(error).__name__}"


class GatedFunction:
    """A function with what is needed to hold its calls."""

    def __init__(
        self, function: Callable[..., Any], terms: Terms, hidden: Iterable[str], state: Any
    ) -> None:
        names = list(inspect.signature(function).parameters)
        if names[:1] in (["self"], ["cls"]):
            hidden = [names[0], *hidden]
        self.key_parameter = KEY_PARAMETER if KEY_PARAMETER in names else None
        self.function = function
        self.terms = terms
        self.state = StateFolder(state) if isinstance(state, (str, Path)) else state
        filled = [self.key_parameter] if self.key_parameter else []
        self.parameters = Parameters(function, hidden, filled)
        self.schema = self.parameters.schema()
        for path in terms.redact:
            if tokens(path)[0] not in (*self.parameters.names(), "*"):
                raise Unsupported(f"{path} hides nothing: there is no such parameter")

    def run(self, args: Tuple[Any, ...], keywords: Dict[str, Any]) -> Any:
        """Holds a call and runs it; once, with what was decided, or not at all."""
        held = Held(self, args, keywords)
        is_ours = True
        try:
            try:
                ticket = hold(held.call, self.terms.client, wait_s=self.terms.wait_s)
                decided = held.values(ticket)
            except CountersignError as error:
                held.end(error)
                return held.refused(error)
            try:
                result = self.parameters.run(self.function, **decided)
            except BaseException as error:
                ticket.failed(_failure(error))
                raise
            if inspect.isawaitable(result):
                # A plain function around an async one: the tool has yet to run.
                is_ours = False
                return self._awaited(held, ticket, result)
            lazy = held.followed(result, ticket)
            if lazy is not None:
                return lazy
            ticket.succeeded(held.summary(result))
            return held.result(ticket, result)
        finally:
            if is_ours:
                held.end()

    async def run_async(self, args: Tuple[Any, ...], keywords: Dict[str, Any]) -> Any:
        """As `run`, without holding up the event loop."""
        held = Held(self, args, keywords)
        try:
            try:
                ticket = await hold_async(
                    held.call, self.terms.client, wait_s=self.terms.wait_s)
                decided = await in_thread(lambda: held.values(ticket))
            except CountersignError as error:
                held.end(error)
                return held.refused(error)
            tool = self.parameters.run(self.function, **decided)
            return await self._awaited(held, ticket, tool)
        finally:
            held.end()

    async def _awaited(self, held: Held, ticket: Ticket, tool: Awaitable[Any]) -> Any:
        """The result of a tool that is awaited; the receipt says how that ended."""
        try:
            try:
                result = await tool
            except BaseException as error:
                words = _failure(error)
                await in_thread(lambda: ticket.failed(words))
                raise
            lazy = held.followed(result, ticket)
            if lazy is not None:
                return lazy
            summary = held.summary(result)
            await in_thread(lambda: ticket.succeeded(summary))
            return held.result(ticket, result)
        finally:
            held.end()


@overload
def gated(function: Function) -> Function: ...


@overload
def gated(
    *,
    tool: Optional[str] = None,
    policy: Optional[str] = None,
    redact: Iterable[str] = (),
    timeout_s: Optional[int] = None,
    risk: Optional[str] = None,
    group: Optional[str] = None,
    summary: Words = None,
    reason: Words = None,
    preview: Words = None,
    lease_s: int = 300,
    wait_s: Optional[float] = None,
    auto_approve: bool = False,
    client: Optional[Client] = None,
    refusal: str = "raise",
    notice: bool = False,
    result_summary: Optional[Callable[[Any], str]] = None,
    hidden: Iterable[str] = (),
    state: Union[str, Path, StateFolder, None] = None,
) -> Callable[[Function], Function]: ...


def gated(function: Any = None, **terms: Any) -> Any:
    """Holds every call of a function until it is decided, and runs what was decided, once.

    - `redact`: what approvers must not see, as `recipient.iban` or `/recipient/iban`.
    - `timeout_s`: how long people have; `wait_s`: how long this process waits, at most.
    - `summary`, `reason`, `preview`: words for the approver, filled in as by `str.format`.
    - `refusal`: `"raise"` raises Rejected, Expired and so on; `"return"` returns their words.
    - `notice`: says before a textual result what a person changed.
    - `hidden`: parameters that are passed on as they came, and decided about by nobody.
    - `state`: a folder that keeps the keys of calls under way, so that they survive a kill.

    A parameter named `idempotency_key` is given the approval's id.
    """
    if function is not None:
        return _gate(function, terms)
    return lambda target: _gate(target, terms)


_WRITE_A_FUNCTION = (
    "only a function or a method can be held: write a function around a partial or a callable "
    "object, and put @gated below @classmethod, @staticmethod and @property")


def _gate(function: Callable[..., Any], options: Dict[str, Any]) -> Any:
    options = dict(options)
    hidden = _names(options.pop("hidden", ()))
    state = options.pop("state", None)
    options["redact"] = _names(options.get("redact", ()))
    is_wrapper = isinstance(function, (classmethod, staticmethod))
    if is_wrapper or not (inspect.isroutine(function) or isinstance(function, type)):
        raise Unsupported(_WRITE_A_FUNCTION)
    options["tool"] = options.get("tool") or function.__name__
    if options.get("refusal", "raise") not in ("raise", "return"):
        raise Misconfigured('refusal must be "raise" or "return"')
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise Unsupported("a generator runs after its call, so it cannot be held")
    gate = GatedFunction(function, Terms(**options), hidden, state)
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def held(*args: Any, **keywords: Any) -> Any:
            return await gate.run_async(args, keywords)

    else:

        @functools.wraps(function)
        def held(*args: Any, **keywords: Any) -> Any:
            return gate.run(args, keywords)

    _hide_key(held, gate)
    held.gate = gate  # type: ignore[attr-defined]
    return held


def _names(texts: Iterable[str]) -> Tuple[str, ...]:
    if isinstance(texts, str):
        raise Misconfigured("give a list of names, not one text")
    return tuple(texts)


def _hide_key(held: Any, gate: GatedFunction) -> None:
    """Models are not shown the parameter that the approval's id fills."""
    if gate.key_parameter is None:
        return
    held.__signature__ = gate.parameters.signature
    held.__annotations__ = {
        name: hint for name, hint in held.__annotations__.items() if name != gate.key_parameter}
