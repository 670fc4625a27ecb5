"""Settings and themes, as a person changes them."""

from harness.client import Client
from harness.server import World


def written(client, text, name="settings.toml"):
    """Saves a file of settings as an editor does: a new file takes the name."""
    folder = client.home / ".config" / "countersign"
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / (name + ".draft")
    draft.write_text(text)
    draft.chmod(0o600)
    draft.rename(folder / name)


def seen_history(inbox):
    """The key of the settings opens the history, and q leaves it."""
    inbox.press("\x1b[20~", "esc back")
    inbox.send("q")
    inbox.wait("e edit")


def test_settings_are_taken_while_the_inbox_runs(context):
    """Goal: a saved file counts at once; a broken one changes nothing and says where it is."""
    world = World(context)
    world.agent.submitted(tool="issue_refund", arguments={"amount": 1})
    client = Client(context, world.url, world.tokens["ada"])
    written(client, "")
    inbox = client.inbox(columns=120)
    inbox.wait("issue_refund", "1 pending")
    written(client, 'theme = "light"\n[keys]\nhistory = ["f9"]\n')
    inbox.wait("The settings were read again.")
    seen_history(inbox)
    written(client, "\nbel = true\n")
    inbox.wait("Nothing was changed.", "settings.toml, line 2: bel is no setting.", "bell?")
    seen_history(inbox)
    written(client, "plain_http = true\n")
    inbox.wait("plain_http counts at the next start.")
    inbox.send(":theme high-contrast\r")
    inbox.wait("The theme is high-contrast.")
    inbox.send(":theme hihg-contrast\r")
    inbox.wait("There is no theme hihg-contrast.")
    inbox.press("q", lambda terminal: terminal.process.poll() is not None)
    assert inbox.finish() == 0
    inbox.check_restored()


def test_settings_are_checked(context):
    """Goal: every mistake at once, with its line and a status for scripts; no secret is shown."""
    client = Client(context)
    done = client.run("settings", "check")
    assert done.returncode == 0 and b"usual value" in done.stdout, done
    text = 'token_command = ["echo", "cs_not_to_be_seen"]\nbel = 1\n\n[keys]\naprove = []\n'
    written(client, text)
    done = client.run("settings", "check")
    assert done.returncode == 78, done
    for words in (b"line 2: bel is no setting", b"Did you mean bell?", b"line 5: keys.aprove"):
        assert words in done.stdout, done
    done = client.run("settings", "show")
    assert done.returncode == 78 and b"cs_not" not in done.stdout + done.stderr, done
    assert b"echo" in done.stdout, done
