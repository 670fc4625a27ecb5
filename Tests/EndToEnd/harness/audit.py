"""Reads a store from outside and checks its audit log by the published format alone."""

import hashlib
import json
import sqlite3

SETTLING = {"approval.decided", "approval.expired", "approval.cancelled"}


def read_only(path):
    """The store, opened so that nothing can be changed."""
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)


def read_events(path, tenant):
    """The log of a tenant: (sequence, line, leaf hash) in order."""
    store = read_only(path)
    try:
        return store.execute(
            "SELECT sequence, line, leaf FROM event WHERE tenant = ? ORDER BY sequence",
            (tenant,)).fetchall()
    finally:
        store.close()


def canonical(value):
    """RFC 8785 for what a header may hold: strings, whole numbers, objects and arrays."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def leaf_hash(line):
    """One hash is both the chain's link and the tree's leaf."""
    return hashlib.sha256(b"\x00" + line).hexdigest()


def chain_faults(events):
    """Everything that is wrong with a log: gaps, links, form, and approvals settled twice."""
    faults, previous, settled = [], None, {}
    for expected, (sequence, line, stored) in enumerate(events):
        line = line.encode() if isinstance(line, str) else bytes(line)
        header = json.loads(line)
        if sequence != expected or header["seq"] != expected:
            faults.append(f"sequence {sequence} (header {header['seq']}) where {expected} belongs")
        if canonical(header) != line:
            faults.append(f"event {sequence} is not in canonical form")
        if previous is None:
            seed = f"countersign-audit/1\n{header['log']}\n".encode()
            previous = hashlib.sha256(seed).hexdigest()
        if header["prev"] != previous:
            faults.append(f"event {sequence} does not link to the one before")
        previous = leaf_hash(line)
        if _hex(stored) != previous:
            faults.append(f"event {sequence} is stored with another hash")
        if header["type"] in SETTLING:
            settled.setdefault(header["subject"]["id"], []).append(header)
    for approval, headers in settled.items():
        if len(headers) > 1:
            faults.append(f"{approval} was settled {len(headers)} times")
    return faults


def _hex(stored):
    text = stored.hex() if isinstance(stored, bytes) else str(stored)
    return text.removeprefix("sha256:")


def settlements(events):
    """The state of each approval that the log says is settled."""
    found = {}
    for _, line, _ in events:
        header = json.loads(line)
        if header["type"] == "approval.decided":
            found[header["subject"]["id"]] = header["outcome"]
        elif header["type"] in SETTLING:
            found[header["subject"]["id"]] = header["type"].removeprefix("approval.")
    return found
