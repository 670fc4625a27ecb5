"""What Python's zoneinfo says about instants and times on the wall, for ZoneOracleTests.

    oracle.py COUNT SEED

Writes records of five 64-bit numbers: zone, kind, input, and two answers. Kind 0: an instant, the
time on the wall, and nothing. Kind 1: a time on the wall, and its first and last instant; in a gap
both are the instant of the change. The names of the zones go to standard error, a line each.

COUNT is roughly how many are written: every change of the clock of every zone in ten years, three
hours to each side of it minute by minute, thinned out when that is more than half of COUNT, and
instants by chance for the rest.
"""

import array
import random
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

EPOCH = datetime(1970, 1, 1)
UTC = timezone.utc
FIRST = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp())


def offset(zone, second):
    moment = datetime.fromtimestamp(second, UTC).astimezone(zone)
    return int(moment.utcoffset().total_seconds())


def change(zone, low, high):
    """The first second with the offset of high, when low has another one."""
    before = offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if offset(zone, middle) == before:
            low = middle
        else:
            high = middle
    return high


def changes(zone):
    found = []
    step = 86_400
    known = offset(zone, FIRST)
    for second in range(FIRST, LAST, step):
        now = offset(zone, second + step)
        if now != known:
            found.append(change(zone, second, second + step))
            known = now
    return found


def meaning(zone, wall):
    naive = EPOCH + timedelta(seconds=wall)
    early = int(naive.replace(tzinfo=zone, fold=0).timestamp())
    late = int(naive.replace(tzinfo=zone, fold=1).timestamp())
    if early > late:
        at = change(zone, late - 1, early)
        return at, at
    return early, late


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    names = sorted(zoneinfo.available_timezones() - {"localtime", "Factory"})
    zones = [zoneinfo.ZoneInfo(name) for name in names]
    found = [changes(zone) for zone in zones]
    near = sum(map(len, found)) * 361 * 2
    share = min(1.0, count / 2 / near)
    out = array.array("q")
    written = 0

    def put(index, second, both=True):
        zone = zones[index]
        out.extend((index, 0, second, second + offset(zone, second), 0))
        if both:
            wall = second + offset(zone, second - 7_200)
            out.extend((index, 1, wall, *meaning(zone, wall)))

    for index, name in enumerate(names):
        print(name, file=sys.stderr)
        for at in found[index]:
            for minute in range(-180, 181):
                if chance.random() < share:
                    put(index, at + minute * 60)
                    written += 2
        out.tofile(sys.stdout.buffer)
        out = array.array("q")
    while written < count:
        put(chance.randrange(len(zones)), chance.randrange(FIRST, LAST))
        written += 2
    out.tofile(sys.stdout.buffer)


main()
