"""The REST API from outside: what agents and approvers build on."""

import threading
import time
import uuid

from harness.api import Api
from harness.server import World

REFUND = {"customer_id": "cus_91", "amount_cents": 184000, "recipient": {"iban": "DE89370400440"}}


def test_a_call_is_held_seen_edited_decided_executed_once(context):
    """Goal: the whole path, with an edit and a redacted value, in one go."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    approval = agent.submitted(
        tool="issue_refund", arguments=REFUND, redact=["/recipient/iban"],
        context={"summary": "refund for cus_91"}, timeout_s=120)
    view = ada.view(approval)
    assert view["arguments"]["recipient"]["iban"] == {"$redacted": "r1"}, view["arguments"]
    assert "DE89370400440" not in str(view)
    edits = [{"op": "replace", "path": "/amount_cents", "value": 50000}]
    done = ada.decide(approval, view=view, edits=edits, comment="half").expect(200)
    assert done["state"] == "approved" and done["released"]
    ticket = agent.claim(approval, "nonce-nonce-nonce-1").expect(200)
    assert ticket["arguments"] == {**REFUND, "amount_cents": 50000}
    assert agent.claim(approval, "nonce-nonce-nonce-2").status == 409
    assert agent.receipt(approval, ticket).expect(200)["execution"] == "succeeded"


def test_what_was_not_touched_keeps_its_bytes(context):
    """Goal: big integers, decimals and member order reach the tool as the agent wrote them."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    text = b'{"z":12345678901234567890,"a":1.50,"e":1E2,"b":{"y":1,"x":[true,null,"\\u00e9"]}}'
    body = b'{"tool":"exact","arguments":' + text + b"}"
    answer = agent.call("POST", "/v1/approvals", body, {"Idempotency-Key": "exact-1"})
    approval = answer.expect(201)["id"]
    edits = [{"op": "replace", "path": "/b/y", "value": 2}]
    ada.decide(approval, edits=edits).expect(200)
    raw = agent.claim(approval).raw
    assert b'12345678901234567890' in raw and b"1.50" in raw and b"1E2" in raw, raw
    assert raw.index(b'"z"') < raw.index(b'"a":1.50') < raw.index(b'"e":1E2'), raw


def test_submission_is_idempotent(context):
    """Goal: the same key is the same approval, another payload under it is refused."""
    agent = World(context).agent
    first = agent.submit("refund", {"n": 1}, "key-1").expect(201)
    again = agent.submit("refund", {"n": 1}, "key-1")
    assert (again.status, again.json["id"]) == (200, first["id"])
    assert agent.submit("refund", {"n": 2}, "key-1").status == 409
    missing = agent.post("/v1/approvals", {"tool": "refund", "arguments": {}})
    assert missing.status in (400, 422), missing


def test_a_decision_on_something_else_than_what_is_there(context):
    """Goal: an old revision and another digest are refused, with the fresh view in the answer."""
    world = World(context)
    agent, ada, bo = world.agent, world.api("ada"), world.api("bo")
    approval = agent.submitted()
    view = ada.view(approval)
    path, tag = f"/v1/approvals/{approval}/extend", f'"{view["revision"]}"'
    assert bo.post(path, {"by_s": 60}).status == 428
    bo.post(path, {"by_s": 60}, If_Match=tag).expect(200)
    moved = ada.decide(approval, view=view)
    assert moved.status == 412 and moved.json["approval"]["revision"] > view["revision"], moved
    fresh = ada.view(approval)
    forged = {**fresh, "displayed_digest": "sha256:" + "0" * 64}
    assert ada.decide(approval, view=forged).status == 412
    missing = ada.post(f"/v1/approvals/{approval}/decision", {
        "verdict": "approve", "displayed_digest": fresh["displayed_digest"]})
    assert missing.status in (400, 428), missing
    assert ada.decide(approval, view=fresh).status == 200
    late = bo.decide(approval, "reject")
    assert late.status == 409 and "ada@acme.test" in late.raw.decode(), late


def test_who_may_not(context):
    """Goal: no token, a wrong one, another role, one's own run, another tenant."""
    world = World(context)
    world.add_agent("ada-bot", owner="ada@acme.test")
    agent, ada = world.agent, world.api("ada")
    approval = agent.submitted()
    assert Api(world.url, None).get("/v1/me").status == 401
    assert Api(world.url, "cs_" + "A" * 43).get("/v1/me").status == 401
    assert world.admin.decide(approval).status == 403
    assert world.api("aud").decide(approval).status == 403
    assert ada.claim(approval).status == 403
    own = world.api("ada-bot").submitted()
    refused = ada.decide(own)
    assert refused.status == 403 and "bo@acme.test" in refused.raw.decode(), refused
    body = {"name": "other", "admin_email": "o@other.test"}
    other = world.admin.post("/v1/tenants", body).expect(201)
    stranger = world.server.api(other["admin_token"])
    assert stranger.get(f"/v1/approvals/{approval}").status == 404
    assert stranger.get("/v1/inbox").expect(200)["items"] == []


