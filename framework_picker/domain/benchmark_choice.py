"""What of the benchmarks is looked at: one frozen choice, readable as parameters of a link.

Only what differs from the usual choice is written. What is unknown is dropped with a sentence, and
what does not go together (a class of database access for a test without a database) is brought
back to what was measured.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from framework_picker.domain.axis import Scale
from framework_picker.domain.benchmarks import cells
from framework_picker.domain.performance import Performance
from framework_picker.domain.planner import MOST_PRICE, MOST_REQUESTS
from framework_picker.domain.published import Published
from framework_picker.domain.published_charts import (
    SOURCES,
    USUAL_SOURCES,
    PublishedGroup,
    Sources,
    published_groups,
    usual_group,
)
from framework_picker.domain.runs import (
    DOCUMENTED_SERVER,
    MODE_WORDS,
    SAME_SERVER,
    Cell,
    Run,
    newest_first,
)

SERVERS: Mapping[str, str] = {"same": SAME_SERVER, "documented": DOCUMENTED_SERVER}
RATES: Mapping[str, str] = {"half": "half-of-own", "common": "common"}
SCALES: tuple[Scale, ...] = ("linear", "log")
MOST_FRAMEWORKS = 30
LONGEST_QUOTE = 40
LONGEST_VALUE = 600
KEEP_ALIVE = "keep-alive"
USUAL_TEST = "json"
USUAL_CLASS = "orm"
ANY = "any"
"""No wish for a class of database access; the empty text is the class without a database."""


@dataclass(frozen=True, slots=True)
class Metric:
    """Something a chart can show. ``source`` says which list of a run it is read from."""

    id: str
    label: str
    unit: str
    source: str
    more_is_better: bool = False
    meaning: str = ""
    meaning_of_waits: str = ""
    """What it means where the server mostly waits; empty where that makes no difference."""


METRICS: Mapping[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric(
            "requests",
            "Requests per second",
            "requests/s",
            "speed",
            more_is_better=True,
            meaning="Of one worker on one core, kept busy.",
            meaning_of_waits="Of one worker that mostly waits: its core is not busy.",
        ),
        Metric(
            "time",
            "Microseconds per request",
            "µs",
            "speed",
            meaning="What one core works on one request: 1 / (requests per second).",
            meaning_of_waits="From one answer to the next, 1 / (requests per second): requests "
            "wait side by side, so it is not what one of them takes.",
        ),
        Metric(
            "ratio",
            "Ratio to the bare server",
            "of the bare server",
            "speed",
            more_is_better=True,
            meaning="Requests per second over those of an application without a framework, "
            "in the same round.",
        ),
        Metric(
            "memory",
            "Memory at rest",
            "MB",
            "start",
            meaning="The server with one worker before the first load; pages shared between "
            "processes count once.",
        ),
        Metric(
            "loaded",
            "Memory after load",
            "MB",
            "start",
            meaning="The server with one worker after all its tests; pages shared between "
            "processes count once.",
        ),
        Metric(
            "start",
            "Time to start",
            "ms",
            "start",
            meaning="From the command to the first answer.",
        ),
        Metric(
            "p50",
            "Latency, half of the answers",
            "ms",
            "latency",
            meaning="Half of the answers came within this time, at a fixed rate.",
        ),
        Metric(
            "p90",
            "Latency, 9 of 10 answers",
            "ms",
            "latency",
            meaning="Nine of ten answers came within this time, at a fixed rate.",
        ),
        Metric(
            "p99",
            "Latency, 99 of 100 answers",
            "ms",
            "latency",
            meaning="99 of 100 answers came within this time, at a fixed rate.",
        ),
    )
}

UI_METRICS: Mapping[str, Metric] = {
    metric.id: metric
    for metric in (
        Metric(
            "change-p50",
            "Change to repaint, half of changes",
            "ms",
            "ui",
            meaning="From a changed input to the repainted chart and table, in Chromium.",
        ),
        Metric(
            "change-p95",
            "Change to repaint, 19 of 20 changes",
            "ms",
            "ui",
            meaning="From a changed input to the repainted chart and table, in Chromium.",
        ),
        Metric(
            "usable",
            "First visit: time to usable",
            "ms",
            "ui",
            meaning="Until the page answers to a first change, on the same machine.",
        ),
        Metric(
            "first-visit",
            "First visit: transferred",
            "kB",
            "ui",
            meaning="Everything that an empty browser fetches for the first visit.",
        ),
        Metric("ui-memory", "Memory at rest", "MB", "ui", meaning="The server, no page open."),
        Metric(
            "page-memory",
            "Memory for each open page",
            "MB",
            "ui",
            meaning="What the server needs more for every page that somebody has open; around zero "
            "where that is less than what comes and goes anyway (below zero is drawn at zero).",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything that can be looked at; made by ``stock_of``.

    ``names``: slug to name, in the order of names. ``cells`` by the name of the run, each with how
    many entries have a sample there, ``groups`` by which sources are wanted: read at every click.
    """

    runs: tuple[Run, ...]
    published: Published
    performance: Performance
    names: Mapping[str, str]
    cells: Mapping[str, Mapping[Cell, int]]
    groups: Mapping[Sources, tuple[PublishedGroup, ...]]

    def run(self, name: str) -> Run | None:
        """The run of this name; the newest that counts requests without one."""
        runs = newest_first(self.runs, "http")
        return next((run for run in runs if run.name == name), runs[0] if runs else None)

    @property
    def ui_run(self) -> Run | None:
        """The newest run of user interfaces."""
        return next(iter(newest_first(self.runs, "ui")), None)

    def group(self, choice: Choice) -> PublishedGroup | None:
        """The chosen round of the chosen source."""
        groups = self.groups[choice.sources]
        return next((one for one in groups if one.id == choice.source), None)

    def cells_for(self, run: Run, metric: str) -> Mapping[Cell, int]:
        """The cells in which a run has figures of a metric; latency is measured in few of them."""
        if METRICS[metric].source != "latency":
            return self.cells[run.name]
        timed = {(one.matrix, one.scenario, one.database) for one in run.latencies}
        return {
            cell: entries
            for cell, entries in self.cells[run.name].items()
            if (cell.matrix, cell.scenario, cell.database) in timed and cell.mode == KEEP_ALIVE
        }


