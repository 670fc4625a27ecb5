#!/usr/bin/env python3
"""Runs the examples of Docs/examples with the real frameworks and the real programs.

    frameworks.py --binaries .build/release [--venvs FOLDER] [--newest] [NAME ...]

Each framework is installed from the package index into a virtual environment of its own, which is
thrown away at the end unless --venvs names where to keep it. A framework that cannot be installed
is reported as skipped, by name. For each one, with a scripted model and no network but loopback:

- edited: the agent is killed while it waits and started again, the arguments are changed with
  `countersign approve --edit`; the tool runs once, with the changed arguments; started once more,
  the agent does not run it again;
- raced: two processes of the same agent wait; the tool runs once;
- rejected: the model hears why, and nothing runs;
- closed: the control plane does not take the token, and nothing runs.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE.parent / "EndToEnd"))

from harness.client import Client  # noqa: E402
from harness.context import Context  # noqa: E402
from test_gate import Gated  # noqa: E402

EXAMPLES = ROOT / "Docs" / "examples"


class Framework:
    """An example, what it needs from the index, and what its host can do."""

    def __init__(self, name, packages, example, survives_kill=True, env=None, check=None):
        self.name = name
        self.packages = packages
        self.example = example
        self.survives_kill = survives_kill
        self.env = env or {}
        self.check = check


LANGGRAPH = ["langgraph==1.2.22", "langchain==1.4.7", "langgraph-checkpoint-sqlite==3.1.2"]
FRAMEWORKS = [
    Framework("langgraph", LANGGRAPH, "langgraph_agent.py", check="parallel_langgraph.py"),
    Framework("langchain", LANGGRAPH, "langchain_agent.py"),
    Framework("openai-agents", ["openai-agents==0.24.0"], "openai_agent.py"),
    Framework("claude-agent-sdk", ["claude-agent-sdk==0.2.187"], "claude_agent.py"),
    Framework("pydantic-ai", ["pydantic-ai-slim==2.68.0"], "pydantic_ai_agent.py"),
    Framework("mcp", ["mcp==2.3.0"], "mcp_server.py"),
    Framework("crewai", ["crewai==1.15.30"], "crewai_agent.py", env={
        "CREWAI_DISABLE_TELEMETRY": "true", "CREWAI_TRACING_ENABLED": "false"}),
    Framework("smolagents", ["smolagents==1.26.0"], "smolagents_agent.py"),
    Framework("agent-framework", ["agent-framework-core==1.23.0"], "agent_framework_agent.py"),
    Framework("strands", ["strands-agents==1.62.0"], "strands_agent.py"),
    Framework("google-adk", ["google-adk==2.13.0"], "google_adk_agent.py"),
    Framework("llama-index", ["llama-index-core==0.14.25"], "llama_index_agent.py"),
]


class Session:
    """One example in one world."""

    def __init__(self, options, framework, python):
        self.context = Context(options.binaries)
        self.framework = framework
        self.python = python
        self.gated = Gated(self.context)
        self.world = self.gated.world
        self.ada = Client(self.context, self.world.url, self.world.tokens["ada"])
        self.folder = self.context.folder("agent")
        self.said = ""

    def start(self, **override):
        """Starts the agent's process."""
        env = self.context.environment(
            COUNTERSIGN_URL=self.world.url, COUNTERSIGN_TOKEN=self.world.tokens["support-bot"],
            PYTHONPATH=f"{ROOT / 'Sources' / 'python'}:{EXAMPLES}", PYTHONDONTWRITEBYTECODE=1,
            NO_COLOR=1, OPENAI_API_KEY="none", OTEL_SDK_DISABLED="true", **self.framework.env)
        env.update(override)
        with open(self.folder / "errors", "ab") as errors:
            return self.context.start(
                [self.python, str(EXAMPLES / self.framework.example)], env=env, cwd=self.folder,
                stdout=-1, stderr=errors, stdin=subprocess.DEVNULL, text=True)

    def finish(self, process, seconds=180):
        """Waits for the end of the agent."""
        self.said = process.communicate(timeout=seconds)[0]

    def pending(self, process):
        """The pending approval, unless the agent ended before it asked."""
        end = time.monotonic() + 180
        while time.monotonic() < end:
            page = self.gated.ada.get("/v1/inbox").expect(200)["items"]
            ids = [item["id"] for item in page
                   if item["approval"] and item["approval"]["state"] == "pending"]
            if ids:
                assert len(ids) == 1, f"{len(ids)} approvals for one call"
                return ids[0]
            assert process.poll() is None, f"ended ({process.returncode}) before it asked"
            time.sleep(0.05)
        raise AssertionError("it never asked")

    def refunds(self):
        """What the tool did."""
        path = self.folder / "refunds.log"
        return path.read_text().splitlines() if path.exists() else []

    def errors(self):
        """The end of what the agent complained about."""
        path = self.folder / "errors"
        return path.read_text(errors="replace")[-3000:] if path.exists() else ""


def edited(session):
    """Killed while it waits, edited, executed once."""
    process = session.start()
    approval = session.pending(process)
    if session.framework.survives_kill:
        # Until the framework itself has saved that it waits.
        time.sleep(2.0)
        process.kill()
        process.wait()
        process = session.start()
        # Whatever it does first, it must not ask a second time.
        time.sleep(1.0)
        session.pending(process)
    done = session.ada.run("approve", approval, "--edit", "/amount_cents=50000", "--yes")
    assert done.returncode == 0, done
    session.finish(process)
    assert session.refunds() == ["cus_91 50000 DE89370400440532013000"], (
        session.refunds(), session.said)
    view = session.world.api("lea").view(approval)
    assert view["execution"] == "succeeded" and not view["receipt"]["mismatch"], view["execution"]
    assert "50000" in session.said, session.said
    again = session.start()
    try:
        # Some ask anew and wait; long before that, they would have executed again.
        session.finish(again, seconds=40)
    except subprocess.TimeoutExpired:
        again.kill()
    assert len(session.refunds()) == 1, f"executed {len(session.refunds())} times"


