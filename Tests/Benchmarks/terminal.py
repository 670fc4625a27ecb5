#!/usr/bin/env python3
"""Figures of the inbox in a terminal, each beside a minimal C program measured in the same run.

    terminal.py --binaries .build/release [--quick] [--rows 100,10000,100000] [--runs N]

CPU is of the whole process, from the scheduler's own nanosecond counters; bytes are what reached
the terminal at 80x24. A second table sets what a person feels beside its goal and the peers that
are installed (neomutt, tig, fzf, less). Nothing here passes or fails.
"""

import argparse
import fcntl
import os
import pathlib
import select
import statistics
import struct
import subprocess
import sys
import termios
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "EndToEnd"))

from harness import goals  # noqa: E402
from harness.cache import multiply  # noqa: E402
from harness.client import Client  # noqa: E402
from harness.context import Context, die_with_parent  # noqa: E402
from harness.server import World  # noqa: E402

COLUMNS, ROWS = 80, 24
REAL_ROWS = 100


class Session:
    """One program on a pty, read as bytes with the time of each."""

    def __init__(self, argv, env, columns=COLUMNS, rows=ROWS):
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        reader, writer = os.pipe()

        def before_exec():
            die_with_parent()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            os.write(writer, struct.pack("d", time.monotonic()))

        self.process = subprocess.Popen(
            argv, env=env, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
            preexec_fn=before_exec, pass_fds=())
        os.close(slave)
        os.close(writer)
        self.began = struct.unpack("d", os.read(reader, 8))[0]
        os.close(reader)
        self.output = bytearray()

    def read(self, seconds):
        """What came within `seconds`; empty for nothing."""
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return b""
        self.output += data
        return data

    def until(self, marker, seconds=60):
        """Reads until `marker` was painted; seconds since exec."""
        end = time.monotonic() + seconds
        while marker not in self.output:
            if time.monotonic() > end:
                raise SystemExit(f"{marker!r} was never painted: {bytes(self.output[-2000:])!r}")
            self.read(0.2)
        return time.monotonic() - self.began

    def settle(self, quiet=0.2, seconds=3.0):
        """Reads until nothing came for a while."""
        end = time.monotonic() + seconds
        while self.read(quiet) and time.monotonic() < end:
            pass

    def press(self, key, quiet=0.03):
        """Types a key: seconds to the first and to the last byte it painted, and how many."""
        began = time.monotonic()
        os.write(self.master, key)
        data = self.read(0.5)
        first = last = time.monotonic()
        size = len(data)
        while data:
            data = self.read(quiet)
            if data:
                last = time.monotonic()
                size += len(data)
        return first - began, last - began, size

    def cpu(self):
        """Seconds of CPU of all its threads so far."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            total += int((task / "schedstat").read_text().split()[0])
        return total / 1e9

    def status(self, name):
        """A field of its status, summed over its threads."""
        total = 0
        for task in pathlib.Path(f"/proc/{self.process.pid}/task").iterdir():
            for line in (task / "status").read_text().splitlines():
                if line.startswith(name + ":"):
                    total += int(line.split()[1])
        return total

    def resident(self):
        """Resident kilobytes, and the peak."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        return int(fields["VmRSS"].split()[0]), int(fields["VmHWM"].split()[0])

    def close(self):
        """Ends it."""
        self.process.kill()
        self.process.wait()
        os.close(self.master)


class Program:
    """What is measured: how to start it, and what its first painted row says."""

    def __init__(self, name, argv, env, marker):
        self.name, self.argv, self.env, self.marker = name, argv, env, marker

    def start_up(self):
        """One start: CPU and wall milliseconds to the first painted row, bytes."""
        session = Session(self.argv, self.env)
        wall = session.until(self.marker)
        cpu = session.cpu()
        session.settle(0.05, 1)
        size = len(session.output)
        session.close()
        return cpu * 1e3, wall * 1e3, size

    def running(self, presses, idle_seconds):
        """Figures of a session: keys, memory, idleness."""
        session = Session(self.argv, self.env)
        session.until(self.marker)
        session.settle(0.5, 4)
        keys = [session.press(b"j" if n % 20 < 10 else b"k") for n in range(presses)]
        before = session.cpu()
        for number in range(presses):
            session.press(b"j" if number % 20 < 10 else b"k", quiet=0.004)
        cpu = (session.cpu() - before) / presses
        session.settle()
        resident, peak = session.resident()
        figures = {
            "key to first byte, p50, ms": statistics.median(k[0] for k in keys) * 1e3,
            "key to last byte, p50, ms": statistics.median(k[1] for k in keys) * 1e3,
            "bytes a key, p50": statistics.median(k[2] for k in keys),
            "CPU a key, us": cpu * 1e6,
            "resident, MB": resident / 1024,
            "peak resident, MB": peak / 1024,
        }
        if idle_seconds:
            figures |= self.idle(session, idle_seconds)
        session.close()
        return figures


    @staticmethod
    def idle(session, seconds):
        """What a session costs while nobody types."""
        cpu, switches = session.cpu(), session.status("voluntary_ctxt_switches")
        size = len(session.output)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            session.read(end - time.monotonic())
        woken = session.status("voluntary_ctxt_switches") - switches
        return {
            "idle CPU, ms/s": (session.cpu() - cpu) * 1e3 / seconds,
            "idle wake-ups a second": woken / seconds,
            "idle bytes a second": (len(session.output) - size) / seconds,
        }


