"""Benchmarks that others have published, and which of their rows may be compared.

Absolute figures of two sources never meet: machines, versions, generators and connections differ.
Two rows make a pair only inside one source, one run, one test, one level of load and, where a
database is involved, one class of access to it. What is compared is the ratio of such a pair.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from framework_picker.domain.model import Grade

SPEED_METRICS = ("rps", "rps_best")
"""Requests a second at one level of load, and the best over several levels or runs."""

NEVER_SHOWN: Grade = "D"
THIRD_PARTY: Grade = "C"
VENDOR_MARK = "(vendor)"

MOST_FAILED = 0.01
"""A row counts while at most this share of its requests failed."""

USUAL_SECONDS = 15.0
"""How long a level lasts where a row does not say."""

KEPT_OPEN = "connections kept open"
NEW_EACH_TIME = "a new connection for every request"

# What all entries of one setting share; everything else in a note is about the entry alone.
_SHARED = ("concurrency", "duration", "pipeline", "queries", "hw", "tool")
_PYTHON = re.compile(r"Python \d+\.\d+")


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One published figure. ``remarks`` are the parts of its note, the grade taken out."""

    source: str
    round: str
    on: date
    framework: str
    version: str
    server: str
    test: str
    metric: str
    unit: str
    value: float
    place: str
    commit: str
    grade: Grade
    remarks: tuple[str, ...] = ()

    @property
    def is_vendor(self) -> bool:
        """Whether one of the compared projects published it."""
        return self.source.endswith(VENDOR_MARK)

    def remark(self, name: str) -> str:
        """The value of a remark ``name=value``; empty without one."""
        start = f"{name}="
        return next((r.removeprefix(start) for r in self.remarks if r.startswith(start)), "")


@dataclass(frozen=True, slots=True)
class WorkloadTest:
    """Tests by name, ``*`` at either end for anything; ``having`` is a remark they must have."""

    test: str
    having: str = ""


@dataclass(frozen=True, slots=True)
class Workload:
    """What a test asks of a framework. ``words`` are what people call it."""

    id: str
    label: str
    meaning: str
    words: tuple[str, ...]
    tests: tuple[WorkloadTest, ...]
    scenarios: tuple[str, ...] = ()
    uses_database: bool = False


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Rows that are shown and never counted; empty patterns stand for all."""

    source: str
    why: str
    test: str = ""
    server: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """Sources that will publish nothing more, since when, and why."""

    source: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Published:
    """All published rows, what their sources are called, and how their tests are read."""

    rows: tuple[PublishedRow, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    workloads: Mapping[str, Workload] = field(default_factory=dict)
    not_counted: tuple[NotCounted, ...] = ()
    ended: tuple[Ended, ...] = ()

    def end_of(self, source: str) -> Ended | None:
        """The end of a source, where it has one."""
        return next((one for one in self.ended if matches(one.source, source)), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two figures that may be compared. ``why_not`` says why they are shown and not counted."""

    workload: str
    mode: str
    level: str
    one: PublishedRow
    other: PublishedRow
    why_not: str

    @property
    def ratio(self) -> float:
        """How many times the other's requests the first one answered."""
        return self.one.value / self.other.value

    @property
    def grade(self) -> Grade:
        """The weaker grade of the two."""
        return max(self.one.grade, self.other.grade)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A setting that both took part in, in classes of database access that do not compare."""

    workload: str
    source: str
    on: date
    one: tuple[str, ...]
    other: tuple[str, ...]


def pairs(
    published: Published, one: str, other: str
) -> tuple[tuple[Pair, ...], tuple[Unmatched, ...]]:
    """Every pair of rows of two frameworks, and where both are there but do not compare.

    Of several entries of a framework in one setting the fastest that counts speaks for it.
    Grade D is never used.
    """
    settings: dict[tuple[object, ...], dict[str, list[PublishedRow]]] = defaultdict(dict)
    for row, workload in _speed_rows(published, (one, other)):
        key = (workload.id, row.source, row.round, row.on, row.test, row.metric, level(row))
        settings[key].setdefault(row.framework, []).append(row)
    found: list[Pair] = []
    unmatched: list[Unmatched] = []
    for (workload_id, *_), entries in settings.items():
        if len(entries) < 2:
            continue
        workload = published.workloads[str(workload_id)]
        classes = [_by_class(entries[slug], workload) for slug in (one, other)]
        shared = classes[0].keys() & classes[1].keys()
        for name in sorted(shared):
            found.append(_pair(published, workload, classes[0][name], classes[1][name]))
        if not shared:
            row = entries[one][0]
            unmatched.append(
                Unmatched(
                    workload.id,
                    row.source,
                    row.on,
                    *(tuple(sorted(by_name)) for by_name in classes),
                )
            )
    order = {name: place for place, name in enumerate(published.workloads)}
    found.sort(
        key=lambda pair: (
            order[pair.workload],
            pair.one.source,
            pair.mode,
            pair.one.on,
            pair.one.test,
            _natural(pair.level),
            pair.one.remark("orm"),
        )
    )
    return tuple(found), tuple(dict.fromkeys(unmatched))


def level(row: PublishedRow) -> str:
    """What all entries of a row's setting share: load, tool, machine, version of Python."""
    shared = [r for r in row.remarks if r.partition("=")[0] in _SHARED or _PYTHON.fullmatch(r)]
    if row.metric == "rps_best":  # each entry at the level of load where it was best
        shared = [remark for remark in shared if remark.startswith("hw=")]
    return "; ".join(shared)


