"""Whatever ends the inbox, the terminal is given back."""

import os
import signal
import time

from harness.client import Client
from harness.context import eventually
from harness.server import World
from harness.terminal import SIGNAL_NAMES, Terminal

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
CRASHING = (
    signal.SIGQUIT, signal.SIGABRT, signal.SIGSEGV, signal.SIGILL, signal.SIGTRAP, signal.SIGFPE,
    signal.SIGBUS)


def opened(context, world=None):
    """An inbox that shows a queue of one."""
    world = world or World(context)
    world.agent.submitted(context={"summary": "a row to look at"})
    inbox = Client(context, world.url, world.tokens["ada"]).inbox()
    inbox.wait("a row to look at")
    return inbox


def test_signals_that_end_it(context):
    """Goal: TERM, HUP and INT end it in order, with the terminal as it was."""
    world = World(context)
    for number in ENDING:
        inbox = opened(context, world)
        inbox.signal(number)
        status = inbox.finish()
        assert status in (0, -number, 128 + number), (SIGNAL_NAMES[number], status)
        inbox.check_restored()


def test_signals_of_a_crash(context):
    """Goal: after a crash the terminal is as it was, and the parent sees the true cause."""
    world = World(context)
    for number in CRASHING:
        inbox = opened(context, world)
        inbox.signal(number)
        status = inbox.finish()
        assert status in (-number, 128 + number), (SIGNAL_NAMES[number], status)
        inbox.check_restored()


def test_suspend_and_resume(context):
    """Goal: Ctrl-Z gives a clean shell, `fg` the same screen."""
    world = World(context)
    world.agent.submitted(context={"summary": "a row to look at"})
    client = Client(context, world.url, world.tokens["ada"])
    env = {**client.env, "PS1": "PROMPT> ", "HISTFILE": ""}
    shell = Terminal(context, ["bash", "--norc", "--noprofile", "-i"], env=env)
    shell.wait("PROMPT>")
    shell.send("stty -g; " + " ".join(client.argv()) + "\r")
    shell.wait("a row to look at", "support-bot")
    shell.send("\x1a")
    shell.wait("Stopped", "PROMPT>")
    assert not shell.modes() - {2004}, shell.modes()
    shell.send("echo again; stty -g\r")
    shell.wait(lambda terminal: terminal.text.count("again") >= 2)
    settings = [line for line in shell.text.splitlines() if line.count(":") > 20]
    assert len(set(settings)) <= 1, settings
    shell.send("fg\r")
    shell.wait("a row to look at", "support-bot", lambda terminal: 1049 in terminal.modes())
    shell.send("q")
    shell.wait("PROMPT>", lambda terminal: 1049 not in terminal.modes())
    shell.send("exit\r")
    assert shell.finish() == 0


def test_a_lost_connection_ends_it(context):
    """Goal: when the terminal goes away the program goes, and does not spin."""
    inbox = opened(context)
    inbox.hang_up()
    began = time.monotonic()
    eventually(lambda: inbox.process.poll() is not None, "the inbox ends", seconds=5)
    assert time.monotonic() - began < 5


def test_a_resize_storm_in_the_middle_of_an_edit(context):
    """Goal: a hundred sizes, one cell among them, and the half-typed value is still there."""
    world = World(context)
    world.agent.submitted(
        arguments={"note": "before", "n": 5}, context={"summary": "a row to look at"})
    inbox = Client(context, world.url, world.tokens["ada"]).inbox(columns=120)
    inbox.wait("a row to look at", "before")
    inbox.press("e", "Edit issue_refund")
    inbox.send("j\r")
    inbox.settle()
    inbox.send("-typed")
    inbox.wait("before-typed")
    chance = context.random
    for number in range(100):
        columns, rows = (1, 1) if number % 25 == 7 else (chance.randint(1, 220),
                                                         chance.randint(1, 70))
        inbox.resize(columns, rows)
        inbox.pump(0.001)
    inbox.resize(120, 30)
    inbox.wait("before-typed")
    inbox.send("\x1b\x1b")
    inbox.signal(signal.SIGTERM)
    inbox.finish()
    inbox.check_restored()


def test_too_small(context):
    """Goal: a terminal that is too small says so, and a larger one is used again."""
    inbox = opened(context)
    inbox.resize(39, 9)
    inbox.wait("too small", "40x10")
    inbox.resize(1, 1)
    inbox.settle()
    inbox.resize(100, 30)
    inbox.wait("a row to look at")
    inbox.resize(60, 15)
    inbox.wait("a row")
    inbox.send("q")
    assert inbox.finish() == 0
    inbox.check_restored()


def test_terminals_that_cannot(context):
    """Goal: it starts on every terminal, or refuses in one sentence without an escape byte."""
    world = World(context)
    world.agent.submitted(context={"summary": "a row to look at"})
    client = Client(context, world.url, world.tokens["ada"])
    cases = [
        {"TERM": "xterm"}, {"TERM": "screen"}, {"TERM": "tmux-256color"}, {"TERM": "linux"},
        {"TERM": "vt100"}, {"TERM": "dumb"}, {"TERM": None}, {"TERM": "no-such-terminal"},
        {"NO_COLOR": "1"}, {"COLORTERM": "truecolor"}, {"LANG": "C", "LC_ALL": "C"},
    ]
    for env in cases:
        merged = {k: v for k, v in {**client.env, **env}.items() if v is not None}
        inbox = Terminal(context, client.argv(), env=merged)

        def decided(terminal):
            return "a row to look at" in terminal.text or terminal.process.poll() is not None

        eventually(lambda: (inbox.pump(), decided(inbox))[1], f"{env} decides")
        if inbox.process.poll() is None:
            inbox.send("q")
            assert inbox.finish() == 0, (env, inbox.process.returncode, inbox.picture())
            inbox.check_restored()
        else:
            inbox.finish()
            assert inbox.process.returncode == 2, (env, inbox.process.returncode, inbox.picture())
            assert b"\x1b" not in inbox.raw, (env, bytes(inbox.raw))


def test_no_terminal_at_all(context):
    """Goal: in a pipe it says in a sentence what to use instead."""
    world = World(context)
    done = Client(context, world.url, world.tokens["ada"]).run()
    assert done.returncode == 2 and not done.stdout, done
    assert b"\x1b" not in done.stderr and b"list" in done.stderr, done
    assert os.path.exists(world.server.data)
