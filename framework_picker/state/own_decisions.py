"""The decisions that this browser has saved, with the keys that let it change them.

Keys are kept in the browser alone; the database has their hashes. The list comes back with every
event that needs it, and it is input from outside: it is never believed to be well formed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

import reflex as rx

from framework_picker.domain.decisions import LONGEST_TITLE, decision_id

MOST_DECISIONS = 300
LONGEST_LIST = 100_000
"""Characters. 300 decisions with long titles take about 70,000."""
LONGEST_KEY = 64
LONGEST_MOMENT = 32


@dataclass(frozen=True, slots=True)
class OwnDecision:
    """A decision of this browser. ``title`` is what it was called when it was saved or renamed."""

    id: str
    edit_key: str = field(repr=False)
    title: str
    saved_at: str


class OwnDecisionsState(rx.State):
    """The list, as the browser keeps it; other tabs hear of a change."""

    kept: str = rx.LocalStorage("", name="decisions", sync=True)

    def _own(self, *copies: object) -> list[OwnDecision]:
        """Every decision of this browser, newest first, also those only the copies know of."""
        return own_decisions(self.kept, *copies)

    def _put(self, own: Iterable[OwnDecision]) -> None:
        self.kept = written(own)


def own_decisions(*texts: object) -> list[OwnDecision]:
    """The decisions in one or several copies of the list, each once, newest first.

    Two tabs may each have saved one; nothing that any copy holds gets lost.
    """
    found: dict[str, OwnDecision] = {}
    for text in texts:
        for one in _read(text):
            found.setdefault(one.id, one)
    return sorted(found.values(), key=lambda one: one.saved_at, reverse=True)[:MOST_DECISIONS]


def written(own: Iterable[OwnDecision]) -> str:
    """The list as the text that the browser keeps."""
    return json.dumps(
        [
            {"id": one.id, "key": one.edit_key, "title": one.title, "at": one.saved_at}
            for one in own
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _read(text: object) -> Iterable[OwnDecision]:
    if not isinstance(text, str) or not text or len(text) > LONGEST_LIST:
        return
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError):
        return
    for entry in entries if isinstance(entries, list) else ():
        one = _own_decision(entry)
        if one is not None:
            yield one


def _own_decision(entry: object) -> OwnDecision | None:
    if not isinstance(entry, dict):
        return None
    texts = [entry.get(name) for name in ("id", "key", "title", "at")]
    found, edit_key, title, saved_at = (text if isinstance(text, str) else "" for text in texts)
    known = decision_id(found)
    is_ours = known and 0 < len(edit_key) <= LONGEST_KEY and len(saved_at) <= LONGEST_MOMENT
    return OwnDecision(known, edit_key, title[:LONGEST_TITLE], saved_at) if is_ours else None
