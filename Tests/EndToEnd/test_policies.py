"""Policies from the file to the call that they decide."""

from harness import exits
from harness.client import Client
from harness.server import World

POLICY = """
id: refunds
version: 1
applies_to: {tools: [issue_refund]}
rules:
  - id: sanctioned
    when: {in: [{var: args.country}, {table: forbidden}]}
    then: {effect: deny, reason_code: sanctioned}
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
