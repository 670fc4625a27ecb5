"""In every place of the inbox: what ends it gives the terminal back, a lost line ends it, and a
size of one cell leaves it whole."""

import os
import signal
import stat
import time

from harness.client import Client
from harness.context import eventually
from harness.server import World

# Where one can be: the keys that lead there, and what the screen shows then.
PLACES = {
    "detail": [("\r", "back")],
    "question": [("a", "Approve this call?")],
    "rejection": [("r", "Reject this call?")],
    "comment": [("\r", "back"), ("c", "Write a comment")],
    "extension": [("x", "Give more time")],
    "hand-over": [("R", "Hand over")],
    "editor": [("e", "Edit issue_refund")],
    "typing": [("e", "Edit issue_refund"), ("jj\r", "esc")],
    "change": [("e", "Edit issue_refund"), ("jj\r", "esc"), ("\x157\r", "1 change"), ("d", "Diff")],
    "help": [("?", "Keys:")],
    "palette": [(":", "leave")],
    "filter": [("/", "/")],
    "history": [("H", "back")],
}


def opened(context, world, **options):
    """An inbox with one call in it."""
    inbox = Client(context, world.url, world.tokens["lea"]).inbox(**options)
    inbox.wait("a row to look at", "online", "184000")
    return inbox


def world_of_one(context):
    """A server with one call that a lead may do everything with."""
    world = World(context)
    world.agent.submitted(
        tool="issue_refund", arguments={"customer_id": "cus_91", "amount_cents": 184000},
        context={"summary": "a row to look at"}, risk="low", timeout_s=3600)
    return world


def go(inbox, place):
    """Leads the inbox to a place."""
    for keys, shown in PLACES[place]:
        if len(keys) == 1 and keys.isalpha():
            inbox.press(keys, shown)
        else:
            inbox.send(keys)
            inbox.wait(shown)
        inbox.settle(0.05)


def each_place(context, check):
    """Runs `check` in a fresh inbox at every place, and says which failed."""
    world = world_of_one(context)
    for place in PLACES:
        inbox = opened(context, world, columns=120, rows=30)
        go(inbox, place)
        try:
            check(inbox)
        except AssertionError as error:
            raise AssertionError(f"at {place}: {error}\n{inbox.picture()}") from error


def test_an_end_from_outside(context):
    """Goal: TERM and HUP end it everywhere, and the terminal is as it was."""
    numbers = [signal.SIGTERM, signal.SIGHUP]

    def check(inbox):
        numbers.reverse()
        inbox.signal(numbers[0])
        status = inbox.finish(5)
        assert status in (0, -numbers[0], 128 + numbers[0]), status
        inbox.check_restored()

    each_place(context, check)


def test_a_lost_terminal(context):
    """Goal: when the terminal goes away the program goes, wherever it was."""

    def check(inbox):
        inbox.hang_up()
        eventually(lambda: inbox.process.poll() is not None, "the inbox ends", seconds=5)

    each_place(context, check)


def test_a_size_of_one_cell_and_back(context):
    """Goal: no place falls over a screen of one cell, of one row or of 500 by 200."""

    def check(inbox):
        for columns, rows in ((1, 1), (500, 1), (2, 60), (500, 200), (40, 10), (60, 15)):
            inbox.resize(columns, rows)
            inbox.pump(0.02)
        inbox.resize(120, 30)
        inbox.settle(0.1)
        assert inbox.process.poll() is None
        # Closed in the end, whatever it was: the queue is there again.
        for _ in range(6):
            if inbox.shows("H history", "quit"):
                break
            inbox.send("\x1b")
            inbox.settle(0.1)
        assert inbox.shows("a row to look at"), "the queue is not back"
        inbox.signal(signal.SIGTERM)
        inbox.finish()
        inbox.check_restored()

    each_place(context, check)


def test_a_server_that_dies(context):
    """Goal: a killed server is told everywhere, and the inbox can still be left."""
    world = world_of_one(context)
    inboxes = {}
    for place in ("question", "comment", "editor", "help"):
        inboxes[place] = opened(context, world, columns=120, rows=30)
        go(inboxes[place], place)
    world.server.kill()
    for place, inbox in inboxes.items():
        inbox.wait("OFFLINE", seconds=30)
        inbox.signal(signal.SIGTERM)
        assert inbox.finish(5) in (0, -signal.SIGTERM, 128 + signal.SIGTERM), place
        inbox.check_restored()


def test_an_end_while_the_text_editor_is_open(context):
    """Goal: a TERM while $EDITOR has the terminal ends it when the editor ends, without a trace."""
    world = world_of_one(context)
    marker = context.scratch / "editor-was-here"
    script = context.scratch / "slow-editor"
    script.write_text(f'#!/bin/sh\necho "$1" > {marker}\nsleep 1\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    inbox = Client(context, world.url, world.tokens["lea"]).inbox(
        columns=120, rows=30, EDITOR=str(script), TMPDIR=str(context.scratch))
    inbox.wait("a row to look at", "184000")
    inbox.press("e", "Edit issue_refund")
    inbox.send("E")
    eventually(marker.exists, "the editor runs")
    inbox.wait(lambda terminal: 1049 not in terminal.modes())
    inbox.signal(signal.SIGTERM)
    began = time.monotonic()
    inbox.finish(10)
    assert time.monotonic() - began < 8
    inbox.check_restored()
    left = [name for name in os.listdir(context.scratch) if name.startswith("countersign-edit")]
    assert not left, left
