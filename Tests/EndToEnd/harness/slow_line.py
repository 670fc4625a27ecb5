"""A slow line between a person and the program's terminal: so many bits a second, so long a way.

The program runs on a pseudo-terminal of its own; what it writes and what is typed pass through two
pipes of bounded speed. The terminal at the near end answers the questions that a program asks of
it, as real ones do, so that the program can find out how slow the line is.
"""

import os
import re
import select
import time

from .context import Unmet
from .terminal import Terminal

QUESTION = re.compile(rb"\x1b\[5n|\x1b\[6n|\x1b\[\?2026\$p")
LONGEST_QUESTION = len(b"\x1b[?2026$p") - 1


class Pipe:
    """Bytes on their way: each arrives after the way's time, no faster than the line takes them."""

    def __init__(self, bits_per_second, seconds):
        self.byte_seconds = 8 / bits_per_second
        self.seconds = seconds
        self.free_at = 0.0
        self.waiting = []

    def put(self, data, now):
        """Sends bytes, each behind the one before."""
        for start in range(0, len(data), 32):
            piece = data[start:start + 32]
            self.free_at = max(self.free_at, now) + len(piece) * self.byte_seconds
            self.waiting.append((self.free_at + self.seconds, piece))

    def take(self, now):
        """What has arrived."""
        arrived = b""
        while self.waiting and self.waiting[0][0] <= now:
            arrived += self.waiting.pop(0)[1]
        return arrived

    def due_in(self, now, longest):
        """Seconds until something arrives."""
        return min(longest, max(0.0, self.waiting[0][0] - now)) if self.waiting else longest


class SlowTerminal(Terminal):
    """A terminal at the far end of such a line."""

    def __init__(self, context, argv, bits_per_second=64_000, seconds=0.1, **options):
        self.down = Pipe(bits_per_second, seconds)
        self.up = Pipe(bits_per_second, seconds)
        self.asked = 0
        self.unread = b""
        super().__init__(context, argv, **options)

    def pump(self, seconds=0.02):
        """Moves what is due in both directions; false when nothing is under way or came."""
        if self.master < 0:
            return False
        now = time.monotonic()
        wait = self.up.due_in(now, self.down.due_in(now, seconds))
        ready, _, _ = select.select([self.master], [], [], wait)
        now = time.monotonic()
        if ready:
            try:
                self.down.put(os.read(self.master, 65536), now)
            except OSError:
                return False
        keys = self.up.take(now)
        if keys:
            os.write(self.master, keys)
        data = self.down.take(now)
        if data:
            self.raw += data
            self.stream.feed(data)
            self._answer(data, now)
        return bool(ready or keys or data or self.down.waiting or self.up.waiting)

    def _answer(self, data, now):
        """Answers as an xterm does, also a question of which the line brought one piece first."""
        data, end = self.unread + data, 0
        for match in QUESTION.finditer(data):
            question, end = match.group(), match.end()
            self.asked += 1
            answer = {b"\x1b[5n": b"\x1b[0n", b"\x1b[6n": b"\x1b[1;1R"}.get(
                question, b"\x1b[?2026;2$y")
            self.up.put(answer, now)
        self.unread = data[end:][-LONGEST_QUESTION:]

    def send(self, keys):
        """Types `keys`; they travel."""
        data = keys.encode() if isinstance(keys, str) else keys
        self.up.put(data, time.monotonic())

    def act(self, name, keys, *wanted, seconds=30.0):
        """Types, waits for what is wanted and for the line to be quiet: bytes and seconds."""
        before, began = len(self.raw), time.monotonic()
        self.send(keys)
        self.wait(*wanted, seconds=seconds)
        arrived = time.monotonic() - began
        self.settle(0.6)
        size = len(self.raw) - before
        print(f"  {name:28}{size:8} bytes{arrived * 1000:10.0f} ms until it was there", flush=True)
        return size

    def pass_time(self, seconds):
        """Moves bytes for so long, whatever they are: a person presses a key now and then."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump(0.01)

    def settle(self, quiet=0.15, seconds=30.0):
        """Waits until nothing is under way for a while."""
        end, last = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() - last < quiet:
            before = len(self.raw)
            self.pump(0.02)
            if len(self.raw) != before or self.down.waiting or self.up.waiting:
                last = time.monotonic()
            if time.monotonic() > end:
                raise Unmet(f"output never paused\n{self.picture()}")
