"""The performance that matters for the visitor's workload, and a framework's own figures.

Both read our own runs only: the tests that resemble the work in the answers, in microseconds per
request and in what that is for the load the visitor expects.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import reflex as rx

from framework_picker import routes
from framework_picker.catalog.current import get_catalog, get_runs, get_stock
from framework_picker.domain.benchmark_choice import UI_METRICS
from framework_picker.domain.benchmarks import (
    Line,
    line_of,
    microseconds,
    speeds_of,
    start_lines,
    ui_lines,
)
from framework_picker.domain.explain import listing
from framework_picker.domain.performance import Speed, Test, load_of, meant_by, speeds
from framework_picker.domain.readings import number
from framework_picker.domain.runs import (
    DATABASE_WORDS,
    MATRIX_WORDS,
    SAME_SERVER,
    Run,
    newest_first,
)
from framework_picker.state.answers import AnswersState
from framework_picker.state.outlook import evaluation_of

SHOWN = 3
"""The first and two runners-up."""

MOST_TESTS = 3
A_LOT = 1000.0
UI_SHOWN = ("change-p50", "change-p95", "page-memory")


@dataclass(frozen=True, slots=True)
class TimeCell:
    """One framework in one test. ``cores`` is what the expected load keeps busy."""

    time: str
    cores: str
    note: str


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One framework in all tests shown."""

    slug: str
    name: str
    cells: list[TimeCell]


@dataclass(frozen=True, slots=True)
class TestHead:
    """One test, and why it stands for the workload."""

    label: str
    why: str


@dataclass(frozen=True, slots=True)
class WorkloadView:
    """What was measured for the workload; ``missing`` says what was not."""

    about: str
    load: str
    tests: list[TestHead]
    rows: list[TimeRow]
    meaning: str
    missing: str
    source: str
    href: str


NO_WORKLOAD = WorkloadView("", "", [], [], "", "", "", "")


class PerformanceState(rx.State):
    """Nothing here is assigned: it follows from the answers."""

    @rx.var
    async def workload(self) -> WorkloadView:
        """The performance that matters for the answers, while the result is on the screen."""
        if self.router.url.path.rstrip("/") != routes.RESULT:
            return NO_WORKLOAD
        state = await self.get_state(AnswersState)
        return workload_view(dict(state.answers)) if state.answers else NO_WORKLOAD


def workload_view(answers: Mapping[str, str]) -> WorkloadView:
    """The tests that resemble the work, for the first and the runners-up."""
    evaluation = evaluation_of(answers)
    slugs = tuple(ranked.slug for ranked in evaluation.ranking[:SHOWN])
    if not slugs:
        return NO_WORKLOAD
    guide = get_stock().performance
    meant = meant_by(guide, answers)
    load = load_of(guide, answers)
    return _workload_view(slugs, meant.labels, meant.tests[:MOST_TESTS], load, is_ui=meant.is_ui)


@lru_cache(maxsize=256)
def _workload_view(
    slugs: tuple[str, ...],
    labels: tuple[str, ...],
    tests: tuple[Test, ...],
    load: float | None,
    *,
    is_ui: bool,
) -> WorkloadView:
    about = listing(list(labels)) if labels else "most projects"
    runs = get_runs()
    if is_ui and (run := next(iter(newest_first(runs, "ui")), None)):
        return _ui_view(run, slugs, about)
    found = [(test, *speeds(runs, test, slugs)) for test in tests]
    measured = [(test, run, row) for test, run, row in found if run is not None]
    names = get_stock().names
    href = routes.benchmarks(
        [("show", "time"), *_test_wish(tests), ("f", ",".join(slugs))], "measured"
    )
    if not measured:
        nothing = (
            "No benchmark run is stored yet, so there is nothing to say about speed here."
            if not runs
            else f"No stored run measured {listing([names[slug] for slug in slugs])} in a test "
            "that resembles it."
        )
        return WorkloadView(about, "", [], [], "", nothing, "", href)
    per_second = load or A_LOT
    matrices = [_matrix(row) for _, _, row in measured]
    heads = [
        TestHead(_label(run, test), f"{test.why}; on {MATRIX_WORDS[matrix]}")
        for (test, run, _), matrix in zip(measured, matrices, strict=True)
    ]
    rows = [
        TimeRow(
            slug,
            names[slug],
            [
                _cell(test, row[place], per_second, matrix)
                for (test, _, row), matrix in zip(measured, matrices, strict=True)
            ],
        )
        for place, slug in enumerate(slugs)
    ]
    newest = measured[0][1]
    unmeasured = [
        names[slug]
        for place, slug in enumerate(slugs)
        if all(row[place].line is None for _, _, row in measured)
    ]
    return WorkloadView(
        about=about,
        load=f"{number(load)} requests a second keep busy (the upper end of your answer on "
        "throughput)"
        if load
        else f"{number(A_LOT)} requests a second keep busy",
        tests=heads,
        rows=rows,
        meaning=_meaning([row for test, _, row in measured if not test.waits], per_second),
        missing=f"{listing(unmeasured)}: not measured." if unmeasured else "",
        source=f"Run {newest.name} (data/benchmarks), {newest.as_of.isoformat()}, {newest.machine}"
        + (", preliminary" if newest.is_preliminary else ""),
        href=href,
    )


