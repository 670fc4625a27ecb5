"""What the tests know of the inbox's cache on disk."""

import pathlib
import sqlite3


def files(home):
    """Every file that the client left below its home."""
    return [path for path in pathlib.Path(home).rglob("*") if path.is_file()]


def database(home):
    """The one SQLite file of the cache."""
    found = [path for path in files(home) if path.read_bytes()[:15] == b"SQLite format 3"]
    assert len(found) == 1, found
    return found[0]


def multiply(home, count):
    """Makes the cached queue `count` rows long by copying its rows under fresh ids."""
    store = sqlite3.connect(database(home))
    have = store.execute("SELECT count(*) FROM approval").fetchone()[0]
    columns = [row[1] for row in store.execute("PRAGMA table_info(approval)")]
    names = ", ".join(column for column in columns if column != "id")
    number = 0
    while have < count:
        number += 1
        step = min(100, count - have)
        store.execute(
            f"INSERT INTO approval (id, {names}) SELECT "
            f"substr(id, 1, 24) || printf('%012x', {number * 1000} + row_number() OVER ()), "
            f"{names} FROM (SELECT * FROM approval ORDER BY id LIMIT {step})")
        have += step
    store.commit()
    store.close()
