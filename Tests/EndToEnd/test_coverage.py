"""Who can decide, who is on shift and who may be disturbed, from the command line to the store."""

import threading

from harness import exits
from harness.client import Client
from harness.server import World


def world_with_lead(context):
    """Lea leads; ada, bo and eve decide for the same group."""
    world = World(context)
    world.add_member("eve", "approver")
    people = {
        name: Client(context, world.url, world.tokens[name], home=name)
        for name in ("lea", "ada", "eve")}
    return world, people


def put(lead, *options, people="ada@acme.test"):
    """Makes a schedule of these people."""
    return lead.json(
        "schedule", "set", "primary", "--group", "on-call", "--zone", "Europe/Berlin",
        "--people", people, "--start", "2026-01-05T09:00", "--json", *options)


def rows(client, days=3):
    """The rows of coverage that follow the schedule."""
    view = client.json("coverage", "--days", str(days), "--rule", "primary", "--json")
    assert view["rows"], view
    return view


def test_a_gap_says_why_and_is_closed_by_what_it_says(context):
    """Goal: nights of nobody are seen beforehand, and an override for those hours closes one."""
    _, people = world_with_lead(context)
    lead = people["lea"]
    put(lead, "--for", "9h", "--on", "FREQ=DAILY")
    view = rows(lead)
    gaps = [span for span in view["rows"][0]["spans"] if span["gap"]]
    assert view["gaps"] == len(gaps) * len(view["rows"]) and len(gaps) >= 3, view
    assert "nobody is on shift in primary" in gaps[0]["sentence"], gaps
    assert gaps[0]["closes"].startswith("Add an override"), gaps
    text = people["ada"].run("coverage", "--days", "3")
    assert text.returncode == 0 and b"What closes it: Add an override" in text.stdout, text
    # The first may have begun already, at night; the second is whole, whatever time it is.
    for gap in gaps[:2]:
        done = lead.run(
            "override", "add", "primary", "--add", "eve@acme.test", "--start", gap["start"],
            "--until", gap["end"], "--reason", "Night")
        assert done.returncode == 0, done
    closed = rows(lead)
    assert closed["gaps"] == view["gaps"] - 2 * len(view["rows"]), closed
    for gap in gaps[:2]:
        night = [span for span in closed["rows"][0]["spans"] if span["end"] == gap["end"]]
        assert night and night[0]["who"] == ["eve@acme.test"], closed


def test_going_off_shift_hands_over_and_takes_no_authority(context):
    """Goal: the hand-over is shown, others are expected, and off shift somebody still decides."""
    world, people = world_with_lead(context)
    put(people["lea"], people="ada@acme.test")
    ada = people["ada"]
    assert b"You are on shift in primary" in ada.run("shift", "show").stdout
    assert people["eve"].json("shift", "show", "--json")["on"] is False
    approval = world.agent.submitted()
    asked = ada.run("shift", "off", "--until", "2h")
    assert asked.returncode == exits.NOT_DECIDED, asked
    assert b"Nobody is on shift in primary then." in asked.stderr, asked
    assert ada.json("shift", "show", "--json")["on"] is True
    left = ada.json("shift", "off", "--until", "2h", "--yes", "--json")
    assert left["on"] is False and left["handed_over"] == [approval], left
    assert "Nobody is on shift in primary now." in left["warnings"], left
    assert ada.json("shift", "show", "--json")["on"] is False
    again = ada.run("shift", "off")
    assert again.returncode != 0 and b"you are on no shift" in again.stderr, again
    shifts = ada.json("shift", "list", "primary", "--days", "1", "--json")["items"]
    assert shifts[0]["gap"] is True and shifts[0]["layer"] == "override", shifts
    done = ada.run("approve", approval, "--yes")
    assert done.returncode == 0, done
    assert world.agent.view(approval)["state"] == "approved"
    back = ada.run("shift", "on")
    assert back.returncode == 0 and b"You are on shift again" in back.stdout, back
    assert ada.json("shift", "show", "--json")["on"] is True


def test_quiet_hours_are_ones_own_and_of_two_changes_at_once_one_holds(context):
    """Goal: people set their own, nobody overwrites what they did not see, coverage knows."""
    world, people = world_with_lead(context)
    ada, lead = people["ada"], people["lea"]
    put(lead, people="ada@acme.test")
    done = ada.run("quiet", "set", "--away", "now/2d")
    assert done.returncode == 0 and b"Not to be disturbed" in done.stdout, done
    assert b"Only critical calls disturb you until" in ada.run("shift", "show").stdout
    gaps = [span for span in rows(lead)["rows"][0]["spans"] if span["gap"]]
    assert len(gaps) == 1 and gaps[0]["who"] == [], gaps
    assert "quiet hours or are away" in gaps[0]["sentence"], gaps
    other = people["eve"].run("quiet", "set", "ada@acme.test", "--no-away")
    assert other.returncode == exits.NOT_ALLOWED, other
    cleared = ada.json("quiet", "set", "--no-away", "--hours", "mon-fri@22:00-07:00", "--json")
    assert cleared["version"] == 2 and cleared["out_of_office"] == [], cleared
    late = lead.run("quiet", "set", "ada@acme.test", "--no-hours", "--version", "1")
    assert late.returncode != 0 and b"ada@acme.test changed it" in late.stderr, late
    for version in range(2, 22):
        body = {"version": version, "zone": "Europe/Berlin", "quiet": [], "out_of_office": []}
        statuses = []

        def race(who):
            path = "/v1/members/ada%40acme.test/reach"
            answer = world.api(who).call("PUT", path, body)
            statuses.append(answer.status)

        racers = [threading.Thread(target=race, args=(who,)) for who in ("ada", "lea")]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        assert sorted(statuses) == [200, 409], (version, statuses)
    group = lead.run("quiet", "set", "--group", "on-call", "--hours", "22:00-07:00")
    assert group.returncode == 0 and b"Quiet every day 22:00" in group.stdout, group


