"""Parts of an answer in the shape they must have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from framework_picker.refresh.errors import BadAnswerError


def entries(found: object, place: str) -> Mapping[str, object]:
    """Names with entries.

    Raises:
        BadAnswerError: it is something else.
    """
    if not isinstance(found, dict):
        raise BadAnswerError(f"{place} is not what it should be")
    return found


def items(found: object, place: str) -> list[object]:
    """A list.

    Raises:
        BadAnswerError: it is something else.
    """
    if not isinstance(found, list):
        raise BadAnswerError(f"{place} is no list")
    return found


def text(found: object, place: str) -> str:
    """A text.

    Raises:
        BadAnswerError: it is something else.
    """
    if not isinstance(found, str):
        raise BadAnswerError(f"{place} is no text")
    return found


def count(found: object, place: str) -> int:
    """A whole number, 1 or more.

    Raises:
        BadAnswerError: it is something else.
    """
    if not isinstance(found, int) or isinstance(found, bool) or not 0 < found < 10**12:
        raise BadAnswerError(f"{place} is no count")
    return found


def yes_or_no(found: object, place: str) -> bool:
    """True or false.

    Raises:
        BadAnswerError: it is neither.
    """
    if not isinstance(found, bool):
        raise BadAnswerError(f"{place} is neither true nor false")
    return found


def day(found: object, place: str) -> date:
    """The day that a text begins with.

    Raises:
        BadAnswerError: there is none.
    """
    try:
        return date.fromisoformat(text(found, place)[:10])
    except ValueError:
        raise BadAnswerError(f"{place} is no date") from None
