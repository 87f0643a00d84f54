"""What stands above an export: whose decision it is, from when, and where it can be opened."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

UNTITLED = "Choice of a web framework"


@dataclass(frozen=True, slots=True)
class Head:
    """The frame around an evaluation document.

    ``address`` opens the same answers (or the saved decision) in Framework Picker. ``decision_id``
    is empty for a result that nobody saved. ``made_on``: when it was saved, or exported.
    """

    address: str
    made_on: date
    title: str = ""
    note: str = ""
    decision_id: str = ""

    @property
    def heading(self) -> str:
        """The title on one line; a plain one where the visitor gave none."""
        return one_line(self.title) or UNTITLED

    @property
    def file_stem(self) -> str:
        """A file name without its ending: small letters, digits and dashes, with the date."""
        words = re.sub(r"[^a-z0-9]+", "-", self.heading.lower())[:60].strip("-")
        return f"{words or 'decision'}-{self.made_on.isoformat()}"


def one_line(text: str) -> str:
    """The text without line breaks, control characters and runs of spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
