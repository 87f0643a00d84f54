"""Facts that follow from other facts, from community rows and from benchmark samples.

Which facts those are is written in ``data/facts.yaml`` (``derive``); here is only the arithmetic.
Every derived fact keeps the source and the date of what it came from, and a note that says how.
Nothing is derived from nothing: when the inputs are missing, so is the fact.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

from framework_picker.domain.addons import laid_over
from framework_picker.domain.errors import MeasureError
from framework_picker.domain.model import (
    Alternative,
    Fact,
    FactKind,
    Grade,
    Observation,
)
from framework_picker.domain.runs import (
    DOCUMENTED_SERVER,
    SAME_SERVER,
    BenchmarkSample,
    Run,
    Start,
    UiSample,
    newest_first,
)
from framework_picker.domain.value_functions import category

DAYS_PER_MONTH = 30.44
GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
DERIVED_KINDS = (
    "newest",
    "days_since",
    "months_left",
    "covered",
    "total",
    "count",
    "benchmark",
    "idle_memory",
)

_PUBLISHED_DATE = re.compile(r"^(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?$")


def worst_grade(grades: Iterable[Grade]) -> Grade:
    """The weakest of the grades; A when there are none."""
    return max(grades, key=GRADES.index, default="A")


def grade_on(grade: Grade, when: date, as_of: date, stale_after_days: int) -> Grade:
    """The grade of evidence dated ``when``: D when it is too old, else unchanged."""
    return "D" if when < as_of - timedelta(days=stale_after_days) else grade


def published_date(text: str) -> date | None:
    """The last day that a published date can mean; None when it is no date ("ongoing").

    ``2028-04`` is the last day of April, ``2027-Q3`` the last of September, ``2028`` the last of
    December: a month of support ends with the month.
    """
    match = _PUBLISHED_DATE.match(text.strip())
    if match is None:
        return None
    year, quarter, month, day = match.groups()
    try:
        if day:
            return date(int(year), int(month), int(day))
        last_month = int(quarter) * 3 if quarter else int(month or 12)
        return date(int(year), last_month, calendar.monthrange(int(year), last_month)[1])
    except ValueError:
        return None


def with_derived_facts(
    alternatives: Mapping[str, Alternative],
    *,
    fact_kinds: Mapping[str, FactKind],
    capability_value: Mapping[str, float],
    as_of: date,
    stale_after_days: int,
    runs: Sequence[Run] = (),
) -> dict[str, Alternative]:
    """The alternatives as written in the files, completed and sorted by slug.

    Add-ons are laid over their base first, then every derived fact is computed.

    Raises:
        MeasureError: an add-on without its base, or a ``derive`` rule that cannot be read.
    """
    laid: dict[str, Alternative] = {}
    for slug in sorted(alternatives):
        alternative = alternatives[slug]
        if alternative.extends:
            if alternative.extends not in alternatives:
                raise MeasureError(f"{slug}: extends {alternative.extends}, which is not listed")
            base = alternatives[alternative.extends]
            alternative = laid_over(base, alternative, capability_value)
        laid[slug] = alternative
    return {
        slug: replace(
            alternative,
            facts=dict(
                sorted(
                    {
                        **alternative.facts,
                        **derived_facts(
                            alternative,
                            fact_kinds=fact_kinds,
                            as_of=as_of,
                            stale_after_days=stale_after_days,
                            others=laid,
                            runs=runs,
                        ),
                    }.items()
                )
            ),
        )
        for slug, alternative in laid.items()
    }


def derived_facts(
    alternative: Alternative,
    *,
    fact_kinds: Mapping[str, FactKind],
    as_of: date,
    stale_after_days: int,
    others: Mapping[str, Alternative] | None = None,
    runs: Sequence[Run] = (),
) -> dict[str, Fact]:
    """The derived facts of one alternative by key; a fact whose inputs are missing is left out.

    ``others`` are the alternatives whose reading may be shared (``shares_signal_with``).
    A fact written in the file is never overwritten.

    Raises:
        MeasureError: a ``derive`` rule that cannot be read, naming the fact.
    """
    derived: dict[str, Fact] = {}
    for key, kind in sorted(fact_kinds.items()):
        if kind.derive is None or key in alternative.facts:
            continue
        fact = _derived(alternative, kind, as_of, others or {}, runs)
        if fact is not None:
            grade = grade_on(fact.grade, fact.as_of, as_of, stale_after_days)
            derived[key] = replace(fact, grade=grade, unit=kind.unit or fact.unit)
    return derived


def newest(
    alternative: Alternative,
    *,
    table: str,
    metric: str = "",
    column: str = "value",
    where: Mapping[str, str] | None = None,
    same_package: str = "",
) -> Fact | None:
    """The reading of the newest row that has one; None without such a row.

    ``same_package`` names a column that must hold the framework's own package. Of several rows
    on one date the last by source counts.
    """
    wanted = dict(where or {})
    if same_package:
        wanted[same_package] = alternative.package
    rows = [
        row
        for row in _rows(alternative, table, metric, wanted)
        if _reading(row, column) is not None
    ]
    if not rows:
        return None
    row = max(rows, key=lambda row: (row.on, row.source))
    reading = _reading(row, column)
    assert reading is not None
    what = row.metric if column == "value" else f"{row.metric}, column {column}"
    return Fact(
        value=_plain(reading),
        as_of=row.on,
        source=(row.source,),
        grade=row.grade,
        unit=row.unit if column == "value" else "",
        note=f"newest of {_count(len(rows), 'row')} ({what}), from {row.on.isoformat()}",
    )


def total(
    alternative: Alternative,
    *,
    table: str,
    metric: str = "",
    since: date,
    column: str = "value",
    where: Mapping[str, str] | None = None,
) -> Fact | None:
    """The sum of all rows from ``since`` on; None without such a row."""
    rows = [
        (row, reading)
        for row in _rows(alternative, table, metric, where or {})
        if row.on >= since and (reading := _reading(row, column)) is not None
    ]
    if not rows:
        return None
    first, last = min(row.on for row, _ in rows), max(row.on for row, _ in rows)
    return Fact(
        value=_plain(math.fsum(reading for _, reading in rows)),
        as_of=last,
        source=tuple(dict.fromkeys(row.source for row, _ in rows)),
        grade=worst_grade(row.grade for row, _ in rows),
        unit=rows[-1][0].unit,
        note=f"sum of {_count(len(rows), 'row')}, {first.isoformat()} to {last.isoformat()}",
    )


def row_count(
    alternative: Alternative,
    *,
    table: str,
    metric: str = "",
    where: Mapping[str, str] | None = None,
) -> Fact | None:
    """How many rows there are; None without one, since an absent row is no source."""
    rows = _rows(alternative, table, metric, where or {})
    if not rows:
        return None
    first, last = min(row.on for row in rows), max(row.on for row in rows)
    return Fact(
        value=len(rows),
        as_of=last,
        source=tuple(dict.fromkeys(row.source for row in rows)),
        grade=worst_grade(row.grade for row in rows),
        note=f"{_count(len(rows), 'row')}, {first.isoformat()} to {last.isoformat()}",
    )


def counted(
    alternative: Alternative,
    *,
    table: str,
    metric: str = "",
    where: Mapping[str, str] | None = None,
) -> Fact | None:
    """The number of rows; None without a row, because no row may also mean: not looked at."""
    rows = _rows(alternative, table, metric, where or {})
    if not rows:
        return None
    first, last = min(row.on for row in rows), max(row.on for row in rows)
    return Fact(
        value=len(rows),
        as_of=last,
        source=tuple(dict.fromkeys(row.source for row in rows)),
        grade=worst_grade(row.grade for row in rows),
        note=f"{_count(len(rows), 'row')} counted, {first.isoformat()} to {last.isoformat()}",
    )


def days_since(written: Fact, as_of: date) -> Fact | None:
    """Days from the date the fact names to ``as_of``; None when it names no date."""
    if isinstance(written.value, date):
        when: date | None = written.value
    else:
        when = published_date(str(written.value))
    if when is None:
        return None
    return replace(
        written,
        value=max(0, (as_of - when).days),
        unit="days",
        note=f"counted from {when.isoformat()} to {as_of.isoformat()}",
    )


def months_left(written: Fact, as_of: date) -> Fact | None:
    """Months until security support of the longest-supported released series ends.

    0 when it is over; None when no released series has an end date, or all dates are over while
    a series without one goes on. Series marked ``planned`` are not released and do not count.
    """
    ends: list[tuple[date, str]] = []
    goes_on = False
    series = written.value if isinstance(written.value, tuple | list) else ()
    for entry in series:
        if not isinstance(entry, Mapping) or entry.get("planned"):
            continue
        published = entry.get("security")
        end = published if isinstance(published, date) else published_date(str(published))
        if end is not None:
            ends.append((end, str(entry.get("series", "?"))))
        elif published is not None:
            goes_on = True
    if not ends or (goes_on and max(ends)[0] < as_of):
        return None
    end, name = max(ends)
    return replace(
        written,
        value=round(max(0, (end - as_of).days) / DAYS_PER_MONTH, 1),
        unit="months",
        note=f"security support of series {name} ends on {end.isoformat()}, "
        f"counted from {as_of.isoformat()}",
    )


def covered(alternative: Alternative, capabilities: Sequence[str]) -> Fact | None:
    """Percent of the named capabilities that are not ``none``, of those that are verified.

    None when more than a third of them are not verified: a share of too little says nothing.
    """
    known = [
        (key, alternative.capabilities[key])
        for key in capabilities
        if key in alternative.capabilities
    ]
    missing = [key for key in capabilities if key not in alternative.capabilities]
    if not known or 3 * len(missing) > len(capabilities):
        return None
    lacking = [key for key, capability in known if capability.level == "none"]
    there = len(known) - len(lacking)
    note = f"{there} of {len(known)}"
    if lacking:
        note += f"; none: {', '.join(lacking)}"
    if missing:
        note += f"; not verified: {', '.join(missing)}"
    return Fact(
        value=_plain(round(100 * there / len(known), 1)),
        # Only as fresh as its oldest part.
        as_of=min(capability.as_of for _, capability in known),
        source=tuple(dict.fromkeys(line for _, capability in known for line in capability.source)),
        grade=worst_grade(capability.grade for _, capability in known),
        unit="percent",
        note=note,
    )


def ratio_to_baseline(
    framework: str,
    samples: Sequence[BenchmarkSample],
    *,
    scenario: str,
    mode: str = "",
    matrix: str = SAME_SERVER,
) -> Fact | None:
    """Median over rounds of the framework's median requests per second over the baseline's.

    Both medians are of valid samples of one round and one cell (server, database access, level of
    load). The newest run that measured the framework counts; in it ``matrix``, or, for a framework
    that has no figure there, the other one, against the bare server there. Without ``mode`` it
    is the mode that the run has most samples of. None without a round in which both were
    measured.
    """
    usable = [
        sample
        for sample in samples
        if sample.is_valid
        and sample.scenario == scenario
        and (not mode or sample.mode == mode)
        and math.isfinite(sample.requests_per_second)
        and sample.requests_per_second > 0
    ]
    runs = sorted({(sample.as_of, sample.run) for sample in usable}, reverse=True)
    for as_of, run in runs:
        in_run = [sample for sample in usable if (sample.as_of, sample.run) == (as_of, run)]
        modes = [sample.mode for sample in in_run]
        main_mode = min(set(modes), key=lambda name: (-modes.count(name), name))
        for measured in sorted((SAME_SERVER, DOCUMENTED_SERVER), key=lambda one: one != matrix):
            own = [s for s in in_run if s.matrix == measured and s.mode == main_mode]
            ratios = _ratios_by_round(framework, own)
            if ratios:
                first = in_run[0]
                where = _WHERE[measured]
                reason = "" if measured == matrix else "; it was not measured otherwise"
                return Fact(
                    value=round(median(ratios), 4),
                    as_of=as_of,
                    source=(f"measured:{run}",),
                    grade="A",
                    unit="of the bare server",
                    note=f"{scenario}, {main_mode}, {where}: requests per second over those of "
                    f"{first.baseline} in the same round; median of "
                    f"{_count(len(ratios), 'round')} ({min(ratios):.3g} to {max(ratios):.3g}) "
                    f"on {first.machine}{reason}",
                )
    return None


_WHERE = {
    SAME_SERVER: "on the server that all were measured with",
    DOCUMENTED_SERVER: "each on its documented server",
}


def _ratios_by_round(framework: str, samples: Sequence[BenchmarkSample]) -> list[float]:
    """The framework's ratio to the bare server in every round that measured both.

    At the usual load, else the one that most of its samples have; in the class of database access
    that most of them have.
    """
    own_samples = [sample for sample in samples if sample.framework == framework]
    usual = [sample.cell for sample in own_samples if sample.is_usual_load]
    cells = usual or [sample.cell for sample in own_samples]
    if not cells:
        return []
    main = max(set(cells), key=lambda cell: (cells.count(cell), cell))
    ratios: list[float] = []
    for number in sorted({sample.round for sample in samples}):
        in_round = [s for s in samples if s.round == number and s.cell == main]
        own = [s.requests_per_second for s in in_round if s.framework == framework]
        bare = [s.requests_per_second for s in in_round if s.framework == s.baseline]
        if own and bare:
            ratios.append(median(own) / median(bare))
    return ratios


def idle_memory(framework: str, runs: Sequence[Run]) -> Fact | None:
    """Memory of one worker at rest: median of the starts in the newest run that has any.

    In a run of requests the same server for all counts, else the documented one; a run of user
    interfaces measures each on its own. None where no run measured the framework.
    """
    for run in newest_first(tuple(runs)):
        entries = {entry.id for entry in run.entries_of(framework)}
        for matrix in (SAME_SERVER, DOCUMENTED_SERVER, ""):
            at: Sequence[Start | UiSample] = (
                [start for start in run.starts if start.matrix == matrix]
                if matrix
                else run.ui_samples
            )
            found = [
                one.idle_memory_mb
                for one in at
                if one.is_valid and one.entry in entries and one.idle_memory_mb > 0
            ]
            if found:
                return Fact(
                    value=round(median(found), 1),
                    as_of=run.as_of,
                    source=(f"measured:{run.name}",),
                    grade="A",
                    unit="MB",
                    note=f"{_MEMORY_WORDS[matrix]}; median of {_count(len(found), 'start')} "
                    f"({min(found):.3g} to {max(found):.3g} MB) on {run.machine}",
                )
    return None


_MEMORY_WORDS = {
    SAME_SERVER: "one worker of the benchmark’s application, database layer, templates and "
    "validation loaded, at rest on the server that all were measured with",
    DOCUMENTED_SERVER: "one worker of the benchmark’s application, database layer, templates and "
    "validation loaded, at rest on its documented server",
    "": "the small page of the comparison of user interfaces, no visitor connected",
}


def _idle_memory_or_written(alternative: Alternative, key: str, runs: Sequence[Run]) -> Fact | None:
    """What a run measured; else what is written, said in the note."""
    measured = idle_memory(alternative.slug, runs)
    if measured is not None:
        return measured
    written = alternative.facts.get(key)
    if written is None or not runs:
        return written
    words = "no benchmark run measured it, so this is the smallest app of the catalog"
    return replace(written, note=f"{words}: {written.note}" if written.note else words)


def _derived(
    alternative: Alternative,
    kind: FactKind,
    as_of: date,
    others: Mapping[str, Alternative],
    runs: Sequence[Run],
) -> Fact | None:
    rule = kind.derive or {}
    name = rule.get("kind")
    if name in ("newest", "count", "total"):
        return _community(alternative, kind, as_of, others)
    if name == "count":
        return _count_or_none_listed(alternative, kind, others)
    if name == "days_since":
        written = alternative.facts.get(_text(kind, "fact"))
        return None if written is None else days_since(written, as_of)
    if name == "months_left":
        return _months_left_or_none_promised(alternative, kind, as_of)
    if name == "covered":
        keys = rule.get("capabilities")
        if not isinstance(keys, list | tuple) or not keys:
            raise MeasureError(f"{kind.key}: derive.capabilities: expected a list, got {keys!r}")
        return covered(alternative, [str(key) for key in keys])
    if name == "benchmark":
        metric = _text(kind, "metric", "ratio_to_baseline")
        if metric != "ratio_to_baseline":
            raise MeasureError(
                f"{kind.key}: derive.metric: expected ratio_to_baseline, got {metric!r}"
            )
        return ratio_to_baseline(
            alternative.slug,
            [sample for run in runs for sample in run.samples],
            scenario=_text(kind, "scenario"),
            mode=_text(kind, "mode", ""),
            matrix=_text(kind, "matrix", SAME_SERVER),
        )
    if name == "idle_memory":
        return _idle_memory_or_written(alternative, _text(kind, "fact"), runs)
    raise MeasureError(
        f"{kind.key}: derive.kind: expected one of {', '.join(DERIVED_KINDS)}, got {name!r}"
    )


def _community(
    alternative: Alternative,
    kind: FactKind,
    as_of: date,
    others: Mapping[str, Alternative],
) -> Fact | None:
    """What the rows say, read from the project that the rows are about.

    Where two projects are one signal that is the one people choose, and for an add-on its base.
    """
    partner = others.get(_texts(kind, "shares_signal_with").get(alternative.slug, ""))
    base = others.get(alternative.extends)
    read = partner or base or alternative
    table, metric = _text(kind, "table"), _text(kind, "metric", "")
    column, where = _text(kind, "column", "value"), _texts(kind, "where")
    how = (kind.derive or {}).get("kind")
    if how == "newest":
        same_package = _text(kind, "same_package", "")
        fact = newest(
            read,
            table=table,
            metric=metric,
            column=column,
            where=where,
            same_package=same_package,
        )
    elif how == "total":
        since = _date(kind, "since")
        fact = total(read, table=table, metric=metric, since=since, column=column, where=where)
    else:
        fact = counted(read, table=table, metric=metric, where=where)
        if fact is None:
            fact = _counted_as_none(read, kind, table, as_of, others)
    if fact is None or read is alternative:
        return fact
    if partner is not None:
        why = f"{partner.name} and {alternative.name} are one signal"
    else:
        why = f"whoever chooses {alternative.name} chooses {read.name} too"
    return replace(fact, note=f"{why}, so this is the reading of {read.name}: {fact.note}")


def _counted_as_none(
    alternative: Alternative,
    kind: FactKind,
    table: str,
    as_of: date,
    others: Mapping[str, Alternative],
) -> Fact | None:
    """A count of 0 where the table covers all projects of a language, else None."""
    condition = (kind.derive or {}).get("zero_when")
    if condition is None:
        return None
    if not isinstance(condition, Mapping) or set(condition) != {"language"}:
        raise MeasureError(f"{kind.key}: derive.zero_when: expected language, got {condition!r}")
    if alternative.language != condition["language"]:
        return None
    rows = [row for other in others.values() for row in other.series.get(table, ())]
    asked = [f"{column} {value or 'empty'}" for column, value in _texts(kind, "where").items()]
    such = f" with {', '.join(asked)}" if asked else ""
    return Fact(
        value=0,
        as_of=max((row.on for row in rows), default=as_of),
        source=(f"absence: no row{such} in data/community/{table}.csv",),
        grade=worst_grade(row.grade for row in rows),
        note=f"no row{such}; the table covers projects in {alternative.language}",
    )


def _months_left_or_none_promised(
    alternative: Alternative, kind: FactKind, as_of: date
) -> Fact | None:
    """Months left; 0 when the project says that it promises no longer support."""
    written = alternative.facts.get(_text(kind, "fact"))
    if written is not None:
        return months_left(written, as_of)
    condition = (kind.derive or {}).get("zero_when")
    if condition is None:
        return None
    if not isinstance(condition, Mapping) or not {"fact", "equals"} <= set(condition):
        raise MeasureError(
            f"{kind.key}: derive.zero_when: expected fact and equals, got {condition!r}"
        )
    promise = alternative.facts.get(str(condition["fact"]))
    # An unquoted `no` in YAML arrives as False.
    if promise is None or category(promise.value) != category(condition["equals"]):
        return None
    return replace(
        promise,
        value=0,
        unit="months",
        note="no support dates, and the project promises no longer support for any release",
    )


def _count_or_none_listed(
    alternative: Alternative, kind: FactKind, others: Mapping[str, Alternative]
) -> Fact | None:
    """The count; 0 where the table covers the alternative and lists nothing for it.

    ``zero_when: {language: ...}`` says whom the table covers. A zero takes date and source from
    the table's newest row: that is the state in which nothing was found.
    """
    table, metric = _text(kind, "table"), _text(kind, "metric", "")
    where = _texts(kind, "where")
    fact = row_count(alternative, table=table, metric=metric, where=where)
    covers = _texts(kind, "zero_when").get("language")
    if fact is not None or covers is None or alternative.language != covers:
        return fact
    rows = [row for other in others.values() for row in _rows(other, table, metric, where)]
    if not rows:
        return None
    row = max(rows, key=lambda row: (row.on, row.source))
    return Fact(
        value=0,
        as_of=row.on,
        source=(row.source,),
        grade=row.grade,
        note="none listed; the source named is the newest row of the table",
    )


def _rows(
    alternative: Alternative, table: str, metric: str, where: Mapping[str, str]
) -> list[Observation]:
    return [
        row
        for row in alternative.series.get(table, ())
        if (not metric or row.metric == metric)
        and all(row.details.get(column) == wanted for column, wanted in where.items())
    ]


def _reading(row: Observation, column: str) -> float | None:
    raw = row.value if column == "value" else row.details.get(column)
    if raw is None or isinstance(raw, bool):
        return None
    try:
        number = float(raw)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _plain(number: float) -> int | float:
    return int(number) if float(number).is_integer() else float(number)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _text(kind: FactKind, field: str, default: str | None = None) -> str:
    found = (kind.derive or {}).get(field, default)
    if not isinstance(found, str) or (default is None and not found):
        raise MeasureError(f"{kind.key}: derive.{field}: expected a word, got {found!r}")
    return found


def _texts(kind: FactKind, field: str) -> dict[str, str]:
    found = (kind.derive or {}).get(field) or {}
    if not isinstance(found, Mapping):
        raise MeasureError(f"{kind.key}: derive.{field}: expected names and words, got {found!r}")
    return {str(name): str(word) for name, word in found.items()}


def _date(kind: FactKind, field: str) -> date:
    found = (kind.derive or {}).get(field)
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found))
    except ValueError as error:
        raise MeasureError(f"{kind.key}: derive.{field}: expected a date, got {found!r}") from error
