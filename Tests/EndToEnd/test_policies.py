"""Policies from the file to the call that they decide."""

import json

from harness import exits
from harness.cache import files
from harness.client import Client
from harness.server import World

POLICY = """
id: refunds
version: 1
applies_to: {tools: [issue_refund]}
rules:
  - id: sanctioned
    when: {in: [{var: args.country}, {table: forbidden}]}
    then: {effect: deny, reason_code: sanctioned, instead: Refund at home.}
  - id: large
    when: {">": [{var: args.amount_cents}, 50000]}
    then:
      effect: require_approval
      timeout_s: 300
      editable: [/amount_cents]
      edit_limit: {"<=": [{var: edited.amount_cents}, {var: args.amount_cents}]}
  - id: small
    when: {"<": [{var: args.amount_cents}, 300]}
    then: {effect: allow}
default: {effect: require_approval, group: on-call}
tables: {forbidden: [KP]}
tests:
  - name: small is free
    input: {tool: issue_refund, args: {amount_cents: 299, country: DE}}
    expect: {effect: allow, rule: small}
change: {by: lea@acme.test, note: first}
"""


def enforced(context, world):
    """The policy in force, by two people; its file."""
    path = context.scratch / "refunds.yaml"
    path.write_text(POLICY)
    world.add_member("luc", "lead")
    lea = Client(context, world.url, world.tokens["lea"], home="lea")
    luc = Client(context, world.url, world.tokens["luc"], home="luc")
    for command in (("lint", str(path)), ("test", str(path)), ("publish", str(path))):
        done = lea.run("policy", *command)
        assert done.returncode == 0, done
    for client, status in ((lea, "draft"), (lea, "draft"), (luc, "enforced")):
        assert client.run("policy", "mode", "refunds", "1", "enforced").returncode == 0
        versions = lea.json("policy", "list", "--json")
        versions = versions["items"] if isinstance(versions, dict) else versions
        assert [version["status"] for version in versions] == [status], versions
    return path


def test_policy_decides_what_it_allows_and_nothing_else(context):
    """Goal: in force by two people it approves, refuses and asks; what is missing asks."""
    world = World(context)
    enforced(context, world)
    gate = Client(context, world.url, world.tokens["support-bot"], home="bot")

    def gated(arguments, *options):
        return gate.run("gate", "--tool", "issue_refund", "--args", arguments, *options)

    assert gated('{"amount_cents": 200, "country": "DE"}').returncode == 0
    refused = gated('{"amount_cents": 200, "country": "KP"}')
    assert refused.returncode == exits.REJECTED and b"sanctioned" in refused.stderr, refused
    for arguments, rule in (
            ({"amount_cents": 90000, "country": "DE"}, "large"),
            ({"amount_cents": 200}, "on_error"), ({"amount_cents": "200", "country": "DE"},
            "on_error"), ({"amount_cents": 500, "country": "DE"}, "default")):
        approval = world.agent.submitted(arguments=arguments)
        requirement = world.api("ada").view(approval)["requirement"]
        assert requirement["rule"] == f"refunds@1#{rule}", requirement
    other = world.agent.submitted(tool="send_mail", arguments={"amount_cents": 1, "country": "DE"})
    assert world.api("ada").view(other)["requirement"]["rule"] == "tenant default"


def test_edit_stays_within_its_rule(context):
    """Goal: an approver lowers an amount alone, and can neither raise it nor touch the rest."""
    world = World(context)
    enforced(context, world)
    approval = world.agent.submitted(arguments={"amount_cents": 90000, "country": "DE"})
    ada = Client(context, world.url, world.tokens["ada"])
    assert b"refunds@1#large" in ada.run("show", approval).stdout
    for edit in ("/amount_cents=90001", "/country=FR", "/country=KP"):
        done = ada.run("approve", approval, "--edit", edit)
        assert done.returncode == exits.BAD_INPUT and b"refunds@1#large" in done.stderr, done
        assert world.api("ada").view(approval)["state"] == "pending"
    done = ada.run("approve", approval, "--edit", "/amount_cents=60000")
    assert done.returncode == 0, done
    assert world.agent.claim(approval).expect(200)["arguments"]["amount_cents"] == 60000


def test_shadow_is_watched_reviewed_and_tried(context):
    """Goal: a lead sees what a new version would change, looks at it on record, and tries it."""
    world = World(context)
    path = enforced(context, world)
    lea = Client(context, world.url, world.tokens["lea"], home="lea")
    path.write_text(POLICY.replace("version: 1", "version: 2\nstatus: shadow").replace(
        "args.amount_cents}, 300]", "args.amount_cents}, 1000]"))
    assert lea.run("policy", "publish", str(path)).returncode == 0
    changes = lea.json("policy", "diff", "refunds", "1", "2", "--json")["changes"]
    assert "rule small" in [change["name"] for change in changes], changes
    calls = [world.agent.submitted(arguments={"amount_cents": cents, "country": "DE"})
             for cents in (100, 500, 700, 90000)]
    assert world.api("ada").decide(calls[1], "reject", comment="no").status == 200
    report = lea.json("policy", "shadow", "refunds", "2", "--since", "P1D", "--json")
    assert report["samples"] == 4 and report["laxer"] == 2 == report["laxer_unreviewed"], report
    assert report["matrix"]["ask"] == {"allow": 2, "ask": 1, "deny": 0}, report
    assert report["people"]["would_be_false_approvals"] == 1, report
    assert [case["approval"] for case in report["cases"]] == [calls[2], calls[1]], report
    page = lea.run("policy", "shadow", "refunds", "2")
    assert b"laxer 2, 2 not looked at" in page.stdout, page
    done = lea.run("policy", "reviewed", "refunds", "2", calls[1], calls[2])
    assert done.returncode == 0 and b"0 laxer calls are left" in done.stderr, done
    report = lea.json("policy", "shadow", "refunds", "2", "--json")
    assert {case["reviewed_by"] for case in report["cases"]} == {"lea@acme.test"}, report
    ada = Client(context, world.url, world.tokens["ada"], home="ada")
    assert ada.run("policy", "reviewed", "refunds", "2", calls[1]).returncode == exits.NOT_ALLOWED
    sums = lea.run("policy", "backtest", "--candidate", str(path), "--since", "1d", "--json")
    assert sums.returncode == 0 and not sums.stderr, sums
    sums = json.loads(sums.stdout)
    assert sums["replayed"] == 4 and sums["matrix"]["ask"]["allow"] == 2, sums
    assert sums["people"]["would_be_false_approvals"] == 1 and sums["laxer"] == 2, sums
    assert sums["groups"] == [{"group": "on-call", "before": 3, "after": 1}], sums