def connection_mode(row: PublishedRow) -> str:
    """Whether connections were kept open, where the row says so."""
    tool = row.remark("tool").casefold()
    if "disable-keepalive" in tool or "connection: close" in tool:
        return NEW_EACH_TIME
    return KEPT_OPEN if "keep-alive" in tool else ""


def workload_of(published: Published, row: PublishedRow) -> Workload | None:
    """The workload that a row's test belongs to."""
    for workload in published.workloads.values():
        for pattern in workload.tests:
            if matches(pattern.test, row.test):
                return workload if pattern.having in ("", *row.remarks) else None
    return None


def matches(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern: ``*`` at either end stands for anything, "" for any text."""
    if not pattern:
        return True
    start, end = pattern.endswith("*"), pattern.startswith("*")
    bare = pattern.strip("*")
    if start and end:
        return bare in text
    if start:
        return text.startswith(bare)
    return text.endswith(bare) if end else text == bare


def _speed_rows(
    published: Published, frameworks: Sequence[str]
) -> list[tuple[PublishedRow, Workload]]:
    """Rows of these frameworks with a workload; where a source names its best, only those."""
    rows = [
        (row, workload)
        for row in published.rows
        if row.metric in SPEED_METRICS
        and row.framework in frameworks
        and row.grade != NEVER_SHOWN
        and row.value > 0
        and (workload := workload_of(published, row)) is not None
    ]
    with_best = {
        (row.source, row.round, row.on, row.test, row.framework)
        for row, _ in rows
        if row.metric == "rps_best"
    }
    return [
        (row, workload)
        for row, workload in rows
        if row.metric == "rps_best"
        or (row.source, row.round, row.on, row.test, row.framework) not in with_best
    ]


def _by_class(rows: Sequence[PublishedRow], workload: Workload) -> dict[str, list[PublishedRow]]:
    """Rows by how they use the database; one class where none is used."""
    found: dict[str, list[PublishedRow]] = defaultdict(list)
    for row in rows:
        parts = (row.remark("orm"), row.remark("db")) if workload.uses_database else ()
        found[" ".join(filter(None, parts))].append(row)
    return found


def _pair(
    published: Published,
    workload: Workload,
    ones: Sequence[PublishedRow],
    others: Sequence[PublishedRow],
) -> Pair:
    one, why_one = _fastest(published, ones)
    other, why_other = _fastest(published, others)
    return Pair(
        workload=workload.id,
        mode=connection_mode(one),
        level=level(one),
        one=one,
        other=other,
        why_not=why_one or why_other,
    )


def _fastest(published: Published, rows: Sequence[PublishedRow]) -> tuple[PublishedRow, str]:
    ranked = sorted(
        ((row, _why_not(published, row)) for row in rows),
        key=lambda found: (bool(found[1]), -found[0].value, found[0].server),
    )
    return ranked[0]


def _why_not(published: Published, row: PublishedRow) -> str:
    if row.is_vendor:
        return "published by one of the compared projects"
    if row.grade == THIRD_PARTY:
        return "copied by a third party, grade C"
    for rule in published.not_counted:
        if (
            rule.source == row.source
            and matches(rule.test, row.test)
            and matches(rule.server, row.server)
        ):
            return rule.why
    errors, duration = row.remark("errors"), row.remark("duration").removesuffix("s")
    seconds = float(duration) if duration.isdigit() else USUAL_SECONDS
    if errors.isdigit() and int(errors) > MOST_FAILED * row.value * seconds:
        return "more than one request in a hundred failed"
    return ""


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that puts 64 before 256."""
    return tuple(
        (int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text)
    )
