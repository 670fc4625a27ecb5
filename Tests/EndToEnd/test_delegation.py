"""Authority lent from person to person, from the command line to the record."""

import threading

from harness import exits
from harness.client import Client
from harness.server import World


def lend(client, *options):
    """Lends ada's authority to eve, and returns the delegation."""
    return client.json(
        "delegation", "add", "eve@acme.test", "--tool", "issue_refund", "--until", "3d",
        "--reason", "Holiday", "--yes", "--json", *options)


def world_with_eve(context):
    """Eve is an approver of another group, who sees nothing of what ada is asked."""
    world = World(context)
    world.admin.post("/v1/groups", {"name": "ops"}).expect(201)
    world.add_member("eve", "approver", groups=["ops"])
    ada = Client(context, world.url, world.tokens["ada"], home="ada")
    eve = Client(context, world.url, world.tokens["eve"], home="eve")
    return world, ada, eve


def test_a_delegate_decides_and_everybody_is_told_for_whom(context):
    """Goal: preview, lend, see, decide, and both names on the screen, in record and answer."""
    world, ada, eve = world_with_eve(context)
    approval = world.agent.submitted()
    assert eve.run("show", approval).returncode != 0
    said = ada.run(
        "delegation", "add", "eve@acme.test", "--all", "--until", "3d", "--reason", "x",
        "--preview")
    assert said.returncode == 0 and b"1 approval that it covers is waiting" in said.stderr, said
    assert ada.json("delegation", "list", "--json")["items"] == []
    asked = ada.run(
        "delegation", "add", "eve@acme.test", "--all", "--until", "3d", "--reason", "x")
    assert asked.returncode == exits.NOT_DECIDED, asked
    lent = lend(ada)
    shown = eve.run("show", approval)
    assert shown.returncode == 0 and b"for ada@acme.test" in shown.stdout, shown
    done = eve.run("approve", approval, "--yes")
    assert done.returncode == 0, done
    answer = world.agent.view(approval)
    assert answer["state"] == "approved" and answer["on_behalf_of"] == "ada@acme.test", answer
    record = world.api("ada").view(approval)
    assert record["decisions"][0]["by"] == "eve@acme.test", record
    assert record["decisions"][0]["on_behalf_of"] == "ada@acme.test", record
    assert any("On behalf of ada@acme.test." in line["text"] for line in record["history"])
    assert eve.run("delegation", "revoke", lent["id"]).returncode == 0
    assert ada.json("delegation", "list", "--json")["items"] == []
    past = ada.json("delegation", "list", "--past", "--json")["items"]
    assert [item["state"] for item in past] == ["revoked"], past


def test_times_that_come_twice_are_refused_with_both(context):
    """Goal: 01:30 on the day on which the clock is put back means nothing by itself."""
    _, ada, _ = world_with_eve(context)
    done = ada.run(
        "delegation", "add", "eve@acme.test", "--all", "--reason", "x", "--preview",
        "--start", "2026-10-31T09:00", "--until", "2026-11-01T01:30", "--zone", "America/New_York")
    assert done.returncode == exits.BAD_INPUT, done
    assert b"2026-11-01T01:30:00-04:00" in done.stderr, done
    assert b"2026-11-01T01:30:00-05:00" in done.stderr, done


def test_revoking_races_with_deciding(context):
    """Goal: whoever commits first wins; never a decision after the revocation in the record."""
    world, ada, _ = world_with_eve(context)
    lender, borrower, auditor = world.api("ada"), world.api("eve"), world.api("aud")
    for _ in range(20):
        lent = lend(ada)
        approval = world.agent.submitted()
        view = borrower.view(approval)
        replies = {}
        barrier = threading.Barrier(2)

        def decide():
            barrier.wait()
            replies["decide"] = borrower.decide(approval, view=view).status

        def revoke():
            barrier.wait()
            replies["revoke"] = lender.call("DELETE", f"/v1/delegations/{lent['id']}").status

        threads = [threading.Thread(target=one) for one in (decide, revoke)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert replies["revoke"] == 204, replies
        state = auditor.view(approval)["state"]
        assert (replies["decide"], state) in ((200, "approved"), (404, "pending")), replies
        again = world.agent.submitted()
        assert borrower.get(f"/v1/approvals/{again}").status == 404


def test_authority_is_lent_and_taken_back_in_the_inbox(context):
    """Goal: by keys alone ada lends; eve's open question says so when it is taken back."""
    world, ada, eve = world_with_eve(context)
    approval = world.agent.submitted()
    lender = ada.inbox(columns=80, rows=24)
    lender.wait("1 pending")
    lender.press("D", "Lend my authority to somebody", "You lent nothing.")
    lender.press("\r", "To (e-mail)")
    for text in ("eve@acme.test", "all", "", "", "", "", "Holiday"):
        lender.send(text + "\r")
        lender.settle()
    lender.send("\t\r")
    lender.wait("Are you sure?", "1 approval that it", "Lend it?")
    assert ada.json("delegation", "list", "--json")["items"] == []
    lender.press("y", "Lent: eve@acme.test may decide for ada@acme.test")
    assert [item["state"] for item in ada.json("delegation", "list", "--json")["items"]] == [
        "active"]
    borrower = eve.inbox(columns=80, rows=24)
    borrower.wait("1 pending")
    borrower.press("\r", "You decide this on behalf of ada@acme.test.")
    borrower.settle()
    borrower.press("r", "Reject this call?", "On behalf of ada@acme.test")
    lent, = ada.json("delegation", "list", "--json")["items"]
    assert ada.run("delegation", "revoke", lent["id"]).returncode == 0
    borrower.send("no\r")
    borrower.press("y", "You do not decide this for ada@acme.test", "Close")
    assert world.api("ada").view(approval)["state"] == "pending"
    for terminal in (lender, borrower):
        terminal.send("\x03")
        terminal.finish()
