"""The control plane as a process, and the people and agents that use it."""

import os
import re
import signal

from .api import Api
from .context import Unmet, eventually

LISTENING = re.compile(r"listening on (https?://[^\s\"]+)")


class Server:
    """`countersignd` on a loopback port of its own choice."""

    def __init__(self, context, tenant="acme", folder=None, options=()):
        self.context = context
        self.tenant = tenant
        self.data = folder or context.scratch / "data"
        self.log = context.scratch / f"{self.data.name}.log"
        self.options = list(options)
        self.process = None
        self.url = None
        self.port = 0
        self.admin_token = None

    def initialise(self):
        """Makes the store; standard output is the admin token and nothing else."""
        done = self.context.run(
            [self.context.program("countersignd"), "init", "--data", str(self.data),
             "--tenant", self.tenant])
        assert done.returncode == 0, f"init: {done}"
        self.admin_token = done.stdout.decode().strip()
        assert re.fullmatch(r"cs_[A-Za-z0-9_-]{43}", self.admin_token), done
        return self

    def start(self, wait=True, env=None):
        """Serves; returns when it listens."""
        offset = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as log:
            self.process = self.context.start(
                [self.context.program("countersignd"), "serve", "--data", str(self.data),
                 "--listen", f"127.0.0.1:{self.port}", *self.options],
                stdin=open(os.devnull, "rb"), stdout=log, stderr=log,
                env=env or self.context.environment())
        if not wait:
            return self

        def listening():
            found = LISTENING.search(self.output(offset))
            if found:
                return found.group(1)
            if self.process.poll() is not None:
                raise Unmet(f"ended with {self.process.returncode}:\n{self.output(offset)}")
            return None

        self.url = eventually(listening, "the server listens", every=0.003).rstrip("/")
        # A restart keeps the port, so that clients find it again.
        self.port = int(self.url.rsplit(":", 1)[1])
        return self

    @property
    def store_file(self):
        """The SQLite file of the store."""
        magic = b"SQLite format 3"
        found = [p for p in self.data.iterdir() if p.is_file() and p.read_bytes()[:15] == magic]
        assert len(found) == 1, list(self.data.iterdir())
        return found[0]

    def output(self, offset=0):
        """What it said, on both streams."""
        with open(self.log, "rb") as log:
            log.seek(offset)
            return log.read().decode("utf-8", "replace")

    def kill(self):
        """Ends it without a chance to say anything."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self, seconds=20):
        """Asks it to end, and returns the status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=seconds)

    def api(self, token, **options):
        """A caller with `token`."""
        return Api(self.url, token, **options)


class World:
    """A running server with one tenant, two approvers, a lead, an auditor and an agent."""

    def __init__(self, context, **options):
        self.context = context
        self.server = Server(context, **options).initialise().start()
        self.admin = self.server.api(self.server.admin_token)
        self.tokens = {}
        for name, role in (("ada", "approver"), ("bo", "approver"), ("lea", "lead")):
            self.add_member(name, role)
        self.add_member("aud", "auditor", groups=[])
        self.add_agent("support-bot")

    def add_member(self, name, role, groups=("on-call",)):
        """Adds a person and makes a token."""
        email = f"{name}@acme.test"
        body = {"email": email, "roles": [role], "groups": list(groups)}
        self.admin.post("/v1/members", body).expect(200, 201)
        self.tokens[name] = self._token({"member": email})
        return self.tokens[name]

    def add_agent(self, name, **fields):
        """Adds an agent and makes a token."""
        self.admin.post("/v1/agents", {"name": name, **fields}).expect(200, 201)
        self.tokens[name] = self._token({"agent": name})
        return self.tokens[name]

    def _token(self, body):
        return self.admin.post("/v1/tokens", body).expect(201)["token"]

    @property
    def url(self):
        """Where the server listens."""
        return self.server.url

    def sealed(self):
        """Waits until a signed checkpoint covers everything; an export ends at the newest one."""
        auditor = self.api("aud")

        def is_covered():
            note = auditor.get("/v1/audit/checkpoint").raw
            size = int(note.split(b"\n")[1])
            return not auditor.get(f"/v1/audit/events?from={size}&limit=1").expect(200)["items"]

        eventually(is_covered, "a checkpoint covers every event", every=0.05)

    def api(self, name, **options):
        """A caller with the token of `name`."""
        return self.server.api(self.tokens[name], **options)

    @property
    def agent(self):
        """The agent."""
        return self.api("support-bot")
