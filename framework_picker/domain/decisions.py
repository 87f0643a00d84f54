"""A decision: an evaluation that somebody saved, with the answers and the data it rests on.

Its document is what was shown that day. It is never computed again, so it stays as it was, whatever
becomes of the data; ``domain/differences.py`` holds it against a document of today.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from framework_picker.domain.document import Json
from framework_picker.domain.errors import JudgingError

LONGEST_TITLE = 120
LONGEST_NOTE = 2_000
ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Small letters and digits that are not mistaken for each other when read aloud or copied."""
ID_LENGTH = 14
"""31 signs, 14 times: 69 bits, which nobody finds by trying."""

_ID = re.compile(rf"[{ID_ALPHABET}]{{{ID_LENGTH}}}")
_LINE_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_HIDDEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_TURNS_TEXT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
"""Signs that turn the direction of what follows: a title could make its neighbours read wrong."""


class DecisionInputError(JudgingError):
    """A title or a note that cannot be kept; ``field`` says which."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Decision:
    """A saved decision as everybody may read it.

    ``title`` and ``note`` are plain text, possibly empty. Moments are UTC in ISO form
    (``2026-11-20T09:30:00Z``); ``changed_at`` is when title or note were changed last.
    """

    id: str
    title: str
    note: str
    created_at: str
    changed_at: str
    data_version: str
    method_version: str
    answers: Mapping[str, str]
    document: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class DeletedDecision:
    """What is left of a decision that its owner deleted: that there was one, and until when."""

    id: str
    deleted_at: str


def decision_id(text: object) -> str:
    """The id in a form that can be looked up; empty when it can be nobody's."""
    if not isinstance(text, str) or len(text) > 2 * ID_LENGTH:
        return ""
    plain = text.strip().lower()
    return plain if _ID.fullmatch(plain) else ""


def title_text(text: object) -> str:
    """A title in one line, without what cannot be seen; it may be empty.

    Raises:
        DecisionInputError: it is no text, or too long.
    """
    return " ".join(_readable(text, "title", LONGEST_TITLE, "The title").split())


def note_text(text: object) -> str:
    """A note; its line breaks stay.

    Raises:
        DecisionInputError: it is no text, or too long.
    """
    lines = _readable(text, "note", LONGEST_NOTE, "The note").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def shown_title(title: str, document: Mapping[str, Json]) -> str:
    """What a decision is called: its title, else what it came to."""
    return title or str(document.get("sentence", "")).rstrip(".") or "A decision without a title"


def _readable(text: object, field: str, most: int, name: str) -> str:
    if not isinstance(text, str):
        raise DecisionInputError(field, f"{name} must be text.")
    if len(text) > 2 * most:  # before anything is done with it
        raise DecisionInputError(field, _too_long(name, len(text), most))
    plain = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text)).replace("\t", " ")
    kept = "".join(
        sign
        for sign in plain
        if sign == "\n" or (unicodedata.category(sign) not in _HIDDEN and sign not in _TURNS_TEXT)
    ).strip()
    if len(kept) > most:
        raise DecisionInputError(field, _too_long(name, len(kept), most))
    return kept


def _too_long(name: str, found: int, most: int) -> str:
    return f"{name} has {found} characters; at most {most} are kept."
