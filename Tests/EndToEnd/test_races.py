"""Races between people; `COUNTERSIGN_RACES` says how many rounds, `faults.py people` runs more."""

import os
import time

from harness.client import Client
from harness.people_races import PeopleRaces, instant
from harness.recorded import Outsider
from harness.server import World

ROUNDS = int(os.environ.get("COUNTERSIGN_RACES", "120"))


def test_revoking_against_deciding(context):
    """Goal: D-23, the log never has "revoked" before "accepted"; whoever was first is right."""
    races = PeopleRaces(context)
    races.revoke(ROUNDS)
    print(races.wins)


def test_two_overrides_of_one_hour(context):
    """Goal: S-17, of two conflicting overrides exactly one holds, and the other is told which."""
    races = PeopleRaces(context)
    races.override(ROUNDS)
    print(races.wins)


def test_approving_against_rejecting_at_the_last_vote(context):
    """Goal: X-6, one end, never two; who lost is told who won, and a late vote changes nothing."""
    races = PeopleRaces(context)
    races.last_vote(ROUNDS)
    print(races.wins)


def test_deciding_around_the_end_of_a_delegation(context):
    """Goal: D-1 and D-20 without a screen, what is accepted was accepted before the end."""
    races = PeopleRaces(context)
    races.end(ROUNDS // 2)
    print(races.wins)


def test_a_delegation_ends_while_the_dialog_is_open(context):
    """Goal: D-20, refused at commit, and the dialog says why; for both answers and two sizes."""
    world = World(context)
    world.admin.post("/v1/groups", {"name": "ops"}).expect(201)
    world.add_member("eve", "approver", groups=["ops"])
    outsider = Outsider(world, "outsider")
    ada = world.api("ada")
    for number, (key, columns, rows) in enumerate((("a", 80, 24), ("r", 200, 50))):
        approval = world.agent.submitted(arguments={"n": number})
        until = time.monotonic() + 5
        body = {
            "delegate": "eve@acme.test", "end": instant(5), "scope": ["all"], "ceiling": "high",
            "reason": "Holiday"}
        ada.post("/v1/delegations", body).expect(200, 201)
        # A machine of its own each time: no row of the round before is under the cursor.
        eve = Client(context, world.url, world.tokens["eve"], home=f"eve-{number}")
        inbox = eve.inbox(columns=columns, rows=rows)
        inbox.wait("1 pending")
        inbox.press("\r", "You decide this on behalf of ada@acme.test.")
        inbox.settle()
        question = {"a": "Approve this call?", "r": "Reject this call?"}[key]
        inbox.press(key, question, "On behalf of ada@acme.test")
        if key == "r":
            inbox.send("no\r")
        assert time.monotonic() < until, "the dialog was not open in time"
        time.sleep(max(0.0, until - time.monotonic()) + 0.05)
        inbox.press("y", "You do not decide this for ada@acme.test", "Close")
        assert ada.view(approval)["state"] == "pending", ada.view(approval)
        ada.decide(approval).expect(200)
        inbox.send("\x03")
        inbox.finish()
    world.sealed()
    events = outsider.look()
    assert not [event for event in events if "delegation" in event["facts"]], events


for race in (
        test_revoking_against_deciding, test_two_overrides_of_one_hour,
        test_approving_against_rejecting_at_the_last_vote,
        test_deciding_around_the_end_of_a_delegation):
    race.seconds_max = 120 + ROUNDS