def test_tokens_are_revoked_at_once(context):
    """Goal: a removed token and a removed member stop at the next request."""
    world = World(context)
    ada = world.api("ada")
    ada.get("/v1/me").expect(200)
    listed = world.admin.get("/v1/tokens").expect(200)["items"]
    assert all("token" not in entry for entry in listed), "a listing shows secrets"
    mine = next(entry for entry in listed if entry["holder"] == "ada@acme.test")
    world.admin.call("DELETE", f"/v1/tokens/{mine['id']}").expect(200, 204)
    assert ada.get("/v1/me").status == 401
    bo = world.api("bo")
    bo.get("/v1/me").expect(200)
    world.admin.call("DELETE", "/v1/members/bo%40acme.test").expect(200, 204)
    assert bo.get("/v1/me").status == 401


def test_a_waiter_hears_of_the_decision(context):
    """Goal: during the wait, before it, and at its end when nothing happened."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    approval = agent.submitted()
    heard = []
    waiter = threading.Thread(target=lambda: heard.append(world.agent.view(approval, wait=30)))
    waiter.start()
    began = time.monotonic()
    ada.decide(approval).expect(200)
    waiter.join(timeout=20)
    assert heard and heard[0]["state"] == "approved" and time.monotonic() - began < 10
    assert agent.view(approval, wait=30)["state"] == "approved"
    silent = agent.submitted()
    began = time.monotonic()
    assert agent.view(silent, wait=1)["state"] == "pending"
    assert 0.8 < time.monotonic() - began < 8


def test_the_feed_goes_on_after_a_restart(context):
    """Goal: every change once, in pages, by a cursor that survives `kill -9`."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    ids = [agent.submitted(arguments={"n": n}) for n in range(7)]
    seen, cursor = [], None
    while True:
        path = "/v1/inbox?limit=3" + (f"&since={cursor}" if cursor else "")
        page = ada.get(path).expect(200)
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
        if not page["more"]:
            break
    assert sorted(seen) == sorted(ids), (seen, ids)
    world.server.kill()
    world.server.start()
    ada, agent = world.api("ada"), world.agent
    assert ada.get(f"/v1/inbox?since={cursor}").expect(200)["items"] == []
    ada.decide(ids[0]).expect(200)
    new = agent.submitted(arguments={"n": 8})
    page = ada.get(f"/v1/inbox?since={cursor}&wait=20").expect(200)
    changed = {item["id"]: item["approval"]["state"] for item in page["items"]}
    assert changed.get(ids[0]) == "approved", page
    while new not in changed:
        page = ada.get(f"/v1/inbox?since={page['next']}&wait=20").expect(200)
        changed.update({item["id"]: item["kind"] for item in page["items"]})


def test_conditional_requests(context):
    """Goal: an approval has its revision as ETag, and says 304 while it did not change."""
    world = World(context)
    approval = world.agent.submitted()
    ada = world.api("ada")
    first = ada.get(f"/v1/approvals/{approval}")
    tag = first.headers["etag"]
    assert tag == f'"{first.json["revision"]}"', tag
    assert ada.get(f"/v1/approvals/{approval}", **{"If-None-Match": tag}).status == 304


def test_expiry_and_cancel(context):
    """Goal: nobody decided in time is refused by itself; a cancelled call cannot be claimed."""
    world = World(context)
    agent = world.agent
    short = agent.submitted(timeout_s=1)
    ended = agent.view(short, wait=20)
    assert (ended["state"], ended["released"]) == ("expired", False)
    assert agent.claim(short).status == 410
    assert world.api("ada").decide(short).status in (409, 410)
    gone = agent.submitted()
    agent.cancel(gone).expect(200)
    assert agent.claim(gone).status == 410
    assert world.api("ada").decide(gone).status == 409


def test_fail_open_only_where_the_tenant_says_so(context):
    """Goal: a release by timeout needs the tool's name in the tenant's list, and is reviewed."""
    world = World(context)
    agent = world.agent
    refused = agent.submit("restart", {"n": 1}, timeout_s=1, on_timeout="fail_open")
    assert refused.status in (403, 422), refused
    body = {"name": "acme", "fail_open_tools": ["restart"]}
    world.admin.call("PUT", "/v1/tenants/acme", body).expect(200)
    approval = agent.submitted(
        tool="restart", arguments={"n": 1}, timeout_s=1, on_timeout="fail_open")
    ended = agent.view(approval, wait=20)
    assert (ended["state"], ended["released"]) == ("expired", True)
    assert agent.claim(approval).status == 200
    view = world.api("lea").view(approval)
    assert view["needs_review"] and view["provenance"]["basis"] == "timeout", view


