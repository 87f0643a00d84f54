"""The shape of data/performance.yaml: which benchmark resembles which work."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from framework_picker.catalog.claim_shapes import ClaimId
from framework_picker.catalog.schema import Day, NotNegative, Shape, Slug, Text
from framework_picker.domain.runs import DatabaseClass


class TestShape(Shape):
    """A test of our own benchmarks, and why it is named."""

    scenario: Slug
    database: DatabaseClass = ""
    why: Text = "a test of our own"
    waits: bool = False


class WorkloadShape(Shape):
    """Work that answers describe, and the tests that resemble it."""

    id: Slug
    label: Text
    answers: Annotated[dict[Slug, list[Slug]], Field(min_length=1)]
    tests: list[TestShape]
    ui: bool = False


class LoadShape(Shape):
    """What the options of a question mean in requests per second."""

    question: Slug
    per_second: Annotated[dict[Slug, NotNegative], Field(min_length=1)]


class PlannerShape(Shape):
    """What the planner counts with."""

    small: TestShape
    page: TestShape
    busy_share: Annotated[int, Field(ge=1, le=100)]


class StoryShape(Shape):
    """The same two frameworks in one source, with connections kept open and without."""

    source: Text
    frameworks: Annotated[list[Slug], Field(min_length=2, max_length=2)]
    level: Text
    dates: Annotated[list[Day], Field(min_length=1)]
    scenario: Slug


class ArticleRowShape(Shape):
    """Requests per second that articles give, in the order of the frameworks."""

    label: Text
    claimed: Annotated[list[NotNegative], Field(min_length=2, max_length=2)]
    claim: ClaimId
    scenario: Slug
    database: DatabaseClass = ""


class ArticlesShape(Shape):
    """The table that comparison articles quote."""

    frameworks: Annotated[list[Slug], Field(min_length=2, max_length=2)]
    named: Annotated[list[Text], Field(min_length=2, max_length=2)]
    source_found: Text
    rows: Annotated[list[ArticleRowShape], Field(min_length=1)]


class PerformanceShape(Shape):
    """data/performance.yaml."""

    schema_version: Literal[1]
    workloads: list[WorkloadShape]
    otherwise: Annotated[list[TestShape], Field(min_length=1)]
    load: LoadShape
    planner: PlannerShape
    story: StoryShape
    articles: ArticlesShape
