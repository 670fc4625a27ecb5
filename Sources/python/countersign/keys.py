"""Idempotency keys that name the same call again after a crash.

A key comes from the run's own names where there are any (`with run("run-7"):`), else from a folder
of small files (`state=`), else it is new each time, and a killed process asks people again.
"""

from __future__ import annotations

import contextlib
import contextvars
import errno
import hashlib
import json
import os
import stat
import threading
import uuid
from pathlib import Path
from typing import Dict, Iterator, Optional, Set, Tuple, Union

from .errors import Misconfigured


class Run:
    """A run of an agent that names itself; the n-th identical call of it has the n-th key."""

    def __init__(self, run_id: str, session_id: Optional[str] = None) -> None:
        self.run_id = run_id
        self.session_id = session_id
        self._counts: Dict[Tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def __deepcopy__(self, _: object) -> "Run":
        """Itself: frameworks copy tools, and the copies' calls are the same run's."""
        return self

    def key(self, tool: str, digest: str) -> str:
        """The key of the next call of a tool with arguments of this digest."""
        with self._lock:
            count = self._counts.get((tool, digest), 0) + 1
            self._counts[tool, digest] = count
        text = json.dumps([self.run_id, tool, digest, count])
        return "run:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


_run: contextvars.ContextVar[Optional[Run]] = contextvars.ContextVar(
    "countersign_run", default=None
)


@contextlib.contextmanager
def run(run_id: str, session_id: Optional[str] = None) -> Iterator[Run]:
    """Names the run that the calls inside belong to, so that a restart of it finds them again.

    A restarted run must make its calls again from the start, as checkpointed agents do.
    """
    entered = Run(run_id, session_id)
    token = _run.set(entered)
    try:
        yield entered
    finally:
        _run.reset(token)


def current_run() -> Optional[Run]:
    """The run that is named here."""
    return _run.get()


class _CallKey:
    """A key for one call; a second call must not take it for its own."""

    def __init__(self, key: str) -> None:
        self._key = key
        self._is_used = False

    def take(self) -> str:
        if self._is_used:
            raise Misconfigured("Two calls were made under one call_key; each needs its own.")
        self._is_used = True
        return self._key


_call_key: contextvars.ContextVar[Optional[_CallKey]] = contextvars.ContextVar(
    "countersign_call_key", default=None
)


@contextlib.contextmanager
def call_key(key: str) -> Iterator[None]:
    """Names the one call that is made inside, as a framework's own id of a call does."""
    token = _call_key.set(_CallKey(key))
    try:
        yield
    finally:
        _call_key.reset(token)


def given_key() -> Optional[str]:
    """The key that `call_key` names, once."""
    given = _call_key.get()
    return None if given is None else given.take()


class StateFolder:
    """Keeps the keys of calls under way in files, so that they survive the process.

    A file is there from before the call is submitted until its end was told to the caller. Of
    identical calls at the same time each has its own file.
    """

    def __init__(self, path: Union[str, Path]) -> None:
        self.path = Path(path)
        self._lock = threading.Lock()
        self._taken: Set[str] = set()

    def begin(self, tool: str, digest: str) -> Tuple[str, str]:
        """The name and the key of a call; a new key is on disk when this returns."""
        stem = hashlib.sha256(json.dumps([tool, digest]).encode("utf-8")).hexdigest()[:40]
        with self._lock:
            count = 1
            while f"{stem}-{count}" in self._taken:
                count += 1
            name = f"{stem}-{count}"
            key = self._kept(name)
            self._taken.add(name)
        return name, key

    def end(self, name: str, is_over: bool) -> None:
        """The call is not made any more; its key is forgotten when it is over for good."""
        with self._lock:
            self._taken.discard(name)
            if is_over:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self.path / name)

    def _kept(self, name: str) -> str:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            facts = os.stat(self.path)
            if facts.st_mode & 0o022 or facts.st_uid not in (os.geteuid(), 0):
                raise Misconfigured(f"{self.path} must be a folder that only its owner may write.")
            return self._read(name) or self._write(name)
        except OSError as error:
            raise Misconfigured(f"{self.path} cannot keep keys: {error.strerror}.") from None

    def _read(self, name: str) -> Optional[str]:
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            descriptor = os.open(self.path / name, flags)
        except OSError as error:
            if error.errno == errno.ENOENT:
                return None
            raise
        with os.fdopen(descriptor, "rb") as file:
            text = file.read(256).decode("ascii", "replace").strip()
            is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
        if not is_file or not text.startswith("state:") or len(text) != 42:
            raise Misconfigured(f"{self.path / name} holds no key; remove it.")
        return text

    def _write(self, name: str) -> str:
        """A file that is whole or not there, also after a power cut; the first writer wins."""
        key = f"state:{uuid.uuid4()}"
        draft = self.path / f".{name}.{uuid.uuid4().hex}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.encode("ascii") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, self.path / name)
        except FileExistsError:
            key = self._read(name) or key
        finally:
            os.unlink(draft)
        folder = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return key


def fresh_key() -> str:
    """A key that nobody can find again."""
    return str(uuid.uuid4())