def row(name, here, floor):
    """One line of the table."""
    ratio = f"{here / floor:13.2f}" if floor else " " * 13
    print(f"{name:44}{here:13.2f}{floor:13.2f}{ratio}", flush=True)


def compare(ours, peer, idle_seconds, options):
    """Starts both in turn, then runs a session of each."""
    starts = {ours: [], peer: []}
    for _ in range(options.runs):
        for program in starts:
            starts[program].append(program.start_up())
    names = ("start: CPU to first row, ms", "start: wall to first row, ms", "start: bytes")
    for index, name in enumerate(names):
        middle = [statistics.median(run[index] for run in starts[p]) for p in (ours, peer)]
        row(name, *middle)
    figures = [
        program.running(options.presses, idle_seconds) for program in (ours, peer)]
    for name in figures[0]:
        row(name, figures[0][name], figures[1][name])


def build_peer(context):
    """Compiles the floor."""
    target = context.scratch / "peer"
    subprocess.run(
        ["cc", "-O2", "-o", target, HERE / "peer.c", "-lncursesw", "-ltinfo", "-lsqlite3"],
        check=True)
    return target


def measure(context, world, peer, count, options):
    """The table for one size of queue."""
    print(f"\n{count} cached approvals{'here':>30}{'floor':>13}{'ratio':>13}")
    client = Client(context, world.url, world.tokens["ada"], home=f"home-{count}")
    warm = client.inbox(columns=COLUMNS, rows=ROWS)
    warm.wait("issue_refund", "pending")
    warm.settle(0.5)
    warm.send("q")
    warm.finish()
    multiply(client.home, count, context.runtime)
    rows = context.scratch / f"peer-{count}.sqlite"
    context.run([peer, "fill", rows, str(count)], seconds=120)
    env = context.environment()
    # Copied rows are unknown to the server, and asking for them is not idleness.
    idle_seconds = options.idle_seconds if count <= REAL_ROWS else 0
    if count == options.goals_rows:
        ours = [
            goals.Peer("countersign", client.argv(), client.env, b"issue_refund"),
            goals.Peer(
                "low-bandwidth", client.argv("--low-bandwidth"), client.env, b"issue_refund"),
            goals.Peer("floor", [str(peer), "list", str(rows)], env, b"issue_refund")]
        goals.table(
            context, lambda p, columns, lines: Session(p.argv, p.env, columns, lines), ours)
    compare(
        Program("countersign", client.argv(), client.env, b"issue_refund"),
        Program("floor", [str(peer), "list", str(rows)], env, b"issue_refund"),
        idle_seconds, options)


def main():
    """Reads the arguments and measures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--binaries", required=True, type=pathlib.Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rows", default="100,10000,100000")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    options.presses, options.idle_seconds = 100, 10
    if options.quick:
        options.rows, options.runs, options.presses, options.idle_seconds = "100", 5, 20, 2
    options.goals_rows = int(options.rows.split(",")[0])
    context = Context(options.binaries)
    try:
        world = World(context)
        for number in range(REAL_ROWS):
            world.agent.submitted(
                arguments={"amount_cents": number, "customer_id": f"cus_{number}"},
                context={"summary": f"refund {number} of 1,840.00 to customer cus_{number}"},
                timeout_s=86_400)
        peer = build_peer(context)
        for count in map(int, options.rows.split(",")):
            measure(context, world, peer, count, options)
    finally:
        context.close()


if __name__ == "__main__":
    main()
