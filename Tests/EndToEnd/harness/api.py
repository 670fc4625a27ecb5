"""A small HTTP client for the control plane, by the standard library only."""

import http.client
import json
import ssl
import urllib.parse
import uuid


class Reply:
    """A status, headers in lower case, and a body that is usually JSON."""

    def __init__(self, status, headers, raw):
        self.status = status
        self.headers = headers
        self.raw = raw

    @property
    def json(self):
        """The body as JSON."""
        return json.loads(self.raw)

    def __repr__(self):
        return f"{self.status} {self.raw[:600]!r}"

    def expect(self, *statuses):
        """The body, when the status is one of `statuses`."""
        assert self.status in statuses, f"wanted {statuses}, got {self!r}"
        return self.json if self.raw else None


class NoAnswer(Exception):
    """Nothing is known about what the server did."""


class Api:
    """One caller with one token. Not shared between threads."""

    def __init__(self, url, token, seconds=70, trust=None):
        self.url = urllib.parse.urlsplit(url)
        self.token = token
        self.seconds = seconds
        self.trust = trust
        self._connection = None

    def _open(self):
        if self.url.scheme == "https":
            tls = ssl.create_default_context(cafile=self.trust)
            return http.client.HTTPSConnection(
                self.url.hostname, self.url.port, timeout=self.seconds, context=tls)
        return http.client.HTTPConnection(
            self.url.hostname, self.url.port, timeout=self.seconds)

    def close(self):
        """Drops the connection."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def call(self, method, path, body=None, headers=None):
        """One request on a kept connection; NoAnswer when the reply did not come whole."""
        lines = dict(headers or {})
        if self.token:
            lines["Authorization"] = f"Bearer {self.token}"
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            lines.setdefault("Content-Type", "application/json")
        if self._connection is None:
            self._connection = self._open()
        try:
            self._connection.request(method, path, body=data, headers=lines)
            answer = self._connection.getresponse()
            raw = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NoAnswer(str(error)) from error
        names = {name.lower(): value for name, value in answer.getheaders()}
        if answer.will_close:
            self.close()
        return Reply(answer.status, names, raw)

    def get(self, path, **headers):
        """A GET."""
        return self.call("GET", path, headers=headers)

    def post(self, path, body, **headers):
        """A POST; header names with `_` for `-`."""
        return self.call(
            "POST", path, body, {name.replace("_", "-"): v for name, v in headers.items()})

    # The agent's side.

    def submit(self, tool="issue_refund", arguments=None, key=None, **fields):
        """Submits a call; the reply as it came."""
        body = {"tool": tool, "arguments": arguments if arguments is not None else {"n": 1}}
        body.update(fields)
        return self.post("/v1/approvals", body, Idempotency_Key=key or str(uuid.uuid4()))

    def submitted(self, **fields):
        """Submits a call that must be taken, and returns its id."""
        return self.submit(**fields).expect(201)["id"]

    def view(self, approval, wait=0):
        """An approval as this caller sees it."""
        suffix = f"?wait={wait}" if wait else ""
        return self.get(f"/v1/approvals/{approval}{suffix}").expect(200)

    def claim(self, approval, nonce=None, lease=300):
        """Claims; the reply as it came."""
        body = {"nonce": nonce or uuid.uuid4().hex, "lease_s": lease}
        return self.post(f"/v1/approvals/{approval}/claim", body)

    def cancel(self, approval):
        """Cancels; the reply as it came."""
        return self.post(f"/v1/approvals/{approval}/cancel", {})

    def receipt(self, approval, claim, outcome="succeeded"):
        """Reports what happened."""
        body = {
            "fencing_token": claim["fencing_token"], "outcome": outcome,
            "effective_digest": claim["effective_digest"],
        }
        return self.post(f"/v1/approvals/{approval}/receipt", body)

    # The approver's side.

    def decide(self, approval, verdict="approve", view=None, key=None, **fields):
        """Decides on what `view` showed, or on the view of this moment."""
        view = view or self.view(approval)
        body = {"verdict": verdict, "displayed_digest": view["displayed_digest"]}
        if verdict == "reject":
            body["comment"] = "no"
        else:
            body["fully_shown"] = True
        body.update(fields)
        headers = {"If_Match": f'"{view["revision"]}"'}
        if key:
            headers["Idempotency_Key"] = key
        return self.post(f"/v1/approvals/{approval}/decision", body, **headers)
