"""The shape of every entry of ``data/claims`` and of ``data/published/reading.yaml``."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from framework_picker.catalog.schema import Day, Key, Shape, Slug, Text
from framework_picker.domain.claims import Impact, Verdict
from framework_picker.domain.measures import published_date

_CLAIM_ID = re.compile(r"C[0-9]{3}")


def _published(found: object) -> str:
    """A year, a month or a day, as exact as an article gives it."""
    if isinstance(found, str) and "Q" not in found and published_date(found) is not None:
        return found
    raise ValueError("a date like 2026, 2026-04 or 2026-04-15")


def _claimed(found: object) -> str:
    """A number or a few words, as they will be shown."""
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise ValueError("a number or a text")
    if isinstance(found, str) and not found.strip():
        raise ValueError("a text that is not empty")
    return str(found)


def _claim_id(found: object) -> str:
    if isinstance(found, str) and _CLAIM_ID.fullmatch(found):
        return found
    raise ValueError("the number of a claim like C069")


Published = Annotated[str, BeforeValidator(_published)]
Claimed = Annotated[str, BeforeValidator(_claimed)]
ClaimId = Annotated[str, BeforeValidator(_claim_id)]
Line = Annotated[int, Field(ge=1)]
Entries = Annotated[list[Any], Field(min_length=1)]


# -- data/claims/claims.yaml


class ClaimsFileShape(Shape):
    """data/claims/claims.yaml. Its claims are shaped one by one."""

    schema_version: Literal[1]
    checked_on: Day
    topics: Annotated[dict[Slug, Text], Field(min_length=1)]
    claims: Entries


class ClaimShape(Shape):
    """One claim with its verdict."""

    id: ClaimId
    slug: Slug
    frameworks: Annotated[list[Slug], Field(min_length=1)]
    topic: Text
    claim: Text
    source: Text
    source_line: Line
    as_of: Published
    verdict: Verdict
    corrected_value: Text | None
    impact: Impact
    evidence: Annotated[list[Text], Field(min_length=1)]
    note: Text
    value: Claimed | None = None
    unit: Text = ""
    claim_date: Text = ""
    also_in: list[Text] = []
    related: list[ClaimId] = []


# -- data/claims/sources.yaml


class ClaimSourcesFileShape(Shape):
    """data/claims/sources.yaml. Its articles are shaped one by one."""

    schema_version: Literal[1]
    sources: Entries


class ClaimSourceShape(Shape):
    """An article."""

    id: Text
    slug: Slug
    publisher: Text
    title: Text
    date: Published
    vendor: bool
    author: Text = ""
    note: Text = ""


# -- data/claims/subjects.yaml


class SubjectsFileShape(Shape):
    """data/claims/subjects.yaml. Its subjects are shaped one by one."""

    schema_version: Literal[1]
    subjects: Entries


class SayingShape(Shape):
    """What one claim answers."""

    claim: ClaimId
    value: Text


class SettledShape(Shape):
    """What settles a question: a framework's fact, or a reading that claims have evidence for."""

    framework: Slug | None = None
    fact: Key | None = None
    value: Text | None = None
    as_of: Day | None = None
    by: list[ClaimId] = []


class DisputeShape(Shape):
    """A question with different answers."""

    question: Text
    says: Annotated[list[SayingShape], Field(min_length=2)]
    settled: SettledShape | None = None


class SubjectShape(Shape):
    """A subject on which the articles contradict each other."""

    id: Slug
    title: Text
    why: Text
    questions: Annotated[list[DisputeShape], Field(min_length=1)]


# -- data/claims/examples.yaml


class ExamplesFileShape(Shape):
    """data/claims/examples.yaml. Its examples are shaped one by one."""

    schema_version: Literal[1]
    examples: Entries


class ExampleShape(Shape):
    """A sentence for the claim checker."""

    claim: ClaimId
    sentence: Text


# -- data/published/reading.yaml


class EndedShape(Shape):
    """Sources that will publish nothing more; a * at the end stands for anything."""

    source: Text
    on: Day
    why: Text


class ReadingFileShape(Shape):
    """data/published/reading.yaml. Its entries are shaped one by one."""

    schema_version: Literal[1]
    sources: Annotated[dict[str, Text], Field(min_length=1)]
    ended: list[EndedShape] = []
    workloads: Entries
    not_counted: list[Any] = []


class WorkloadTestShape(Shape):
    """Tests of published rows, by name."""

    test: Text
    having: Text = ""


class WorkloadShape(Shape):
    """What tests ask of a framework."""

    id: Slug
    label: Text
    meaning: Text
    words: Annotated[list[Text], Field(min_length=1)]
    tests: Annotated[list[WorkloadTestShape], Field(min_length=1)]
    scenarios: list[Slug] = []
    uses_database: bool = False


class NotCountedShape(Shape):
    """Rows that are shown and never counted."""

    source: Text
    why: Text
    test: Text = ""
    server: Text = ""
