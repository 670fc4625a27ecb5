"""Asks the control plane until it answers: every request may be sent again without harm."""

from __future__ import annotations

import os
import random
import threading
import time
from typing import Any, Mapping, Optional, Union

from .address import Address, Token, find_address, find_token
from .errors import CountersignError, Mismatch, Refused, Unreachable
from .jsontext import compact, parse
from .transport import NoAnswer, NotTrusted, Response, Stop, Transport

#: The longest that one answer is waited for, below what intermediaries cut.
WAIT_SECONDS_MAX = 20
#: How much longer than the wait an answer may take.
MARGIN_SECONDS = 10
BACK_OFF_FIRST_SECONDS = 0.25
BACK_OFF_SECONDS_MAX = 30.0
RETRY_AFTER_SECONDS_MAX = 60


class Stopped(CountersignError):
    """The gate was told to end while it waited."""


class BackOff:
    """Waits between tries: they double up to half a minute, with full jitter."""

    def __init__(self) -> None:
        self._failures = 0

    def next(self, retry_after: Optional[int]) -> float:
        """How long to wait now; never less than the server asked for."""
        ceiling = min(BACK_OFF_SECONDS_MAX, BACK_OFF_FIRST_SECONDS * 2 ** min(self._failures, 7))
        self._failures += 1
        asked = min(retry_after or 0, RETRY_AFTER_SECONDS_MAX)
        return max(random.uniform(0.001, ceiling), float(asked))


class Client:
    """One control plane, and the token to speak to it with. Any thread may use it.

    Without `url` and `token` they come from COUNTERSIGN_URL and COUNTERSIGN_TOKEN (or the file
    that COUNTERSIGN_TOKEN_FILE names), and `ca_file` from COUNTERSIGN_CA_FILE.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        token: Union[str, Token, None] = None,
        *,
        ca_file: Optional[str] = None,
        allow_plain_http: bool = False,
        environment: Optional[Mapping[str, str]] = None,
    ) -> None:
        known = os.environ if environment is None else environment
        address = Address(url or find_address(known), allow_plain_http=allow_plain_http)
        if token is None:
            token = find_token(known)
        elif isinstance(token, str):
            token = Token(token)
        trusted = ca_file or known.get("COUNTERSIGN_CA_FILE") or None
        self._transport = Transport(address, token, trusted)

    def __repr__(self) -> str:
        return f"<countersign.Client of {self._transport.address!r}>"

    def close(self) -> None:
        """Drops the connections that are kept; the client can still be used."""
        self._transport.close()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        end: float,
        key: Optional[str] = None,
        wait: int = 0,
        stop: Optional[Stop] = None,
    ) -> Response:
        """Asks until there is an answer that asking again would not change, or until `end`."""
        data = None if body is None else _bytes(body)
        headers = {"Idempotency-Key": key} if key else {}
        back_off = BackOff()
        reason = ""
        while True:
            if stop is not None and stop.is_set:
                raise Stopped("The gate was told to end.")
            left = end - time.monotonic()
            if left <= 0:
                raise Unreachable(f"The control plane did not answer in time. {reason}".strip())
            pause: Optional[int] = None
            try:
                seconds = min(wait + MARGIN_SECONDS, max(left, 0.05))
                answer = self._transport.exchange(method, path, data, headers, seconds, stop)
                if not _is_worth_retrying(answer):
                    return answer
                pause, reason = answer.retry_after, f"It answered {answer.status}."
            except NotTrusted as error:
                raise Unreachable(str(error)) from None
            except NoAnswer as error:
                reason = f"({error})"
            _sleep(min(back_off.next(pause), max(0.0, end - time.monotonic())), stop)


def _sleep(seconds: float, stop: Optional[Stop]) -> None:
    if stop is not None:
        stop.sleep(seconds)
    else:
        time.sleep(seconds)


def _bytes(body: Any) -> bytes:
    try:
        return compact(body)
    except ValueError as error:
        raise Mismatch(f"The call cannot be written as JSON: {error}.") from None


def _is_worth_retrying(answer: Response) -> bool:
    if answer.status in (408, 425, 429) or 500 <= answer.status <= 599:
        return True
    # The same key is being worked on right now.
    return answer.status == 409 and answer.retry_after is not None


def read(answer: Response) -> Any:
    """The body of an answer; raises Refused for a problem, Mismatch for what is unreadable."""
    try:
        value = parse(answer.body)
    except ValueError:
        value = None
    if not answer.is_success:
        raise refusal(answer.status, value)
    if not isinstance(value, dict):
        raise Mismatch("The control plane answered with something unreadable.")
    return value


def refusal(status: int, problem: Any) -> Refused:
    """The problem that an answer describes, in bounded words."""
    members = problem if isinstance(problem, dict) else {}
    parts = [_text(members.get("detail")) or f"The control plane answered {status}."]
    fields = members.get("fields")
    for item in fields[:10] if isinstance(fields, list) else []:
        if isinstance(item, dict):
            sentence = f"{_text(item.get('field'))} {_text(item.get('detail'))}"
            parts += [sentence] if sentence not in parts[0] else []
    kind = _text(members.get("type")).rpartition(":")[2]
    next_step = _text(members.get("next_step")) or "Ask whoever runs the control plane."
    return Refused(status, "; ".join(parts), next_step, kind)


def _text(value: Any) -> str:
    return value[:1000] if isinstance(value, str) else ""


_lock = threading.Lock()
_default: Optional[Client] = None


def default_client() -> Client:
    """The client of the environment, made when it is first needed."""
    global _default
    with _lock:
        if _default is None:
            _default = Client()
        return _default


def set_default_client(client: Optional[Client]) -> Optional[Client]:
    """Replaces the client that is used where none is named; returns the one before."""
    global _default
    with _lock:
        before, _default = _default, client
        return before
