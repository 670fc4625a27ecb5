"""The fault loops at small counts; `faults.py` runs them at any count."""

from harness.cuts import Cuts
from harness.kill_loop import KillLoop
from harness.races import Races
from harness.recorded import VerifiedKillLoop, Writers


def test_kill_nine_with_racing_clients(context):
    """Goal: no acknowledged decision is lost, changed or made twice, and the log links."""
    counts = KillLoop(context).run(20)
    print(counts)
    assert counts["acknowledged"] > 0 and counts["unknown"] > 0, f"a loop without work: {counts}"


def test_the_record_verifies_after_every_kill(context):
    """Goal: an outsider with the key and the last checkpoint finds nothing, kill after kill."""
    counts = VerifiedKillLoop(context).run(8)
    print(counts)
    assert counts["verified"] == 8 and counts["acknowledged"] > 0, f"a loop without work: {counts}"


def test_sixty_four_writers_make_one_chain(context):
    """Goal: what 64 writers were told is in one line of events, each once, and it verifies."""
    print(Writers(context).run(6))


def test_sixteen_contenders(context):
    """Goal: decide, claim, cancel, submit and expire have one winner each."""
    print(Races(context).run(12))


def test_retries_at_cut_points(context):
    """Goal: whoever lost an answer and asks again gets the same one."""
    print(Cuts(context).run(12))


test_kill_nine_with_racing_clients.seconds_max = 240
test_the_record_verifies_after_every_kill.seconds_max = 240
test_sixty_four_writers_make_one_chain.seconds_max = 240
test_sixteen_contenders.seconds_max = 240
test_retries_at_cut_points.seconds_max = 240
