"""The charts of the benchmarks: rows with positions, words beside every number.

The page, the picture to download and the table all take their figures from here. Measured and
published figures are built by functions of their own and never meet in a chart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from framework_picker.domain.axis import Axis, Scale, Tick, axis
from framework_picker.domain.benchmark_choice import METRICS, UI_METRICS, Choice, Metric, Stock
from framework_picker.domain.benchmarks import (
    FEW_SAMPLES,
    FLAG_WORDS,
    Line,
    cell_of,
    latencies_at,
    latency_lines,
    microseconds,
    ratios,
    speed_lines,
    start_lines,
    ui_lines,
    unusable,
    unusable_latencies,
)
from framework_picker.domain.explain import listing
from framework_picker.domain.published_charts import (
    PublishedGroup,
    PublishedTest,
    connection_words,
    entry_words,
)
from framework_picker.domain.readings import about, number
from framework_picker.domain.runs import (
    DATABASE_WORDS,
    MATRIX_WORDS,
    MODE_WORDS,
    SAME_SERVER,
    Cell,
    Entry,
    Run,
)
from framework_picker.domain.sources import SourceLine, source_lines

METRIC_OF_START = {"memory": "idle-memory", "loaded": "loaded-memory", "start": "start-up"}
FAR_APART = 1.25
"""Two bare applications further apart than this make two groups of frameworks."""

RATE_WORDS = {
    "half-of-own": "half of what each can answer at most",
    "common": "the same rate for all",
}


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One entry. Positions are percent of the axis; ``dots`` has one for every valid sample.

    ``place`` is that of its group, ``is_level`` says that the group has more members,
    ``is_group_start`` that it is the first of them.
    """

    label: str
    slug: str
    detail: str
    place: int
    is_level: bool
    is_group_start: bool
    is_bare: bool
    dots: tuple[float, ...]
    low: float
    middle: float
    high: float
    value: float
    figure: str
    spread: str
    count: int
    rejected: int
    remarks: str
    reasons: str = ""
    requests: str = ""
    time: str = ""
    above: str = ""
    ratio: str = ""
    grade: str = ""
    sources: tuple[SourceLine, ...] = ()
    numbers: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with everything that stands around it. Without rows, ``absent`` says why."""

    title: str
    subtitle: str
    metric: Metric
    scale: Scale
    ticks: tuple[Tick, ...]
    rows: tuple[ChartRow, ...]
    absent: tuple[str, ...]
    says_not: str
    source: str
    on: str
    is_preliminary: bool = False
    has_ratio: bool = False
    caveat: str = ""
    most_samples: int = 0

    @property
    def few_samples(self) -> str:
        """That all entries have few valid samples; empty where one has enough."""
        if not 0 < self.most_samples < FEW_SAMPLES:
            return ""
        plural = "" if self.most_samples == 1 else "s"
        return f"At most {self.most_samples} valid sample{plural} per entry: the ranges are wide."

    @property
    def direction(self) -> str:
        """Which side is better."""
        return "More is better" if self.metric.more_is_better else "Less is better"


PANELS = ("measured", "published", "ui")


def chart_of(stock: Stock, panel: str, choice: Choice) -> Chart | None:
    """The chosen chart of a panel; None where there is nothing to show."""
    if panel == "measured":
        return measured_chart(stock, choice)
    if panel == "ui":
        return ui_chart(stock, choice)
    group = stock.group(choice)
    if group is None:
        return None
    test = next((one for one in group.tests if one.id == choice.published_test), group.broadest)
    return published_chart(stock, group, test, choice)


def measured_chart(stock: Stock, choice: Choice) -> Chart | None:
    """The chosen chart of our own runs; None without a run."""
    run = stock.run(choice.run)
    if run is None:
        return None
    metric = METRICS[choice.metric]
    cell = cell_of(
        run,
        matrix=choice.matrix,
        scenario=choice.test,
        database=choice.database,
        mode=choice.mode,
    )
    if metric.source == "speed" and cell is not None:
        return _speed_chart(stock, choice, run, cell, metric)
    if metric.source == "start":
        lines = start_lines(run, choice.matrix, METRIC_OF_START[metric.id])
        subtitle = f"{metric.meaning} On {MATRIX_WORDS.get(choice.matrix, choice.matrix)}."
        says_not = "Nothing about an application: yours will need more."
        title = metric.label
        rejected: Rejected = ()
        rates: dict[str, str] = {}
        how = run_words(run)
    else:
        at_rate = latencies_at(
            run,
            matrix=choice.matrix,
            scenario=choice.test,
            database=choice.database,
            rate_kind=choice.rate,
        )
        lines = latency_lines(run, at_rate, metric.id)
        rejected = unusable_latencies(run, at_rate)
        how = latency_words(run, len({one.round for one in at_rate}))
        # One rate for all stands in the subtitle; half of one's own is each one's own.
        rates = {
            one.entry: f"at {number(round(one.rate))} requests/s"
            for one in at_rate
            if choice.rate != "common"
        }
        label = _test_words(run, choice.test, choice.database)
        title = f"{metric.label}: {label}"
        subtitle = f"{metric.meaning} At {RATE_WORDS[choice.rate]}, {_rates(run, choice)}on " + (
            MATRIX_WORDS.get(choice.matrix, choice.matrix) + "."
        )
        says_not = (
            "Client and server share a machine, so no network is in it. "
            "Near the limit of a server answers take far longer."
        )
    return _chart(
        stock,
        run,
        metric,
        [
            _plain_row(line, rates.get(line.entry.id, ""))
            for line in _wanted(lines, choice.frameworks)
        ],
        scale=choice.scale,
        title=title,
        subtitle=subtitle,
        says_not=says_not,
        absent=_absent(stock, run, choice, lines, rejected),
        how=how,
    )


def ui_chart(stock: Stock, choice: Choice) -> Chart | None:
    """The chart of the user interfaces; None without such a run."""
    run = stock.ui_run
    if run is None:
        return None
    metric = UI_METRICS[choice.ui_metric]
    lines = ui_lines(run, metric.id)
    left_out = tuple(
        f"{_name(stock, one.framework or one.entry)}: {one.reason}" for one in run.left_out
    )
    return _chart(
        stock,
        run,
        metric,
        [_plain_row(line) for line in lines],
        scale=choice.scale,
        title=metric.label,
        subtitle=f"{metric.meaning} The same small page everywhere: five inputs, a weighted sum, "
        "a bar chart and a table.",
        says_not="One visitor, one page, no network between browser and server. Larger pages and "
        "many visitors weigh differently.",
        absent=left_out,
    )


def published_chart(
    stock: Stock, group: PublishedGroup, test: PublishedTest, choice: Choice
) -> Chart:
    """One test of one round of one source, one figure per entry."""
    metric = METRICS["requests"]
    shown = [
        row for row in test.rows if not choice.frameworks or row.framework in choice.frameworks
    ]
    scale_axis = axis([row.value for row in shown], choice.scale)
    rows = tuple(
        ChartRow(
            label=_name(stock, row.framework),
            slug=row.framework,
            detail=entry_words(row),
            place=0,
            is_level=False,
            is_group_start=False,
            is_bare=False,
            dots=(),
            low=0.0,
            middle=_percent(scale_axis, row.value),
            high=0.0,
            value=row.value,
            figure=number(round(row.value)),
            spread="",
            count=1,
            rejected=0,
            remarks="; ".join(
                filter(
                    None, ("published by a vendor" if row.is_vendor else "", _errors(row.remarks))
                )
            ),
            time=_time(microseconds(row.value)),
            requests=number(round(row.value)),
            grade=row.grade,
            sources=source_lines([f"{row.place}@{row.commit}" if row.commit else row.place]),
            numbers=(row.value,),
        )
        for row in shown
    )
    ended = group.ended
    history = f" History: {ended.why} ({ended.on.isoformat()})." if ended else ""
    absent = []
    if not rows:
        names = listing([_name(stock, slug) for slug in choice.frameworks])
        absent.append(f"{names}: not in this test")
    if test.others:
        absent.append(f"{test.others} other entries, of frameworks that are not listed here")
    return Chart(
        title=f"{group.name}, {group.on.isoformat()}: {test.label}",
        subtitle=f"{connection_words(test.mode).capitalize()}. One figure per entry: nobody "
        f"published a spread.{history}",
        metric=metric,
        scale=scale_axis.scale,
        ticks=scale_axis.ticks,
        rows=rows,
        absent=tuple(absent),
        says_not="Server, driver and version differ from entry to entry and stand beside each. "
        "Compare ratios inside this chart only, never with another chart.",
        source=f"{group.name}, {group.round}, as in data/published/published.csv: "
        + (test.setting or "machine and tool are not stated with the figures"),
        on=group.on.isoformat(),
    )


def run_words(run: Run) -> str:
    """Where and how a run was measured, for the line under a chart."""
    parts = [
        run.machine,
        f"Python {run.python}",
        run.generator,
        f"samples of {run.sample_seconds:g} s" if run.sample_seconds else "",
        f"{run.rounds} rounds" if run.rounds else "",
    ]
    return ", ".join(filter(None, parts))


def latency_words(run: Run, rounds: int) -> str:
    """The same for latency, which another tool measures, in rounds of its own."""
    plural = "" if rounds == 1 else "s"
    tool = "autocannon at a fixed rate"
    return f"{run.machine}, Python {run.python}, {tool}, {rounds} round{plural}"


def _speed_chart(stock: Stock, choice: Choice, run: Run, cell: Cell, metric: Metric) -> Chart:
    lines = speed_lines(run, cell)
    waits = stock.performance.waits(choice.test)
    bare = next((line for line in lines if line.entry.id == run.baseline), None)
    samples = [sample for sample in run.samples if sample.cell == cell]
    rows = []
    for line in _wanted(lines, choice.frameworks):
        per_round = tuple(ratio for _, ratio in ratios(samples, line.entry.id, run.baseline))
        values = {
            "requests": line.values,
            "time": tuple(microseconds(value) for value in line.values),
            "ratio": per_round or (line.interval.median,),
        }[metric.id]
        rows.append(_speed_row(line, values, metric, None if waits else bare))
    scenario = run.scenarios.get(choice.test)
    return _chart(
        stock,
        run,
        metric,
        rows,
        scale=choice.scale,
        title=f"{metric.label}: {_test_words(run, choice.test, choice.database)}",
        subtitle=f"{(waits and metric.meaning_of_waits) or metric.meaning} {_capital(cell.words)}.",
        says_not=scenario.says_not if scenario else "",
        absent=_absent(stock, run, choice, lines, unusable(run, cell)),
        has_ratio=True,
        caveat=_two_bare_servers(run, cell, lines),
    )


def _two_bare_servers(run: Run, cell: Cell, lines: Sequence[Line]) -> str:
    """What two bare applications in one chart mean, where they are far apart."""
    base = run.entries.get(run.baseline)
    for line in lines:
        ratio = line.interval.median
        if line.entry.framework or base is None or 1 / FAR_APART <= ratio <= FAR_APART:
            continue
        names = (line.entry.label, base.label)
        fast, slow = names if ratio > 1 else names[::-1]
        gap = f"{fast} answers {max(ratio, 1 / ratio):.2g} times as much as {slow} here"
        if cell.matrix == SAME_SERVER:
            return f"{gap}: compare frameworks of the same interface. Ratios are to {base.label}."
        return (
            f"{gap}, so much of the gap between WSGI and ASGI frameworks is that of their servers. "
            f"Ratios are to {base.label}."
        )
    return ""


Rejected = Sequence[tuple[Entry, int, tuple[str, ...]]]
"""Entries without a valid sample: how many were rejected, and why."""
Unplaced = tuple[Line, tuple[float, ...], dict[str, str]]


def _speed_row(
    line: Line, values: tuple[float, ...], metric: Metric, bare: Line | None
) -> Unplaced:
    above = ""
    if bare is not None and line is not bare:
        gap = microseconds(line.median) - microseconds(bare.median)
        above = f"{'+' if gap >= 0 else '−'}{_time(abs(gap))}"
    interval = line.interval
    words = {
        "figure": _figure(metric, median(values)),
        "requests": number(round(line.median)),
        "time": _time(microseconds(line.median)),
        "above": above,
        "ratio": f"{interval.median:.3f} ({interval.low:.3f} to {interval.high:.3f})"
        if line.has_ratio
        else "no round in common with the bare server",
    }
    return line, values, words


def _plain_row(line: Line, rate: str = "") -> Unplaced:
    return line, line.values, {"rate": rate}


def _chart(
    stock: Stock,
    run: Run,
    metric: Metric,
    unplaced: Sequence[Unplaced],
    *,
    scale: Scale,
    title: str,
    subtitle: str,
    says_not: str,
    absent: tuple[str, ...],
    has_ratio: bool = False,
    caveat: str = "",
    how: str = "",
) -> Chart:
    scale_axis = axis([value for _, values, _ in unplaced for value in values], scale)
    most_samples = max((len(line.values) for line, _, _ in unplaced), default=0)
    # The bare server is measured several times a round.
    frameworks = [len(line.values) for line, _, _ in unplaced if line.entry.framework]
    most_samples = max(frameworks, default=most_samples)
    sizes: dict[int, int] = {}
    for line, _, _ in unplaced:
        sizes[line.place] = sizes.get(line.place, 0) + 1
    rows = []
    seen: set[int] = set()
    for line, values, words in unplaced:
        rows.append(
            _row(
                stock,
                run,
                metric,
                line,
                values,
                words,
                scale_axis,
                sizes,
                is_first=line.place not in seen,
                most_samples=most_samples,
            )
        )
        seen.add(line.place)
    return Chart(
        title=title,
        subtitle=subtitle,
        metric=metric,
        scale=scale_axis.scale,
        ticks=scale_axis.ticks,
        rows=tuple(rows),
        absent=absent,
        says_not=says_not,
        source=f"Framework Picker, data/benchmarks/{run.name}.json: {how or run_words(run)}",
        on=run.as_of.isoformat(),
        is_preliminary=run.is_preliminary,
        has_ratio=has_ratio,
        caveat=caveat,
        most_samples=most_samples,
    )


def _row(
    stock: Stock,
    run: Run,
    metric: Metric,
    line: Line,
    values: tuple[float, ...],
    words: Mapping[str, str],
    scale_axis: Axis,
    sizes: Mapping[int, int],
    *,
    is_first: bool,
    most_samples: int,
) -> ChartRow:
    entry = line.entry
    middle = median(values)
    flags = [FLAG_WORDS.get(flag, flag) for flag in line.flags]
    count = len(line.values)
    few = f"only {count} valid samples" if count < min(FEW_SAMPLES, most_samples) else ""
    return ChartRow(
        label=entry.label,
        slug=entry.slug,
        detail=", ".join(filter(None, (run.version_of(entry), words.get("rate")))),
        place=line.place,
        is_level=sizes[line.place] > 1,
        is_group_start=is_first,
        is_bare=not entry.framework,
        dots=tuple(_percent(scale_axis, value) for value in values),
        low=_percent(scale_axis, min(values)),
        middle=_percent(scale_axis, middle),
        high=_percent(scale_axis, max(values)),
        value=middle,
        figure=words.get("figure") or _figure(metric, middle),
        spread=f"{_figure(metric, min(values))} to {_figure(metric, max(values))}",
        count=len(line.values),
        rejected=line.rejected,
        remarks="; ".join(filter(None, (*flags, few))),
        reasons="; ".join(line.reasons),
        requests=words.get("requests", ""),
        time=words.get("time", ""),
        above=words.get("above", ""),
        ratio=words.get("ratio", ""),
        numbers=values,
    )


def _wanted(lines: Sequence[Line], frameworks: Sequence[str]) -> list[Line]:
    """The chosen frameworks; the bare servers stay, for they are what the others are held to."""
    return [
        line
        for line in lines
        if not frameworks or not line.entry.framework or line.entry.slug in frameworks
    ]


def _absent(
    stock: Stock,
    run: Run,
    choice: Choice,
    lines: Sequence[Line],
    rejected: Rejected,
) -> tuple[str, ...]:
    """Who is not in the chart, and why."""
    there = {line.entry.slug for line in lines}
    said = []
    for entry, count, reasons in rejected:
        there.add(entry.slug)
        why = f", {reasons[0]}" if reasons else ""
        said.append(f"{entry.label}: all {count} samples were rejected{why}")
    measured = [entry for entry in run.entries.values() if entry.slug not in there]
    if choice.frameworks:
        measured = [entry for entry in measured if entry.slug in choice.frameworks]
    if measured:
        reason = (
            "not measured in this test on the server that all share"
            if choice.matrix == SAME_SERVER
            else "not measured in this test"
        )
        said.append(f"{listing([entry.label for entry in measured])}: {reason}")
    for one in run.left_out:
        if not choice.frameworks or one.framework in choice.frameworks:
            said.append(f"{_name(stock, one.framework or one.entry)}: {one.reason}")
    known = {entry.slug for entry in run.entries.values()}
    known |= {one.framework or one.entry for one in run.left_out}
    never = [_name(stock, slug) for slug in choice.frameworks if slug not in known]
    if never:
        said.append(f"{listing(never)}: no request/response framework in this run")
    return tuple(said)


def _test_words(run: Run, test: str, database: str) -> str:
    scenario = run.scenarios.get(test)
    label = scenario.label if scenario else test
    return f"{label} ({DATABASE_WORDS.get(database, database)})" if database else label


def _rates(run: Run, choice: Choice) -> str:
    """The rate, where it is one for all."""
    if choice.rate != "common":
        return ""
    rates = {round(one.rate) for one in run.latencies if one.rate_kind == choice.rate}
    return f"{number(min(rates))} requests/s, " if len(rates) == 1 else ""


def _figure(metric: Metric, value: float) -> str:
    if metric.id == "ratio":
        return f"{value:.2f}"
    if metric.unit == "µs":
        return _time(value)
    if metric.unit == "ms":
        return f"{number(round(value)) if value >= 100 else f'{value:.3g}'} ms"
    if metric.unit == "MB":
        return f"{number(round(value)) if value >= 100 else f'{value:.3g}'} MB"
    if metric.unit == "kB":
        return f"{about(round(value))} kB"
    return number(round(value))


def _time(value: float) -> str:
    """Microseconds: ``81 µs``, ``9.4 µs``."""
    return f"{number(round(value)) if value >= 10 else f'{value:.2g}'} µs"


def _percent(scale_axis: Axis, value: float) -> float:
    return round(scale_axis.position(value), 2)


def _errors(remarks: Sequence[str]) -> str:
    return next(
        (remark for remark in remarks if remark.startswith("errors=") and remark != "errors=0"), ""
    )


def _name(stock: Stock, slug: str) -> str:
    return stock.names.get(slug, slug)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


__all__ = [
    "MODE_WORDS",
    "PANELS",
    "RATE_WORDS",
    "Chart",
    "ChartRow",
    "chart_of",
    "measured_chart",
    "published_chart",
    "run_words",
    "ui_chart",
]
