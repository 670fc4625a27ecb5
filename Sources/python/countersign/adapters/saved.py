"""A small file that holds a paused run between two processes: whole, or not there."""

from __future__ import annotations

import contextlib
import os
import uuid
from pathlib import Path
from typing import Optional, Union


class SavedRun:
    """One run's state, in a file that only its owner may read.

    Frameworks rebuild objects from it, so it must come from where nobody else can write.
    """

    def __init__(self, path: Union[str, Path]) -> None:
        self.path = Path(path)

    def read(self) -> Optional[str]:
        """The state; None when nothing is saved."""
        with contextlib.suppress(FileNotFoundError):
            return self.path.read_text("utf-8")
        return None

    def write(self, text: str) -> None:
        """Saves; the state is on disk when this returns."""
        draft = self.path.with_name(f".{self.path.name}.{uuid.uuid4().hex}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(draft, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self.path)
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def forget(self) -> None:
        """The run is over."""
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
