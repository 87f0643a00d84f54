"""Small benchmark runs for tests, with numbers that can be checked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

from framework_picker.domain.runs import BenchmarkSample, Entry, Run, Scenario, Start, UiSample
from tests.domain.catalogs import AS_OF


def sample(
    framework: str,
    round_number: int,
    rps: float,
    *,
    run: str = "first",
    mode: str = "keep-alive",
    scenario: str = "json",
    is_valid: bool = True,
    as_of: date = AS_OF,
    **entries: Any,
) -> BenchmarkSample:
    """One sample; ``entries`` replace what else it holds."""
    return BenchmarkSample(
        framework=framework,
        scenario=scenario,
        mode=mode,
        round=round_number,
        is_valid=is_valid,
        requests_per_second=rps,
        run=run,
        as_of=as_of,
        machine="two cores",
        entry=entries.pop("entry", framework),
        **entries,
    )


def start(framework: str, idle_mb: float, **entries: Any) -> Start:
    """One start of a server on the server that all share."""
    known: dict[str, Any] = {
        "entry": framework,
        "matrix": "same-server",
        "round": 1,
        "start_ms": 500.0,
        "idle_memory_mb": idle_mb,
        "loaded_memory_mb": idle_mb + 10,
    }
    return Start(**(known | entries))


def ui_sample(framework: str, idle_mb: float, **entries: Any) -> UiSample:
    """One round of the small page."""
    known: dict[str, Any] = {
        "entry": framework,
        "round": 1,
        "is_valid": True,
        "changes": 100,
        "p50_ms": 20.0,
        "p95_ms": 40.0,
        "first_visit_bytes": 200_000,
        "usable_ms": 400.0,
        "idle_memory_mb": idle_mb,
        "memory_per_page_mb": 2.0,
    }
    return UiSample(**(known | entries))


def run(name: str = "first", *, as_of: date = AS_OF, **entries: Any) -> Run:
    """A run of requests; its entries and scenarios are those of its samples and starts."""
    kind = entries.pop("kind", "http")
    measured = [
        *(one.entry for one in entries.get("samples", ())),
        *(one.entry for one in entries.get("starts", ())),
        *(one.entry for one in entries.get("ui_samples", ())),
    ]
    slugs = {one.entry: one.framework for one in entries.get("samples", ())}
    scenarios = sorted({one.scenario for one in entries.get("samples", ())})
    known: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "as_of": as_of,
        "machine": "two cores",
        "python": "3.13.0",
        "command": "python -m benchmarks run",
        "baseline": "bare-asgi",
        "entries": {
            entry: Entry(
                entry,
                "" if entry.startswith("bare") else slugs.get(entry, entry),
                entry.capitalize(),
                commands={"same-server": f"granian {entry}", "documented-server": f"own {entry}"},
            )
            for entry in sorted(set(measured))
        },
        "scenarios": {
            name: Scenario(name, name.capitalize(), "GET", f"/{name}", 32, f"Not {name}.")
            for name in scenarios
        },
    }
    return Run(**(known | entries))