def test_explanation_shows_values_and_no_secret(context):
    """Goal: whoever may see a call sees why it was decided so, without what is hidden from them."""
    world = World(context)
    enforced(context, world)
    ada = Client(context, world.url, world.tokens["ada"])
    approval = world.agent.submitted(
        arguments={"amount_cents": 90000, "country": "canary-land"}, redact=["/country"])
    text = ada.run("policy", "explain", approval)
    assert text.returncode == 0 and b"args.amount_cents = 90000" in text.stdout, text
    assert b"refunds@1#large decided" in text.stdout and b"args.country = redacted" in text.stdout
    answer = ada.json("policy", "explain", approval, "--json")
    assert answer["replayable"] and answer["decisive"] == "refunds@1#large", answer
    assert "canary" not in json.dumps(answer) and b"canary" not in text.stdout, answer
    assert ada.run("policy", "explain").returncode == exits.USAGE


SECRETIVE = """
id: wires
version: 1
applies_to: {tools: [wire]}
rules:
  - id: other
    when: {"==": [{var: args.declared}, somebody-else]}
    then: {effect: deny}
  - id: british
    when: {and: [{glob: [{var: args.to}, "GB*"]}, {has_secret: /cmd}]}
    then: {effect: require_approval, timeout_s: 300}
default: {effect: require_approval, group: on-call}
"""
HIDDEN = {
    "declared": "canary-declared-7Kd2", "to": "GB82WEST12345698765432",
    "cmd": "curl -H 'Authorization: Bearer ghp_CANARYqn021BEwabk19Z3LCcr945G6Cx0Yz1'",
}
HIDDEN_WORDS = (HIDDEN["declared"], HIDDEN["to"], "ghp_CANARY")


def test_no_secret_travels_through_policies(context):
    """Goal: conditions read hidden values; no face of policies, shadows and grants tells one."""
    world = World(context)
    world.add_member("luc", "lead")
    path = context.scratch / "wires.yaml"
    path.write_text(SECRETIVE)
    lea, luc, ada, aud = (
        Client(context, world.url, world.tokens[name], home=name)
        for name in ("lea", "luc", "ada", "aud"))
    seen = bytearray()

    def told(client, *arguments):
        done = client.run(*arguments)
        assert done.returncode == 0, done
        seen.extend(done.stdout + done.stderr)
        return done

    told(lea, "policy", "publish", str(path))
    told(lea, "policy", "mode", "wires", "1", "enforced")
    told(luc, "policy", "mode", "wires", "1", "enforced")
    path.write_text(SECRETIVE.replace("version: 1", "version: 2\nstatus: shadow").replace(
        "{effect: require_approval, timeout_s: 300}", "{effect: allow}"))
    told(lea, "policy", "publish", str(path))
    call = {"tool": "wire", "arguments": {**HIDDEN, "amount": 5}, "redact": ["/declared"],
            "context": {"summary": f"pay {HIDDEN['to']}", "reason": HIDDEN["cmd"]}}
    first, second = world.agent.submitted(**call), world.agent.submitted(**call)
    assert world.api("ada").view(first)["requirement"]["rule"] == "wires@1#british"
    told(ada, "approve", first, "--yes", "--for", "1h", "--uses", "2")
    assert world.agent.claim(world.agent.submitted(**call)).status == 200, "released by the grant"
    for client in (ada, lea, aud):
        for arguments in (
                ("explain", second, "--json"), ("explain", second), ("show", "wires"),
                ("shadow", "wires", "2"), ("shadow", "wires", "2", "--json"),
                ("diff", "wires", "1", "2")):
            told(client, "policy", *arguments)
        told(client, "grant", "list", "--json")
    tried = told(lea, "policy", "backtest", "--candidate", str(path), "--since", "P1D", "--json")
    assert json.loads(tried.stdout)["laxer"] == 3, tried
    events = world.api("aud").get("/v1/audit/events?from=0&limit=500")
    seen.extend(events.raw)
    assert b'"policy.tried"' in events.raw, "trying conditions on hidden values is on record"
    screens(lea, seen)
    assert world.server.stop() == 0
    for file in files(world.server.data) + files(context.scratch):
        seen.extend(file.read_bytes())
    assert not [word for word in HIDDEN_WORDS if word.encode() in seen], "a secret travelled"


def screens(client, seen):
    """The pages about policies and grants, one after the other."""
    inbox = client.inbox(columns=120)
    inbox.wait("rev 1", "Arguments")
    for keys in ("W", "\x1b", "P", "\r", "j", "\r", "j", "\r", "\x1b", "\x1b", "\x1b", "S",
                 "\r"):
        inbox.send(keys)
        inbox.settle(0.2)
    inbox.process.terminate()
    inbox.finish()
    assert "british" in inbox.raw.decode("utf-8", "replace"), inbox.picture()
    seen.extend(inbox.raw)
