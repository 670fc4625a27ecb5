"""The `countersign` program as one person or agent uses it."""

import json

from .terminal import Terminal


class Client:
    """A home folder, an address and a token."""

    def __init__(self, context, url=None, token=None, home=None, **env):
        self.context = context
        self.home = context.folder(home) if home else context.home
        self.env = context.environment(
            HOME=self.home, COUNTERSIGN_URL=url, COUNTERSIGN_TOKEN=token, **env)

    def argv(self, *arguments):
        """The command line."""
        return [self.context.program("countersign"), *map(str, arguments)]

    def run(self, *arguments, stdin=b"", seconds=30, **env):
        """Runs a plain subcommand to its end."""
        return self.context.run(
            self.argv(*arguments), stdin=stdin, seconds=seconds, env={**self.env, **env})

    def start(self, *arguments, **options):
        """Starts a plain subcommand."""
        return self.context.start(self.argv(*arguments), env=self.env, **options)

    def json(self, *arguments, **options):
        """Runs a subcommand that must succeed, and reads its output as JSON."""
        done = self.run(*arguments, **options)
        assert done.returncode == 0, done
        return json.loads(done.stdout)

    def inbox(self, *arguments, columns=100, rows=30, **env):
        """Opens the full screen."""
        return Terminal(
            self.context, self.argv(*arguments), env={**self.env, **env},
            columns=columns, rows=rows)
