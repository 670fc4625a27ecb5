"""A program in a pseudo-terminal, with a model of the screen.

Each step waits for what the screen shows; nothing sleeps for a guessed time.
"""

import fcntl
import os
import re
import select
import signal
import struct
import termios
import time

import pyte

from .context import Unmet


class _Screen(pyte.Screen):
    """A screen that overlooks what it does not know instead of failing."""

    def select_graphic_rendition(self, *attributes, **private):
        if not private:
            super().select_graphic_rendition(*attributes)

    def report_device_status(self, *_, **__):
        """A test terminal never answers: no program may wait for it."""

    def report_device_attributes(self, *_, **__):
        """As above."""


MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")


class Terminal:
    """One program on its own terminal."""

    def __init__(self, context, argv, env=None, columns=100, rows=30, cwd=None):
        self.columns, self.rows = columns, rows
        self.screen = _Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self.master, self.slave = os.openpty()
        self._size(columns, rows)
        self.before = termios.tcgetattr(self.slave)
        context.on_close(self.hang_up)
        self.process = context.start(
            argv, prepare=self._take_terminal, start_new_session=True, stdin=self.slave,
            stdout=self.slave, stderr=self.slave, env=env or context.environment(),
            cwd=cwd or context.scratch)

    def _take_terminal(self):
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def _size(self, columns, rows):
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # What it shows.

    @property
    def text(self):
        """The screen as lines."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def shows(self, *texts):
        """True when the screen has all of `texts`."""
        text = self.text
        return all(part in text for part in texts)

    def row_of(self, text):
        """The number of the first line with `text`; None when there is none."""
        return next((y for y, line in enumerate(self.screen.display) if text in line), None)

    def pump(self, seconds=0.02):
        """Takes what the program wrote; false when nothing came."""
        if self.master < 0:
            return False
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return False
        self.raw += data
        self.stream.feed(data)
        return bool(data)

    def wait(self, *wanted, seconds=15.0):
        """Waits until the screen has all texts, and all functions of the terminal hold."""
        end = time.monotonic() + seconds

        def holds(item):
            return item(self) if callable(item) else item in self.text

        while not all(holds(item) for item in wanted):
            if time.monotonic() > end:
                names = [
                    (item.__doc__ or item.__name__) if callable(item) else item for item in wanted]
                raise Unmet(f"not on the screen within {seconds:g} s: {names}\n{self.picture()}")
            if self.process.poll() is not None and not self.pump(0.05):
                if all(holds(item) for item in wanted):
                    return
                raise Unmet(f"ended ({self.process.returncode}) before {wanted}\n{self.picture()}")
            self.pump()

    def wait_gone(self, *texts, seconds=15.0):
        """Waits until the screen has none of `texts`."""

        def gone(terminal):
            return not any(text in terminal.text for text in texts)

        gone.__doc__ = f"none of {texts}"
        self.wait(gone, seconds=seconds)

    def settle(self, quiet=0.15, seconds=10.0):
        """Waits for a pause in the output."""
        end = time.monotonic() + seconds
        while self.pump(quiet):
            if time.monotonic() > end:
                raise Unmet(f"output never paused\n{self.picture()}")

    def picture(self):
        """The screen in a frame, for a failure."""
        edge = "+" + "-" * self.columns + "+"
        lines = [f"|{line}|" for line in self.screen.display]
        return "\n".join([edge, *lines, edge])

    # What is done to it.

    def send(self, keys):
        """Types `keys`."""
        os.write(self.master, keys.encode() if isinstance(keys, str) else keys)

    def press(self, key, *wanted, seconds=15.0):
        """Types `key` until the screen shows what is wanted: decision keys need a moment to arm."""
        end = time.monotonic() + seconds
        while True:
            self.send(key)
            try:
                return self.wait(*wanted, seconds=0.7)
            except Unmet:
                if time.monotonic() > end or self.process.poll() is not None:
                    raise

    def paste(self, text):
        """Pastes `text` as a terminal with bracketed paste does."""
        self.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def resize(self, columns, rows):
        """Changes the size; the program is told by the kernel."""
        self.columns, self.rows = columns, rows
        self._size(columns, rows)
        self.screen.resize(max(rows, 1), max(columns, 1))

    def signal(self, number):
        """Sends a signal to the program."""
        self.process.send_signal(number)

    def hang_up(self):
        """Closes the terminal, as a lost connection does."""
        for name in ("master", "slave"):
            if getattr(self, name) >= 0:
                os.close(getattr(self, name))
                setattr(self, name, -1)

    # How it ends.

    def finish(self, seconds=15.0):
        """Waits for the end, takes the last bytes, and returns the status."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            self.pump()
            if time.monotonic() > end:
                raise Unmet(f"still running after {seconds:g} s\n{self.picture()}")
        while self.pump(0.05):
            pass
        return self.process.returncode

    def modes(self):
        """The private modes that were set and not taken back."""
        on = set()
        for match in MODE.finditer(bytes(self.raw)):
            for mode in match.group(1).split(b";"):
                (on.add if match.group(2) == b"h" else on.discard)(int(mode))
        return on - {7, 25}

    def check_restored(self):
        """The terminal is as it was: line discipline, alternate screen, cursor, paste, mouse."""
        assert not self.modes(), f"modes left on: {sorted(self.modes())}"
        last = {}
        for match in MODE.finditer(bytes(self.raw)):
            for mode in match.group(1).split(b";"):
                last[int(mode)] = match.group(2)
        assert last.get(25, b"h") == b"h", "the cursor was left hidden"
        after = termios.tcgetattr(self.slave)
        assert after[:4] == self.before[:4], f"line discipline: {self.before[:4]} -> {after[:4]}"


SIGNAL_NAMES = {getattr(signal, name): name for name in dir(signal) if name.startswith("SIG")}