def test_a_swap_is_both_halves_or_none_and_one_person_takes_it(context):
    """Goal: of two who take an offer at once one does; the hours are theirs, and are given back."""
    world, people = world_with_lead(context)
    ada, eve = people["ada"], people["eve"]
    bo = Client(context, world.url, world.tokens["bo"], home="bo")
    put(people["lea"], people="ada@acme.test")
    for turn in range(10):
        offered = ada.json(
            "swap", "offer", "primary", "--start", f"{10 + 2 * turn}h", "--until", "1h",
            "--reason", "Dentist", "--json")["swap"]
        statuses = []

        def race(who):
            path = f"/v1/swaps/{offered['id']}/take"
            statuses.append(world.api(who).call("POST", path).status)

        racers = [threading.Thread(target=race, args=(who,)) for who in ("bo", "eve")]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
        assert sorted(statuses) == [200, 409], (turn, statuses)
    listed = eve.json("swap", "list", "primary", "--json")["items"]
    assert [item["state"] for item in listed] == ["taken"] * 10, listed
    shifts = eve.json("shift", "list", "primary", "--days", "1", "--json")["items"]
    assert [shift["layer"] for shift in shifts[:3]] == ["rotation", "swap", "rotation"], shifts
    assert shifts[1]["on"] == [listed[0]["taken_by"]], shifts
    taker, other = (bo, eve) if listed[0]["taken_by"].startswith("bo") else (eve, bo)
    refused = other.run("swap", "remove", listed[0]["id"])
    assert refused.returncode == exits.NOT_ALLOWED, refused
    assert taker.run("swap", "remove", listed[0]["id"]).returncode == 0
    after = eve.json("shift", "list", "primary", "--days", "1", "--json")["items"]
    assert after[0]["end"] > shifts[0]["end"], after


def test_what_was_set_is_there_after_a_restart(context):
    """Goal: absence, shift and coverage come from the store, not from the process."""
    world, people = world_with_lead(context)
    ada = people["ada"]
    put(people["lea"], people="ada@acme.test,eve@acme.test")
    assert ada.run("quiet", "set", "--hours", "22:00-07:00", "--zone", "UTC").returncode == 0
    before = (ada.json("quiet", "show", "--json"), ada.json("shift", "show", "--json"))
    world.server.stop()
    world.server.start()
    after = (ada.json("quiet", "show", "--json"), ada.json("shift", "show", "--json"))
    assert before[0]["version"] == 1 and before == after, (before, after)


def test_a_schedule_goes_out_and_comes_in_as_icalendar(context):
    """Goal: export and import keep who is on duty; a rotation is changed without the others."""
    _, people = world_with_lead(context)
    lead = people["lea"]
    put(lead, "--for", "9h", "--on", "FREQ=WEEKLY;BYDAY=MO,WE")
    put(lead, "--rotation", "night", "--for", "6h", people="eve@acme.test,ada@acme.test")
    vague = lead.run(
        "schedule", "set", "primary", "--group", "on-call", "--zone", "UTC",
        "--people", "ada@acme.test", "--start", "2026-01-05T09:00")
    assert vague.returncode == exits.USAGE and b"--rotation NAME" in vague.stderr, vague
    exported = people["ada"].run("schedule", "export", "primary")
    assert exported.returncode == 0 and b"RRULE:FREQ=WEEKLY" in exported.stdout, exported
    file = lead.home / "primary.ics"
    file.write_bytes(exported.stdout)
    made = lead.json(
        "schedule", "import", "copy", str(file), "--group", "on-call", "--json")
    assert [one["people"] for one in made["rotations"]] == [
        ["ada@acme.test"], ["eve@acme.test", "ada@acme.test"]], made
    spans = [
        [(one["start"], one["end"], one["on"]) for one in
         lead.json("shift", "list", name, "--days", "14", "--json")["items"][1:-1]]
        for name in ("primary", "copy")]
    assert len(spans[0]) > 4 and spans[0] == spans[1], spans
    shifts = people["ada"].run("schedule", "export", "copy", "--shifts", "--days", "14")
    assert shifts.stdout.count(b"BEGIN:VEVENT") >= 12, shifts
    file.write_bytes(exported.stdout.replace(b"FREQ=WEEKLY", b"FREQ=YEARLY", 1))
    wrong = lead.run("schedule", "import", "copy", str(file))
    assert wrong.returncode == exits.BAD_INPUT and b"FREQ=YEARLY" in wrong.stderr, wrong
    again = lead.run("schedule", "export", "copy")
    assert b"FREQ=YEARLY" not in again.stdout and again.stdout, again
