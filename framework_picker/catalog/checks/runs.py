"""Checks on the benchmark runs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from framework_picker.catalog.checks.criteria import report_repeated
from framework_picker.catalog.drafts import Draft, RunDraft
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.catalog.run_shapes import HttpRunShape

LONGEST_RUN = timedelta(days=30)


def runs_are_named_and_dated(draft: Draft, report: Report) -> None:
    for run in draft.runs:
        stem = Path(run.file).stem
        if run.shape.run != stem:
            report.add(run.file, "run", f"{stem}, as the file", shown(run.shape.run))
        if draft.catalog is not None and run.shape.as_of > draft.catalog.as_of:
            report.add(
                run.file,
                "as_of",
                f"a date up to {draft.catalog.as_of.isoformat()} (as_of in catalog.yaml)",
                run.shape.as_of.isoformat(),
            )


def runs_take_their_time(draft: Draft, report: Report) -> None:
    """A run ends after it began, within a month, around its own date; samples lie inside."""
    for run in draft.runs:
        started, ended = _moment(run.shape.started), _moment(run.shape.ended)
        if not timedelta(0) <= ended - started <= LONGEST_RUN:
            report.add(
                run.file,
                "ended",
                f"up to {LONGEST_RUN.days} days after {run.shape.started}",
                run.shape.ended,
            )
            continue
        day = timedelta(days=1)  # the date may be that of another time zone
        if not started.date() - day <= run.shape.as_of <= ended.date() + day:
            report.add(
                run.file,
                "as_of",
                f"a day of the run, {run.shape.started} to {run.shape.ended}",
                run.shape.as_of.isoformat(),
            )
        for place, sample in run.samples.items():
            if sample.started and not started - day <= _moment(sample.started) <= ended + day:
                report.add(run.file, f"{place}.started", "a moment during the run", sample.started)


def names_stand_once(draft: Draft, report: Report) -> None:
    for run in draft.runs:
        entries = [("entries", entry.id) for entry in run.shape.entries]
        report_repeated(entries, run.file, "the entries", report)
        if isinstance(run.shape, HttpRunShape):
            scenarios = [("scenarios", one.id) for one in run.shape.scenarios]
            report_repeated(scenarios, run.file, "the scenarios", report)


def entries_name_known_frameworks(draft: Draft, report: Report) -> None:
    if not draft.frameworks:
        return
    for run in draft.runs:
        named = [(f"entries[{one.id}]", one.framework) for one in run.shape.entries]
        named += [(f"left_out[{one.entry}]", one.framework) for one in run.shape.left_out]
        for place, slug in named:
            if slug and slug not in draft.slugs:
                report.add(run.file, f"{place}.framework", "the slug of a framework", shown(slug))


def measurements_name_what_is_listed(draft: Draft, report: Report) -> None:
    for run in draft.runs:
        entries = {entry.id for entry in run.shape.entries}
        scenarios = (
            {one.id for one in run.shape.scenarios}
            if isinstance(run.shape, HttpRunShape)
            else set()
        )
        for place, entry in _named(run):
            if entry not in entries:
                report.add(run.file, f"{place}.framework", "the id of an entry", shown(entry))
        for place, scenario in [
            *((place, one.scenario) for place, one in run.samples.items()),
            *((place, one.scenario) for place, one in run.latencies.items()),
        ]:
            if scenario not in scenarios:
                report.add(
                    run.file, f"{place}.scenario", listed(sorted(scenarios)), shown(scenario)
                )


def nothing_is_measured_twice(draft: Draft, report: Report) -> None:
    """A copied sample would count double. A repeated one began at another moment."""
    for run in draft.runs:
        seen: dict[tuple[object, ...], str] = {}
        keys: list[tuple[str, tuple[object, ...]]] = [
            *(
                (
                    place,
                    (
                        one.framework,
                        one.matrix,
                        one.scenario,
                        one.database,
                        one.mode,
                        one.connections,
                        one.round,
                        one.started,
                    ),
                )
                for place, one in run.samples.items()
                if one.started or one.framework != getattr(run.shape, "baseline", "")
            ),
            *(
                (
                    place,
                    (
                        one.framework,
                        one.matrix,
                        one.scenario,
                        one.database,
                        one.rate_kind,
                        one.round,
                        "latency",
                    ),
                )
                for place, one in run.latencies.items()
                if one.valid
            ),
        ]
        for place, key in keys:
            if key in seen:
                report.add(run.file, place, "each measurement once", f"the same as {seen[key]}")
            seen.setdefault(key, place)


def percentiles_rise(draft: Draft, report: Report) -> None:
    for run in draft.runs:
        for place, one in run.latencies.items():
            if one.valid and not one.p50_ms <= one.p90_ms <= one.p99_ms:
                found = f"{one.p50_ms:g}, {one.p90_ms:g}, {one.p99_ms:g}"
                report.add(run.file, place, "p50_ms up to p90_ms up to p99_ms", found)
        for place, ui in run.ui_samples.items():
            if ui.valid and ui.p50_ms > ui.p95_ms:
                found = f"{ui.p50_ms:g}, {ui.p95_ms:g}"
                report.add(run.file, place, "p50_ms up to p95_ms", found)


def valid_rates_are_more_than_nothing(draft: Draft, report: Report) -> None:
    for run in draft.runs:
        for place, sample in run.samples.items():
            if sample.valid and not sample.requests_per_second > 0:
                report.add(
                    run.file,
                    f"{place}.requests_per_second",
                    "more than 0, or valid: false",
                    f"{sample.requests_per_second:g}",
                )


def baselines_are_measured(draft: Draft, report: Report) -> None:
    """Without the bare server in the same run there is nothing to compare with."""
    for run in draft.runs:
        if not isinstance(run.shape, HttpRunShape):
            continue
        names = {sample.framework for sample in run.samples.values()}
        if run.is_whole and run.shape.baseline not in names:
            report.add(
                run.file, "baseline", "the name of one of the samples", shown(run.shape.baseline)
            )


CHECKS = (
    runs_are_named_and_dated,
    runs_take_their_time,
    names_stand_once,
    entries_name_known_frameworks,
    measurements_name_what_is_listed,
    nothing_is_measured_twice,
    percentiles_rise,
    valid_rates_are_more_than_nothing,
    baselines_are_measured,
)


def _named(run: RunDraft) -> Iterator[tuple[str, str]]:
    """Place and entry of every measurement."""
    for place, sample in run.samples.items():
        yield place, sample.framework
    for place, start in run.starts.items():
        yield place, start.framework
    for place, latency in run.latencies.items():
        yield place, latency.framework
    for place, ui_sample in run.ui_samples.items():
        yield place, ui_sample.framework


def _moment(text: str) -> datetime:
    """The moment; without a time zone it is UTC."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
