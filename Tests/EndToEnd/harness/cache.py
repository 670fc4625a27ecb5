"""What the tests know of the inbox's cache on disk."""

import datetime
import pathlib
import sqlite3

from .sealing import Kernel, Seal


def files(home):
    """Every file that the client left below its home."""
    return [path for path in pathlib.Path(home).rglob("*") if path.is_file()]


def folders(home):
    """The folders of the copies below a home, one for each account."""
    return [path for path in pathlib.Path(home).rglob("inbox-*") if path.is_dir()]


def database(home):
    """The one SQLite file of the cache."""
    found = [path for path in files(home) if path.read_bytes()[:15] == b"SQLite format 3"]
    assert len(found) == 1, found
    return found[0]


def forget_keys(home):
    """Takes the keys of all copies below a home out of the kernel."""
    for folder in folders(home):
        Kernel.forget("countersign:" + folder.name)


def multiply(home, count, runtime=None):
    """Makes the cached queue `count` rows long by sealing its rows again under fresh ids.

    Each round of copies is due a second after the one before, so that neighbours differ as real
    ones do.
    """
    path = database(home)
    seal = Seal(path.parent, runtime)
    store = sqlite3.connect(path)
    numbers = "settled, deadline, revision, urgent, over_at"
    rows = store.execute(f"SELECT tag, body, {numbers} FROM approval").fetchall()
    opened = [(seal.open(body, "row", tag), rest) for tag, body, *rest in rows]
    for number in range(len(rows), count):
        plain, rest = opened[number % len(opened)]
        later = number // len(opened) * 1000
        fresh, tag = _renamed(_later(plain, rest[1], later), number, seal)
        settled, deadline, revision, urgent, over_at = rest
        store.execute(
            f"INSERT INTO approval (tag, body, {numbers}) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (tag, seal.seal(fresh, "row", tag), settled, deadline + later, revision, urgent,
                over_at + later))
    store.commit()
    store.close()


def _later(plain, deadline, milliseconds):
    """The row with a later deadline; `deadline` is its own, in milliseconds since 1970."""
    due = datetime.datetime.fromtimestamp((deadline + milliseconds) // 1000, datetime.timezone.utc)
    text = f"{due:%Y-%m-%dT%H:%M:%S}.{deadline % 1000:03d}Z".encode()
    head = b'"deadline":"'
    start = plain.index(head) + len(head)
    return plain[:start] + text + plain[plain.index(b'"', start):]


def _renamed(plain, number, seal):
    """The row under an id of its own."""
    head, before = b'"id":"', plain.index(b'"id":"')
    start = before + len(head)
    fresh = plain[start:start + 24] + b"%012x" % (number * 1000)
    return plain[:start] + fresh + plain[start + 36:], seal.tag(fresh.decode())
