"""A witness that somebody else runs, asked about an export."""

import json
import re
import stat
import subprocess

import test_audit as audit


def started(context, name, vkey):
    """A witness of one log that runs; its process, its URL and its vkey."""
    process = context.start(
        [context.program("countersign"), "witness", str(context.scratch / name),
         "--name", f"w.example/{name}", "--log", vkey, "--listen", "127.0.0.1:0"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    key = process.stderr.readline().decode().strip()
    address = re.search(rb"listening on (\S+),", process.stderr.readline()).group(1).decode()
    return process, f"http://{address}", key


def stopped(process):
    process.terminate()
    process.wait(10)


def cosigned(client, folder, trust, *urls):
    witnesses = [word for url in urls for word in ("--witness", url)]
    return client.run("audit", "cosign", str(folder), "--trust", str(trust), *witnesses)


def test_witnesses_cosign_an_export_and_the_verifier_counts_them(context):
    """Goal: a log that grows is cosigned, over a restart of the witness; strangers do not count."""
    world = audit.lived(context)
    client = audit.auditor(context, world)
    path = audit.trusted(context, client)
    trust = json.loads(path.read_text())
    one, first, key = started(context, "w1", trust["log_vkeys"][0])
    two, second, other = started(context, "w2", trust["log_vkeys"][0])
    folder = context.scratch / "export"
    world.sealed()
    client.json("audit", "export", str(folder), "--json")
    assert cosigned(client, folder, path, first).returncode == 64, "a trust without witnesses"
    trust["witness_vkeys"] = [key]
    path.write_text(json.dumps(trust))
    assert audit.verified(client, folder, path, "--require-witness", "1").returncode == 3
    assert cosigned(client, folder, path, second).returncode == 1, "a witness that nobody named"
    done = cosigned(client, folder, path, first)
    assert done.returncode == 0, done
    assert audit.verified(client, folder, path, "--require-witness", "1").returncode == 0
    assert audit.verified(client, folder, path, "--require-witness", "2").returncode == 3
    trust["witness_vkeys"] = [key, other]
    path.write_text(json.dumps(trust))
    stopped(one)
    one, first, again = started(context, "w1", trust["log_vkeys"][0])
    assert again == key
    world.agent.submitted(key="k-later")
    later = context.scratch / "later"
    world.sealed()
    client.json("audit", "export", str(later), "--json")
    done = cosigned(client, later, path, first, second)
    assert done.returncode == 0, done
    assert audit.verified(client, later, path, "--require-witness", "2").returncode == 0
    done = cosigned(client, folder, path, first)
    assert done.returncode == 1 and b"has cosigned" in done.stderr, done
    for name in ("witness-key", "witness-state"):
        assert stat.S_IMODE((context.scratch / "w1" / name).stat().st_mode) == 0o600
    stopped(one)
    stopped(two)
