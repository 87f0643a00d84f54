"""What the person at the terminal reads while it runs."""

import sys
import time
from typing import TextIO


class Progress:
    """Lines with the time, and how long it will still take."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to a stream, or to standard output."""
        self._stream: TextIO | None = stream or sys.stdout

    def say(self, text: str) -> None:
        """Write one line; a closed terminal is no reason to stop."""
        if self._stream is None:
            return
        try:
            self._stream.write(f"{time.strftime('%H:%M:%S')}  {text}\n")
            self._stream.flush()
        except OSError:
            self._stream = None


def duration(seconds: float) -> str:
    """A length of time for people: `45 s`, `12 min`, `2 h 05 min`."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60:02d} min"
