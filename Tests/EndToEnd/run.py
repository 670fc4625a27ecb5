#!/usr/bin/env python3
"""Runs the sessions with the built programs.

    run.py --binaries .build/release [--jobs N] [--seed S] [--keep] [--once] [NAME ...]

Each test runs in a process of its own, within bounded time. A failure shows what was wanted, the
screen, and the seed. The last line is `N passed, N failed`, and the status is 0 when none failed.

A session at a screen reads what people read, at the pace of a busy machine. One that failed is
tried again by itself, with a fresh seed, and is listed as unsteady when it passes then, so that
somebody looks at it. What proves a promise about crashes, races, secrets or the record without a
screen has one try, like everything with `--once`.
"""

import argparse
import importlib.util
import os
import pathlib
import pickle
import select
import signal
import sys
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from harness.context import Context, Skipped, die_with_parent  # noqa: E402

SECONDS_MAX = 120
# One failure of these in a thousand runs is a broken promise, whatever the second run says.
ONE_TRY = {
    "audit", "canary", "disk", "erasure", "every_step", "faults", "gate", "hostile", "protocol",
    "races", "safety", "store", "witness"}
# These have one try with a screen, too: what leaks or is lost once is no matter of pace.
ONE_TRY_AT_SCREENS = {"canary", "disk", "every_step", "faults", "safety"}
# So many failures are no matter of pace.
UNSTEADY_MAX = 3


class TimeIsUp(BaseException):
    """Raised in the test's process when its time is over."""


def discover(names):
    """All tests, as (module, function); `names` keeps those that have one of them in their name."""
    found = []
    for path in sorted(HERE.glob("test_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, item in vars(module).items():
            if name.startswith("test_") and callable(item) and item.__module__ == path.stem:
                full = f"{path.stem.removeprefix('test_')}.{name.removeprefix('test_')}"
                if not names or any(wanted in full for wanted in names):
                    found.append((full, item))
    return found


class Running:
    """One test in its own process, which says over a pipe how it went."""

    def __init__(self, name, test, options):
        self.name = name
        self.started = time.monotonic()
        self.seconds_max = getattr(test, "seconds_max", SECONDS_MAX)
        self.reader, writer = os.pipe()
        self.was_asked = False
        self.pid = os.fork()
        if self.pid == 0:
            die_with_parent()
            os.close(self.reader)
            verdict = perform(test, options)
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(pickle.dumps(verdict))
            sys.stdout.flush()
            os._exit(0)
        os.close(writer)

    def finish(self):
        """The verdict: a word and a text."""
        with os.fdopen(self.reader, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(self.pid, 0)
        if data:
            return pickle.loads(data)
        return "failed", f"the test's own process ended with status {status}"

    def hurry(self):
        """Ends a test that is over its time: first asks, then insists."""
        over = time.monotonic() - self.started - self.seconds_max
        if over > 10:
            os.kill(self.pid, signal.SIGKILL)
        elif over > 0 and not self.was_asked:
            self.was_asked = True
            os.kill(self.pid, signal.SIGTERM)


def perform(test, options):
    """Runs one test and undoes what it did."""

    def time_is_up(*_):
        raise TimeIsUp

    signal.signal(signal.SIGTERM, time_is_up)
    context = Context(options.binaries, options.conformance, options.seed, options.keep)
    try:
        test(context)
        return "passed", ""
    except Skipped as reason:
        return "skipped", str(reason)
    except BaseException:  # noqa: B902 - whatever ends a test is its verdict
        kept = f"\nkept: {context.scratch}" if options.keep else ""
        return "failed", f"{traceback.format_exc()}seed {context.seed}{kept}"
    finally:
        context.close()


def run_all(tests, options):
    """Runs the tests, some at a time, and counts the verdicts."""
    waiting, running = list(tests), []
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    failures = []
    while waiting or running:
        while waiting and len(running) < options.jobs:
            running.append(Running(*waiting.pop(0), options))
        ready, _, _ = select.select([one.reader for one in running], [], [], 0.5)
        for one in [one for one in running if one.reader in ready]:
            running.remove(one)
            word, text = one.finish()
            counts[word] += 1
            seconds = time.monotonic() - one.started
            print(f"{word:8}{one.name} ({seconds:.1f} s)" + (": " + text if word == "skipped"
                  else ""), flush=True)
            if word == "failed":
                failures.append(one.name)
                print(text, flush=True)
        for one in running:
            one.hurry()
    return counts, failures


def is_tried_again(name, test):
    """True when one failure may be a matter of pace."""
    module = name.split(".")[0]
    has_screen = not {"inbox", "opened"}.isdisjoint(test.__code__.co_names)
    return module not in (ONE_TRY_AT_SCREENS if has_screen else ONE_TRY)


def try_again(tests, failures, options):
    """Runs sessions at a screen that failed once more, alone; the names of those that passed."""
    again = [(name, test) for name, test in tests
             if name in failures and is_tried_again(name, test)]
    if options.once or not again or len(again) > UNSTEADY_MAX:
        return []
    print(f"trying again, one at a time: {', '.join(name for name, _ in again)}", flush=True)
    alone = argparse.Namespace(**{**vars(options), "jobs": 1, "seed": None})
    _, still = run_all(again, alone)
    return [name for name, _ in again if name not in still]


def main():
    """Reads the arguments and runs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="run only tests with one of these in their name")
    parser.add_argument("--binaries", required=True, type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--keep", action="store_true", help="keep the scratch folders")
    parser.add_argument("--once", action="store_true", help="no second try for any session")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    options.conformance = os.environ.get("COUNTERSIGN_CONFORMANCE")
    tests = discover(options.names)
    if options.list:
        print("\n".join(name for name, _ in tests))
        return 0
    counts, failures = run_all(tests, options)
    unsteady = try_again(tests, failures, options)
    counts["passed"] += len(unsteady)
    counts["failed"] -= len(unsteady)
    failures = [name for name in failures if name not in unsteady]
    for name in unsteady:
        print(f"unsteady, passed at the second try: {name}")
    if counts["skipped"]:
        print(f"{counts['skipped']} skipped")
    for name in failures:
        print(f"failed: {name}")
    print(f"{counts['passed']} passed, {counts['failed']} failed")
    return 1 if failures or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