def _ui_view(run: Run, slugs: Sequence[str], about: str) -> WorkloadView:
    """What a change costs, for frameworks that keep a session per visitor."""
    names = get_stock().names
    lines = [(UI_METRICS[name], ui_lines(run, name)) for name in UI_SHOWN]
    rows = []
    for slug in slugs:
        found = [line_of(each, slug) for _, each in lines]
        if any(found):
            cells = [
                TimeCell(f"{line.median:.3g} {metric.unit}" if line else "not measured", "", "")
                for (metric, _), line in zip(lines, found, strict=True)
            ]
            rows.append(TimeRow(slug, names[slug], cells))
    unmeasured = [names[slug] for slug in slugs if slug not in {row.slug for row in rows}]
    return WorkloadView(
        about=about,
        load="",
        tests=[TestHead(metric.label, "") for metric, _ in lines] if rows else [],
        rows=rows,
        meaning="The first two are what a visitor waits for at each change; memory for each open "
        "page decides how many visitors one server holds."
        if rows
        else "",
        missing=f"{listing(unmeasured)}: not measured." if unmeasured else "",
        source=f"Run {run.name} (data/benchmarks), {run.as_of.isoformat()}, {run.machine}"
        + (", preliminary" if run.is_preliminary else ""),
        href=routes.benchmarks([], "ui"),
    )


def _cell(test: Test, speed: Speed, per_second: float, matrix: str) -> TimeCell:
    time, cores = speed.microseconds, speed.cores(per_second)
    if time is None or cores is None or speed.cell is None:
        return TimeCell("not measured", "", "")
    note = "" if speed.cell.matrix == matrix else f"on {MATRIX_WORDS[speed.cell.matrix]}"
    if test.waits:
        # The worker waits most of the time: it is workers that run out, not cores.
        workers = max(1, math.ceil(cores))
        busy = "1 worker" if workers == 1 else f"{number(workers)} workers"
        return TimeCell(f"one every {_time(time)}", f"{busy}, mostly waiting", note)
    return TimeCell(_time(time), f"{_cores(cores)} of a core" if cores < 1 else _many(cores), note)


def _matrix(row: Sequence[Speed]) -> str:
    """The kind of server on which most of them were measured."""
    found = [speed.cell.matrix for speed in row if speed.cell is not None]
    return max(found, key=found.count)


def _meaning(tests: Sequence[Sequence[Speed]], per_second: float) -> str:
    """What the largest difference between those shown is for the load."""
    widest = 0.0
    for row in tests:
        cores = [speed.cores(per_second) for speed in row]
        known = [one for one in cores if one is not None]
        if len(known) > 1:
            widest = max(widest, max(known) - min(known))
    if not widest:
        return ""
    if widest < 0.5:
        return (
            f"Between them that is at most {_cores(widest)} of a core: for this load, speed is no "
            "reason to prefer one."
        )
    return f"Between them that is up to {_many(widest)}: for this load, speed saves cores."


def _many(cores: float) -> str:
    rounded = round(cores, 1)
    return "1 core" if rounded == 1 else f"{number(rounded)} cores"


def _cores(cores: float) -> str:
    return f"{cores:.2f}" if cores >= 0.01 else "less than 0.01"


def _time(value: float) -> str:
    return f"{number(round(value))} µs" if value >= 10 else f"{value:.2g} µs"


def _label(run: Run, test: Test) -> str:
    scenario = run.scenarios.get(test.scenario)
    label = scenario.label if scenario else test.scenario
    return f"{label} ({DATABASE_WORDS[test.database]})" if test.database else label


def _test_wish(tests: Sequence[Test]) -> list[tuple[str, str]]:
    """The first test as a wish for the Benchmarks page."""
    if not tests:
        return []
    wishes = [("test", tests[0].scenario)]
    return [*wishes, ("class", tests[0].database)] if tests[0].database else wishes


# -- a framework's own figures


@dataclass(frozen=True, slots=True)
class MeasuredLine:
    """A measurement of a framework, in words."""

    label: str
    figure: str
    detail: str
    href: str


