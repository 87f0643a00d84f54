"""The copy of the answers that the browser keeps: a short JSON text.

Beside the answers it holds the way through the questions, so that a lost session loses nothing.

The server may forget a session at any time (restart, idle hour, lost connection); the browser
does not. The copy comes back with every event, and it is input from outside: it is read with care
and never believed to be well formed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from framework_picker.domain.answers import parse_answers
from framework_picker.domain.model import Catalog

LONGEST_COPY = 20_000
"""Characters. Two full sets of answers need about 1,000; with all the reasons that fit into a
link, twice, no more than this."""

LONGEST_TRAIL = 48
"""Views. Three times through all the questions; older steps are forgotten."""

FIXED = "fixed"
"""How the copy says that questions come in their fixed order."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Answers, and the view of the Pick page on which they were given."""

    answers: dict[str, str] = field(default_factory=dict)
    at: str = ""


@dataclass(frozen=True, slots=True)
class BrowserCopy:
    """What the browser keeps: the present moment, and the one that "undo" returns to.

    ``trail``: the views shown before, oldest first. ``is_fixed_order``: whether questions come in
    their fixed order, instead of the most telling one first.
    """

    now: Moment = field(default_factory=Moment)
    before: Moment | None = None
    trail: tuple[str, ...] = ()
    is_fixed_order: bool = False


def write_copy(copy: BrowserCopy) -> str:
    """The copy as the text that the browser keeps."""
    parts: dict[str, object] = {"answers": copy.now.answers, "at": copy.now.at}
    if copy.trail:
        parts["trail"] = list(copy.trail)
    if copy.is_fixed_order:
        parts["order"] = FIXED
    if copy.before is not None:
        parts["before"] = {"answers": copy.before.answers, "at": copy.before.at}
    return json.dumps(parts, separators=(",", ":"))


def read_copy(catalog: Catalog, text: object) -> BrowserCopy:
    """The copy from its text; empty when the text is none of ours. Never raises."""
    if not isinstance(text, str) or not text or len(text) > LONGEST_COPY:
        return BrowserCopy()
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        return BrowserCopy()
    now = _moment(catalog, parts)
    if now is None:
        return BrowserCopy()
    return BrowserCopy(
        now=now,
        before=_moment(catalog, parts.get("before")),
        trail=_trail(parts.get("trail")),
        is_fixed_order=parts.get("order") == FIXED,
    )


def _moment(catalog: Catalog, parts: object) -> Moment | None:
    if not isinstance(parts, dict) or not isinstance(parts.get("answers"), Mapping):
        return None
    answers, _ = parse_answers(catalog, parts["answers"])
    at = parts.get("at")
    return Moment(answers=answers, at=at if isinstance(at, str) else "")


def _trail(found: object) -> tuple[str, ...]:
    """The last views of a trail; whether they are views of ours is for the reader to check."""
    if not isinstance(found, list) or not all(isinstance(view, str) for view in found):
        return ()
    return tuple(found[-LONGEST_TRAIL:])
