"""What the README shows is run as it stands there."""

import json
import pathlib
import re
import shutil
import sys

from harness.client import Client
from test_gate import Gated, finish

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def block(language, containing):
    """The fenced block of a language that contains a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(), re.S | re.M)
    found = [text for text in blocks if containing in text]
    assert len(found) == 1, (language, containing, len(found))
    return found[0]


def check(context, argv):
    """Runs a program that gates one call, approves half of it, and sees that this is what ran."""
    gated = Gated(context)
    env = Client(context, gated.world.url, gated.world.tokens["support-bot"]).env
    path = f"{context.binaries}:{env['PATH']}"
    process = context.start(argv, env={**env, "PATH": path}, stdout=-1, stderr=-1)
    approval = gated.pending()
    edits = [{"op": "replace", "path": "/amount_cents", "value": 92000}]
    gated.ada.decide(approval, edits=edits).expect(200)
    status, out, err = finish(process)
    assert status == 0, err
    assert json.loads(out) == {"customer_id": "cus_91", "amount_cents": 92000}, out
    assert gated.world.api("lea").view(approval)["execution"] == "succeeded"


def test_shell(context):
    """Goal: the shell example works."""
    check(context, ["sh", "-c", block("sh", "countersign gate")])


def test_python(context):
    """Goal: the Python example works with the standard library alone."""
    check(context, [sys.executable, "-I", "-c", block("python", "def gate")])


def test_javascript(context):
    """Goal: the JavaScript example works."""
    node = shutil.which("node")
    if not node:
        context.skip("node is not installed")
    check(context, [node, "-e", block("js", "function gate")])


def test_setting_up(context):
    """Goal: the commands that set a tenant up do so in the order in which they are shown."""
    from harness.server import Server
    server = Server(context).initialise().start()
    env = {**Client(context, server.url, server.admin_token).env}
    env["PATH"] = f"{context.binaries}:{env['PATH']}"
    lines = [line for line in block("sh", "countersign member add").splitlines()
             if line.startswith("countersign ")]
    assert len(lines) == 4, lines
    for line in lines:
        done = context.run(["sh", "-c", line], env=env)
        assert done.returncode == 0, (line, done)


def test_the_hook_settings_are_json(context):
    """Goal: what one copies into Claude Code's settings is valid."""
    hooks = json.loads(block("json", "PreToolUse"))
    assert context.binaries and hooks["hooks"]["PreToolUse"][0]["hooks"][0]["onFailure"] == "block"


def test_exit_statuses(context):
    """Goal: the document has the table that the program's own help prints."""
    document = (README.parent / "Docs" / "ExitCodes.md").read_text()
    ours = document.split("## countersignd")[0]
    written = dict(re.findall(r"^\| (\d+) \| (.*) \|$", ours, re.M))
    page = context.run([context.program("countersign"), "--help"]).stdout.decode()
    table = page.split("EXIT STATUS\n")[1].split("\n\n")[0]
    printed = {}
    for line in table.splitlines():
        row = re.match(r"  (\d+) +(.*)", line)
        if row:
            last = row.group(1)
            printed[last] = row.group(2)
        else:
            printed[last] += " " + line.strip()
    assert written == printed, (written, printed)


def test_the_settings_are_those_of_the_program(context):
    """Goal: the page has each key that the program has, and one that is not is refused by name."""
    page = (README.parent / "Docs" / "Settings.md").read_text()
    names = re.findall(r"^### `(\w+)`", page, re.M)
    client = Client(context)
    shown = client.json("settings", "show", "--json")["settings"]
    assert names == [setting["name"] for setting in shown], (names, shown)
    folder = client.home / ".config" / "countersign"
    folder.mkdir(parents=True, mode=0o700)
    (folder / "settings.toml").write_text("colour = 1\n")
    done = client.run("list")
    assert done.returncode == 78, done
    assert b"line 1: colour is no setting" in done.stderr, done
    assert b"Did you mean color?" in done.stderr, done
