"""The data's change log: a new entry on top."""

from __future__ import annotations

import re
from datetime import datetime

HEAD = """# What changed in the data

Newest first. `python -m framework_picker data refresh` adds an entry whenever a value is another
one; whoever changes the data by hand may add one, too. `/data.atom` is made from this file.
"""

_ENTRY = re.compile(r"^## ", re.MULTILINE)


def with_entry(text: str, now: datetime, entry: str) -> str:
    """The log with one more entry on top; a new log where ``text`` is empty."""
    text = text or HEAD
    heading = f"## {now:%Y-%m-%d %H:%M} UTC"
    block = f"{heading}\n\n{entry.strip()}\n"
    first = _ENTRY.search(text)
    if first is None:
        return f"{text.rstrip()}\n\n{block}"
    return f"{text[: first.start()]}{block}\n{text[first.start() :]}"
