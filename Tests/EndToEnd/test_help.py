"""Manual, completions and themes, as shells and man use them."""

import shutil

from harness.client import Client

BASH = """
source {script}
COMP_WORDS=({words})
COMP_CWORD={last}
COMP_LINE="{line}"
COMP_POINT={point}
_countersign countersign "{current}" "{before}"
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(context, client, line):
    """What bash offers for a line."""
    script = context.scratch / "completions.bash"
    done = client.run("completions", "bash")
    assert done.returncode == 0, done
    script.write_bytes(done.stdout)
    words = line.split(" ")
    program = BASH.format(
        script=script, words=" ".join(f"'{word}'" for word in words), last=len(words) - 1,
        line=line, point=len(line), current=words[-1], before=words[-2])
    path = f"{context.binaries}:/usr/bin:/bin"
    done = context.run(["bash", "-c", program], env={**client.env, "PATH": path})
    return done.stdout.decode().split()


def test_bash_completes(context):
    """Goal: commands, options and names of themes are offered."""
    client = Client(context)
    offered = completed(context, client, "countersign ")
    assert {"list", "approve", "settings", "theme", "completions"} <= set(offered), offered
    offered = completed(context, client, "countersign settings ch")
    assert "check" in offered and "list" not in offered, offered
    offered = completed(context, client, "countersign theme preview em")
    assert "ember" in offered, offered
    offered = completed(context, client, "countersign list --js")
    assert "--json" in offered, offered


def test_shells_read_the_completions(context):
    """Goal: every shell that is here takes its script without a word."""
    client = Client(context)
    for shell, check in (("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")):
        done = client.run("completions", shell)
        assert done.returncode == 0 and b"countersign" in done.stdout, done
        if not shutil.which(shell):
            continue
        script = context.scratch / f"script.{shell}"
        script.write_bytes(done.stdout)
        done = context.run([shell, check, str(script)])
        assert done.returncode == 0 and not done.stderr, done


def test_the_manual_is_installed(context):
    """Goal: a page for each command, which man takes without a warning where it is here."""
    client = Client(context)
    folder = context.scratch / "man"
    done = client.run("manual", "--output", folder)
    assert done.returncode == 0, done
    pages = sorted((folder / "man1").glob("*.1"))
    assert len(pages) > 40 and folder / "man1" / "countersign-approve.1" in pages, pages
    done = client.run("manual", "no-such-command")
    assert done.returncode == 64, done
    if not shutil.which("groff"):
        context.skip("groff is not here")
    for page in pages:
        done = context.run(["groff", "-k", "-man", "-Tutf8", "-ww", "-z", str(page)])
        assert done.returncode == 0 and not done.stderr, (page, done)


def test_themes(context):
    """Goal: every theme is drawn, with and without colours, and a scheme becomes one's own."""
    client = Client(context, TERM="xterm-256color")
    names = [theme["name"] for theme in client.json("theme", "list", "--json")]
    assert len(names) >= 8, names
    for name in names:
        drawn = set()
        for depth in ("never", "16", "256"):
            done = client.run("theme", "preview", name, "--depth", depth)
            assert done.returncode == 0 and b"issue_refund" in done.stdout, done
            assert b"u{1B}" in done.stdout and b"\x1b[2J" not in done.stdout, done
            drawn.add(done.stdout)
        assert len(drawn) >= (1 if name == "mono" else 2), name
    scheme = context.scratch / "scheme.yaml"
    colors = [f"{step:02x}" * 3 for step in (0, 32, *range(130, 256, 9))]
    scheme.write_text("".join(f'base{i:02X}: "{c}"\n' for i, c in enumerate(colors[:16])))
    done = client.run("theme", "import", scheme, "--save", "mine")
    assert done.returncode == 0 and b"mine" in done.stderr, done
    assert client.json("theme", "list", "--json")[-1]["name"] == "mine"
    assert client.run("theme", "preview", "mine").returncode == 0
    assert client.run("theme", "import", scheme, "--save", "mine").returncode == 65
    scheme.write_text("base00: red\n")
    done = client.run("theme", "import", scheme)
    assert done.returncode == 65 and b"base00" in done.stderr, done


def test_the_server_has_a_manual_too(context):
    """Goal: pages of section 8 for the server, and completions that a shell takes."""
    program = context.program("countersignd")
    folder = context.scratch / "man"
    done = context.run([program, "manual", "--output", str(folder)])
    assert done.returncode == 0, done
    names = {page.name for page in (folder / "man8").glob("*.8")}
    assert {"countersignd.8", "countersignd-serve.8", "countersignd-init.8"} <= names, names
    assert b"COUNTERSIGN_KEY" in (folder / "man8" / "countersignd-serve.8").read_bytes()
    assert context.run([program, "manual", "no-such-command"]).returncode == 64
    script = context.scratch / "script.bash"
    done = context.run([program, "completions", "bash"])
    assert done.returncode == 0 and b"countersignd" in done.stdout, done
    script.write_bytes(done.stdout)
    done = context.run(["bash", "-n", str(script)])
    assert done.returncode == 0 and not done.stderr, done
