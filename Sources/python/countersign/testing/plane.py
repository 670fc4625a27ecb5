"""The fake control plane: what it is told to do, and what it saw."""

from __future__ import annotations

import threading
import time
from collections import deque
from typing import Any, Deque, Dict, List, Mapping, Optional, Tuple

from ..client import Client, set_default_client
from .record import Decision, HeldCall, Problem
from .server import Reply, Server

WAIT_SECONDS_MAX = 60
#: The steps at which trouble can be planned.
STEPS = ("submit", "wait", "claim", "receipt", "cancel")


class Trouble:
    """What goes wrong at a step, and how often."""

    def __init__(self, step: str, kind: str, times: int, status: int = 503) -> None:
        self.step = step
        self.kind = kind
        self.times = times
        self.status = status


class FakeControlPlane:
    """A control plane on a loopback port that decides as the test says.

    Decisions are planned with `approve`, `reject`, `expire` and `hold`, one for each call in the
    order of submission; without a plan, `default` is what happens. Inside of `with`, it is what
    `@gated` asks where no client is named.
    """

    token = "cs_a-token-for-tests-only"

    def __init__(self, default: Optional[Decision] = None, *, as_default: bool = True) -> None:
        self.calls: List[HeldCall] = []
        self.requests: List[Tuple[str, str]] = []
        self._default = default
        self._plans: Deque[Optional[Decision]] = deque()
        self._keys: Dict[str, HeldCall] = {}
        self._troubles: List[Trouble] = []
        self._changed = threading.Condition()
        self._is_dark = False
        self._is_closed = False
        self._as_default = as_default
        self._before: Optional[Client] = None
        self._server = Server(self._answer)
        self.url = self._server.url

    def __enter__(self) -> "FakeControlPlane":
        if self._as_default:
            self._before = set_default_client(self.client())
        return self

    def __exit__(self, *_: object) -> None:
        if self._as_default:
            set_default_client(self._before)
        self.close()

    def client(self) -> Client:
        """A client of it."""
        return Client(self.url, self.token, environment={})

    def environment(self) -> Dict[str, str]:
        """What another process needs to find it."""
        return {"COUNTERSIGN_URL": self.url, "COUNTERSIGN_TOKEN": self.token}

    def close(self) -> None:
        """Ends it; waiting polls are answered."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self._server.close()

    # What people decide.

    def approve(
        self,
        edits: Optional[Mapping[str, Any]] = None,
        comment: Optional[str] = None,
        by: str = "ada@example.test",
    ) -> None:
        """Plans a release; `edits` maps JSON Pointers to the values that replace."""
        self._plan(Decision("approved", edits or {}, comment, by))

    def reject(self, comment: str = "no", by: str = "ada@example.test") -> None:
        """Plans a rejection."""
        self._plan(Decision("rejected", comment=comment, by=by))

    def expire(self) -> None:
        """Plans that nobody decides in time."""
        self._plan(Decision("expired", by=None))

    def hold(self) -> None:
        """Plans that the call stays pending until `decide`."""
        self._plan(None)

    def decide(self, call: HeldCall, decision: Decision) -> None:
        """Decides on a call that is pending now."""
        with self._changed:
            call.settle(decision)
            self._changed.notify_all()

    # What goes wrong.

    def lose_answers(self, step: str, times: int = 1) -> None:
        """The next requests of this step are carried out, and their answers are lost."""
        self._trouble(Trouble(step, "lose", times))

    def refuse_connections(self, step: str, times: int = 1) -> None:
        """The next requests of this step are cut before anything happens."""
        self._trouble(Trouble(step, "cut", times))

    def answer_status(self, step: str, status: int, times: int = 1) -> None:
        """The next requests of this step are answered with a status and no meaning."""
        self._trouble(Trouble(step, "status", times, status))

    def answer_garbage(self, step: str, times: int = 1) -> None:
        """The next requests of this step get an answer that is not JSON."""
        self._trouble(Trouble(step, "garbage", times))

    def change_arguments(self, times: int = 1) -> None:
        """The next claims hand out arguments that nobody decided."""
        self._trouble(Trouble("claim", "tamper", times))

    def go_dark(self) -> None:
        """Answers nothing any more, until `come_back`."""
        self._is_dark = True

    def come_back(self) -> None:
        """Answers again."""
        self._is_dark = False

    # What it saw.

    def only(self) -> HeldCall:
        """The one call that was submitted."""
        assert len(self.calls) == 1, f"wanted one call, got {self.calls}"
        return self.calls[0]

    def wait_for_call(self, count: int = 1, seconds: float = 10.0) -> HeldCall:
        """The newest call, once so many were submitted."""
        with self._changed:
            is_there = self._changed.wait_for(lambda: len(self.calls) >= count, seconds)
        assert is_there, f"{len(self.calls)} calls within {seconds:g} s, wanted {count}"
        return self.calls[count - 1]

    # How it answers.

    def _plan(self, decision: Optional[Decision]) -> None:
        self._plans.append(decision)

    def _trouble(self, trouble: Trouble) -> None:
        if trouble.step not in STEPS:
            raise ValueError(f"{trouble.step} is none of {', '.join(STEPS)}")
        self._troubles.append(trouble)

    def _answer(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> Reply:
        step, identifier, wait = _step(method, path)
        with self._changed:
            self.requests.append((step, identifier))
            trouble = self._take_trouble(step)
        if self._is_dark or trouble == "cut":
            return Reply.cut()
        if isinstance(trouble, int):
            return Reply(trouble, {"title": "planned by the test"})
        if headers.get("authorization") != f"Bearer {self.token}":
            return Reply(401, Problem(401, "unauthenticated", "The token is wrong.").body)
        try:
            reply = self._act(step, identifier, wait, headers, body)
        except Problem as problem:
            reply = Reply(problem.status, problem.body)
        if trouble == "lose" or self._is_dark:
            return Reply.cut()
        if trouble == "garbage":
            return Reply(200, "not what you wanted")
        if trouble == "tamper" and isinstance(reply.body, dict):
            reply.body = {**reply.body, "arguments": {**reply.body["arguments"], "extra": 1}}
        return reply

    def _take_trouble(self, step: str) -> Any:
        for trouble in self._troubles:
            if trouble.step == step and trouble.times > 0:
                trouble.times -= 1
                return trouble.status if trouble.kind == "status" else trouble.kind
        return None

    def _act(
        self, step: str, identifier: str, wait: int, headers: Mapping[str, str], body: Any
    ) -> Reply:
        with self._changed:
            if step == "submit":
                return self._submit(headers.get("idempotency-key", ""), body)
            call = next((one for one in self.calls if one.id == identifier), None)
            if call is None:
                raise Problem(404, "not-found", "There is no such approval.")
            if step == "wait":
                end = time.monotonic() + min(wait, WAIT_SECONDS_MAX)
                while call.state == "pending" and not self._is_closed and not self._is_dark:
                    if time.monotonic() >= end:
                        break
                    self._changed.wait(min(0.2, max(0.001, end - time.monotonic())))
            elif step == "claim":
                return Reply(200, call.claim(body["nonce"]))
            elif step == "receipt":
                call.report(body)
            elif call.state != "cancelled":
                call.settle(Decision("cancelled", by=None))
            self._changed.notify_all()
            return Reply(200, call.view())

    def _submit(self, key: str, body: Any) -> Reply:
        if not key:
            raise Problem(400, "key-missing", "The Idempotency-Key is missing.")
        known = self._keys.get(key)
        if known is not None:
            if known.body != body:
                raise Problem(409, "idempotency-conflict", "The key belongs to another payload.")
            return Reply(200, known.view())
        call = HeldCall(len(self.calls) + 1, body, key)
        self.calls.append(call)
        self._keys[key] = call
        decision = self._plans.popleft() if self._plans else self._default
        if decision is not None:
            call.settle(decision)
        self._changed.notify_all()
        return Reply(201, call.view())


def _step(method: str, path: str) -> Tuple[str, str, int]:
    """Which step a request is, the id it names, and for how long it waits."""
    place, _, query = path.partition("?")
    parts = place.strip("/").split("/")
    wait = int(query.partition("wait=")[2] or 0)
    if method == "POST" and parts == ["v1", "approvals"]:
        return "submit", "", 0
    if method == "GET" and len(parts) == 3:
        return "wait", parts[2], wait
    if method == "POST" and len(parts) == 4 and parts[3] in STEPS:
        return parts[3], parts[2], 0
    return "unknown", "", 0
