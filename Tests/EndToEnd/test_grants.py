"""Standing grants from the answer of a person to the calls that run by themselves."""

from harness import exits
from harness.client import Client
from harness.server import World
from test_policies import enforced


def world_with_gate(context):
    """A world, ada's client, and a function that submits a call and says what became of it."""
    world = World(context)
    ada = Client(context, world.url, world.tokens["ada"])

    def state(cents, **fields):
        arguments = {"amount_cents": cents, "country": "DE"}
        approval = world.agent.submitted(arguments=arguments, **fields)
        view = world.api("ada").view(approval)
        return view["state"], (view.get("provenance") or {}).get("basis"), approval

    return world, ada, state


def test_grant_releases_what_it_covers_and_nothing_else(context):
    """Goal: the second call runs by itself; what is past a bound, used up or revoked asks."""
    world, ada, state = world_with_gate(context)
    _, _, first = state(20000)
    done = ada.run(
        "approve", first, "--for", "1h", "--uses", "2", "--bound", "/amount_cents<=30000")
    assert done.returncode == 0 and b"granted" in done.stdout, done
    assert b"without asking again" in done.stdout + done.stderr, done
    grant, = ada.json("grant", "list", "--json")["items"]
    assert (grant["uses"], grant["uses_left"], grant["state"]) == (0, 2, "active"), grant

    assert state(30001)[:2] == ("pending", None)
    found, basis, second = state(30000)
    assert (found, basis) == ("approved", "grant")
    claimed = world.agent.claim(second).expect(200)
    assert claimed["arguments"]["amount_cents"] == 30000
    shown = ada.run("show", second)
    assert b"standing grant" in shown.stdout, shown
    # The same key is the same call: it uses nothing up.
    key = "once"
    again = [world.agent.submit(arguments={"amount_cents": 1, "country": "DE"}, key=key).json["id"]
             for _ in range(2)]
    assert again[0] == again[1]
    grant, = ada.json("grant", "list", "--state", "all", "--json")["items"]
    assert (grant["uses"], grant["state"]) == (2, "used_up"), grant
    assert state(20000)[0] == "pending"


def test_grant_outlives_a_crash_and_ends_when_it_is_taken_back(context):
    """Goal: uses are counted through a killed server; from the revocation on people are asked."""
    world, ada, state = world_with_gate(context)
    _, _, first = state(20000)
    assert ada.run("approve", first, "--for", "10m", "--uses", "3").returncode == 0
    assert state(20000)[:2] == ("approved", "grant")
    world.server.kill()
    world.server.start()
    assert state(20000)[:2] == ("approved", "grant")
    grant, = ada.json("grant", "list", "--json")["items"]
    assert grant["uses_left"] == 1, grant
    bo = Client(context, world.url, world.tokens["bo"], home="bo")
    done = bo.run("grant", "revoke", grant["id"], "--reason", "the customer called")
    assert done.returncode == 0, done
    assert state(20000)[:2] == ("pending", None)
    shown = ada.run("grant", "show", grant["id"])
    assert b"the customer called" in shown.stdout and b"bo@acme.test" in shown.stdout, shown
    assert ada.run("grant", "list").stdout == b""


def test_grant_overrides_no_policy(context):
    """Goal: a deny wins, another rule asks, and a grantor without authority grants nothing."""
    world, ada, state = world_with_gate(context)
    enforced(context, world)
    _, _, first = state(90000)
    done = ada.run("approve", first, "--for", "1h", "--bound", "/amount_cents<=200000")
    assert done.returncode == 0, done
    assert state(150000)[:2] == ("approved", "grant")
    # Another rule asks about 500, and the grant was never given under it.
    assert state(500)[:2] == ("pending", None)
    refused = world.agent.submitted(arguments={"amount_cents": 90000, "country": "KP"})
    assert world.api("ada").view(refused)["state"] == "rejected"
    body = {"email": "ada@acme.test", "roles": ["auditor"], "groups": ["on-call"]}
    world.admin.post("/v1/members", body).expect(200)
    assert state(90000)[:2] == ("pending", None)
    grant, = world.api("lea").get("/v1/grants?state=all").expect(200)["items"]
    assert (grant["state"], grant["cause"]) == ("revoked", "authority_lost"), grant


def test_what_cannot_be_granted_is_said_and_decides_nothing(context):
    """Goal: wrong spans, bounds and rights are refused before anything is decided."""
    world, ada, state = world_with_gate(context)
    _, _, call = state(20000)
    for options, status in (
            (("--for", "2d"), exits.USAGE), (("--for", "30"), exits.USAGE),
            (("--uses", "2"), exits.USAGE), (("--for", "1h", "--bound", "/x<=1"), exits.BAD_INPUT),
            (("--for", "1h", "--bound", "/country<=1"), exits.BAD_INPUT),
            (("--for", "1h", "--session"), exits.BAD_INPUT)):
        done = ada.run("approve", call, *options)
        assert done.returncode == status, (options, done)
        assert world.api("ada").view(call)["state"] == "pending"
    assert ada.run("approve", call).returncode == 0
    assert ada.json("grant", "list", "--state", "all", "--json")["items"] == []
