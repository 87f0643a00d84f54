"""The shape of a benchmark run's file, data/benchmarks/<run>.json, as the harness writes it.

Samples may hold more than is read here; everything else is what the harness writes and nothing
more. A number is finite, not negative and no larger than anything that can be measured.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from framework_picker.catalog.schema import Day, Number, Shape, Slug, Text
from framework_picker.domain.runs import DatabaseClass, Matrix, Mode, RateKind

MOST_SAMPLES = 50_000
MOST_ENTRIES = 200
LONGEST_WORDS = 4_000
MOST_CONNECTIONS = 100_000
MOST_ROUNDS = 1_000

_HASH = re.compile(r"[0-9a-f]{64}")


def _moment(found: str) -> str:
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        moment = None
    if moment is None or len(found) < len("2026-11-20T10:00"):
        raise ValueError("a moment like 2026-11-20T10:15:00+00:00")
    return found


def _moment_or_nothing(found: str) -> str:
    return _moment(found) if found else found


def _hash(found: str) -> str:
    if found and not _HASH.fullmatch(found):
        raise ValueError("64 digits of a SHA-256, or nothing")
    return found


Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_WORDS)]
Said = Annotated[Text, StringConstraints(max_length=LONGEST_WORDS)]
Moment = Annotated[str, StringConstraints(max_length=40), AfterValidator(_moment)]
MaybeMoment = Annotated[str, StringConstraints(max_length=40), AfterValidator(_moment_or_nothing)]
MaybeSlug = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")]
Sha256 = Annotated[str, AfterValidator(_hash)]
Rate = Annotated[Number, Field(ge=0, le=1e8)]
Cores = Annotated[Number, Field(ge=0, le=4096)]
Milliseconds = Annotated[Number, Field(ge=0, le=1e8)]
Megabytes = Annotated[Number, Field(ge=0, le=1e7)]
Round = Annotated[int, Field(ge=1, le=MOST_ROUNDS)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Connections = Annotated[int, Field(ge=1, le=MOST_CONNECTIONS)]
Flag = Literal["client-bound", "not-saturated"]


class ScenarioShape(Shape):
    """One kind of request."""

    id: Slug
    label: Said
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: Said
    connections: Connections
    says_not: Words = ""


class EntryShape(Shape):
    """What was measured under one name; without a framework it is a bare server."""

    id: Slug
    framework: MaybeSlug
    label: Said
    interface: Literal["wsgi", "asgi", "own", ""] = ""
    orm: Words = ""
    packages: Annotated[list[Said], Field(max_length=100)] = []
    commands: dict[Matrix, Words] = {}
    note: Words = ""


class UiEntryShape(Shape):
    """One of the frameworks whose small page was driven in a browser."""

    id: Slug
    framework: Slug
    label: Said
    command: Words = ""
    packages: Annotated[list[Said], Field(max_length=100)] = []
    note: Words = ""


class LeftOutShape(Shape):
    """An entry that was not measured, and why."""

    entry: Slug
    framework: MaybeSlug = ""
    reason: Said


class MeasuredShape(Shape):
    """A measurement. What else the harness notes is kept in the file and not read here."""

    model_config = ConfigDict(extra="allow", strict=True, frozen=True)


class SampleShape(MeasuredShape):
    """Requests per second of one entry in one round."""

    framework: Slug
    matrix: Matrix
    scenario: Slug
    database: DatabaseClass
    mode: Mode
    connections: Connections
    round: Round
    valid: bool
    requests_per_second: Rate
    why_rejected: Words = ""
    server_cpu: Cores = 0
    client_cpu: Cores = 0
    foreign_cpu: Cores = 0
    steal: Cores = 0
    errors: Count = 0
    flags: list[Flag] = []
    started: MaybeMoment = ""


class StartShape(MeasuredShape):
    """One start of a server."""

    framework: Slug
    matrix: Matrix
    round: Round
    start_ms: Milliseconds
    idle_memory_mb: Megabytes
    loaded_memory_mb: Megabytes
    valid: bool


class LatencyShape(MeasuredShape):
    """Answer times at a fixed rate."""

    framework: Slug
    matrix: Matrix
    scenario: Slug
    database: DatabaseClass
    round: Round
    rate: Rate
    rate_kind: RateKind
    p50_ms: Milliseconds
    p90_ms: Milliseconds
    p99_ms: Milliseconds
    valid: bool
    why_rejected: Words = ""


class UiSampleShape(MeasuredShape):
    """One round of the small page in a browser."""

    framework: Slug
    round: Round
    valid: bool
    changes: Count
    p50_ms: Milliseconds
    p95_ms: Milliseconds
    first_visit_bytes: Count
    usable_ms: Milliseconds
    idle_memory_mb: Megabytes
    memory_per_page_mb: Annotated[Number, Field(ge=-1e7, le=1e7)]
    why_rejected: Words = ""


class HeadShape(Shape):
    """What every run says about itself."""

    schema_version: Literal[1]
    run: Slug
    as_of: Day
    machine: Said
    python: Said
    command: Said
    is_preliminary: bool
    started: Moment
    ended: Moment
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    note: Words = ""
    machine_facts: dict[str, Words] = {}
    versions: dict[str, Said] = {}
    rounds: Annotated[int, Field(ge=0, le=MOST_ROUNDS)] = 0
    harness_commit: Words = ""
    lock_sha256: Sha256 = ""
    raw_sha256: Sha256 = ""
    left_out: Annotated[list[LeftOutShape], Field(max_length=MOST_ENTRIES)] = []


class HttpRunShape(HeadShape):
    """A run that counts requests per second. Its measurements are shaped one by one."""

    kind: Literal["http"]
    baseline: Slug
    generator: Words = ""
    sample_seconds: Annotated[Number, Field(ge=0, le=3600)] = 0
    warm_up_seconds: Annotated[Number, Field(ge=0, le=3600)] = 0
    scenarios: Annotated[list[ScenarioShape], Field(min_length=1, max_length=MOST_ENTRIES)]
    entries: Annotated[list[EntryShape], Field(min_length=1, max_length=MOST_ENTRIES)]
    samples: Annotated[list[Any], Field(min_length=1, max_length=MOST_SAMPLES)]
    starts: Annotated[list[Any], Field(max_length=MOST_SAMPLES)] = []
    latencies: Annotated[list[Any], Field(max_length=MOST_SAMPLES)] = []


class UiRunShape(HeadShape):
    """A run of the small page in a browser. Its measurements are shaped one by one."""

    kind: Literal["ui"]
    generator: Words = ""
    entries: Annotated[list[UiEntryShape], Field(min_length=1, max_length=MOST_ENTRIES)]
    ui_samples: Annotated[list[Any], Field(min_length=1, max_length=MOST_SAMPLES)]


RunShape = HttpRunShape | UiRunShape
RUN_SHAPES: Mapping[str, type[RunShape]] = {"http": HttpRunShape, "ui": UiRunShape}
