"""The connection breaks after each possible byte; whoever asks again gets the same answer."""

import uuid

from .api import Api, NoAnswer
from .chaos import CutProxy
from .server import World


class Cuts:
    """Retries through a proxy that cuts."""

    def __init__(self, context):
        self.context = context
        self.world = World(context)
        self.proxy = CutProxy(context, self.world.server.port)
        self.agent = self.world.agent
        self.ada = self.world.api("ada")
        self.counts = {}

    def run(self, count):
        """Cuts `count` requests and `count` answers of each kind, at places spread evenly."""
        for kind in (self.submit, self.decide, self.claim, self.receipt, self.cancel):
            for side in ("request_bytes", "response_bytes"):
                length = self._measure(kind, side)
                places = sorted({round(n * (length - 1) / max(1, count - 1))
                                 for n in range(min(count, length))})
                for place in places:
                    self._one(kind, side, place)
                name = f"{kind.__name__} {side.removesuffix('_bytes')}"
                self.counts[name] = f"{len(places)} of {length}"
        return self.counts

    def _through(self, name):
        return Api(self.proxy.url, self.world.tokens[name], seconds=20)

    def _measure(self, kind, side):
        """How long the request or the answer is when nothing cuts."""
        self.proxy.plan()
        _, name, perform, _ = kind()
        api = self._through(name)
        reply = perform(api)
        assert reply.status in (200, 201), reply
        api.close()
        return self.proxy.sent if side == "request_bytes" else self.proxy.received

    def _one(self, kind, side, place):
        direct, name, perform, check = kind()
        self.proxy.plan(**{side: place})
        api = self._through(name)
        try:
            lost = perform(api)
            raise AssertionError(f"{kind.__name__} was not cut at {side} {place}: {lost}")
        except NoAnswer:
            pass
        first = perform(direct)
        again = perform(direct)
        assert first.status in (200, 201), f"{kind.__name__} {side} {place}: {first}"
        assert again.status == 200 or kind is self.submit, again
        check(first.json, again.json)

    # Each makes a fresh approval and says: the direct caller, who they are, the request, the check.

    def submit(self):
        """The same key is the same approval."""
        key = str(uuid.uuid4())

        def same(first, again):
            assert first["id"] == again["id"]

        return self.agent, "support-bot", lambda api: api.submit("cut", {"n": 1}, key), same

    def decide(self):
        """The same decision has the same effect, once."""
        approval = self.agent.submitted()
        view = self.ada.view(approval)
        key = str(uuid.uuid4())

        def same(first, again):
            assert first["state"] == again["state"] == "approved"
            assert len(again["decisions"]) == 1, again["decisions"]

        return self.ada, "ada", lambda api: api.decide(approval, view=view, key=key), same

    def claim(self):
        """The same nonce gets the same ticket."""
        approval = self.agent.submitted()
        self.ada.decide(approval).expect(200)
        nonce = uuid.uuid4().hex

        def same(first, again):
            assert first == again, (first, again)

        return self.agent, "support-bot", lambda api: api.claim(approval, nonce), same

    def receipt(self):
        """The same receipt is taken again."""
        approval = self.agent.submitted()
        self.ada.decide(approval).expect(200)
        claim = self.agent.claim(approval).expect(200)

        def same(first, again):
            assert first["execution"] == again["execution"] == "succeeded"

        return self.agent, "support-bot", lambda api: api.receipt(approval, claim), same

    def cancel(self):
        """Cancelling twice is cancelling once."""
        approval = self.agent.submitted()

        def same(first, again):
            assert first["state"] == again["state"] == "cancelled"

        return self.agent, "support-bot", lambda api: api.cancel(approval), same
