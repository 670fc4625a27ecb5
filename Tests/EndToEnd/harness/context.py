"""One test's world: where the programs are, a scratch folder, what must be undone at its end."""

import ctypes
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import time

from .cache import forget_keys


class Skipped(Exception):
    """The test cannot run here; the reason is shown."""


class Unmet(AssertionError):
    """A condition did not come true in time."""


def eventually(condition, what, seconds=15.0, every=0.01):
    """Waits until `condition` answers something true, and returns it."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() >= end:
            raise Unmet(f"not within {seconds:g} s: {what}")
        time.sleep(every)


_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def die_with_parent():
    """Runs in a child before exec: no process outlives the test that started it."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Context:
    """Everything a test may use; `close` undoes it."""

    def __init__(self, binaries, conformance=None, seed=None, keep=False):
        self.binaries = pathlib.Path(binaries).resolve()
        self.conformance = pathlib.Path(conformance) if conformance else None
        self.seed = seed if seed is not None else random.SystemRandom().randrange(1 << 32)
        self.random = random.Random(self.seed)
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="countersign-test-"))
        self.home = self.folder("home")
        # Where keys go on a machine whose kernel keeps none: in memory, as a login would have it.
        in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.runtime = pathlib.Path(tempfile.mkdtemp(prefix="countersign-run-", dir=in_memory))
        self._keep = keep
        self._processes = []
        self._closers = []

    def program(self, name):
        """The path of one of the built programs."""
        path = self.binaries / name
        if not path.exists():
            raise Unmet(f"{path} was not built")
        return str(path)

    def folder(self, name):
        """A private folder in the scratch folder."""
        path = self.scratch / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def environment(self, **more):
        """What a program is started with: nothing of the machine but PATH; None takes out."""
        env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "TZ": "UTC",
            "XDG_RUNTIME_DIR": str(self.runtime),
        }
        env.update(more)
        return {name: str(value) for name, value in env.items() if value is not None}

    def start(self, argv, prepare=None, **options):
        """Starts a process that ends with the test at the latest."""

        def before_exec():
            die_with_parent()
            if prepare:
                prepare()

        options.setdefault("env", self.environment())
        options.setdefault("cwd", self.scratch)
        process = subprocess.Popen(argv, preexec_fn=before_exec, **options)
        self._processes.append(process)
        return process

    def run(self, argv, stdin=b"", seconds=30, **options):
        """Runs a process to its end."""
        options.setdefault("env", self.environment())
        options.setdefault("cwd", self.scratch)
        return subprocess.run(
            argv, input=stdin, capture_output=True, timeout=seconds,
            preexec_fn=die_with_parent, **options)

    def on_close(self, action):
        """Calls `action` when the test is over."""
        self._closers.append(action)

    def skip(self, reason):
        """Ends the test without a verdict."""
        raise Skipped(reason)

    def close(self):
        """Undoes everything, the newest first."""
        for action in reversed(self._closers):
            action()
        for process in reversed(self._processes):
            if process.poll() is None:
                process.kill()
            process.wait()
        forget_keys(self.scratch)
        shutil.rmtree(self.runtime, ignore_errors=True)
        if not self._keep:
            shutil.rmtree(self.scratch, ignore_errors=True)
