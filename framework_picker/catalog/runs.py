"""Drafts of the benchmark runs, made into the domain's objects."""

from __future__ import annotations

from framework_picker.catalog.drafts import Draft, RunDraft
from framework_picker.catalog.frozen import FrozenMapping
from framework_picker.catalog.run_shapes import HttpRunShape, UiRunShape
from framework_picker.domain.runs import (
    BenchmarkSample,
    Entry,
    Latency,
    LeftOut,
    Run,
    Scenario,
    Start,
    UiSample,
)


def runs_of(draft: Draft) -> tuple[Run, ...]:
    """Every benchmark run. The draft must be free of faults."""
    return tuple(_run(run) for run in draft.runs)


def _run(draft: RunDraft) -> Run:
    shape = draft.shape
    http = shape if isinstance(shape, HttpRunShape) else None
    entries = _entries(shape)
    return Run(
        name=shape.run,
        kind=shape.kind,
        as_of=shape.as_of,
        machine=shape.machine,
        python=shape.python,
        command=shape.command,
        is_preliminary=shape.is_preliminary,
        started=shape.started,
        ended=shape.ended,
        machine_facts=FrozenMapping(shape.machine_facts),
        versions=FrozenMapping(dict(sorted(shape.versions.items()))),
        seed=shape.seed,
        harness_commit=shape.harness_commit,
        lock_sha256=shape.lock_sha256,
        raw_sha256=shape.raw_sha256,
        generator=shape.generator,
        sample_seconds=http.sample_seconds if http else 0.0,
        warm_up_seconds=http.warm_up_seconds if http else 0.0,
        rounds=shape.rounds,
        baseline=http.baseline if http else "",
        note=shape.note,
        scenarios=FrozenMapping(
            {
                one.id: Scenario(
                    one.id, one.label, one.method, one.path, one.connections, one.says_not
                )
                for one in (http.scenarios if http else ())
            }
        ),
        entries=entries,
        left_out=tuple(LeftOut(one.entry, one.framework, one.reason) for one in shape.left_out),
        samples=_samples(draft, entries, http) if http else (),
        starts=tuple(
            Start(
                entry=one.framework,
                matrix=one.matrix,
                round=one.round,
                start_ms=one.start_ms,
                idle_memory_mb=one.idle_memory_mb,
                loaded_memory_mb=one.loaded_memory_mb,
                is_valid=one.valid,
            )
            for one in draft.starts.values()
        ),
        latencies=tuple(
            Latency(
                entry=one.framework,
                matrix=one.matrix,
                scenario=one.scenario,
                database=one.database,
                round=one.round,
                rate=one.rate,
                rate_kind=one.rate_kind,
                p50_ms=one.p50_ms,
                p90_ms=one.p90_ms,
                p99_ms=one.p99_ms,
                is_valid=one.valid,
                why_rejected=one.why_rejected,
            )
            for one in draft.latencies.values()
        ),
        ui_samples=tuple(
            UiSample(
                entry=one.framework,
                round=one.round,
                is_valid=one.valid,
                changes=one.changes,
                p50_ms=one.p50_ms,
                p95_ms=one.p95_ms,
                first_visit_bytes=one.first_visit_bytes,
                usable_ms=one.usable_ms,
                idle_memory_mb=one.idle_memory_mb,
                memory_per_page_mb=one.memory_per_page_mb,
                why_rejected=one.why_rejected,
            )
            for one in draft.ui_samples.values()
        ),
    )


def _entries(shape: HttpRunShape | UiRunShape) -> FrozenMapping[str, Entry]:
    if isinstance(shape, UiRunShape):
        return FrozenMapping(
            {
                one.id: Entry(
                    id=one.id,
                    framework=one.framework,
                    label=one.label,
                    packages=tuple(one.packages),
                    commands=FrozenMapping({"": one.command}),
                    note=one.note,
                )
                for one in shape.entries
            }
        )
    return FrozenMapping(
        {
            one.id: Entry(
                id=one.id,
                framework=one.framework,
                label=one.label,
                interface=one.interface,
                orm=one.orm,
                packages=tuple(one.packages),
                commands=FrozenMapping({str(name): line for name, line in one.commands.items()}),
                note=one.note,
            )
            for one in shape.entries
        }
    )


def _samples(
    draft: RunDraft, entries: FrozenMapping[str, Entry], http: HttpRunShape
) -> tuple[BenchmarkSample, ...]:
    shape = draft.shape
    usual = {one.id: one.connections for one in http.scenarios}
    return tuple(
        BenchmarkSample(
            framework=entries[one.framework].slug,
            scenario=one.scenario,
            mode=one.mode,
            round=one.round,
            is_valid=one.valid,
            requests_per_second=one.requests_per_second,
            run=shape.run,
            as_of=shape.as_of,
            machine=shape.machine,
            baseline=http.baseline,
            entry=one.framework,
            matrix=one.matrix,
            database=one.database,
            connections=one.connections,
            why_rejected=one.why_rejected,
            flags=tuple(one.flags),
            is_usual_load=one.connections == usual[one.scenario],
        )
        for one in draft.samples.values()
    )
