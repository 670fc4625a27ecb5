"""Who is expected to decide, from the command line to the store."""

import datetime
import threading

from harness import exits
from harness.client import Client
from harness.server import World


def world_with_lead(context):
    """Lea leads; ada and eve decide for the same group."""
    world = World(context)
    world.add_member("lea", "lead")
    world.add_member("eve", "approver")
    return world, Client(context, world.url, world.tokens["lea"], home="lea")


def put(lead, *options, people="ada@acme.test,eve@acme.test"):
    """Makes a schedule on which somebody is on duty all the time."""
    return lead.json(
        "schedule", "set", "primary", "--group", "on-call", "--zone", "Europe/Berlin",
        "--people", people, "--start", "2026-01-05T09:00", "--json", *options)


def instant(hours):
    """So many hours from now, as the server writes it."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=hours)
    return now.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_a_schedule_is_made_shown_overridden_and_removed(context):
    """Goal: a lead sees who is on duty, lets somebody else come, and is warned of a gap."""
    _, lead = world_with_lead(context)
    assert put(lead, people="ada@acme.test")["now"]["on"] == ["ada@acme.test"]
    done = lead.run(
        "override", "add", "primary", "--remove", "ada@acme.test", "--start", "1h",
        "--until", "2h", "--reason", "Dentist")
    assert done.returncode == 0 and b"nobody is on duty" in done.stderr, done
    shifts = lead.json("shift", "list", "primary", "--days", "1", "--json")["items"]
    assert [shift["gap"] for shift in shifts] == [False, True, False], shifts
    assert shifts[1]["layer"] == "override" and shifts[0]["end"] == shifts[1]["start"], shifts
    listed = lead.json("override", "list", "primary", "--json")["items"]
    assert lead.run("override", "remove", listed[0]["id"]).returncode == 0
    assert lead.json("override", "list", "primary", "--json")["items"] == []
    assert lead.run("schedule", "remove", "primary").returncode == 0
    assert lead.json("schedule", "list", "--json")["items"] == []


def test_a_change_from_an_old_version_says_who_was_faster(context):
    """Goal: nobody overwrites what they did not see, and approvers change nothing."""
    world, lead = world_with_lead(context)
    put(lead)
    put(lead, "--version", "1", people="eve@acme.test")
    late = lead.run(
        "schedule", "set", "primary", "--group", "on-call", "--zone", "Europe/Berlin",
        "--people", "ada@acme.test", "--start", "2026-01-05T09:00", "--version", "1")
    assert late.returncode != 0 and b"lea@acme.test changed" in late.stderr, late
    assert lead.json("schedule", "list", "--json")["items"][0]["now"]["on"] == ["eve@acme.test"]
    ada = Client(context, world.url, world.tokens["ada"], home="ada")
    assert ada.run("schedule", "remove", "primary").returncode not in (0, exits.NOT_DECIDED)


def test_of_two_conflicting_overrides_at_once_one_is_taken(context):
    """Goal: whoever races, exactly one of two overrides of the same hour holds (S-17)."""
    world, lead = world_with_lead(context)
    put(lead, people="ada@acme.test")
    for turn in range(25):
        window = {"start": instant(10 + 2 * turn), "end": instant(11 + 2 * turn)}
        statuses = []

        def race(add):
            body = {**window, "remove": "ada@acme.test", "add": add, "reason": "race"}
            answer = world.api("lea").post("/v1/schedules/primary/overrides", body)
            statuses.append(answer.status)

        racers = [
            threading.Thread(target=race, args=(add,))
            for add in ("eve@acme.test", "lea@acme.test")]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        assert sorted(statuses) == [201, 409], (turn, statuses)
