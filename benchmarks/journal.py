"""What happened so far, one line per event, so that a run can end at any moment and go on later."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.problems import BenchmarkError

Event = dict[str, Any]


class Journal:
    """A file of events; each is written whole before the next thing happens."""

    def __init__(self, path: Path) -> None:
        """Open, or begin, the journal at this path.

        A last line without its end was cut off by a kill or a full disk: it is removed.

        Raises:
            BenchmarkError: the file cannot be read or holds something else.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            content = path.read_bytes() if path.exists() else b""
            whole = content[: content.rfind(b"\n") + 1]
            self.events: list[Event] = []
            self._by_kind: dict[str, list[Event]] = {}
            for line in whole.splitlines():
                self._keep(_event(line, path))
            if whole != content:
                with path.open("r+b") as file:
                    file.truncate(len(whole))
        except OSError as error:
            raise BenchmarkError(f"{path.name} cannot be opened: {error.strerror}") from error

    def add(self, kind: str, **fields: Any) -> Event:
        """Write an event down; it counts only when it is whole in the file.

        Raises:
            BenchmarkError: it cannot be written, for example because the disk is full.
        """
        event: Event = {"event": kind, **fields}
        line = (json.dumps(event, ensure_ascii=False) + "\n").encode()
        try:
            # Without a buffer: what does not fit would be written once more at the end.
            with self.path.open("ab", buffering=0) as file:
                before = file.tell()
                try:
                    left = memoryview(line)
                    while left:
                        left = left[file.write(left) :]
                except OSError:
                    file.truncate(before)
                    raise
        except OSError as error:
            raise BenchmarkError(
                f"{self.path.name} cannot be written: {error.strerror}."
                " What was measured before is kept; make room and go on with --resume."
            ) from error
        self._keep(event)
        return event

    def of(self, kind: str) -> Iterator[Event]:
        """The events of one kind so far, in order."""
        return iter(tuple(self._by_kind.get(kind, ())))

    def _keep(self, event: Event) -> None:
        self.events.append(event)
        self._by_kind.setdefault(event["event"], []).append(event)


def _event(line: bytes, path: Path) -> Event:
    try:
        event = json.loads(line)
    except ValueError as error:
        raise BenchmarkError(f"{path.name} is damaged: a line is no JSON") from error
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise BenchmarkError(f"{path.name} is damaged: a line is no event")
    return event
