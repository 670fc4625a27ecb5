"""The figures that a person feels, of the inbox and of the list programs that are installed.

One table for all, measured in one run: what a start, a step, a line, a page and a held key cost in
bytes and CPU, how much memory there is, and how long leaving takes. Goals stand beside them.
"""

import os
import shutil
import statistics
import subprocess
import time

LINES = 2_000


class Peer:
    """A program, how it is started, when it is ready and what its keys are."""

    def __init__(self, name, argv, env, marker, **keys):
        self.name, self.argv, self.env, self.marker = name, argv, env, marker
        self.down = keys.get("down", b"j")
        self.up = keys.get("up", b"k")
        self.top = keys.get("top", b"g")
        self.page = keys.get("page", b"\x1b[6~")
        self.quit = keys.get("quit", b"q")


def words(number):
    """A line of a list."""
    return f"refund {number} of 1,840.00 to customer cus_{number}, second charge of the month"


def mbox(path):
    """Mails, for mail programs."""
    with open(path, "w") as file:
        for number in range(LINES):
            file.write(
                f"From a@example.org Thu Nov 16 00:00:00 2023\nFrom: a@example.org\n"
                f"Subject: {words(number)}\nMessage-ID: <{number}@example.org>\n\nbody\n\n")


def repository(path, env):
    """Commits, for programs that show them."""
    subprocess.run(["git", "init", "-q", "-b", "main", path], check=True, env=env)
    commits = "".join(
        f"commit refs/heads/main\ncommitter a <a@example.org> {1_600_000_000 + n} +0000\n"
        f"data {len(words(n))}\n{words(n)}\nM 100644 inline f\ndata 1\n{n % 10}\n"
        for n in range(LINES))
    subprocess.run(
        ["git", "-C", path, "fast-import", "--quiet"], input=commits.encode(), check=True, env=env)


def peers(context):
    """Those that are installed; the names of the others."""
    env = context.environment(HOME=context.folder("peers"))
    context.folder("peers/Mail")
    mail, commits = context.scratch / "mbox", context.scratch / "commits"
    listing = context.scratch / "list.txt"
    listing.write_text("".join(words(number) + "\n" for number in range(LINES)))
    found, missing = [], []
    for name in ("neomutt", "tig", "fzf", "less"):
        if not shutil.which(name):
            missing.append(name)
        elif name == "neomutt":
            mbox(mail)
            found.append(Peer(
                name, [name, "-n", "-R", "-f", str(mail)], env, b"refund 1 ", top=b"=",
                quit=b"x"))
        elif name == "tig":
            repository(commits, env)
            found.append(Peer(
                name, [name, "-C", str(commits)], env, b"refund 1999 ", top=b"g", quit=b"q"))
        elif name == "fzf":
            # From the shell, because it reads its list from standard input.
            found.append(Peer(
                name, ["sh", "-c", f"exec fzf < {listing}"], env, b"refund 1 ", down=b"\x0b",
                up=b"\x0a", top=b"", quit=b"\x1b"))
        else:
            found.append(Peer(name, [name, str(listing)], env, b"refund 1 "))
    return found, missing


def bytes_of(session, key, count=8, quiet=0.05):
    """The median of the bytes that a key paints."""
    return statistics.median(session.press(key, quiet)[2] for _ in range(count))


def measured(session_of, program):
    """The figures of one program, in the order of GOALS."""
    figures = []
    for columns, rows in ((80, 24), (200, 50)):
        session = session_of(program, columns, rows)
        session.until(program.marker)
        session.settle(0.3, 3)
        figures.append(len(session.output))
        if (columns, rows) == (80, 24):
            kept = session
        else:
            session.close()
    session = kept
    session.press(program.down)
    figures.append(statistics.median(
        session.press(key, 0.05)[2] for key in (program.down, program.up) * 4))
    for _ in range(24):
        session.press(program.down, 0.02)
    figures.append(bytes_of(session, program.down))
    figures.append(bytes_of(session, program.page, 6))
    if program.top:
        session.press(program.top, 0.1)
    before = session.cpu()
    presses = [
        session.press(key, 0.02) for key in (program.down, program.up) * 15]
    figures.append((session.cpu() - before) / len(presses) * 1e6)
    figures.append(statistics.median(press[1] for press in presses) * 1e3)
    figures += held(session, program)
    figures.append(session.resident()[1] / 1024)
    figures.append(leaving(session, program))
    return figures


def held(session, program):
    """300 presses at once: the medians of milliseconds to the last byte, and of bytes.

    Of five bursts, because an answer of the server that comes in one of them is not its painting.
    """
    if program.top:
        session.press(program.top, 0.2)
    bursts = [burst(session, key * 300) for key in (program.down, program.up) * 2 + (program.down,)]
    return [statistics.median(burst[0] for burst in bursts) * 1e3,
            statistics.median(burst[1] for burst in bursts)]


def burst(session, keys):
    """Seconds from typing `keys` at once to the last byte that they paint, and how many bytes."""
    size, began = len(session.output), time.monotonic()
    os.write(session.master, keys)
    last, patience = began, 1.0
    while session.read(patience):
        last, patience = time.monotonic(), 0.15
    return last - began, len(session.output) - size


def leaving(session, program):
    """Milliseconds from the key to the end of the process."""
    began = time.monotonic()
    os.write(session.master, program.quit)
    end = began + 3
    while session.process.poll() is None and time.monotonic() < end:
        session.read(0.002)
    took = (time.monotonic() - began) * 1e3
    session.close()
    return took


GOALS = (
    ("G4 first screen 80x24, bytes", 2_600), ("G4 first screen 200x50, bytes", 6_000),
    ("G5 step of the cursor, bytes", 200), ("G6 scrolled line, bytes", 225),
    ("G7 page, bytes", 1_650), ("G8 CPU a press, us", 400), ("G8 key to painted, p50, ms", 0.5),
    ("G9 300 presses at once, ms", 15), ("G9 300 presses at once, bytes", 6_000),
    ("G12 peak resident, MB", 28), ("G20 leaving, ms", 20),
)


def table(context, session_of, ours):
    """Prints the figures of all."""
    others, missing = peers(context)
    programs = [*ours, *others]
    results = [measured(session_of, program) for program in programs]
    print("\n" + " " * 32 + f"{'goal':>9}" + "".join(f"{p.name:>13}" for p in programs))
    for index, (name, goal) in enumerate(GOALS):
        row = "".join(f"{result[index]:13.1f}" for result in results)
        print(f"{name:32}{goal:9.1f}{row}", flush=True)
    for name in missing:
        print(f"skipped: {name} is not installed")