@dataclass(frozen=True, slots=True)
class MeasuredProfile:
    """Everything that our own runs say about a framework; empty lines where nothing does."""

    how: str
    lines: list[MeasuredLine]
    source: str
    missing: str
    href: str


HOW_REQUESTS = (
    "What one core works on one request, then the ratio to an application without a framework in "
    "the same rounds with its 95 % interval. Open a line to see it among the others."
)
HOW_UI = (
    "A small page with five inputs, a chart and a table, the same for every framework of this "
    "kind, in a browser. Open a line to see it among the others."
)


def measured_profile(slug: str) -> MeasuredProfile:
    """A framework's own figures from the newest run that has any."""
    for run in newest_first(get_runs()):
        lines = _http_lines(run, slug) if run.kind == "http" else _ui_profile_lines(run, slug)
        if lines:
            return MeasuredProfile(
                how=HOW_REQUESTS if run.kind == "http" else HOW_UI,
                lines=lines,
                source=f"Run {run.name} (data/benchmarks), {run.as_of.isoformat()}: {run.machine}, "
                f"Python {run.python}" + (", preliminary" if run.is_preliminary else ""),
                missing="",
                href=routes.benchmarks([("f", slug)], "measured")
                if run.kind == "http"
                else routes.benchmarks([], "ui"),
            )
    nothing = f"Our own benchmarks have not measured {get_catalog().alternatives[slug].name}"
    for run in newest_first(get_runs()):
        for one in run.left_out:
            if one.framework == slug:
                why = f"{nothing}: {one.reason.rstrip('.')} (data/benchmarks, {run.name}). "
                place = "measured" if run.kind == "http" else "ui"
                return MeasuredProfile("", [], "", why, routes.benchmarks([], place))
    return MeasuredProfile("", [], "", f"{nothing} yet. ", routes.benchmarks())


def _http_lines(run: Run, slug: str) -> list[MeasuredLine]:
    lines = []
    for scenario in run.scenarios.values():
        for database in DATABASE_WORDS:
            found = speeds_of(run, (slug,), scenario=scenario.id, database=database).get(slug)
            if found is None:
                continue
            cell, line = found
            words = f" ({DATABASE_WORDS[database]})" if database else ""
            where = f", on {MATRIX_WORDS[cell.matrix]}"
            ratio = (
                f"{line.interval.median:.2f} of the bare server "
                f"({line.interval.low:.2f} to {line.interval.high:.2f}), "
                if line.has_ratio
                else ""
            )
            wishes = [("test", scenario.id), *([("class", database)] if database else [])]
            wishes += [("server", "same" if cell.matrix == SAME_SERVER else "documented")]
            lines.append(
                MeasuredLine(
                    label=f"{scenario.label}{words}",
                    figure=("one every " if get_stock().performance.waits(scenario.id) else "")
                    + _time(microseconds(line.median)),
                    detail=f"{ratio}{number(round(line.median))} requests/s, n = "
                    f"{len(line.values)}{where}",
                    href=routes.benchmarks([*wishes, ("f", slug)], "measured"),
                )
            )
    for measure, label, unit in (
        ("idle-memory", "Memory at rest", "MB"),
        ("loaded-memory", "Memory after load", "MB"),
        ("start-up", "Time to start", "ms"),
    ):
        for matrix in MATRIX_WORDS:
            start = line_of(start_lines(run, matrix, measure), slug)
            if start is not None:
                lines.append(
                    MeasuredLine(
                        label=label,
                        figure=f"{start.median:.3g} {unit}",
                        detail=f"{_spread(start, unit)}, on {MATRIX_WORDS[matrix]}",
                        href=routes.benchmarks(
                            [
                                ("show", _SHOW[measure]),
                                ("server", "same" if matrix == SAME_SERVER else "documented"),
                                ("f", slug),
                            ],
                            "measured",
                        ),
                    )
                )
                break
    return lines


_SHOW = {"idle-memory": "memory", "loaded-memory": "loaded", "start-up": "start"}


def _ui_profile_lines(run: Run, slug: str) -> list[MeasuredLine]:
    lines = []
    for metric in UI_METRICS.values():
        line = line_of(ui_lines(run, metric.id), slug)
        if line is not None:
            lines.append(
                MeasuredLine(
                    label=metric.label,
                    figure=f"{line.median:.3g} {metric.unit}",
                    detail=_spread(line, metric.unit),
                    href=routes.benchmarks([("ui", metric.id)], "ui"),
                )
            )
    return lines


def _spread(line: Line, unit: str) -> str:
    return f"{line.low:.3g} to {line.high:.3g} {unit}, n = {len(line.values)}"
