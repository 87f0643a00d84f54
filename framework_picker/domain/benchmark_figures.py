"""Every figure of a run that a chart of the Benchmarks page can show, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from framework_picker.domain.benchmark_charts import METRIC_OF_START
from framework_picker.domain.benchmark_choice import METRICS, UI_METRICS, Metric
from framework_picker.domain.benchmarks import (
    Line,
    cells,
    latencies_at,
    latency_lines,
    speed_lines,
    start_lines,
    ui_lines,
)
from framework_picker.domain.runs import Run


@dataclass(frozen=True, slots=True)
class Figure:
    """One entry's figure: the median of ``line``, with every round beside it.

    What does not matter for a metric is empty: ``test``, ``database``, ``mode`` and ``connections``
    for memory and start, all of them for a user interface. ``rate_kind``: for latency alone.
    """

    run: Run
    metric: Metric
    line: Line
    matrix: str = ""
    test: str = ""
    database: str = ""
    mode: str = ""
    connections: int = 0
    rate_kind: str = ""


def figures_of(run: Run) -> Iterator[Figure]:
    """The figures of a run: speed, memory and start, latency, user interface; each best first."""
    for cell in cells(run):
        for line in speed_lines(run, cell):
            yield Figure(
                run,
                METRICS["requests"],
                line,
                cell.matrix,
                cell.scenario,
                cell.database,
                cell.mode,
                cell.connections,
            )
    for matrix in dict.fromkeys(start.matrix for start in run.starts):
        for name, measure in METRIC_OF_START.items():
            for line in start_lines(run, matrix, measure):
                yield Figure(run, METRICS[name], line, matrix)
    kinds = dict.fromkeys(
        (one.matrix, one.scenario, one.database, one.rate_kind) for one in run.latencies
    )
    for matrix, scenario, database, rate_kind in kinds:
        at_rate = latencies_at(
            run, matrix=matrix, scenario=scenario, database=database, rate_kind=rate_kind
        )
        for metric in METRICS.values():
            if metric.source != "latency":
                continue
            for line in latency_lines(run, at_rate, metric.id):
                yield Figure(run, metric, line, matrix, scenario, database, rate_kind=rate_kind)
    for metric in UI_METRICS.values() if run.ui_samples else ():
        for line in ui_lines(run, metric.id):
            yield Figure(run, metric, line)
