"""Reading what somebody hands to a command: answers, saved decisions. Nothing in it is trusted."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from framework_picker.catalog.documents import json_content
from framework_picker.catalog.problems import Report
from framework_picker.domain.answers import first_problem, parse_answers
from framework_picker.domain.document import SCHEMA_VERSION, Json
from framework_picker.domain.model import Catalog
from framework_picker.exports.record import KIND

STANDARD_INPUT = "-"
MOST_BYTES = 8_000_000
"""A decision with all its sources takes half a million."""
LONGEST_LINE = 300

_BLOCK = re.compile(r"^(`{3,}|~{3,}) *json *\r?\n(.*?)^\1 *\r?$", re.MULTILINE | re.DOTALL)


class InputError(Exception):
    """What was handed over cannot be used; the message is one line that says where and why."""

    def __init__(self, name: str, message: str) -> None:
        line = " ".join(f"{_shown(name)}: {message}".split())
        shown = "".join(sign if sign.isprintable() else "?" for sign in line)
        super().__init__(shown if len(shown) <= LONGEST_LINE else f"{shown[:LONGEST_LINE]}…")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a framework stood in a decision."""

    slug: str
    rank: int
    score: float


@dataclass(frozen=True, slots=True)
class SavedDecision:
    """A decision as a file holds it.

    ``document`` is its complete evaluation; None where the file is a record, which holds the places
    alone. ``made_on`` and ``title`` may be empty.
    """

    answers: Mapping[str, str]
    data_version: str
    data_as_of: str
    method_version: str
    title: str
    made_on: str
    winner: str
    places: tuple[Place, ...]
    excluded: tuple[str, ...] = ()
    document: Mapping[str, Json] | None = field(default=None, repr=False)


class _Shape(BaseModel):
    """Fields that are needed are checked; what else stands there is passed on."""

    model_config = ConfigDict(extra="allow", strict=True, allow_inf_nan=False)


_Name = Annotated[str, Field(max_length=200)]
_Points = Annotated[float, Field(ge=0, le=100)]


class _Part(_Shape):
    id: _Name
    label: str
    reading: str
    value: Any
    as_of: str | None
    source: list[str]


class _Contribution(_Shape):
    criterion: _Name
    name: str
    weight: Annotated[float, Field(ge=0, le=1)]
    value: _Points
    parts: list[_Part]


class _RankedPlace(_Shape):
    slug: _Name
    rank: Annotated[int, Field(ge=1)]
    score: _Points


class _Ranked(_RankedPlace):
    name: str
    contributions: list[_Contribution]


class _Evidence(_Shape):
    label: str
    reading: str
    value: Any
    as_of: str | None
    source: list[str]


class _Reason(_Shape):
    sentence: str
    evidence: list[_Evidence]


class _Excluded(_Shape):
    slug: _Name


class _ExcludedForReasons(_Excluded):
    name: str
    reasons: list[_Reason]


class _Weight(_Shape):
    criterion: _Name
    name: str
    weight: Annotated[float, Field(ge=0, le=1)]


class _Head(_Shape):
    schema_version: int
    method_version: _Name
    data_version: _Name
    data_as_of: _Name
    answers: dict[str, str]
    winner: str | None


class _Evaluation(_Head):
    ties: list[str]
    ranking: list[_Ranked]
    excluded: list[_ExcludedForReasons]
    weights: list[_Weight]


class _Record(_Head):
    ranking: list[_RankedPlace]
    excluded: list[_Excluded]


def read_text(name: str) -> str:
    """The text of a file, or of the standard input where the name is a dash.

    Raises:
        InputError: there is none, it is too large, or it is no text.
    """
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(name, f"cannot be read: {reason}") from error
    if len(content) > MOST_BYTES:
        raise InputError(name, f"is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(name, "is no UTF-8 text") from error


def answers_of(text: str, name: str, catalog: Catalog) -> dict[str, str]:
    """The answers of a file: ``{"use": "api"}``, or an object with such ``answers`` inside.

    Raises:
        InputError: no JSON, no answers, or an answer that the catalog does not have.
    """
    content = _json(text, name)
    answers = content.get("answers", content) if isinstance(content, dict) else content
    if not isinstance(answers, dict):
        raise InputError(name, 'holds no answers; expected for example {"answers": {"use": "api"}}')
    for question, answer in answers.items():
        if not isinstance(answer, str):
            raise InputError(name, f"the answer to {question[:40]!r} has to be a text")
    problem = first_problem(catalog, answers)
    if problem is not None:
        raise InputError(name, problem[1])
    return parse_answers(catalog, answers)[0]


def decision_of(text: str, name: str) -> SavedDecision:
    """The decision of a file: the complete JSON, an evaluation of the API, or a record (Markdown).

    Raises:
        InputError: it holds none, or a field is not as it has to be.
    """
    content = _json(text if _is_json(text) else _block(text, name), name)
    if not isinstance(content, dict):
        raise InputError(name, "holds no decision")
    frame = content
    found = content.get("evaluation", content)
    if not isinstance(found, dict):
        raise InputError(name, "evaluation: expected an evaluation")
    version = found.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise InputError(
            name, f"was written by a newer version of this app (schema version {version})"
        )
    is_record = "weights" not in found and found.get("kind") == KIND
    head = _validated(_Record if is_record else _Evaluation, found, name)
    return SavedDecision(
        answers=head.answers,
        data_version=head.data_version,
        data_as_of=head.data_as_of,
        method_version=head.method_version,
        title=_text(frame.get("title")),
        made_on=_text(frame.get("made_on")),
        winner=head.winner or "",
        places=tuple(Place(one.slug, one.rank, one.score) for one in head.ranking),
        excluded=tuple(one.slug for one in head.excluded),
        document=None if is_record else found,
    )


def _shown(name: str) -> str:
    return "standard input" if name == STANDARD_INPUT else name


def _validated(shape: type[_Record | _Evaluation], found: object, name: str) -> Any:
    try:
        return shape.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = _place(first["loc"])
        raise InputError(name, f"holds no decision: {place}: {first['msg'].lower()}") from error


def _place(location: Sequence[str | int]) -> str:
    return ".".join(str(part) for part in location)


def _is_json(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def _block(text: str, name: str) -> str:
    """The JSON block of a record: the last one that says that it is ours."""
    blocks: list[str] = [found for _, found in _BLOCK.findall(text) if KIND in found]
    if not blocks:
        raise InputError(
            name, "holds no decision: expected JSON, or a decision record with its JSON block"
        )
    return blocks[-1]


def _json(text: str, name: str) -> Any:
    report = Report()
    content = json_content(text, name, report)
    if report.problems:
        first = report.problems[0]
        place = f"{first.field}: " if first.field else ""
        raise InputError(name, f"{place}expected {first.expected}, got {first.found}")
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:  # JSON can name half of a character
        raise InputError(name, "holds a text with half a character in it") from error
    return content


def _text(found: object) -> str:
    return found if isinstance(found, str) else ""