def test_strict_bodies(context):
    """Goal: unknown fields, duplicate keys, bad UTF-8, depth and size are refused by name."""
    agent = World(context).agent

    def post(body, **headers):
        return agent.call(
            "POST", "/v1/approvals", body, {"Idempotency-Key": str(uuid.uuid4()), **headers})

    unknown = post(b'{"tool":"t","arguments":{},"colour":"red"}')
    assert unknown.status == 422 and "colour" in unknown.raw.decode(), unknown
    assert unknown.headers["content-type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail", "next_step"} <= set(unknown.json)
    assert post(b'{"tool":"t","arguments":{"a":1,"a":2}}').status in (400, 422)
    assert post(b'{"tool":"t","arguments":{"a":"\xff"}}').status in (400, 422)
    assert post(b'{"tool":"t","arguments":{}} x').status in (400, 422)
    deep = b'{"tool":"t","arguments":{"a":' + b"[" * 70 + b"]" * 70 + b"}}"
    assert post(deep).status in (400, 413, 422)
    large = b'{"tool":"t","arguments":{"a":"' + b"x" * (300 << 10) + b'"}}'
    assert post(large).status in (413, 422)
    huge = b'{"tool":"t","arguments":{"a":"' + b"x" * (2 << 20) + b'"}}'
    assert post(huge).status == 413
    assert post(b'{"tool":"t","arguments":{"a":1e400}}').status in (400, 422)
    agent.submit("t", {"n": 1}).expect(201)


def test_schema_guards_arguments_and_edits(context):
    """Goal: what the tool's schema forbids is refused at submission and in an edit."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    schema = {
        "type": "object", "required": ["n"], "additionalProperties": False,
        "properties": {"n": {"type": "integer", "maximum": 10}},
    }
    wrong = agent.submit("t", {"n": 11}, schema=schema)
    assert wrong.status == 422 and "/n" in wrong.raw.decode(), wrong
    approval = agent.submitted(tool="t", arguments={"n": 1}, schema=schema)
    edits = [{"op": "replace", "path": "/n", "value": 99}]
    refused = ada.decide(approval, edits=edits)
    assert refused.status == 422 and "/n" in refused.raw.decode(), refused
    unsupported = agent.submit("t", {"n": 1}, schema={"$dynamicRef": "#x"})
    assert unsupported.status == 422, unsupported


def test_an_edit_never_writes_a_mask(context):
    """Goal: a patch may replace or remove a redacted value, never send its handle back."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    approval = agent.submitted(arguments=REFUND, redact=["/recipient/iban"])
    mask = [{"op": "replace", "path": "/recipient/iban", "value": {"$redacted": "r1"}}]
    assert ada.decide(approval, edits=mask).status == 422
    edits = [{"op": "replace", "path": "/recipient/iban", "value": "NL91ABNA0417164300"}]
    ada.decide(approval, edits=edits).expect(200)
    arguments = agent.claim(approval).expect(200)["arguments"]
    assert arguments["recipient"]["iban"] == "NL91ABNA0417164300"


def test_many_decisions_at_once(context):
    """Goal: each of many is answered for itself."""
    world = World(context)
    agent, ada = world.agent, world.api("ada")
    ids = [agent.submitted(arguments={"n": n}) for n in range(3)]
    views = [ada.view(approval) for approval in ids]
    world.api("bo").decide(ids[1]).expect(200)
    items = [
        {"id": view["id"], "revision": view["revision"], "verdict": "approve",
         "displayed_digest": view["displayed_digest"], "fully_shown": True} for view in views]
    answer = ada.post("/v1/decisions", {"items": items}).expect(200)
    assert [item["status"] for item in answer["items"]] == [200, 409, 200], answer


def test_operations_routes(context):
    """Goal: health, readiness, figures and the contract are served without a token."""
    world = World(context)
    nobody = Api(world.url, None)
    assert nobody.get("/healthz").status == 200
    assert nobody.get("/readyz").status == 200
    figures = nobody.get("/metrics")
    assert figures.status == 200 and "# TYPE" in figures.raw.decode(), figures
    contract = nobody.get("/openapi.yaml")
    assert contract.status == 200 and b"3.1" in contract.raw.splitlines()[0], contract.raw[:80]
    assert nobody.get("/v1/nothing").status == 404
    assert nobody.call("DELETE", "/v1/me").status == 405