def stock_of(
    runs: tuple[Run, ...],
    published: Published,
    performance: Performance,
    names: Mapping[str, str],
) -> Stock:
    """Everything that can be looked at."""
    return Stock(
        runs=runs,
        published=published,
        performance=performance,
        names=names,
        cells={run.name: _entries_by_cell(run) for run in runs},
        groups={sources: published_groups(published, names, sources) for sources in SOURCES},
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked at: a wish, or, once it is ``settled``, a choice that was measured.

    In a wish empty texts (and ``ANY``) stand for what the data decide.
    """

    run: str = ""
    test: str = ""
    database: str = ANY
    matrix: str = ""
    mode: str = ""
    metric: str = "requests"
    rate: str = ""
    scale: Scale = "linear"
    frameworks: tuple[str, ...] = ()
    ui_metric: str = "change-p50"
    sources: Sources = USUAL_SOURCES
    source: str = ""
    published_test: str = ""
    one: str = ""
    other: str = ""
    planned: str = ""
    peak: float = 200.0
    pages: int = 80
    price: float = 0.0
    notices: tuple[str, ...] = field(default=(), compare=False)


def _entries_by_cell(run: Run) -> dict[Cell, int]:
    """Every cell of a run, in the order of its scenarios, with how many entries it has."""
    there: dict[Cell, set[str]] = {cell: set() for cell in cells(run)}
    for sample in run.samples:
        there[sample.cell].add(sample.entry)
    return {cell: len(entries) for cell, entries in there.items()}


def usual_wish(stock: Stock) -> Choice:
    """Nothing wished for but a pair, which has to be somebody."""
    one, other = stock.performance.article_frameworks
    return Choice(one=one, other=other, planned=one)


def settled(choice: Choice, stock: Stock) -> Choice:
    """The choice with everything named that the data decide, and nothing that was not measured."""
    run = stock.run(choice.run)
    if run is not None:
        measured = stock.cells_for(run, choice.metric)
        tests = tests_of(measured)
        test = choice.test if choice.test in tests else _usual(tests, USUAL_TEST)
        classes = classes_of(measured, test)
        database = choice.database if choice.database in classes else _usual(classes, USUAL_CLASS)
        modes = modes_of(measured, test, database)
        mode = choice.mode if choice.mode in modes else _usual(modes, KEEP_ALIVE)
        matrices = matrices_of(measured, test, database, mode)
        matrix = choice.matrix if choice.matrix in matrices else _usual(matrices, "")
        rates = rates_of(run, matrix, test, database)
        rate = choice.rate if choice.rate in rates else (_usual(rates, "") or RATES["half"])
        choice = replace(
            choice,
            run=run.name,
            test=test,
            database=database,
            mode=mode,
            matrix=matrix,
            rate=rate,
        )
    groups = stock.groups[choice.sources]
    if not groups:
        return replace(choice, source="", published_test="")
    group = next((one for one in groups if one.id == choice.source), usual_group(groups))
    known = {test.id for test in group.tests}
    published_test = choice.published_test if choice.published_test in known else group.broadest.id
    return replace(choice, source=group.id, published_test=published_test)


def tests_of(measured: Iterable[Cell]) -> tuple[str, ...]:
    """Every scenario with a sample, in the run's order."""
    return tuple(dict.fromkeys(cell.scenario for cell in measured))


def classes_of(measured: Iterable[Cell], test: str) -> tuple[str, ...]:
    """The classes of database access in which a test was measured."""
    return tuple(dict.fromkeys(cell.database for cell in measured if cell.scenario == test))


def modes_of(measured: Iterable[Cell], test: str, database: str) -> tuple[str, ...]:
    """The ways of connecting in which a test was measured; kept open first."""
    there = {cell.mode for cell in measured if (cell.scenario, cell.database) == (test, database)}
    return tuple(mode for mode in MODE_WORDS if mode in there)


def matrices_of(
    measured: Mapping[Cell, int], test: str, database: str, mode: str
) -> tuple[str, ...]:
    """The kinds of server on which a test was measured; that of most entries first."""
    there = {
        cell: entries
        for cell, entries in measured.items()
        if (cell.scenario, cell.database, cell.mode) == (test, database, mode)
    }
    by_matrix = {cell.matrix: entries for cell, entries in there.items()}
    # Among equals the documented servers, which the ranking reads too.
    order: dict[str, int] = {DOCUMENTED_SERVER: 0, SAME_SERVER: 1}
    return tuple(sorted(by_matrix, key=lambda one: (-by_matrix[one], order.get(one, 2), one)))


def rates_of(run: Run, matrix: str, test: str, database: str) -> tuple[str, ...]:
    """The kinds of rates at which latency was measured in a test."""
    there = {
        one.rate_kind
        for one in run.latencies
        if (one.matrix, one.scenario, one.database) == (matrix, test, database)
    }
    return tuple(rate for rate in RATES.values() if rate in there)


def query_of(wish: Choice, stock: Stock) -> list[tuple[str, str]]:
    """The parameters that restore a wish: what was wished for, and nothing else."""
    usual = usual_wish(stock)
    written = {name: write(wish) for name, write in _WRITE.items()}
    plain = {name: write(usual) for name, write in _WRITE.items()}
    return [(name, value) for name, value in written.items() if value != plain[name]]


def choice_in(parameters: Sequence[tuple[str, str]], stock: Stock) -> Choice:
    """What parameters come to: their wish, settled."""
    return settled(wish_in(parameters, stock), stock)


def wish_in(parameters: Sequence[tuple[str, str]], stock: Stock) -> Choice:
    """What parameters ask for; ``notices`` has a sentence for everything that was dropped."""
    choice = usual_wish(stock)
    notices: list[str] = []
    for name, value in parameters:
        if name not in _WRITE:
            notices.append(f"The link’s part “{_quoted(name)}” means nothing here: left out.")
            continue
        changed = chosen(choice, name, value, stock)
        if changed is None:
            notices.append(f"“{_quoted(value)}” is not something that “{name}” can be: left out.")
            continue
        choice = changed
        unknown = [one for one in value.split(",") if one and one not in choice.frameworks]
        if name == "f" and unknown:
            notices.append(f"Nothing here is called “{_quoted(', '.join(unknown))}”: left out.")
    return replace(choice, notices=tuple(dict.fromkeys(notices)))


def chosen(choice: Choice, name: str, value: str, stock: Stock) -> Choice | None:
    """The wish with one parameter set; None where the value cannot be.

    An unknown run, test or source is refused; one that merely was not measured together with the
    rest is brought back by ``settled``.
    """
    if len(value) > LONGEST_VALUE:
        return None
    read = _READ.get(name)
    return read(choice, value, stock) if read else None


Reader = Callable[[Choice, str, Stock], Choice | None]


def _one_of(attribute: str, known: Callable[[Choice, Stock], Sequence[str]]) -> Reader:
    def read(choice: Choice, value: str, stock: Stock) -> Choice | None:
        if value not in known(choice, stock):
            return None
        changes: dict[str, object] = {attribute: value}
        return replace(choice, **changes)  # type: ignore[arg-type]

    return read


def _test(choice: Choice, value: str, stock: Stock) -> Choice | None:
    known = {name for measured in stock.cells.values() for name in tests_of(measured)}
    return replace(choice, test=value) if value in known else None


def _by_word(attribute: str, words: Mapping[str, str]) -> Reader:
    def read(choice: Choice, value: str, _stock: Stock) -> Choice | None:
        if value not in words:
            return None
        changes: dict[str, object] = {attribute: words[value]}
        return replace(choice, **changes)  # type: ignore[arg-type]

    return read


def _slugs(_choice: Choice, stock: Stock) -> Sequence[str]:
    return tuple(stock.names)


def _frameworks(choice: Choice, value: str, stock: Stock) -> Choice | None:
    there = measured_slugs(stock)
    named = tuple(dict.fromkeys(slug for slug in value.split(",") if slug))
    known = tuple(slug for slug in named if slug in there)[:MOST_FRAMEWORKS]
    return replace(choice, frameworks=known) if known or not named else None


def measured_slugs(stock: Stock) -> frozenset[str]:
    """Everything that a chart can show: frameworks of the catalog and bare servers."""
    bare = {
        entry.slug for run in stock.runs for entry in run.entries.values() if not entry.framework
    }
    return frozenset(stock.names) | bare


def _source(choice: Choice, value: str, stock: Stock) -> Choice | None:
    """A source that is hidden at first may be linked to: then all sources are shown."""
    for sources in (choice.sources, "all"):
        if value in {group.id for group in stock.groups[sources]}:
            return replace(choice, source=value, sources=sources)
    return None


def _published_test(choice: Choice, value: str, _stock: Stock) -> Choice | None:
    return replace(choice, published_test=value) if re.fullmatch(r"[a-z0-9-]+", value) else None


def _number(attribute: str, most: float, *, whole: bool = False) -> Reader:
    def read(choice: Choice, value: str, _stock: Stock) -> Choice | None:
        try:
            found = float(value.replace(",", "."))
        except ValueError:
            return None
        if not math.isfinite(found) or not 0 <= found <= most:
            return None
        changes: dict[str, object] = {attribute: round(found) if whole else found}
        return replace(choice, **changes)  # type: ignore[arg-type]

    return read


def _of_words(words: Mapping[str, str]) -> Mapping[str, str]:
    return {value: name for name, value in words.items()}


_READ: Mapping[str, Reader] = {
    "run": _one_of("run", lambda _, stock: [run.name for run in newest_first(stock.runs, "http")]),
    "test": _test,
    "class": _by_word("database", {"none": "", "raw": "raw", "orm": "orm"}),
    "server": _by_word("matrix", SERVERS),
    "connection": _by_word("mode", {"keep-alive": "keep-alive", "close": "close"}),
    "show": _one_of("metric", lambda *_: tuple(METRICS)),
    "rate": _by_word("rate", RATES),
    "scale": _by_word("scale", {scale: scale for scale in SCALES}),
    "f": _frameworks,
    "ui": _one_of("ui_metric", lambda *_: tuple(UI_METRICS)),
    "sources": _one_of("sources", lambda *_: SOURCES),
    "from": _source,
    "published": _published_test,
    "a": _one_of("one", _slugs),
    "b": _one_of("other", _slugs),
    "plan": _one_of("planned", _slugs),
    "peak": _number("peak", MOST_REQUESTS),
    "pages": _number("pages", 100, whole=True),
    "price": _number("price", MOST_PRICE),
}

_WRITE: Mapping[str, Callable[[Choice], str]] = {
    "run": lambda choice: choice.run,
    "test": lambda choice: choice.test,
    "class": lambda choice: {ANY: "", "": "none"}.get(choice.database, choice.database),
    "server": lambda choice: _of_words(SERVERS).get(choice.matrix, ""),
    "connection": lambda choice: choice.mode,
    "show": lambda choice: choice.metric,
    "rate": lambda choice: _of_words(RATES).get(choice.rate, ""),
    "scale": lambda choice: choice.scale,
    "f": lambda choice: ",".join(choice.frameworks),
    "ui": lambda choice: choice.ui_metric,
    "sources": lambda choice: choice.sources,
    "from": lambda choice: choice.source,
    "published": lambda choice: choice.published_test,
    "a": lambda choice: choice.one,
    "b": lambda choice: choice.other,
    "plan": lambda choice: choice.planned,
    "peak": lambda choice: f"{choice.peak:g}",
    "pages": lambda choice: f"{choice.pages:g}",
    "price": lambda choice: f"{choice.price:g}",
}

PARAMETERS: tuple[str, ...] = tuple(_WRITE)


def _usual(found: Sequence[str], wanted: str) -> str:
    return wanted if wanted in found else (found[0] if found else "")


def _quoted(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