def raced(session):
    """Two processes of the same agent wait at the same time: one of them runs the tool."""
    first = session.start()
    approval = session.pending(first)
    time.sleep(2.0)
    second = session.start()
    time.sleep(3.0)
    session.pending(second)
    done = session.ada.run("approve", approval, "--edit", "/amount_cents=50000", "--yes")
    assert done.returncode == 0, done
    for process in (first, second):
        session.finish(process)
    assert session.refunds() == ["cus_91 50000 DE89370400440532013000"], session.refunds()


def rejected(session):
    """Rejected, and the model hears why."""
    process = session.start()
    approval = session.pending(process)
    done = session.ada.run("reject", approval, "--comment", "ask Finance first")
    assert done.returncode == 0, done
    session.finish(process)
    assert session.refunds() == [], session.refunds()
    assert "ask Finance first" in session.said, session.said


def closed(session):
    """A token that is not taken: whatever the framework makes of it, nothing runs."""
    session.finish(session.start(COUNTERSIGN_TOKEN="cs_" + "x" * 43))
    assert session.refunds() == [], session.refunds()
    page = session.gated.ada.get("/v1/inbox").expect(200)["items"]
    assert not page, page


#: A package index that does not answer is given up after this many frameworks.
FAILURES_MAX = 2


class Environments:
    """A virtual environment for each framework; the next is made while one is in use."""

    def __init__(self, frameworks, folder, newest):
        self.folder = folder
        self.newest = newest
        self.failures = 0
        hand = concurrent.futures.ThreadPoolExecutor(max_workers=1)
        self.made = {item.name: hand.submit(self._install, item) for item in frameworks}

    def __getitem__(self, framework):
        """The interpreter of the framework's environment; None when it cannot be had."""
        return self.made[framework.name].result()

    def _install(self, framework):
        home = self.folder / framework.packages[0].partition("==")[0]
        python = home / "bin" / "python"
        if (home / "complete").exists():
            return python
        packages = framework.packages
        if self.newest:
            packages = [package.partition("==")[0] for package in packages]
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
               "--retries", "1", "--timeout", "20", *packages]
        is_there = self.failures < FAILURES_MAX and all(
            _succeeds(command) for command in ([sys.executable, "-m", "venv", str(home)], pip))
        self.failures = 0 if is_there else self.failures + 1
        if not is_there:
            return None
        (home / "complete").touch()
        return python


def _succeeds(command):
    try:
        return subprocess.run(command, capture_output=True, timeout=600).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def versions(python, framework):
    """What was installed."""
    script = ("import sys; from importlib.metadata import version; "
              "print(' '.join(f'{n} {version(n)}' for n in sys.argv[1:]))")
    names = [name.partition("==")[0] for name in framework.packages]
    return subprocess.run(
        [str(python), "-c", script, *names], capture_output=True, text=True).stdout.strip()


RUNS = (edited, raced, rejected, closed)


def check(options, framework, python):
    """All runs of one framework; the number of failures."""
    failures = 0
    for run in RUNS:
        if options.run and run.__name__ not in options.run:
            continue
        session = Session(options, framework, str(python))
        started = time.monotonic()
        try:
            run(session)
            word = "passed"
        except (AssertionError, subprocess.TimeoutExpired) as error:
            word = "failed"
            failures += 1
            print(f"{error}\n--- what the agent complained about\n{session.errors()}")
        finally:
            session.context.close()
        seconds = time.monotonic() - started
        print(f"{word:8}{framework.name}: {run.__name__} ({seconds:.1f} s)", flush=True)
    return failures + check_more(framework, python)


def check_more(framework, python):
    """The checks of its own that a framework has; the number of failures."""
    if framework.check is None:
        return 0
    env = {"PYTHONPATH": str(ROOT / "Sources" / "python"), "PATH": os.defpath}
    done = subprocess.run(
        [str(python), "-B", str(HERE / framework.check)], env=env, capture_output=True, text=True,
        timeout=300)
    is_fine = done.returncode == 0
    print(f"{'passed' if is_fine else 'failed':8}{framework.name}: {framework.check}", flush=True)
    if not is_fine:
        print(done.stdout + done.stderr)
    return 0 if is_fine else 1


def main():
    """Reads the arguments and runs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", help="run only these frameworks")
    parser.add_argument("--binaries", required=True, type=pathlib.Path)
    parser.add_argument("--run", action="append", help="only this run; repeatable")
    parser.add_argument("--venvs", type=pathlib.Path, help="keep the environments there")
    parser.add_argument("--newest", action="store_true", help="not the versions that are named")
    options = parser.parse_args()
    frameworks = [item for item in FRAMEWORKS if not options.names or item.name in options.names]
    failures = 0
    with tempfile.TemporaryDirectory() as scratch:
        environments = Environments(
            frameworks, options.venvs or pathlib.Path(scratch), options.newest)
        for framework in frameworks:
            python = environments[framework]
            if python is None:
                print(f"skipped {framework.name}: {' '.join(framework.packages)} cannot be "
                      "installed here", flush=True)
                continue
            print(f"        {framework.name}: {versions(python, framework)}", flush=True)
            failures += check(options, framework, python)
    return 1 if failures else 0


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main())
