"""`countersign demo`: what somebody sees first."""

import json
import pathlib
import re

from harness.client import Client
from harness.context import eventually


def test_demo(context):
    """Goal: calls come, one is approved and runs, leaving stops everything and says what ran."""
    inbox = Client(context).inbox("demo", columns=140, rows=50)
    # The header names the server once it said who asks, which may be after the queue.
    inbox.wait("pending", "issue_refund", "redacted", server, seconds=60)
    port = server(inbox).group(1)
    inbox.press("a", "Approve this call?")
    inbox.press("y", "Recorded: you approved", seconds=20)
    inbox.wait("ran", seconds=30)
    inbox.press("q", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()
    said = bytes(inbox.raw).decode("utf-8", "replace")
    ledger = pathlib.Path(re.search(r"Ledger: +(\S+)", said).group(1))
    store = pathlib.Path(re.search(r"Store: +(\S+)", said).group(1))
    try:
        lines = [json.loads(line) for line in ledger.read_text().splitlines()]
        assert len(lines) == 1 and "issue_refund" in json.dumps(lines[0]), lines
        assert store.is_dir() and "issue_refund" in said
        eventually(lambda: not listens(int(port)), "the control plane ended")
    finally:
        remove(ledger.parent)


def server(inbox):
    """the server's address in the header"""
    return re.search(r"http://127\.0\.0\.1:(\d+) ", inbox.text)


def listens(port):
    """True while something listens on a loopback port."""
    with open("/proc/net/tcp", encoding="ascii") as table:
        rows = [line.split() for line in table][1:]
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


def remove(folder):
    """Removes what the demo left, if it is what the demo leaves."""
    import shutil
    assert folder.name.startswith("countersign-demo-"), folder
    shutil.rmtree(folder)
