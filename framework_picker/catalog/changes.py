"""The log of what changed in the data, from ``CHANGES.md`` in the data folder.

Each entry begins with a heading that is a moment, ``## 2026-11-20 09:30 UTC``, or a day. The file
is for people first: whatever else stands in it is no fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from framework_picker.settings import get_settings

CHANGE_LOG = "CHANGES.md"

_HEADING = re.compile(
    r"^## (?P<day>\d{4}-\d\d-\d\d)(?: (?P<time>\d\d:\d\d) UTC)?[ \t\r]*$", re.MULTILINE
)
_ANY_HEADING = re.compile(r"^##? ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """What changed at one moment. ``text`` is Markdown of paragraphs and flat lists."""

    heading: str
    when: datetime
    text: str


def change_entries(text: str) -> tuple[ChangeEntry, ...]:
    """Every entry of a change log, newest first."""
    found: list[ChangeEntry] = []
    for match in _HEADING.finditer(text):
        try:
            when = datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}")
        except ValueError:
            continue
        following = _ANY_HEADING.search(text, match.end())
        end = following.start() if following else len(text)
        heading = match[0].removeprefix("## ").strip()
        found.append(
            ChangeEntry(heading, when.replace(tzinfo=UTC), text[match.end() : end].strip())
        )
    return tuple(sorted(found, key=lambda entry: entry.when, reverse=True))


def read_change_log(folder: Path) -> tuple[ChangeEntry, ...]:
    """The entries of a data folder's change log; none where there is no log."""
    try:
        text = (folder / CHANGE_LOG).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ()
    return change_entries(text)


@cache
def get_change_log() -> tuple[ChangeEntry, ...]:
    """The change log of the data that this process shows, read once like the data itself."""
    return read_change_log(get_settings().data_folder)
