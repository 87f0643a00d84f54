"""How far the refresh is: a bar on a terminal, a line per step elsewhere."""

from __future__ import annotations

import shutil
import threading
from typing import TextIO

WIDEST_BAR = 30


class Progress:
    """Counts steps. Several threads may report at once."""

    def __init__(self, stream: TextIO, total: int) -> None:
        """Nothing is written before the first step.

        Args:
            stream: Where to write.
            total: How many steps there will be.
        """
        self._stream = stream
        self._is_bar = stream.isatty()
        self._total = total
        self._done = 0
        self._lock = threading.Lock()

    def advance(self, what: str, steps: int = 1) -> None:
        """Some steps are done; ``what`` says the last one."""
        with self._lock:
            self._done += steps
            if self._is_bar:
                self._stream.write(f"\r{self._bar(what)}")
            else:
                self._stream.write(f"{self._done} of {self._total}: {what}\n")
            self._stream.flush()

    def close(self) -> None:
        """Leaves the line of the bar."""
        if self._is_bar and self._done:
            self._stream.write("\n")
            self._stream.flush()

    def _bar(self, what: str) -> str:
        columns = shutil.get_terminal_size().columns - 1
        width = min(WIDEST_BAR, max(0, columns - 30))
        filled = width * self._done // max(1, self._total)
        bar = f"[{'#' * filled}{'.' * (width - filled)}] " if width else ""
        line = f"{bar}{self._done}/{self._total} {what}"
        return line[:columns].ljust(columns)
