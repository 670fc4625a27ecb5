#!/usr/bin/env python3
"""Fault loops with the built programs.

    faults.py kill   --binaries .build/release --count 200   kill -9 with racing clients
    faults.py record --binaries .build/release --count 40   the same, verified offline each time
    faults.py races  --binaries .build/release --count 1000  sixteen contenders
    faults.py cuts   --binaries .build/release --count 200   retries at every cut point
    faults.py people --binaries .build/release --count 1000  people who contradict each other

Each prints its seed first and what it counted last; `--seed` repeats a run's choices.
"""

import argparse
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from harness.context import Context  # noqa: E402
from harness.cuts import Cuts  # noqa: E402
from harness.kill_loop import KillLoop  # noqa: E402
from harness.people_races import PeopleRaces  # noqa: E402
from harness.races import Races  # noqa: E402
from harness.recorded import VerifiedKillLoop  # noqa: E402

LOOPS = {
    "kill": KillLoop, "record": VerifiedKillLoop, "races": Races, "cuts": Cuts,
    "people": PeopleRaces}


def main():
    """Runs one loop."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("loop", choices=LOOPS)
    parser.add_argument("--binaries", required=True, type=pathlib.Path)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    context = Context(options.binaries, seed=options.seed, keep=options.keep)
    print(f"{options.loop} --count {options.count} --seed {context.seed}", flush=True)
    began = time.monotonic()
    try:
        loop = LOOPS[options.loop](context)
        for name, number in loop.run(options.count).items():
            print(f"{name}: {number}")
        restarts = getattr(loop, "restart_seconds", [])
        if restarts:
            middle, worst = statistics.median(restarts), max(restarts)
            print(f"restart: median {middle * 1000:.0f} ms, longest {worst * 1000:.0f} ms")
    finally:
        context.close()
    print(f"no violation in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
