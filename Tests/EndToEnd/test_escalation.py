"""A call that nobody answers goes on to further people, and ends; and the last vote is one vote."""

import threading

from harness.client import Client
from harness.context import eventually
from harness.server import World
from test_audit import auditor, trusted, verified


def world_with_plan(context, *steps, more=()):
    """The group on-call has a plan; eve is of another group, and lea is a lead."""
    world = World(context)
    world.admin.post("/v1/groups", {"name": "ops"}).expect(201)
    world.add_member("eve", "approver", groups=["ops"])
    lead = Client(context, world.url, world.tokens["lea"], home="lea")
    options = [word for step in steps for word in ("--step", step)]
    done = lead.run("escalation", "set", "on-call", *options, *more)
    assert done.returncode == 0, done
    return world, lead


def test_nobody_answers(context):
    """Goal: further people are told on time, may decide where the plan says so, and it is said."""
    world, lead = world_with_plan(
        context, "1s=group:ops+decide", "600s=people:lea@acme.test")
    shown = lead.run("escalation", "show", "on-call")
    assert b"after 1s: the group ops, which may decide" in shown.stdout, shown
    approval = world.agent.submitted()
    eve = world.api("eve")
    assert eve.get(f"/v1/approvals/{approval}").status == 404
    eventually(
        lambda: eve.get(f"/v1/approvals/{approval}").status == 200, "the second group is told")
    view = eve.view(approval)
    assert [step["state"] for step in view["escalation"]["steps"]] == ["now", "next"], view
    assert view["you_can_decide"], view
    page = lead.run("show", approval, "--history")
    assert b"Nobody answered, so the group ops was told and may decide, too." in page.stdout, page
    assert lead.run("acknowledge", approval).returncode == 0
    eve.decide(approval).expect(200)
    assert world.agent.view(approval)["state"] == "approved"
    client = auditor(context, world)
    folder = context.scratch / "export"
    world.sealed()
    assert client.run("audit", "export", str(folder)).returncode == 0
    done = verified(client, folder, trusted(context, client))
    assert done.returncode == 0, done


def test_a_step_goes_to_whoever_is_on_shift(context):
    """Goal: S9, who is on shift at the step is told, it is said and kept, and the log verifies."""
    world = World(context)
    world.admin.post("/v1/groups", {"name": "ops"}).expect(201)
    world.add_member("eve", "approver", groups=["ops"])
    lead = Client(context, world.url, world.tokens["lea"], home="lea")
    wrong = lead.run("escalation", "set", "on-call", "--step", "1s=schedule:primary")
    assert wrong.returncode != 0 and b"no schedule of this name" in wrong.stderr, wrong
    done = lead.run(
        "schedule", "set", "primary", "--group", "ops", "--zone", "Europe/Berlin",
        "--people", "eve@acme.test", "--start", "2026-01-05T09:00")
    assert done.returncode == 0, done
    done = lead.run("escalation", "set", "on-call", "--step", "1s=schedule:primary",
                    "--step", "600s=people:lea@acme.test")
    assert done.returncode == 0, done
    shown = lead.run("escalation", "show", "on-call")
    assert b"whoever is on shift in primary (eve@acme.test)" in shown.stdout, shown
    kept = lead.run("schedule", "remove", "primary")
    assert kept.returncode != 0 and b"the escalation of on-call goes to" in kept.stderr, kept
    approval = world.agent.submitted()
    eve = world.api("eve")
    eventually(
        lambda: eve.get(f"/v1/approvals/{approval}").status == 200, "whoever is on shift is told")
    step = eve.view(approval)["escalation"]["steps"][0]
    assert step["state"] == "now" and step["on_duty"] == ["eve@acme.test"], step
    assert not eve.view(approval)["you_can_decide"]
    page = lead.run("show", approval, "--history")
    said = b"Nobody answered, so eve@acme.test, on shift in primary, was told."
    assert said in page.stdout, page
    client = auditor(context, world)
    folder = context.scratch / "export"
    world.sealed()
    assert client.run("audit", "export", str(folder)).returncode == 0
    done = verified(client, folder, trusted(context, client))
    assert done.returncode == 0, done
    events = world.api("aud").get("/v1/audit/events?from=0&limit=200").expect(200)["items"]
    facts = [event["facts"] for event in events if event["type"] == "approval.escalated"]
    assert facts[0]["schedule_version"] == 1 and facts[0]["zones"], facts


def test_the_plan_ends(context):
    """Goal: a call that nobody answers is refused when its plan is through, before its deadline."""
    world, lead = world_with_plan(context, "1s=group:ops")
    approval = world.agent.submitted()
    eventually(lambda: world.agent.view(approval)["state"] == "expired", "the plan ends")
    view = world.api("aud").view(approval)
    assert not view["released"] and "escalation" not in view, view
    assert view["history"][-1]["text"].startswith("Nobody whom the escalation told"), view
    stale = {"version": 0, "steps": []}
    answer = world.api("lea").call("PUT", "/v1/groups/on-call/escalation", stale)
    assert answer.status == 409 and b"lea@acme.test" in answer.raw, answer
    assert lead.run("escalation", "set", "on-call", "--none").returncode == 0


def test_approving_races_with_denying(context):
    """Goal: X-6, of an approval and a rejection at the last vote exactly one counts."""
    world = World(context)
    one, two, auditor = world.api("ada"), world.api("bo"), world.api("aud")
    won = set()
    for _ in range(40):
        approval = world.agent.submitted()
        view = one.view(approval)
        statuses = {}
        barrier = threading.Barrier(2)

        def decide(caller, verdict):
            barrier.wait()
            statuses[verdict] = caller.decide(approval, verdict, view=view).status

        threads = [
            threading.Thread(target=decide, args=pair)
            for pair in ((one, "approve"), (two, "reject"))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        assert sorted(statuses.values()) == [200, 409], statuses
        winner = min(statuses, key=statuses.get)
        record = auditor.view(approval)
        expected = {"approve": "approved", "reject": "rejected"}[winner]
        assert record["state"] == expected and len(record["decisions"]) == 1, record
        won.add(winner)
    assert won
