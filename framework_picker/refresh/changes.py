"""What a refresh found, in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is another one now. ``old`` is empty where there was none.

    ``framework`` is a slug. ``field`` is the place in its file, or the table and what was counted;
    ``label`` says the same for people. ``source`` is a citation.
    """

    framework: str
    field: str
    label: str
    old: str
    new: str
    source: str


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was not refreshed, and why."""

    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mark:
    """How many entries of a framework speak of an older series from now on."""

    framework: str
    series: str
    newest: str
    entries: int
