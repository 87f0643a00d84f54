"""Runs of our own benchmarks: one execution of the harness with every sample, as it was written.

There are two kinds. ``http`` runs count requests per second of request/response frameworks, ``ui``
runs the time from a change to the repainted page of frameworks that keep a session per visitor.
The two answer different questions, so their figures never meet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Matrix = Literal["same-server", "documented-server"]
DatabaseClass = Literal["", "raw", "orm"]
Mode = Literal["keep-alive", "close"]
RunKind = Literal["http", "ui"]
RateKind = Literal["half-of-own", "common"]

SAME_SERVER: Matrix = "same-server"
DOCUMENTED_SERVER: Matrix = "documented-server"
MATRICES: tuple[Matrix, ...] = (SAME_SERVER, DOCUMENTED_SERVER)

MATRIX_WORDS: Mapping[str, str] = {
    SAME_SERVER: "the same server for all",
    DOCUMENTED_SERVER: "the server that each documentation names",
}
DATABASE_WORDS: Mapping[str, str] = {
    "": "no database",
    "raw": "plain driver",
    "orm": "ORM",
}
MODE_WORDS: Mapping[str, str] = {
    "keep-alive": "connections kept open",
    "close": "a new connection for every request",
}


@dataclass(frozen=True, slots=True)
class BenchmarkSample:
    """One measurement of one entry in one round of one run.

    ``framework`` is the slug of the catalog; for a bare server, which is no framework, the name of
    its entry. ``baseline`` is the name of the bare server measured in the same run; ratios are
    taken against it, round by round, so that a slow moment of the machine cancels out.
    ``is_usual_load``: at the number of connections by which its kind of request is judged.
    """

    framework: str
    scenario: str
    mode: str
    round: int
    is_valid: bool
    requests_per_second: float
    run: str
    as_of: date
    machine: str
    baseline: str = "bare-asgi"
    entry: str = ""
    matrix: str = SAME_SERVER
    database: str = ""
    connections: int = 0
    why_rejected: str = ""
    flags: tuple[str, ...] = ()
    is_usual_load: bool = True

    @property
    def cell(self) -> Cell:
        """What was measured, whoever was measured: only samples of one cell compare."""
        return Cell(self.matrix, self.scenario, self.database, self.mode, self.connections)


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One kind of measurement: server, kind of request, database access, connections."""

    matrix: str
    scenario: str
    database: str
    mode: str
    connections: int

    @property
    def words(self) -> str:
        """Everything but the kind of request: ``the same server for all, 32 connections ...``."""
        parts = [MATRIX_WORDS.get(self.matrix, self.matrix)]
        if self.database:
            parts.append(DATABASE_WORDS.get(self.database, self.database))
        parts.append(MODE_WORDS.get(self.mode, self.mode))
        if self.connections:
            plural = "" if self.connections == 1 else "s"
            parts.append(f"{self.connections} connection{plural} at once")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One kind of request. ``says_not`` is what its figures do not tell."""

    id: str
    label: str
    method: str
    path: str
    connections: int
    says_not: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What was measured under one name. ``framework`` is empty for a bare server.

    ``commands`` goes from matrix to the server's command line.
    """

    id: str
    framework: str
    label: str
    interface: str = ""
    orm: str = ""
    packages: tuple[str, ...] = ()
    commands: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    @property
    def slug(self) -> str:
        """The framework's slug; the entry's own name where it is none."""
        return self.framework or self.id


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that was not measured, and why."""

    entry: str
    framework: str
    reason: str


@dataclass(frozen=True, slots=True)
class Start:
    """One start of a server: how long it took, and what memory it holds. 1 MB is 10^6 bytes."""

    entry: str
    matrix: str
    round: int
    start_ms: float
    idle_memory_mb: float
    loaded_memory_mb: float
    is_valid: bool = True


@dataclass(frozen=True, slots=True)
class Latency:
    """Answer times at a fixed rate, far below what the server can answer."""

    entry: str
    matrix: str
    scenario: str
    database: str
    round: int
    rate: float
    rate_kind: str
    p50_ms: float
    p90_ms: float
    p99_ms: float
    is_valid: bool = True
    why_rejected: str = ""


@dataclass(frozen=True, slots=True)
class UiSample:
    """One round of the small page: from a change to the repainted page, in a browser."""

    entry: str
    round: int
    is_valid: bool
    changes: int
    p50_ms: float
    p95_ms: float
    first_visit_bytes: int
    usable_ms: float
    idle_memory_mb: float
    memory_per_page_mb: float
    why_rejected: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of the harness. What a kind does not measure stays empty."""

    name: str
    kind: RunKind
    as_of: date
    machine: str
    python: str
    command: str
    is_preliminary: bool = False
    started: str = ""
    ended: str = ""
    machine_facts: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    seed: int = 0
    harness_commit: str = ""
    lock_sha256: str = ""
    raw_sha256: str = ""
    generator: str = ""
    sample_seconds: float = 0.0
    warm_up_seconds: float = 0.0
    rounds: int = 0
    baseline: str = ""
    note: str = ""
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    samples: tuple[BenchmarkSample, ...] = ()
    starts: tuple[Start, ...] = ()
    latencies: tuple[Latency, ...] = ()
    ui_samples: tuple[UiSample, ...] = ()

    def entries_of(self, slug: str) -> tuple[Entry, ...]:
        """The entries under which a framework was measured."""
        return tuple(entry for entry in self.entries.values() if entry.slug == slug)

    def version_of(self, entry: Entry) -> str:
        """The version of a framework's own package; nothing for a bare server, which has none."""
        if not entry.framework:
            return ""
        names = (*entry.packages, entry.id)
        return next((self.versions[name] for name in names if name in self.versions), "")


def newest_first(runs: tuple[Run, ...], kind: RunKind | None = None) -> tuple[Run, ...]:
    """The runs, newest first; of one day the last started, then the last by name."""
    wanted = [run for run in runs if kind is None or run.kind == kind]
    return tuple(sorted(wanted, key=lambda run: (run.as_of, run.started, run.name), reverse=True))
